/**
 * A user agent reduced to what audience reports need (CNIL row C5): family, major version, device
 * class. Rare configurations are removed: families outside the list are `other`, and versions older
 * than a family's floor are not told apart, because a handful of visitors would share each of them.
 */

type BrowserFamily =
  | "chrome"
  | "firefox"
  | "safari"
  | "edge"
  | "opera"
  | "yandex"
  | "samsung"
  | "other";

type DeviceClass = "desktop" | "mobile" | "tablet" | "other";

export interface CoarseAgent {
  browser: BrowserFamily;
  /** Null for `other`, and below the floor of the family. */
  major: number | null;
  device: DeviceClass;
}

/**
 * Token that names a family, and the oldest version told apart. Order matters: most browsers also
 * carry the tokens of Chrome and Safari. Floors are the last versions of still common old systems
 * (Windows 7: Chrome 109, Firefox 115), which leaves every version above them a crowd.
 */
const families: [BrowserFamily, RegExp, floor: number][] = [
  ["edge", /\bEdg(?:e|A|iOS)?\/(\d{1,3})\b/, 109],
  ["opera", /\b(?:OPR|OPX|OPT)\/(\d{1,3})\b/, 95],
  ["yandex", /\bYaBrowser\/(\d{1,3})\b/, 22],
  ["samsung", /\bSamsungBrowser\/(\d{1,3})\b/, 20],
  ["firefox", /\b(?:Firefox|FxiOS)\/(\d{1,3})\b/, 115],
  ["chrome", /\b(?:Chrome|CriOS)\/(\d{1,3})\b/, 109],
  ["safari", /\bVersion\/(\d{1,3})\b.*\bSafari\//, 14],
];

/** More is never read: no browser of the list needs it, and the expressions stay cheap. */
const longest = 512;

/** @param userAgent the request's header, or an empty string; never stored, logged or passed on */
export function coarseAgent(userAgent: string): CoarseAgent {
  const text = userAgent.slice(0, longest);
  const device = deviceOf(text);
  for (const [browser, token, floor] of families) {
    const match = token.exec(text);
    if (!match) continue;
    const major = Number(match[1]);
    return { browser, major: major < floor ? null : major, device };
  }
  return { browser: "other", major: null, device };
}

function deviceOf(text: string): DeviceClass {
  if (/\b(?:iPad|Tablet|PlayBook|Silk)\b/i.test(text)) return "tablet";
  if (/\bAndroid\b/.test(text)) return /\bMobile\b/.test(text) ? "mobile" : "tablet";
  if (/\b(?:iPhone|iPod|Mobile)\b/.test(text)) return "mobile";
  if (/\b(?:Windows NT|Macintosh|X11|CrOS)\b/.test(text)) return "desktop";
  return "other";
}

/**
 * A User-Agent header for a vendor, made from the classes alone: equal classes give equal strings.
 * The system is the most common one of the device class, since ours was not kept. A library's own
 * agent would be filtered as a bot.
 */
export function syntheticAgent({ browser, major, device }: CoarseAgent): string {
  if (browser === "other")
    return `Mozilla/5.0 (${system(device)}) AppleWebKit/537.36 (KHTML, like Gecko)`;
  const version = major ?? families.find(([family]) => family === browser)?.[2] ?? 0;
  if (browser === "firefox")
    return `Mozilla/5.0 (${system(device, true)}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
  if (browser === "safari")
    return `Mozilla/5.0 (${appleSystem(device)}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.0${device === "mobile" || device === "tablet" ? " Mobile/15E148" : ""} Safari/${device === "mobile" || device === "tablet" ? "604.1" : "605.1.15"}`;
  const mobile = device === "mobile" ? " Mobile" : "";
  return `Mozilla/5.0 (${system(device)}) AppleWebKit/537.36 (KHTML, like Gecko) ${chromiumTokens(browser, version, mobile)}`;
}

function chromiumTokens(browser: BrowserFamily, version: number, mobile: string): string {
  const engine = (major: number) => `Chrome/${major}.0.0.0`;
  switch (browser) {
    case "edge":
      return `${engine(version)}${mobile} Safari/537.36 Edg${mobile ? "A" : ""}/${version}.0.0.0`;
    case "opera":
      return `${engine(chromeFloor)}${mobile} Safari/537.36 OPR/${version}.0.0.0`;
    case "yandex":
      return `${engine(chromeFloor)} YaBrowser/${version}.1.0.0${mobile} Safari/537.36`;
    case "samsung":
      return `SamsungBrowser/${version}.0 ${engine(chromeFloor)}${mobile} Safari/537.36`;
    default:
      return `${engine(version)}${mobile} Safari/537.36`;
  }
}

/** Engine version shown by families whose own number says nothing about it. */
const chromeFloor = 109;

function system(device: DeviceClass, gecko = false): string {
  switch (device) {
    case "mobile":
      return gecko ? "Android 10; Mobile" : "Linux; Android 10; K";
    case "tablet":
      return gecko ? "Android 10; Tablet" : "Linux; Android 10; K";
    default:
      return "Windows NT 10.0; Win64; x64";
  }
}

function appleSystem(device: DeviceClass): string {
  if (device === "mobile") return "iPhone; CPU iPhone OS 17_0 like Mac OS X";
  if (device === "tablet") return "iPad; CPU OS 17_0 like Mac OS X";
  return "Macintosh; Intel Mac OS X 10_15_7";
}
