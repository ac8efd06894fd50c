/** VK retargeting pixel of the older advertising account, by VK's Open API (https://dev.vk.com/widgets/overview). */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "vk-pixel",
  settings: z.strictObject({
    pixel: z
      .string()
      .regex(/^VK-RTRG-\d{1,10}-[A-Za-z0-9]{3,10}$/, "a code such as VK-RTRG-123456-aBcDe"),
  }),
  account: ({ pixel }) => pixel,
  country: "RU",
  hosts: ["vk.com/js/api/openapi.js", "vk.ru/js/api/openapi.js", "vk.com/rtrg"],
  stores: [{ name: "remix*", days: 365, removable: false }],
  form: ({ pixel }) => ({
    vendor: "snippet",
    src: "https://vk.com/js/api/openapi.js?169",
    // The script takes no calls before it has loaded.
    loaded: [["VK.Retargeting.Init", pixel], ["VK.Retargeting.Hit"]],
  }),
});
