/** Two small sites: what the interface is handed. */
import type { InterfaceConfig } from "../../../gateway/contract/widget.ts";

export const eu: InterfaceConfig = {
  language: "en",
  direction: "ltr",
  jurisdiction: "eu",
  look: { placement: "box", theme: "light", accent: "#0b6e4f" },
  controller: { name: "Linden Clinic Ltd", contact: "privacy@linden.example" },
  summary: {
    lead: "We count visits if you agree.",
    points: [
      { topic: "collected", text: "Page addresses.", href: "https://linden.example/p#collected" },
      { topic: "rights", text: "Withdraw at any time.", href: "https://linden.example/p#rights" },
    ],
  },
  documents: { policy: "https://linden.example/p", consent: "https://linden.example/c" },
  purposes: [
    {
      id: "necessary",
      name: "Running the site",
      description: "Booking.",
      essential: true,
      services: [],
    },
    {
      id: "analytics",
      name: "Statistics",
      description: "Which pages are opened.",
      essential: false,
      services: [
        {
          id: "metrika",
          name: "Yandex Metrica",
          description: "Counts visits.",
          mode: "tag",
          recipient: {
            name: "Yandex [LLC]",
            country: "Russia",
            crossBorder: true,
            policy: "https://yandex.example/",
          },
          stores: [
            { name: "_ym_uid", kind: "cookie", life: "1 year", removable: true },
            { name: "yandexuid", kind: "cookie", life: "3 months", removable: false },
            { name: "_ym_x", kind: "session", removable: true },
          ],
        },
        {
          id: "ga4",
          name: "Google Analytics",
          description: "Counts visits.",
          mode: "gateway",
          recipient: { name: "Google LLC", country: "United States", crossBorder: false },
          stores: [],
        },
      ],
    },
    {
      id: "reminders",
      name: "Reminders",
      description: "Remembers your doctor.",
      essential: false,
      services: [],
    },
  ],
};

export const ru: InterfaceConfig = { ...eu, language: "ru", jurisdiction: "ru" };
