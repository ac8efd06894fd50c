/** What is left in the page's memory after many uses of the interface, and after many soft navigations. */
import type { Browser, CDPSession, Page } from "playwright-core";

const times = 50;

interface Held {
  /** Bytes of the JavaScript heap after a collection. */
  heap: number;
  nodes: number;
  listeners: number;
}

async function held(session: CDPSession): Promise<Held> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

async function openAndClose(page: Page): Promise<void> {
  await page.evaluate(() => (window.soglas as { open(): void }).open());
  await page.locator("soglas-consent dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("soglas-consent dialog").waitFor({ state: "detached" });
}

/** A new path, and another body in the place of the old one, as an application's router makes them. */
const navigate = (page: Page, step: number) =>
  page.evaluate((number) => {
    history.pushState(null, "", `?step=${number}`);
    const body = document.createElement("body");
    body.append(document.createElement("p"));
    document.body.replaceWith(body);
    return new Promise(requestAnimationFrame);
  }, step);

/**
 * Held after a few uses, for what is made once, and after fifty more.
 * @param url a page with the tag
 * @returns by what was done
 */
export async function memory(
  browser: Browser,
  url: string,
): Promise<Record<string, { before: Held; after: Held }>> {
  const page = await browser.newPage();
  try {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    await page.goto(url);
    await page.locator("soglas-consent [part~=banner] [part=button]").first().click();
    await page.locator("soglas-reopen button").waitFor();
    const measured: Record<string, { before: Held; after: Held }> = {};
    for (const [name, use] of [
      ["opened and closed", () => openAndClose(page)],
      ["navigated softly", (step: number) => navigate(page, step)],
    ] as const) {
      for (let step = 0; step < 5; step += 1) await use(step);
      const before = await held(session);
      for (let step = 0; step < times; step += 1) await use(step);
      measured[`${name}, ${times} times`] = { before, after: await held(session) };
    }
    return measured;
  } finally {
    await page.close();
  }
}
