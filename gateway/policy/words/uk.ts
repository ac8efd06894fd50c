import type { Words } from "../words.ts";

export const uk: Words = {
  policy: "Політика конфіденційності",
  consent: "Згода на обробку персональних даних",
  contents: "Зміст",
  languages: "Іншими мовами",
  inForce: "Діє з {date}",
  announced: "Оголошено заздалегідь: текст набирає чинності {date}",
  superseded: "Більше не діє. Цей текст діяв з {date}",
  readCurrent: "Читати чинний текст",
  controller: "Володілець персональних даних",
  version: "Версія сайту",
  documentHash: "Геш документа",
};
