/**
 * Intercom Messenger: https://developers.intercom.com/installing-intercom/web/installation, cookies:
 * https://www.intercom.com/help/en/articles/2361922-intercom-messenger-cookies
 */
import { z } from "zod";
import { defineTag } from "../tag.ts";

/** Where a workspace's data is kept. */
const bases = {
  us: "https://api-iam.intercom.io",
  eu: "https://api-iam.eu.intercom.io",
  au: "https://api-iam.au.intercom.io",
};

export default defineTag({
  id: "intercom",
  settings: z.strictObject({
    app: z.string().regex(/^[a-z0-9]{6,12}$/, "an app id such as abcd1234"),
    region: z.enum(["us", "eu", "au"]).default("us"),
  }),
  account: ({ app }) => app,
  country: "US",
  hosts: ["widget.intercom.io/", "js.intercomcdn.com/"],
  stores: [
    { name: "intercom-id-*", days: 274 },
    { name: "intercom-device-id-*", days: 274 },
    { name: "intercom-session-*", days: 7 },
    { name: "intercom*", kind: "local", days: 3650 },
  ],
  form: ({ app, region }) => ({
    vendor: "snippet",
    src: `https://widget.intercom.io/widget/${app}`,
    globals: { intercomSettings: { app_id: app, api_base: bases[region] } },
    queue: ["Intercom", "q"],
    // Ends the conversation's session, and removes its cookie.
    ends: [["shutdown"]],
  }),
});
