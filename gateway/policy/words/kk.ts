import type { Words } from "../words.ts";

export const kk: Words = {
  policy: "Құпиялық саясаты",
  consent: "Дербес деректерді өңдеуге келісім",
  contents: "Мазмұны",
  languages: "Басқа тілдерде",
  inForce: "Күшіне енген күні: {date}",
  announced: "Алдын ала жарияланды. Күшіне енетін күні: {date}",
  superseded: "Енді күшінде емес. Күшіне енген күні: {date}",
  readCurrent: "Қолданыстағы мәтінді оқу",
  controller: "Оператор",
  version: "Сайт нұсқасы",
  documentHash: "Құжаттың хеші",
};
