/** The configuration of a site with both vendors, in the page and through the gateway, and with pages of its own. */
import type { RecorderConfig, TagConfig } from "../../gateway/contract/widget.ts";

export const config: TagConfig = {
  site: "clinic-eu",
  gateway: "https://gateway.other.test",
  config: "q3Zk0b7yQmVn8r5tXwJc2LhPfSdGaE1uIoKiRzTvY4M",
  revision: "pX3_k9-Z",
  languages: ["en", "ru"],
  cookie: "soglas",
  days: { grant: 365, refusal: 180 },
  asked: ["analytics", "media", "ga4", "metrika", "metrika-clean"],
  always: ["necessary"],
  services: [
    {
      id: "ga4",
      vendor: "ga4",
      mode: "tag",
      src: "https://vendor.test/gtag/js?id=G-TEST1234",
      measurementId: "G-TEST1234",
    },
    {
      id: "metrika",
      vendor: "metrika",
      mode: "tag",
      src: "https://vendor.test/metrika/tag.js",
      counter: 10000001,
    },
    { id: "metrika-clean", vendor: "metrika", mode: "gateway" },
  ],
  consentMode: {
    ad_storage: [],
    ad_user_data: [],
    ad_personalization: [],
    analytics_storage: ["analytics"],
    functionality_storage: [],
    personalization_storage: [],
  },
  exclude: "^(?:/diseases(?:/.*)?)/*$",
  mask: [["^(?:/doctors/+[^/]+)/*$", "/doctors/masked"]],
  reopen: { side: "left", label: { en: "Privacy choices", ru: "Настройки" } },
};

export const settings: RecorderConfig = {
  jurisdiction: "eu",
  refusalId: true,
  stores: {
    ga4: [["cookie", "_ga*"]],
    metrika: [
      ["cookie", "_ym_*"],
      ["local", "_ym*"],
    ],
  },
};
