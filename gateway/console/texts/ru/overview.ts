/** Как решали посетители и что стало с событиями. */
import type * as english from "../en/overview.ts";
import { counted } from "./counted.ts";

export const overview: typeof english.overview = {
  heading: "Обзор",
  lead: "По счётчикам, которые ведутся вместе с каждым решением. Дни — по UTC.",
  loading: "Загружаем числа…",
  span: "Время",
  days: (count) => `За ${counted(count, "день", "дня", "дней")}`,
  inAll: "Всего; наведите на день, чтобы увидеть его числа",
  asTable: "Таблицей",
  day: "День",
  decisions: "Решения по дням",
  outcomes: {
    granted: "Согласие на всё",
    partial: "Согласие на часть",
    refused: "Отказ от всего",
    withdrawn: "Отзыв",
  },
  noDecisions: "За это время решений нет",
  noDecisionsHint: "Выберите более долгое время или дождитесь первого решения посетителя.",
  divided: "Доли",
  by: "Различать по",
  divisions: {
    day: "День",
    version: "Версия сайта",
    language: "Язык",
    country: "Страна",
    purpose: "Цель",
  },
  bySite: "По сайтам",
  records: "Решения",
  flow: "События по дням",
  events: {
    received: "Получено",
    refused: "Отклонено на входе",
    delivered: "Доставлено сервисам",
    dead: "Не доставить",
  },
  noEvents: "За это время событий нет",
  noEventsHint:
    "События приходят со страниц, сервисы которых работают через шлюз, после согласия посетителя.",
};
