import type { Words } from "../words.ts";

export const he: Words = {
  policy: "מדיניות פרטיות",
  consent: "הסכמה לעיבוד מידע אישי",
  contents: "תוכן העניינים",
  languages: "בשפות אחרות",
  inForce: "בתוקף מיום {date}",
  announced: "הודעה מראש: נוסח זה ייכנס לתוקף ביום {date}",
  superseded: "אינו עוד בתוקף. נוסח זה היה בתוקף מיום {date}",
  readCurrent: "לקריאת הנוסח שבתוקף",
  controller: "בעל השליטה במידע",
  version: "גרסת האתר",
  documentHash: "ערך הגיבוב של המסמך",
};
