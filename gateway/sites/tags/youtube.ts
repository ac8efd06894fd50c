/** Videos of YouTube in frames of the page. Cookies are of YouTube's own domains: https://policies.google.com/technologies/cookies */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "youtube",
  settings: z.strictObject({}),
  account: () => "",
  country: "US",
  hosts: [
    "www.youtube.com/embed/",
    "www.youtube-nocookie.com/embed/",
    "www.youtube.com/iframe_api",
  ],
  stores: [
    { name: "VISITOR_INFO1_LIVE", days: 180, removable: false },
    { name: "VISITOR_PRIVACY_METADATA", days: 180, removable: false },
    { name: "YSC", days: 0, removable: false },
  ],
});
