/** One clinic in two languages and jurisdictions, as the gateway would hand it to the interface. */
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";

const policy = "/p/clinic/policy/1";

export const ru: InterfaceConfig = {
  language: "ru",
  direction: "ltr",
  jurisdiction: "ru",
  look: { placement: "box", theme: "system", accent: "#0b6e4f" },
  controller: { name: "ООО «Клиника „Липа“»", contact: "privacy@lipa-clinic.example" },
  summary: {
    lead: "Сайт работает и без аналитики. С вашего согласия мы считаем посещения, чтобы запись к врачу стала проще; страницы о болезнях не учитываются никогда.",
    points: [
      {
        topic: "collected",
        text: "Адреса открытых страниц без параметров, вид браузера и устройства, записаны ли вы на приём. Имя, телефон и IP-адрес в аналитику не попадают.",
        href: `${policy}#chto-my-sobiraem`,
      },
      {
        topic: "why",
        text: "Понять, какие страницы помогают записаться к врачу, а какие мешают.",
        href: `${policy}#zachem`,
      },
      {
        topic: "recipients",
        text: "ООО «Яндекс» (Метрика) и Google LLC (Analytics) — каждый только при вашем согласии.",
        href: `${policy}#poluchateli`,
      },
      {
        topic: "abroad",
        text: "Данные для Google Analytics передаются в США. Без вашего согласия этого не происходит.",
        href: `${policy}#peredacha-za-granicu`,
      },
      {
        topic: "retention",
        text: "Файлы cookie — до двух лет, статистика — 14 месяцев.",
        href: `${policy}#sroki`,
      },
      {
        topic: "rights",
        text: "Отозвать согласие, получить копию данных, потребовать удаления. Ответим в течение 30 дней.",
        href: `${policy}#vashi-prava`,
      },
    ],
  },
  documents: { policy, consent: "/p/clinic/consent/1" },
  purposes: [
    {
      id: "necessary",
      name: "Работа сайта",
      description: "Запись на приём, вход в личный кабинет и защита форм от роботов.",
      essential: true,
      services: [],
    },
    {
      id: "analytics",
      name: "Статистика посещений",
      description: "Какие страницы открывают и где бросают запись — без имён и диагнозов.",
      essential: false,
      services: [
        {
          id: "metrika",
          name: "Яндекс Метрика",
          description: "Считает посещения и цели, например «записался на приём».",
          mode: "tag",
          recipient: {
            name: "ООО «Яндекс»",
            country: "Россия",
            crossBorder: false,
            policy: "https://yandex.ru/legal/confidential",
          },
          stores: [
            { name: "_ym_uid", kind: "cookie", life: "1 год", removable: true },
            { name: "_ym_d", kind: "cookie", life: "1 год", removable: true },
            { name: "_ym_isad", kind: "cookie", life: "2 дня", removable: true },
            { name: "yandexuid", kind: "cookie", life: "1 год", removable: false },
          ],
        },
        {
          id: "ga4",
          name: "Google Analytics",
          description: "Сравнивает источники посещений.",
          mode: "gateway",
          recipient: {
            name: "Google LLC",
            country: "США",
            crossBorder: true,
            policy: "https://policies.google.com/privacy",
          },
          stores: [],
        },
      ],
    },
    {
      id: "reminders",
      name: "Напоминания",
      description: "Запоминать выбранного врача, чтобы предложить повторный приём.",
      essential: false,
      services: [],
    },
  ],
};

export const en: InterfaceConfig = {
  ...ru,
  language: "en",
  jurisdiction: "eu",
  controller: { name: "Linden Clinic Ltd", contact: "privacy@linden-clinic.example" },
  summary: {
    lead: "The site works without analytics. With your consent we count visits to make booking simpler; pages about illnesses are never counted.",
    points: [
      {
        topic: "collected",
        text: "Addresses of the pages you open, without parameters, and the kind of browser and device. Never your name, phone or IP address.",
        href: `${policy}#what-we-collect`,
      },
      {
        topic: "why",
        text: "To see which pages help people book an appointment and which get in the way.",
        href: `${policy}#why`,
      },
      {
        topic: "recipients",
        text: "Yandex LLC (Metrica) and Google LLC (Analytics), each only with your consent.",
        href: `${policy}#recipients`,
      },
      {
        topic: "abroad",
        text: "Data for Google Analytics goes to the United States, and only if you agree.",
        href: `${policy}#transfers-abroad`,
      },
      {
        topic: "retention",
        text: "Cookies up to two years, statistics for 14 months.",
        href: `${policy}#retention`,
      },
      {
        topic: "rights",
        text: "Withdraw, get a copy, have it deleted. We answer within 30 days.",
        href: `${policy}#your-rights`,
      },
    ],
  },
  purposes: [
    {
      id: "necessary",
      name: "Running the site",
      description: "Booking, signing in and keeping robots out of our forms.",
      essential: true,
      services: [],
    },
    {
      id: "analytics",
      name: "Visitor statistics",
      description:
        "Which pages are opened and where bookings are abandoned, without names or diagnoses.",
      essential: false,
      services: [
        {
          id: "metrika",
          name: "Yandex Metrica",
          description: "Counts visits and goals such as “booked an appointment”.",
          mode: "tag",
          recipient: {
            name: "Yandex LLC",
            country: "Russia",
            crossBorder: true,
            policy: "https://yandex.com/legal/confidential",
          },
          stores: [
            { name: "_ym_uid", kind: "cookie", life: "1 year", removable: true },
            { name: "_ym_d", kind: "cookie", life: "1 year", removable: true },
            { name: "_ym_isad", kind: "cookie", life: "2 days", removable: true },
            { name: "yandexuid", kind: "cookie", life: "1 year", removable: false },
          ],
        },
        {
          id: "ga4",
          name: "Google Analytics",
          description: "Compares where visits come from.",
          mode: "gateway",
          recipient: {
            name: "Google LLC",
            country: "United States",
            crossBorder: true,
            policy: "https://policies.google.com/privacy",
          },
          stores: [],
        },
      ],
    },
    {
      id: "reminders",
      name: "Reminders",
      description: "Remembering the doctor you chose, to suggest a follow-up visit.",
      essential: false,
      services: [],
    },
  ],
};
