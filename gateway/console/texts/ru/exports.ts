/** Записи в виде файла. */
import type * as english from "../en/exports.ts";
import { counted } from "./counted.ts";

export const exports: typeof english.exports = {
  heading: "Выгрузка",
  lead: "Файл, который доказывает сам себя: контрольная точка и доказательства идут вместе с записями.",
  these: "Выгрузить эти",
  form: "Формат",
  forms: {
    csv: "CSV, для таблиц",
    jsonl: "JSON Lines, для программ",
    receipts: "JSON Lines с квитанциями согласия (ISO/IEC TS 27560)",
  },
  everything: "Все решения этого сайта.",
  narrowed: "Решения, которые отвечают всем условиям:",
  change: "Изменить условия",
  start: "Выгрузить",
  cancel: "Отменить",
  running: "Выгрузка идёт",
  amount: (rows, size) => `${counted(rows, "строка", "строки", "строк")}, ${size}`,
  done: (name) => `Файл ${name} получен целиком`,
  verify: "Проверить файл может любой и без этого шлюза:",
  command: "Команда",
  keyHint:
    "Ключи указаны так, как их называет сам шлюз; проверяющему стоит взять их из другого места.",
  cancelled: "Выгрузка отменена",
  broken: "Выгрузка прервалась",
  thrownAway:
    "Неполный файл ничего не доказывает, поэтому он не сохранён. Запустите выгрузку снова.",
};
