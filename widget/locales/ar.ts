import type { Strings } from "./strings.ts";

const ar: Strings = {
  title: "بياناتك، اختيارك",
  points: "ماذا يعني هذا لك",
  collected: "ما الذي يُجمع",
  why: "لأي غرض",
  recipients: "من يتلقّاها",
  abroad: "إلى أين تُنقل",
  retention: "مدة الاحتفاظ بها",
  rights: "حقوقك",

  accept: "قبول الكل",
  refuse: "رفض الكل",
  choose: "اختيار",
  save: "حفظ الاختيار",
  withdraw: "سحب كل الموافقات",
  close: "إغلاق بلا تغيير",
  show: "السماح والعرض",

  policy: "سياسة الخصوصية",
  consent: "نص الموافقة",
  byAccepting: "بالضغط على «{accept}» تمنح [موافقتك على معالجة البيانات الشخصية].",
  bySaving:
    "بالضغط على «{accept}»، أو على «{save}» مع تفعيل أي خيار، تمنح [موافقتك على معالجة البيانات الشخصية].",

  reopen: "خيارات الخصوصية",
  preferences: "ما الذي تسمح به؟",
  alwaysOn: "مفعّل دائمًا",
  partly: "مفعّل جزئيًا",
  services: "الخدمات: {n}",
  recipient: "المتلقّي: [\u2068{name}\u2069]، {country}.",
  crossBorder: "تُنقل بياناتك إلى خارج البلد.",
  stores: "محفوظ في متصفحك: {n}",
  session: "حتى إغلاق المتصفح",
  byUs: "{life}، ونزيله نحن عند سحب الموافقة",
  byYou: "{life}، ولا يمكن لأحد سواك إزالته، من إعدادات المتصفح",

  mine: "اختياراتي",
  consentId: "رقم الموافقة:",
  consentIdUse: "اذكره عند السؤال عن بياناتك: \u2068{contact}\u2069",
  copy: "نسخ",
  copied: "تم النسخ",
  granted: "مسموح به: {list}",
  nothing: "لا شيء مسموح به",
  waiting: "لم يُرسل بعد؛ نواصل المحاولة",
  receipt: "إيصال",
  erase: "محو سجلاتي",
  eraseSure: "تُمحى اختياراتك وإيصالاتها نهائيًا، وينتهي كل ما سمحت به.",
  eraseNot: "الاحتفاظ بها",
  eraseNow: "محو نهائي",
  erased: "مُحيت سجلاتك.",
  eraseFailed: "تعذّر محو أي شيء الآن. اسأل: \u2068{contact}\u2069",
  leftBehind:
    "تعذّرت علينا إزالة \u2068{list}\u2069. أنت وحدك من يستطيع ذلك، من إعدادات المتصفح ضمن بيانات المواقع.",
  saved: "حُفظ اختيارك.",

  comma: "، ",
};

export default ar;
