/** What is compared: each peer in its own documentation's smallest set-up, with two purposes to ask for. */
import { cp, mkdir, readFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "vite";

export interface Peer {
  name: string;
  /** Into the page's head. */
  head: string;
  /** Elements of the banner, and its button that accepts; open shadow roots are looked into. Empty where it asks nothing. */
  banner: string;
  accept: string;
}

export interface Peers {
  peers: Peer[];
  /** File name → content of what the heads name. */
  files: Map<string, Uint8Array>;
}

const here = import.meta.dirname;
/** They are no dependency of the product, and no compiler or linter of ours should look into them. */
const installed = join(here, "../../../node_modules/.cache/soglas-bench-widget");

/** Installs the peers once, from the lock file beside this one, and bundles the one that needs it. */
export async function preparePeers(): Promise<Peers> {
  await mkdir(installed, { recursive: true });
  for (const name of ["package.json", "package-lock.json", "c15t.js"])
    await cp(join(here, name), join(installed, name));
  await promisify(execFile)("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd: installed,
  });
  const files = new Map<string, Uint8Array>();
  const add = async (...paths: string[]) => {
    for (const path of paths)
      files.set(path.split("/").at(-1)!, await readFile(join(installed, "node_modules", path)));
  };
  await add(
    "vanilla-cookieconsent/dist/cookieconsent.umd.js",
    "vanilla-cookieconsent/dist/cookieconsent.css",
    "klaro/dist/klaro.js",
    "orejime/dist/orejime-standard-en.js",
    "orejime/dist/orejime-standard.css",
    "tarteaucitronjs/tarteaucitron.min.js",
    "tarteaucitronjs/tarteaucitron.services.min.js",
    "tarteaucitronjs/css/tarteaucitron.min.css",
    "tarteaucitronjs/lang/tarteaucitron.en.min.js",
  );
  await build({
    root: installed,
    configFile: false,
    logLevel: "error",
    build: {
      outDir: "bundle",
      cssCodeSplit: false,
      rolldownOptions: {
        input: join(installed, "c15t.js"),
        output: { entryFileNames: "c15t.js", assetFileNames: "c15t[extname]" },
      },
    },
  });
  for (const name of ["c15t.js", "c15t.css"])
    files.set(name, await readFile(join(installed, "bundle", name)));
  return { peers, files };
}

const purposes = ["analytics", "marketing"];

const peers: Peer[] = [
  {
    name: "orejime",
    head: `<script>window.orejimeConfig = ${JSON.stringify({
      privacyPolicyUrl: "/policy",
      purposes: purposes.map((id) => ({ id, title: id, description: id, cookies: [`_${id}`] })),
    })}</script>
<script src="/orejime-standard-en.js" defer></script><link href="/orejime-standard.css" rel="stylesheet">`,
    banner: ".orejime-Banner",
    accept: ".orejime-Banner-saveButton",
  },
  {
    name: "vanilla-cookieconsent",
    head: `<link rel="stylesheet" href="/cookieconsent.css"><script defer src="/cookieconsent.umd.js"></script>
<script>addEventListener("DOMContentLoaded", () => CookieConsent.run(${JSON.stringify({
      hideFromBots: false,
      categories: { necessary: { readOnly: true }, analytics: {}, marketing: {} },
      language: {
        default: "en",
        translations: {
          en: {
            consentModal: {
              title: "We use cookies",
              description: "Cookie modal description",
              acceptAllBtn: "Accept all",
              acceptNecessaryBtn: "Reject all",
              showPreferencesBtn: "Manage Individual preferences",
            },
            preferencesModal: {
              title: "Manage cookie preferences",
              acceptAllBtn: "Accept all",
              acceptNecessaryBtn: "Reject all",
              savePreferencesBtn: "Accept current selection",
              closeIconLabel: "Close modal",
              sections: purposes.map((id) => ({ title: id, description: id, linkedCategory: id })),
            },
          },
        },
      },
    })}))</script>`,
    banner: "#cc-main .cm",
    accept: "#cc-main .cm [data-role=all]",
  },
  {
    name: "klaro",
    head: `<script>window.klaroConfig = ${JSON.stringify({
      acceptAll: true,
      services: purposes.map((name) => ({ name, title: name, purposes: [name] })),
    })}</script><script defer src="/klaro.js"></script>`,
    banner: ".klaro .cookie-notice",
    accept: ".klaro .cm-btn-success",
  },
  {
    name: "tarteaucitron",
    head: `<script src="/tarteaucitron.min.js"></script><script>
tarteaucitronForceLanguage = "en";
tarteaucitron.init({ privacyUrl: "", orientation: "middle", highPrivacy: true, DenyAllCta: true, AcceptAllCta: true });
tarteaucitron.user.gtagUa = "G-XXXXXXX"; (tarteaucitron.job = tarteaucitron.job || []).push("gtag");</script>`,
    banner: "#tarteaucitronAlertBig",
    accept: "#tarteaucitronPersonalize2",
  },
  {
    name: "@c15t/react",
    head: '<link rel="stylesheet" href="/c15t.css"><script type="module" src="/c15t.js"></script>',
    banner: "[data-testid=consent-banner-root]",
    accept: "[data-testid=consent-banner-accept-button]",
  },
];
