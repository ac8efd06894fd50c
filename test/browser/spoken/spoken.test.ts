/**
 * What a screen reader says of everything we draw, as files to read: beside this one, one per language, left
 * to right and right to left. A change of them is to be read aloud before it is accepted (`vitest -u`).
 */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import ar from "../../../widget/locales/ar.ts";
import en from "../../../widget/locales/en.ts";
import ru from "../../../widget/locales/ru.ts";
import { axeViolations } from "../console-page.ts";
import { openGateWorld, serviceOf, type GateWorld } from "../gate-world.ts";
import { spoken } from "./spoken.ts";

let world: GateWorld;
beforeAll(async () => {
  world = await openGateWorld(["www.youtube-nocookie.com", "static.hotjar.com"]);
});
afterAll(() => world.close());

/** The demo's site in this language; what its owner writes stays English, so that ours stands out. */
const publish = (language: string, jurisdiction: "eu" | "us") =>
  world.publish((site, files) => {
    site.jurisdiction = jurisdiction;
    if (jurisdiction === "us") site.validity = { refusalDays: 365 };
    site.services = [
      serviceOf("hotjar", "analytics", { siteId: 7 }),
      { ...serviceOf("ga4", "analytics", { measurementId: "G-GATE0001" }), mode: "gateway" },
      serviceOf("youtube", "media"),
    ];
    // Nothing that would have the page loaded anew when it ends.
    if (jurisdiction === "us")
      site.services = site.services.filter(({ mode }) => mode === "gateway");
    const spokenBy = (_: string, value: unknown) =>
      typeof value === "object" && value !== null && "en" in value
        ? { [language]: value.en }
        : value;
    Object.assign(site, JSON.parse(JSON.stringify(site), spokenBy) as SiteInput);
    site.languages = [language];
    const written = [...files];
    files.clear();
    for (const [name, bytes] of written)
      if (!/[./]ru\./.test(name)) files.set(name.replace(/([./])en\./, `$1${language}.`), bytes);
  });

const html = (language: string, body: string) => (tag: string) =>
  `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Page</title>${tag}<body><main><h1>Page</h1>${body}</main>`;

const unfold = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("soglas-consent")!.shadowRoot!;
    for (const details of root.querySelectorAll("details")) details.open = true;
  });

type Look = Parameters<Page["emulateMedia"]>[0];

/** A control of ours that stands in the page by itself: large enough, seen when it has the focus, nothing for axe to say. */
async function standsAlone(page: Page, control: Locator, looks: Look[]): Promise<void> {
  const box = (await control.boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(44);
  await control.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  expect(await control.evaluate((button) => getComputedStyle(button).outlineStyle)).not.toBe(
    "none",
  );
  for (const colours of looks) {
    await page.emulateMedia(colours);
    expect(await axeViolations(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, forcedColors: null });
}

it.each([
  ["en", en, [{ colorScheme: "light" }, { forcedColors: "active" }]],
  ["ar", ar, [{ colorScheme: "dark" }]],
  // What everybody meets.
  ["ru", ru, []],
] satisfies [string, typeof en, Look[]][])(
  "what a screen reader says in %s: banner, preferences, my choices, the ways back, embedded content",
  async (language, words, looks) => {
    const transcript: string[] = [];
    const hear = async (what: string, page: Page) => {
      transcript.push(`== ${what}\n${await spoken(page)}`);
    };
    await publish(language, "eu");
    const film = `<iframe title="A film" data-consent="youtube" data-src="https://www.youtube-nocookie.com/embed/x"></iframe>`;
    const page = await world.open(html(language, film), await world.visitor(language));
    const banner = page.locator("soglas-consent [part~=banner]");
    const dialog = page.locator("soglas-consent dialog");
    const press = (name: string) => dialog.getByRole("button", { name, exact: true }).click();
    await banner.waitFor();
    const placeholder = page.frameLocator("iframe").getByRole("button", { name: words.show });
    await placeholder.waitFor();
    await hear("the banner, and content that waits", page);

    await banner.getByRole("button", { name: words.choose }).click();
    await unfold(page);
    await dialog.getByRole("switch", { name: "Name of hotjar" }).click();
    await hear("the preferences, unfolded, one of two services on", page);

    const file = `./${language}.txt`;
    if (!looks[0]) return expect(transcript.join("\n")).toMatchFileSnapshot(file);

    await press(words.accept);
    const reopen = page.locator("soglas-reopen button");
    await page.getByRole("status").getByText(words.saved).waitFor();
    await page.frameLocator("iframe").getByText("film").waitFor();
    // What runs ends with a reload only.
    await page.waitForFunction("window.ran?.length");
    await hear("after the choice", page);
    await standsAlone(page, reopen, looks);

    await reopen.click();
    await dialog.getByRole("link", { name: words.receipt }).waitFor();
    await press(words.erase);
    await hear("my choices, asked whether to erase", page);
    await press(words.eraseNow);
    await banner.getByText(words.erased).waitFor();
    await placeholder.waitFor();
    await hear("erased, and asked anew by the page that was loaded for that", page);

    await publish(language, "us");
    const us = await world.open(html(language, "<p>Text</p>"), await world.visitor(language));
    const optOut = us.getByRole("button", { name: words.optOut });
    await optOut.waitFor();
    await hear("where services run until one opts out", us);
    await standsAlone(us, optOut, looks);
    await optOut.click();
    await us.locator("soglas-reopen button:focus").waitFor();
    await hear("after opting out", us);
    await expect(transcript.join("\n")).toMatchFileSnapshot(file);
  },
);
