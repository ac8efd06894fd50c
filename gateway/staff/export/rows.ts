/** What an export is made of, before it has a form. */

/** A record with what it takes to check it. */
export interface ExportedRecord {
  log: string;
  index: number;
  /** Leaf time, unix seconds. */
  time: number;
  /** Commitment to the sealed half, base64url, as the leaf has it. */
  subject: string;
  /** Salt of the decision half, base64url. */
  salt: string;
  /** The decision half's exact text in its two parts; the tail is one of few. */
  head: string;
  tail: { id: number; text: string };
  /** What stands between the record before and this one. */
  proof: string[];
}

/** What closes the records of one log. */
export interface ExportedEnd {
  log: string;
  /** The range of indexes of which every entry is shown, or null for a selection. */
  covers: [from: number, to: number] | null;
  proof: string[];
  /** The signed note. */
  checkpoint: string;
}

/** What the exporter says of the export. */
export interface About {
  v: 1;
  site: string;
  form: string;
  filter: Record<string, string | number | boolean>;
  /** When it was made, unix seconds. */
  made: number;
  records: number;
}

/** A file's form: text for each part. docs/log-format.md */
export interface Form {
  contentType: string;
  /** What the file's name ends in. */
  suffix: string;
  header: string;
  /** Called with records before each of them is written, where a form has to look something up. */
  prepare?(records: ExportedRecord[]): Promise<void>;
  record(record: ExportedRecord): string;
  log(end: ExportedEnd): string;
  /** @param digest SHA-256 of everything before and of `about`, base64url. */
  end(about: string, digest: string): string;
}
