/** Top.Mail.Ru counter, which VK Ads uses for its pixel too (https://top.mail.ru/help/ru/code/counter). */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "top-mail-ru",
  settings: z.strictObject({ counter: z.number().int().positive().max(9_999_999_999) }),
  account: ({ counter }) => String(counter),
  country: "RU",
  hosts: ["top-fwz1.mail.ru/", "privacy-cs.mail.ru/"],
  stores: [
    { name: "tmr_*", days: 395 },
    { name: "tmr_*", kind: "local", days: 3650 },
    { name: "VID", days: 395, removable: false },
    { name: "FTID", days: 395, removable: false },
  ],
  form: ({ counter }) => ({
    vendor: "snippet",
    src: "https://top-fwz1.mail.ru/js/code.js",
    queue: ["_tmr", null],
    says: [{ id: String(counter), type: "pageView", start: 0 }],
  }),
});
