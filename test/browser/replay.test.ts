/**
 * The banner as a visitor saw it, in the built console in Chromium: visitors meet one widget build, the
 * gateway then goes on with another, and the officer sees what the visitors saw, to the pixel.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Browser, BrowserContextOptions, Frame, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openInstallation, type Installation } from "../gateway/installation.ts";
import { launchChromium } from "./chromium.ts";
import { faults, signIn } from "./console-page.ts";
import { interrupt } from "./interruption.ts";

const build = join(import.meta.dirname, "../../dist/widget");
/** A page of the site, where visitors meet its banner. */
const site = "plain.clinic.test";

/** What a visitor met: every element of the banner with its place and text, and its picture. */
interface Seen {
  elements: unknown[];
  picture: Buffer;
}

const visitors = {
  narrow: { viewport: { width: 360, height: 640 }, colorScheme: "dark", locale: "en-GB" },
  wide: { viewport: { width: 1280, height: 720 }, colorScheme: "light", locale: "ru-RU" },
} satisfies Record<string, BrowserContextOptions>;
type Visitor = keyof typeof visitors;

let older: string;
let browser: Browser;
let server: Server;
let installation: Installation;
let publicUrl: string;
let page: Page;
const seen = new Map<Visitor, Seen>();
/** Paths of everything that reached the gateway. */
const asked: string[] = [];

beforeAll(async () => {
  older = await olderBuild();
  server = createServer((request, response) => {
    asked.push(request.url!);
    if (request.headers.host === site)
      response
        .setHeader("Content-Type", "text/html")
        .end(`<!doctype html><body><script async src="${publicUrl}/s/clinic.js"></script>`);
    else void getRequestListener(installation.app.fetch)(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  publicUrl = `http://localhost:${port}`;
  const options = { publicUrl, sites: ["clinic"] };
  installation = await openInstallation({ ...options, widgetBuild: older });
  const key = (await installation.gateway.staff.keys.ensureFirstKey())!;
  browser = await launchChromium([`--host-resolver-rules=MAP ${site} 127.0.0.1:${port}`]);
  for (const visitor of ["narrow", "wide"] as const) seen.set(visitor, await visit(visitor));

  const { folder, gateway } = installation;
  await gateway.close();
  installation = await openInstallation({ ...options, folder, widgetBuild: build });
  await installation.gateway.integrator.integrate();
  await installation.gateway.indexer.index();
  page = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await page.goto(`${publicUrl}/console/`);
  await signIn(page, key);
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).waitFor();
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await installation.close();
  await rm(older, { recursive: true });
});

/** A build whose banner is told from today's by a word and by its width. */
async function olderBuild(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "soglas-older-"));
  await cp(build, folder, { recursive: true });
  const change = async (file: string, from: string, to: string) => {
    const text = await readFile(join(folder, file), "utf8");
    expect(text).toContain(from);
    await writeFile(join(folder, file), text.replace(from, to));
  };
  await change("ui.js", "max-width:33em", "max-width:27em");
  await change("locales/ru.json", "Ваши данные — ваш выбор", "Прежний заголовок");
  await change(
    "locales/en.json",
    JSON.parse(await readFile(join(build, "locales/en.json"), "utf8")).ui.title,
    "The heading of then",
  );
  return folder;
}

/** Meets the banner on a page of the site, and refuses. */
async function visit(visitor: Visitor): Promise<Seen> {
  const context = await browser.newContext(visitors[visitor]);
  const page = await context.newPage();
  await page.goto(`http://${site}/`);
  const found = await look(page.mainFrame());
  const recorded = page.waitForResponse((response) => response.url().endsWith("/consents"));
  await page.locator("[part=foot] button").nth(1).click();
  expect((await recorded).status()).toBe(201);
  await context.close();
  return found;
}

async function look(frame: Frame): Promise<Seen> {
  const banner = frame.locator("soglas-consent section");
  await banner.waitFor();
  const elements = await banner.evaluate((section) =>
    [section, ...section.querySelectorAll("*")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const { color, backgroundColor, direction } = getComputedStyle(element);
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return [
        element.tagName,
        own.map((node) => node.textContent).join(""),
        [x, y, width, height],
        [color, backgroundColor, direction],
      ];
    }),
  );
  return { elements, picture: await banner.screenshot() };
}

/** The share of pixels in which two pictures differ visibly: round corners let another page through. */
function difference(...pictures: Buffer[]): Promise<number> {
  return page.evaluate(
    async (addresses) => {
      const [a, b] = await Promise.all(
        addresses.map(async (address) => {
          const image = new Image();
          image.src = address;
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      if (a!.length !== b!.length) return 1;
      const differing = a!.filter((value, at) => Math.abs(value - b![at]!) > 24);
      return differing.length / a!.length;
    },
    pictures.map((picture) => `data:image/png;base64,${picture.toString("base64")}`),
  );
}

/** Opens a visitor's record and the replay in it: from the sites in three clicks. */
async function replayOf(visitor: Visitor): Promise<Frame> {
  await page.goto(`${publicUrl}/console/#/`);
  await page.getByRole("link", { name: "Rodnik Clinic", exact: true }).click();
  // The latest first: the wide visitor came second.
  const row = page.locator("table.records tbody tr").nth(visitor === "wide" ? 0 : 1);
  await row.getByRole("link").click();
  await page.getByRole("button", { name: "Show the banner" }).click();
  const frame = await (await page.locator(".stage iframe").elementHandle())!.contentFrame();
  await frame!.locator("soglas-consent section").waitFor();
  return frame!;
}

test.each(["narrow", "wide"] as const)(
  "what the %s visitor saw is what the officer sees",
  async (visitor) => {
    // As high as the panel needs it: what is out of sight has no picture.
    await page.setViewportSize({ width: 1280, height: 1600 });
    const frame = await replayOf(visitor);
    const { elements, picture } = seen.get(visitor)!;
    expect(JSON.stringify(elements)).toContain(
      visitor === "wide" ? "Прежний заголовок" : "The heading of then",
    );
    const replayed = await look(frame);
    expect(replayed.elements).toEqual(elements);
    // The wide one is drawn smaller, to fit.
    if (visitor === "narrow")
      expect(await difference(picture, replayed.picture)).toBeLessThan(0.01);

    const { build } = (await installation.gateway.sites.effective("clinic"))!;
    const replay = page.locator("section.replay");
    await replay.getByText("This browser compared it").waitFor();
    const [stored] = await replay.locator("code").allInnerTexts();
    expect(stored).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toBe(build);
  },
);

test("the stage reaches nobody, and knows nothing of the console", async () => {
  const frame = await replayOf("narrow");
  await page.locator(".evidence.stored").waitFor();
  asked.splice(0);
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  // By the keyboard: into the frame, to its first button, which accepts everything.
  await page.locator(".stage iframe").focus();
  const pressed = () =>
    frame.evaluate(
      () => document.querySelector("soglas-consent")?.shadowRoot?.activeElement?.textContent,
    );
  for (let tabs = 0; tabs < 20 && (await pressed()) !== "Accept all"; tabs += 1)
    await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await frame.locator("soglas-reopen button").waitFor();
  expect(await frame.locator("soglas-consent section").count()).toBe(0);

  expect(requested.filter((url) => url.startsWith("http"))).toEqual([]);

  const tried = await frame.evaluate(async (address) => {
    const blocked = async (act: () => unknown) => {
      try {
        return String(await act());
      } catch (error) {
        return (error as Error).name;
      }
    };
    const loads = (name: "img" | "script" | "iframe" | "link") =>
      new Promise((resolve) => {
        const element = document.createElement(name);
        element.addEventListener("load", () => resolve("loaded"));
        element.addEventListener("error", () => resolve("blocked"));
        setTimeout(() => resolve("blocked"), 500);
        element.setAttribute(name === "link" ? "href" : "src", address);
        if (name === "link") element.setAttribute("rel", "stylesheet");
        document.head.append(element);
      });
    const request = () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.addEventListener("load", resolve);
        request.addEventListener("error", () => reject(new Error("blocked")));
        request.open("GET", address);
        request.send();
      });
    return {
      origin: self.origin,
      parent: await blocked(() => parent.document.title),
      top: await blocked(() => {
        top!.location.href = address;
      }),
      window: await blocked(() => window.open(address)),
      request: await blocked(request),
      img: await loads("img"),
      script: await loads("script"),
      iframe: await loads("iframe"),
      link: await loads("link"),
    };
  }, `${publicUrl}/v1/staff/sites`);
  expect(tried).toMatchObject({
    origin: "null",
    parent: "SecurityError",
    top: "SecurityError",
    window: "null",
    request: "Error",
    img: "blocked",
    script: "blocked",
    link: "blocked",
  });
  expect(asked).toEqual([]);
  expect(await page.locator(".stage iframe").getAttribute("sandbox")).toBe("allow-scripts");
  const decisions = await installation.gateway.storage.main.read
    .selectFrom("records")
    .selectAll()
    .execute();
  expect(decisions).toHaveLength(2);
});

test("code that is not of the logged build is told", async () => {
  const end = await interrupt(page, "**/replay?*", async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    answer.scripts.tag += "void 0;\n";
    await route.fulfill({ response, json: answer });
  });
  await replayOf("narrow");
  await page.getByText("is not what the log names").waitFor();
  end();
});

test("the record with its replay has no fault in either theme", async () => {
  await replayOf("wide");
  await page.locator(".evidence.stored").waitFor();
  expect(await faults(page)).toEqual({});
});
