/** The banner as visitors see it. */
export const stage = {
  title: "The banner",
  preview: "Preview: nothing is sent, nothing is recorded",
  label: "Replay: nothing is sent, nothing is recorded",
  size: (width: number, height: number) => `${width} × ${height} px`,
  actual: "Actual size",
};

export const replay = {
  heading: "What the visitor saw",
  lead: "The banner of that moment, run by the widget of that moment: same texts, language, theme and class of window. It can be tried out.",
  show: "Show the banner",
  loading: "Loading the banner…",
  notSeen:
    "This decision was not made in the banner. What is replayed is the banner that visitors were shown at that time.",
  page: "The site's own page is not part of the record, nor are colours and fonts that its style sheet gave the banner.",
  build: "Widget build, SHA-256",
  version: "Site version, SHA-256",
  evidence: {
    checking: "Comparing the code with what was logged…",
    stored:
      "This browser compared it: every line of code that runs here is of the build that the log names for this configuration.",
    differs:
      "The code that the gateway sent is not what the log names for this configuration. Tell the operator.",
    unchecked: "This browser could not compare the code: the console was not loaded over https.",
  },
};
