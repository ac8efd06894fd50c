/** The console in a real browser: a gateway on localhost, and a page object that reads like the requirement. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { openInstallation, type Installation } from "../staff/installation.ts";

export interface ConsoleGateway extends Installation {
  /** `http://localhost:<port>/console/` */
  address: string;
  /** Cuts every connection without an answer while true. */
  setAway(away: boolean): void;
}

/**
 * @param start Unix milliseconds of the gateway's clock; the browser has its own
 * @param environment variables beside the usual ones, by the public URL
 */
export async function openConsoleGateway(
  start: number,
  sites?: string[],
  environment?: (publicUrl: string) => Promise<Record<string, string>>,
): Promise<ConsoleGateway> {
  let away = false;
  let listener: ReturnType<typeof getRequestListener> | undefined;
  const server = createServer((request, response) => {
    if (away) request.socket.destroy();
    else void listener?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const publicUrl = `http://localhost:${(server.address() as AddressInfo).port}`;
  const installation = await openInstallation({
    start,
    publicUrl,
    widgetBuild: join(import.meta.dirname, "../../dist/widget"),
    ...(sites && { sites }),
    ...(environment && { env: await environment(publicUrl) }),
  });
  listener = getRequestListener(installation.app.fetch);
  return {
    ...installation,
    address: `${publicUrl}/console/`,
    setAway(value) {
      away = value;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await installation.close();
    },
  };
}

export async function signIn(page: Page, key: string): Promise<void> {
  await page.locator("#key").fill(key);
  await page.keyboard.press("Enter");
}

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds wrong in the page as it stands: rule and element, empty when nothing. */
export async function axeViolations(page: Pick<Page, "evaluate">): Promise<string[]> {
  // Through the debugger, not a script element: the page's own policy forbids foreign code.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await axeSource());
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run({
      // Of what passed, one example a rule is gathered: most of the time goes into the others.
      resultTypes: ["violations"],
    }),
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`),
  );
}

/**
 * What is wrong with the page as it stands, in English, light and wide, and in Russian, dark and narrow:
 * violations that axe finds, and how far something hangs over the edge. Empty when nothing.
 */
export async function faults(page: Page): Promise<Record<string, unknown>> {
  // Beside an open panel nothing can be pressed.
  const inPanel = (await page.getByRole("dialog").count()) > 0;
  const speak = async (language: "EN" | "RU") => {
    if (!inPanel) await page.getByRole("button", { name: language, exact: true }).click();
  };
  const found: Record<string, unknown> = {};
  for (const [colorScheme, width, language] of [
    ["light", 1280, "EN"],
    ["dark", 360, "RU"],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await speak(language);
    const violations = await axeViolations(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    if (violations.length > 0 || overflow > 0) found[colorScheme] = { violations, overflow };
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await speak("EN");
  return found;
}

async function axeSource(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(axePath, "utf8");
}
