/** Что стало с событиями. */
import type * as english from "../en/deliveries.ts";
import { counted } from "./counted.ts";

const events = (count: number) => counted(count, "событие", "события", "событий");

export const deliveries: typeof english.deliveries = {
  heading: "Доставка",
  lead: "События, которые принял шлюз, и что стало с каждым. Дни — по UTC.",
  loading: "Загружаем…",
  balance: "Баланс за 30 дней",
  addsUp: "Учтено каждое событие.",
  addsNotUp: "Учтены не все события. Сообщите оператору.",
  unaccounted: "не сходится",
  service: "Сервис",
  received: "Получено",
  notGranted: "Без согласия",
  accepted: "Принято",
  delivered: "Доставлено",
  dropped: "Отозвано до отправки",
  dead: "Не доставить",
  waiting: "В очереди",
  grounds: "По какому решению ушли события",
  groundsOfOne: "События, ушедшие по этому решению",
  groundsLead:
    "Перед отправкой события шлюз читает в журнале последнее решение посетителя. Здесь то решение, на которое он опирался.",
  decision: "Решение",
  place: "Место в журнале",
  count: "События",
  gone: "стёрто",
  noDelivery: "Ничего не передавалось",
  noDeliveryHint: "Ни одно событие не ушло сервису, который работает через шлюз.",
  letters: "События, которые не удалось доставить",
  noLetter: "Ничего не застряло",
  noLetterHint: "Все события доставлены или ждут следующей попытки.",
  all: "Выбрать все эти",
  choose: "Выбрать",
  deeds: {
    replay: (count) => `Отправить снова: ${events(count)}`,
    discard: (count) => `Удалить: ${events(count)}`,
  },
  confirm: {
    replay: (count) => `Да, отправить снова: ${events(count)}`,
    discard: (count) => `Да, удалить навсегда: ${events(count)}`,
  },
  warning: {
    replay:
      "Перед отправкой согласие читается заново. Событие, на которое не пришёл ответ, могли уже посчитать: оно посчитается дважды.",
    discard: "Удалённые события вернуть нельзя.",
  },
  moved: {
    replay: (count) => `Возвращено в очередь: ${events(count)}.`,
    discard: (count) => `Удалено: ${events(count)}.`,
  },
  readOnly: "Ваша роль только смотрит; отправить снова могут владелец и комплаенс.",
  latest: "К последним",
  died: "Оставлено",
  event: "Событие",
  reason: "Почему",
  attempts: "Попытки",
  unreadable: "не читается",
  occurred: "произошло",
  reasons: {
    too_old: "Сервис уже не принимает такое старое",
    unreadable: "Из сохранённого нельзя составить запрос",
    refused_by_vendor: "Сервис отказал",
    failed_at_vendor: "Сервис раз за разом не справлялся",
    not_configured: "В настройках нет адреса или секрета",
    unknown_outcome: "Ответ не пришёл: событие могли посчитать",
  },
};
