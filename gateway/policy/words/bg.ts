import type { Words } from "../words.ts";

export const bg: Words = {
  policy: "Политика за поверителност",
  consent: "Съгласие за обработване на лични данни",
  contents: "Съдържание",
  languages: "На други езици",
  inForce: "В сила от {date}",
  announced: "Предварително обявено: текстът влиза в сила на {date}",
  superseded: "Вече не е в сила. Този текст беше в сила от {date}",
  readCurrent: "Към действащия текст",
  controller: "Администратор",
  version: "Версия на сайта",
  documentHash: "Хеш на документа",
};
