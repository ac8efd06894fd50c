import type { Words } from "../words.ts";

export const be: Words = {
  policy: "Палітыка прыватнасці",
  consent: "Згода на апрацоўку персанальных даных",
  contents: "Змест",
  languages: "На іншых мовах",
  inForce: "Дзейнічае з {date}",
  announced: "Абвешчана загадзя: тэкст уступае ў сілу {date}",
  superseded: "Больш не дзейнічае. Гэты тэкст дзейнічаў з {date}",
  readCurrent: "Чытаць дзейны тэкст",
  controller: "Аператар",
  version: "Версія сайта",
  documentHash: "Хэш дакумента",
};
