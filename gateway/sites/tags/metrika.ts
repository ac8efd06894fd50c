/** Yandex.Metrika. Cookies: https://yandex.com/support/metrica/general/cookie-usage.html */
import { metrikaSettings } from "../../contract/vendors.ts";
import { defineTag } from "../tag.ts";

export default defineTag({
  id: "metrika",
  settings: metrikaSettings,
  account: ({ counter }) => String(counter),
  country: "RU",
  hosts: ["mc.yandex.ru/", "mc.yandex.com/"],
  // https://yandex.com/support/metrica/code/install-counter-csp.html
  sources: {
    "script-src": ["https://yastatic.net"],
    "img-src": ["https://mc.yandex.ru"],
    "connect-src": ["https://mc.yandex.ru", "wss://mc.yandex.ru"],
    "frame-src": ["blob:", "https://mc.yandex.ru"],
  },
  stores: [
    // _ym_uid, _ym_d, _ym_isad, _ym_visorc*; in storage also _ym<counter>_lsid, _ym<counter>_reqNum.
    { name: "_ym_*", days: 365 },
    { name: "metrika_enabled", days: 0 },
    { name: "_ym*", kind: "local", days: 3650 },
    { name: "_ym*", kind: "session", days: 0 },
  ],
  form: ({ counter, webvisor, clickmap }, { scripts }) => ({
    vendor: "metrika",
    src: scripts.metrika.script,
    counter,
    ...(webvisor && { webvisor }),
    ...(clickmap && { clickmap }),
  }),
});
