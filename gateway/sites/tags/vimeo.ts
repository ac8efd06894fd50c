/** Videos of Vimeo in frames of the page. Cookies are of Vimeo's own domain: https://vimeo.com/cookie_policy */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "vimeo",
  settings: z.strictObject({}),
  account: () => "",
  country: "US",
  hosts: ["player.vimeo.com/"],
  stores: [
    { name: "vuid", days: 730, removable: false },
    { name: "player", days: 365, removable: false },
  ],
});
