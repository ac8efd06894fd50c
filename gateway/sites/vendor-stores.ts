/** What vendors' own tags leave in the browser, and what of it all a withdrawal has to sweep. */
import type { Service } from "../contract/site.ts";
import type { Stored } from "../contract/widget.ts";

/**
 * Names as vendors publish them: https://support.google.com/analytics/answer/11397207 and
 * https://yandex.com/support/metrica/general/cookie-usage.html. `_gat*` is the throttle of older tags,
 * `_gid` of Universal Analytics: both outlive their tag.
 */
const vendorStores: Record<string, Stored[]> = {
  ga4: [
    ["cookie", "_ga"],
    ["cookie", "_ga_*"],
    ["cookie", "_gid"],
    ["cookie", "_gat*"],
  ],
  // _ym_uid, _ym_d, _ym_isad, _ym_visorc*; in storage also _ym<counter>_lsid, _ym<counter>_reqNum.
  metrika: [
    ["cookie", "_ym_*"],
    ["cookie", "metrika_enabled"],
    ["local", "_ym*"],
    ["session", "_ym*"],
  ],
};

/** Cookies and storage keys that are swept after a withdrawal; an entry that another covers is left out. */
export function sweptStores({ mode, vendor, stores }: Service): Stored[] {
  const known = (mode === "tag" && vendorStores[vendor]) || [];
  const declared = stores
    .filter(({ removable }) => removable)
    .map(({ kind, name }): Stored => [kind, name]);
  return [
    ...known,
    ...declared.filter((entry) => !known.some((pattern) => covers(pattern, entry))),
  ];
}

const covers = ([kind, pattern]: Stored, [otherKind, name]: Stored) =>
  kind === otherKind &&
  (pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
