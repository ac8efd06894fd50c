/** One visit in real Chromium, cold: when the banner could be seen, and what it cost the page. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type { Peer } from "./peers.ts";

export interface Visit {
  /** Milliseconds from the start of navigation until the banner is in the picture, and until the page's first paint. */
  visible: number;
  paint: number;
  /** Milliseconds of scripts, and of everything, on the main thread: first visit, and a later one. */
  script: number;
  task: number;
  laterScript: number;
  laterTask: number;
  /** Sum of what long tasks had beyond 50 ms; sum of layout shifts. */
  blocking: number;
  shift: number;
  /** Requests begun before the banner was there, the page's own aside, and the bytes of their bodies. */
  requests: number;
  bytes: number;
  /** Milliseconds from the click on *Accept* to the next paint; below 16 reads as 0. */
  accept: number;
  /** Bytes of cookies afterwards. */
  cookies: number;
}

export interface Conditions {
  /** Times the processor is slowed down. */
  cpu: number;
  /** 150 ms and 1.6 Mbit/s when true. */
  slow: boolean;
}

interface Noted {
  visible: number;
  paint: number;
  blocking: number;
  shift: number;
  accept: number;
}

/** Runs in the page before anything else. */
function watch(banner: string): void {
  const noted: Noted = { visible: 0, paint: 0, blocking: 0, shift: 0, accept: 0 };
  Object.assign(window, { noted });
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe("longtask", ({ duration }) => (noted.blocking += Math.max(0, duration - 50)));
  observe(
    "layout-shift",
    (entry) => (noted.shift += (entry as unknown as { value: number }).value),
  );
  observe("paint", ({ name, startTime }) => {
    if (name === "first-contentful-paint") noted.paint = startTime;
  });
  observe(
    "event",
    ({ name, duration }) => {
      if (name === "click") noted.accept = Math.max(noted.accept, duration);
    },
    { durationThreshold: 16 },
  );
  const find = (): Element | null => {
    for (const { shadowRoot } of document.querySelectorAll("soglas-consent")) {
      const inside = shadowRoot?.querySelector(banner);
      if (inside) return inside;
    }
    return document.querySelector(banner);
  };
  const look = () => {
    const element = find();
    const shown = element?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (shown && element!.getBoundingClientRect().height > 0) noted.visible = performance.now();
    else requestAnimationFrame(look);
  };
  if (banner) requestAnimationFrame(look);
}

async function metrics(session: CDPSession): Promise<{ script: number; task: number }> {
  const { metrics: all } = await session.send("Performance.getMetrics");
  const of = (name: string) => all.find((metric) => metric.name === name)!.value * 1000;
  return { script: of("ScriptDuration"), task: of("TaskDuration") };
}

const noted = (page: Page) => page.evaluate(() => (window as unknown as { noted: Noted }).noted);

async function openPage(
  context: BrowserContext,
  { cpu, slow }: Conditions,
): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  await session.send("Network.enable");
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  if (slow)
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 200_000,
    });
  return { page, session };
}

/** @param peer null for the page without anything; one without a banner only loads what it names */
export async function visit(
  browser: Browser,
  url: string,
  peer: Peer | null,
  { cpu, slow }: Conditions,
): Promise<Visit> {
  const context = await browser.newContext({ locale: "en-GB" });
  const opened = () => openPage(context, { cpu, slow });
  try {
    const { page, session } = await opened();
    await page.addInitScript(watch, peer?.banner ?? "");
    await page.goto(url);
    if (peer?.banner)
      await page.waitForFunction(
        () => (window as unknown as { noted: Noted }).noted.visible,
        undefined,
        // Asking in each frame would cost as much as what is measured.
        { polling: 100 },
      );
    // Whatever still runs for the banner belongs to it.
    await page.waitForTimeout(1000);
    const first = await metrics(session);
    const loaded = await page.evaluate(() => {
      const { visible } = (window as unknown as { noted: Noted }).noted;
      const needed = performance
        .getEntriesByType("resource")
        .filter(({ startTime }) => startTime < visible) as PerformanceResourceTiming[];
      const bytes = needed.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
      return { requests: needed.length, bytes };
    });
    if (peer?.banner) {
      await page.locator(peer.accept).first().click();
      await page.waitForTimeout(1000);
    }
    const seen = await noted(page);
    await page.close();
    // A page of its own: nobody looks for a banner there, which would cost more than the visit.
    const later = await opened();
    await later.page.goto(url);
    await later.page.waitForTimeout(1000);
    const { script: laterScript, task: laterTask } = await metrics(later.session);
    const cookies = (await context.cookies()).map(({ name, value }) => `${name}=${value}`);
    return {
      ...seen,
      ...first,
      laterScript,
      laterTask,
      ...loaded,
      cookies: cookies.join("; ").length,
    };
  } finally {
    await context.close();
  }
}
