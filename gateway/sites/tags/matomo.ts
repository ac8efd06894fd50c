/**
 * Matomo by its own tag (https://developer.matomo.org/guides/tracking-javascript-guide), from the
 * installation's instance of that name. Cookies: https://matomo.org/faq/general/faq_146/
 */
import { matomoSettings } from "../../contract/vendors.ts";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "matomo",
  settings: matomoSettings,
  account: ({ instance, siteId }) => `${instance} ${siteId}`,
  country: null,
  hosts: [],
  stores: [
    { name: "_pk_id*", days: 393 },
    { name: "_pk_ref*", days: 183 },
    { name: "_pk_ses*", days: 1 },
    { name: "_pk_cvar*", days: 1 },
    { name: "_pk_hsr*", days: 1 },
  ],
  form({ instance, siteId }, { scripts }) {
    const url = scripts.matomo.instances[instance]?.url;
    if (url === undefined) return null;
    return {
      vendor: "snippet",
      src: new URL("matomo.js", url).href,
      queue: ["_paq", null],
      says: [
        ["requireConsent"],
        ["setConsentGiven"],
        ["setTrackerUrl", url],
        ["setSiteId", String(siteId)],
        ["trackPageView"],
        ["enableLinkTracking"],
      ],
      ends: [["forgetConsentGiven"]],
    };
  },
});
