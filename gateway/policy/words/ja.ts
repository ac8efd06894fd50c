import type { Words } from "../words.ts";

export const ja: Words = {
  policy: "プライバシーポリシー",
  consent: "個人データの取扱いに関する同意",
  contents: "目次",
  languages: "他の言語",
  inForce: "{date}から有効",
  announced: "事前告知：この文書は{date}に発効します",
  superseded: "現在は無効です。この文書は{date}から有効でした",
  readCurrent: "現行の文書を読む",
  controller: "管理者",
  version: "サイトのバージョン",
  documentHash: "この文書のハッシュ値",
};
