import type { Words } from "../words.ts";

export const ru: Words = {
  policy: "Политика конфиденциальности",
  consent: "Согласие на обработку персональных данных",
  contents: "Содержание",
  languages: "На других языках",
  inForce: "Действует с {date}",
  announced: "Объявлено заранее: текст вступает в силу {date}",
  superseded: "Больше не действует. Этот текст действовал с {date}",
  readCurrent: "Читать действующий текст",
  controller: "Оператор",
  version: "Версия сайта",
  documentHash: "Хеш документа",
};
