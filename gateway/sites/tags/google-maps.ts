/** Google's maps in frames of the page, and by script. Cookies are of Google's own domain. */
import { z } from "zod";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "google-maps",
  settings: z.strictObject({}),
  account: () => "",
  country: "US",
  hosts: ["www.google.com/maps/", "maps.google.com/", "maps.googleapis.com/"],
  stores: [{ name: "NID", days: 183, removable: false }],
});
