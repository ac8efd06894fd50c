/** Yandex's maps in frames of the page, and by script. Cookies are of Yandex's own domain. */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "yandex-maps",
  settings: z.strictObject({}),
  account: () => "",
  country: "RU",
  hosts: ["yandex.ru/map-widget/", "yandex.com/map-widget/", "api-maps.yandex.ru/"],
  stores: [
    { name: "yandexuid", days: 365, removable: false },
    { name: "yuidss", days: 365, removable: false },
    { name: "i", days: 365, removable: false },
  ],
});
