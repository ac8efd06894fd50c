import type { Words } from "../words.ts";

export const ar: Words = {
  policy: "سياسة الخصوصية",
  consent: "الموافقة على معالجة البيانات الشخصية",
  contents: "المحتويات",
  languages: "بلغات أخرى",
  inForce: "سارٍ منذ {date}",
  announced: "أُعلن مسبقًا: يسري هذا النص ابتداءً من {date}",
  superseded: "لم يعد ساريًا. كان هذا النص ساريًا منذ {date}",
  readCurrent: "قراءة النص الساري",
  controller: "المتحكم في البيانات",
  version: "إصدار الموقع",
  documentHash: "بصمة هذا المستند (hash)",
};
