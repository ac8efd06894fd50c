import type { Words } from "../words.ts";

export const zh: Words = {
  policy: "隐私政策",
  consent: "个人信息处理同意书",
  contents: "目录",
  languages: "其他语言",
  inForce: "自{date}起生效",
  announced: "预告：本文自{date}起生效",
  superseded: "已失效。本文曾自{date}起生效",
  readCurrent: "阅读现行文本",
  controller: "个人信息处理者",
  version: "网站版本",
  documentHash: "本文件的哈希值",
};
