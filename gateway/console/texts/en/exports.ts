/** Records as a file. */
export const exports = {
  heading: "Export",
  lead: "A file that proves itself: checkpoint and proofs travel with the records.",
  these: "Export these",
  form: "Form",
  forms: {
    csv: "CSV, for spreadsheets",
    jsonl: "JSON Lines, for programs",
    receipts: "JSON Lines with consent receipts (ISO/IEC TS 27560)",
  },
  everything: "Every decision of this site.",
  narrowed: "Decisions that meet all of these:",
  change: "Change the filters",
  start: "Export",
  cancel: "Cancel",
  running: "The export is on its way",
  amount: (rows: number, size: string) => `${rows} rows, ${size}`,
  done: (name: string) => `${name} is complete`,
  verify: "Anybody can check the file without this gateway:",
  command: "Command",
  keyHint:
    "The keys stand here as this gateway names them; whoever checks should take them from elsewhere.",
  cancelled: "The export was cancelled",
  broken: "The export broke off",
  thrownAway: "An incomplete file proves nothing, so nothing was kept of it. Start it again.",
};
