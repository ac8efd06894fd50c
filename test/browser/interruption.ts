import type { BrowserContext, Page, Route } from "playwright-core";

/**
 * Something else happens to requests, until it is over.
 *
 * Routes stay, and let everything through from then on: after one is taken away, a request may hang for ever
 * (https://github.com/microsoft/playwright/issues/41802).
 *
 * @param happens to each; it is as if nobody answered when absent
 * @returns ends it
 */
export async function interrupt(
  target: BrowserContext | Page,
  url: string | RegExp,
  happens: (route: Route) => unknown = (route) => route.abort(),
): Promise<() => void> {
  let over = false;
  await target.route(url, async (route) => {
    await (over ? route.continue() : happens(route));
  });
  return () => {
    over = true;
  };
}
