import type { Strings } from "./strings.ts";

const he: Strings = {
  title: "המידע שלך, הבחירה שלך",
  points: "מה המשמעות עבורך",
  collected: "מה נאסף",
  why: "לאיזו מטרה",
  recipients: "מי מקבל את המידע",
  abroad: "לאן הוא מועבר",
  retention: "כמה זמן הוא נשמר",
  rights: "הזכויות שלך",

  accept: "אישור הכול",
  refuse: "דחיית הכול",
  choose: "בחירה",
  save: "שמירת הבחירה",
  withdraw: "ביטול כל ההסכמות",
  close: "סגירה ללא שינוי",
  show: "לאשר ולהציג",

  policy: "מדיניות פרטיות",
  consent: "נוסח ההסכמה",
  byAccepting: "בלחיצה על ”{accept}“ ניתנת [הסכמתך לעיבוד מידע אישי].",
  bySaving: "בלחיצה על ”{accept}“, או על ”{save}“ כשמשהו מופעל, ניתנת [הסכמתך לעיבוד מידע אישי].",

  reopen: "אפשרויות פרטיות",
  preferences: "מה מותר לנו?",
  alwaysOn: "מופעל תמיד",
  partly: "מופעל חלקית",
  services: "שירותים: {n}",
  recipient: "מקבל המידע: [\u2068{name}\u2069], {country}.",
  crossBorder: "המידע שלך מועבר אל מחוץ למדינה.",
  stores: "נשמר בדפדפן שלך: {n}",
  session: "עד לסגירת הדפדפן",
  byUs: "{life}, אנחנו מסירים זאת עם ביטול ההסכמה",
  byYou: "{life}, ההסרה אפשרית רק על ידך, בהגדרות הדפדפן",

  mine: "הבחירות שלי",
  consentId: "מספר ההסכמה:",
  consentIdUse: "יש לציין אותו בכל שאלה על המידע שלך: \u2068{contact}\u2069",
  copy: "העתקה",
  copied: "הועתק",
  granted: "מותר: {list}",
  nothing: "שום דבר לא הותר",
  waiting: "טרם נשלח; אנחנו ממשיכים לנסות",
  receipt: "אישור רישום",
  erase: "מחיקת הרישומים שלי",
  eraseSure: "הבחירות שלך ואישורי הרישום שלהן יימחקו לצמיתות, וכל מה שהתרת יופסק.",
  eraseNot: "להשאיר",
  eraseNow: "מחיקה לצמיתות",
  erased: "הרישומים שלך נמחקו.",
  eraseFailed: "לא ניתן היה למחוק דבר כעת. אפשר לשאול את \u2068{contact}\u2069",
  leftBehind:
    "לא הצלחנו להסיר את \u2068{list}\u2069. הדבר אפשרי רק על ידך, בהגדרות הדפדפן, תחת נתוני אתרים.",
  saved: "הבחירה שלך נשמרה.",

  comma: ", ",
};

export default he;
