/** Starts the Chromium that npm brings, as close to a visitor's browser as it can run as root. */
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Switches made for serverless hosts that would turn off what the tests are about: origins, sites, isolation. */
const unwanted = new Set([
  "--disable-web-security",
  "--single-process",
  "--no-zygote",
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
  "--disable-features",
]);

/**
 * What a visitor's browser says of itself. "Headless" would make it a program, whose events are counted
 * and not forwarded.
 */
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

/**
 * @param extraArgs switches beside the usual ones, e.g. `--host-resolver-rules=…`
 * @returns a headless browser; the caller closes it
 */
export async function launchChromium(extraArgs: string[] = []): Promise<Browser> {
  const args = chromium.args.filter((arg) => !unwanted.has(arg.split("=", 1)[0] ?? arg));
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...args, `--user-agent=${userAgent}`, ...extraArgs],
    headless: true,
  });
}
