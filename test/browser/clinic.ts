/** The clinic's page as a visitor uses it: every method reads like what a person does. */
import type { BrowserContext, Locator, Page } from "playwright-core";
import en from "../../widget/locales/en.ts";
import ru from "../../widget/locales/ru.ts";

export interface ClinicPage {
  page: Page;
  banner: Locator;
  preferences: Locator;
  /** The control that stands on every page once a choice was made. */
  reopen: Locator;
  goto(url: string): Promise<void>;
  /** What makes records, asked for once the banner stands, has arrived. */
  recorder(): Promise<void>;
  acceptAll(): Promise<void>;
  refuseAll(): Promise<void>;
  /** Opens the preferences from wherever the visitor is. */
  openPreferences(): Promise<void>;
  /** Grants exactly these services, by id, and saves. */
  choose(services: string[]): Promise<void>;
  /** In the preferences, opened from wherever the visitor is. */
  withdrawEverything(): Promise<void>;
  /** The page's own "Withdraw consent"; the page has to show it. */
  withdrawControl: Locator;
  /** In the open preferences: both steps of erasing. */
  eraseRecords(): Promise<void>;
  /** Ids of what is granted, by what the page is told. */
  granted(): Promise<string[]>;
  /** Cookies that scripts of this page can see, by name. */
  cookieNames(): Promise<string[]>;
  storageKeys(): Promise<string[]>;
}

/** The words of a control, in whichever language the page is. */
const either = (key: keyof typeof en) => new RegExp(`^(${en[key]}|${ru[key]})$`);

export async function openClinic(context: BrowserContext, url?: string): Promise<ClinicPage> {
  const page = await context.newPage();
  const banner = page.locator("soglas-consent [part~=banner]");
  const preferences = page.locator("soglas-consent dialog");
  const reopen = page.locator("soglas-reopen button");
  /** The interface hides in the click's own task, and what was chosen holds from the next one on. */
  const decided = () =>
    page.waitForFunction(
      () =>
        (window as unknown as { soglas: { consent(): { decided: boolean } } }).soglas.consent()
          .decided,
    );
  const clinic: ClinicPage = {
    page,
    banner,
    preferences,
    reopen,
    withdrawControl: page.locator("footer [data-soglas-withdraw]"),
    async goto(address) {
      await page.goto(address);
    },
    async recorder() {
      await page.waitForFunction(() =>
        performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/record.js")),
      );
    },
    async acceptAll() {
      await banner.getByRole("button", { name: either("accept") }).click();
      await decided();
    },
    async refuseAll() {
      await banner.getByRole("button", { name: either("refuse") }).click();
      await decided();
    },
    async openPreferences() {
      if (await preferences.isVisible()) return;
      await banner.or(reopen).first().waitFor();
      if (await banner.isVisible())
        await banner.getByRole("button", { name: either("choose") }).click();
      else await reopen.click();
      await preferences.waitFor();
    },
    async choose(services) {
      await clinic.openPreferences();
      for (const service of services) {
        const control = preferences.locator(`input[name="${service}"]`);
        await control.evaluate((element) => {
          for (let at: Element | null = element; at; at = at.parentElement)
            if (at instanceof HTMLDetailsElement) at.open = true;
        });
        await control.check();
      }
      await preferences.getByRole("button", { name: either("save") }).click();
    },
    async withdrawEverything() {
      await clinic.openPreferences();
      await preferences.getByRole("button", { name: either("withdraw") }).click();
    },
    async eraseRecords() {
      await preferences.getByRole("button", { name: either("erase") }).click();
      await preferences.getByRole("button", { name: either("eraseNow") }).click();
    },
    granted: () =>
      page.evaluate(
        () =>
          (window as unknown as { soglas: { consent(): { granted: string[] } } }).soglas.consent()
            .granted,
      ),
    cookieNames: () =>
      page.evaluate(() =>
        document.cookie
          .split("; ")
          .filter((pair) => pair !== "")
          .map((pair) => pair.split("=")[0]!),
      ),
    storageKeys: () => page.evaluate(() => Object.keys(localStorage)),
  };
  if (url !== undefined) await clinic.goto(url);
  return clinic;
}
