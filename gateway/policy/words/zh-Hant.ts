import type { Words } from "../words.ts";

export const zhHant: Words = {
  policy: "隱私權政策",
  consent: "個人資料處理同意書",
  contents: "目錄",
  languages: "其他語言",
  inForce: "自{date}起生效",
  announced: "預告：本文自{date}起生效",
  superseded: "已失效。本文曾自{date}起生效",
  readCurrent: "閱讀現行文本",
  controller: "個人資料控制者",
  version: "網站版本",
  documentHash: "本文件的雜湊值",
};
