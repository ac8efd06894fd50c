/** What the fictional clinic offers: the texts of its pages. */
import type { Text } from "./site.ts";

export interface Item {
  id: string;
  title: Text;
  /** A line for lists. */
  note: Text;
  text: Text[];
}

export const services: (Item & { price: Text })[] = [
  {
    id: "checkup",
    title: { ru: "Осмотр «Год»", en: "Yearly check-up" },
    note: {
      ru: "Терапевт, анализы, ЭКГ за одно утро",
      en: "Physician, tests and ECG in one morning",
    },
    price: { ru: "8 900 ₽", en: "€140" },
    text: [
      {
        ru: "Один визит натощак: кровь, ЭКГ, давление, беседа с терапевтом. Через два дня — заключение простыми словами и план на год.",
        en: "One visit on an empty stomach: blood, ECG, blood pressure, a talk with a physician. Two days later a report in plain words and a plan for the year.",
      },
      {
        ru: "Если всё хорошо, мы так и скажем и не назначим лишнего.",
        en: "If all is well we say so, and prescribe nothing you do not need.",
      },
    ],
  },
  {
    id: "ultrasound",
    title: { ru: "УЗИ", en: "Ultrasound" },
    note: { ru: "Запись на сегодня, снимки на руки", en: "Same-day visits, images to take home" },
    price: { ru: "от 2 400 ₽", en: "from €60" },
    text: [
      {
        ru: "Исследование занимает двадцать минут. Врач показывает и объясняет, что видит, снимки и описание вы получаете сразу.",
        en: "It takes twenty minutes. The doctor shows and explains what is on the screen; images and a report are yours at once.",
      },
    ],
  },
  {
    id: "physio",
    title: { ru: "Реабилитация", en: "Physiotherapy" },
    note: { ru: "Спина, суставы, возвращение к спорту", en: "Back, joints, return to sport" },
    price: { ru: "3 200 ₽", en: "€75" },
    text: [
      {
        ru: "Занятия один на один и короткие упражнения для дома. Первая встреча — проверка движений и честный разговор о сроках.",
        en: "One-to-one sessions and short exercises for home. The first meeting tests how you move and is honest about how long it takes.",
      },
    ],
  },
  {
    id: "vaccines",
    title: { ru: "Прививки", en: "Vaccinations" },
    note: { ru: "Взрослый календарь и поездки", en: "For adults and for travel" },
    price: { ru: "от 1 100 ₽", en: "from €35" },
    text: [
      {
        ru: "Проверим, что уже сделано, составим план и запишем всё в сертификат. Осмотр врача входит в цену.",
        en: "We check what you have had, make a plan and fill in the certificate. The doctor's check is included.",
      },
    ],
  },
];

export const doctors: Item[] = [
  {
    id: "orlova",
    title: { ru: "Вера Орлова", en: "Vera Orlova" },
    note: { ru: "Терапевт", en: "General practice" },
    text: [
      {
        ru: "Двадцать лет в общей практике. Любит длинные разговоры и короткие рецепты.",
        en: "Twenty years in general practice. Likes long conversations and short prescriptions.",
      },
    ],
  },
  {
    id: "lindqvist",
    title: { ru: "Нильс Линдквист", en: "Nils Lindqvist" },
    note: { ru: "Ультразвуковая диагностика", en: "Ultrasound" },
    text: [
      {
        ru: "Объясняет снимок так, чтобы его понял пациент, а не только коллега.",
        en: "Explains an image so that the patient understands it, not just a colleague.",
      },
    ],
  },
  {
    id: "sagitova",
    title: { ru: "Алия Сагитова", en: "Aliya Sagitova" },
    note: { ru: "Реабилитация", en: "Rehabilitation" },
    text: [
      {
        ru: "Бывшая гребчиха; знает, каково возвращаться после травмы.",
        en: "A former rower who knows what coming back from an injury is like.",
      },
    ],
  },
];

export const diseases: Item[] = [
  {
    id: "hypertension",
    title: { ru: "Высокое давление", en: "High blood pressure" },
    note: { ru: "Почему его не чувствуют", en: "Why it goes unnoticed" },
    text: [
      {
        ru: "Давление может быть повышено годами и ничем себя не выдавать. Измеряйте его сидя, после пяти минут покоя, дважды подряд.",
        en: "Blood pressure can be high for years without a sign. Measure it sitting, after five minutes of rest, twice in a row.",
      },
    ],
  },
  {
    id: "back-pain",
    title: { ru: "Боль в спине", en: "Back pain" },
    note: { ru: "Когда двигаться, когда к врачу", en: "When to move, when to see a doctor" },
    text: [
      {
        ru: "Чаще всего боль в пояснице проходит за несколько недель, и движение помогает больше покоя. Слабость в ноге или онемение — повод прийти сразу.",
        en: "Most low back pain passes within weeks, and moving helps more than resting. Weakness in a leg or numbness is a reason to come at once.",
      },
    ],
  },
  {
    id: "anxiety",
    title: { ru: "Тревога", en: "Anxiety" },
    note: { ru: "Что можно сделать уже сегодня", en: "What can be done today" },
    text: [
      {
        ru: "Тревога лечится. Расскажите терапевту, что мешает спать и работать: с этого начинается помощь, и это остаётся между вами.",
        en: "Anxiety can be treated. Tell a physician what keeps you from sleeping and working: help begins there, and it stays between you.",
      },
    ],
  },
];
