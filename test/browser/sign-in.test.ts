/** Signing in through a real OpenID provider of another site, in Chromium, with its real cookie rules. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openLocalProvider, type LocalProvider } from "../staff/provider.ts";
import { launchChromium } from "./chromium.ts";
import { faults, openConsoleGateway, signIn, type ConsoleGateway } from "./console-page.ts";
import { interrupt } from "./interruption.ts";

let browser: Browser;
let gateway: ConsoleGateway;
/** On 127.0.0.1, the gateway on localhost: for a browser, two sites. */
let provider: LocalProvider;
let context: BrowserContext;

beforeAll(async () => {
  browser = await launchChromium();
  gateway = await openConsoleGateway(Date.now(), undefined, async (publicUrl) => {
    provider = await openLocalProvider(`${publicUrl}/v1/staff/sign-in/callback`);
    return provider.env;
  });
});
afterEach(() => context.close());
afterAll(async () => {
  await browser.close();
  await gateway.close();
  await provider.close();
});

async function openConsole(fragment = ""): Promise<Page> {
  context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(gateway.address + fragment);
  await page.getByRole("button", { name: "Sign in with Clinic ID" }).waitFor();
  return page;
}

async function atProvider(page: Page, login: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with Clinic ID" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(login);
  await page.getByRole("button", { name: "Continue" }).click();
}

const cookies = async () =>
  (await context.cookies()).filter(({ name }) => name.startsWith("soglas"));

test("from the button to the page that was wanted, and out again everywhere", async () => {
  const page = await openConsole("#/-/audit");
  expect(await faults(page)).toEqual({});
  await page.getByRole("button", { name: "Sign in with Clinic ID" }).click();
  await page.getByRole("heading", { name: "Clinic ID" }).waitFor();
  expect(await cookies()).toMatchObject([
    {
      name: expect.stringMatching(/^soglas-sign-in-[\w-]{16}$/),
      sameSite: "Lax",
      httpOnly: true,
      path: "/v1/staff/sign-in/callback",
    },
  ]);
  await page.getByRole("textbox", { name: "Name" }).fill("olga");
  await page.getByRole("button", { name: "Continue" }).click();

  // Sent here by another site, the console finds its Strict cookie at once, and again after a reload.
  await page.getByRole("heading", { name: "Audit trail" }).waitFor();
  expect(new URL(page.url()).hash).toBe("#/-/audit");
  await page
    .getByRole("link", { name: /olga@clinic\.example/ })
    .first()
    .waitFor();
  expect(await cookies()).toMatchObject([
    { name: "soglas-console", sameSite: "Strict", httpOnly: true, path: "/" },
  ]);
  await page.reload();
  await page.getByRole("heading", { name: "Audit trail" }).waitFor();
  expect(page.url()).not.toMatch(/code=|state=/);

  await page.goto(`${gateway.address}#/-/access`);
  await page.getByText("You signed in through your organisation.").waitFor();
  expect(await faults(page)).toEqual({});
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("button", { name: "Sign in with Clinic ID" }).waitFor();
  expect(await cookies()).toEqual([]);
});

test("somebody without a role is told so; somebody of one site sees that one", async () => {
  const page = await openConsole();
  await atProvider(page, "stranger");
  await page.getByText("nothing here is open to you").waitFor();
  expect(await cookies()).toEqual([]);
  expect(new URL(page.url()).hash).toBe("#/");
  expect(await faults(page)).toEqual({});

  // The provider knows them, and asks again all the same.
  await atProvider(page, "daria");
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).waitFor();
  expect(await page.getByRole("link", { name: "Rodnik Clinic EU" }).count()).toBe(0);
});

test("a way to the provider that broke off in the browser can be begun again", async () => {
  const page = await openConsole();
  const away = `${provider.issuer}/**`;
  const brokenOff = page.waitForEvent("requestfailed");
  const back = await interrupt(page, away, (route) => route.abort("aborted"));
  await page.getByRole("button", { name: "Sign in with Clinic ID" }).click();
  await brokenOff;
  back();
  await atProvider(page, "olga");
  await page.getByRole("heading", { name: "Sites" }).waitFor();
});

test("a provider that does not answer is named where the button is, and an access key opens the console", async () => {
  const page = await openConsole();
  // After an hour it is asked again what it is.
  gateway.clock.advance(3_600_000);
  provider.setAway(true);
  try {
    await page.getByRole("button", { name: "Sign in with Clinic ID" }).click();
    await page.getByText("The identity provider does not answer.").waitFor();
    expect(await faults(page)).toEqual({});
  } finally {
    provider.setAway(false);
  }
  const { key } = await gateway.key("auditor");
  await signIn(page, key);
  await page.getByRole("heading", { name: "Sites" }).waitFor();
});
