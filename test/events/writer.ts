/** A gateway's event half under load until it is killed: tells its parent of every event it accepted. */
import {
  ga4Service,
  metrikaService,
  openInstallation,
  origin,
  randomId,
  siteConfig,
  view,
  webhookService,
} from "./installation.ts";
import { killable, type Told, type Work } from "./killable.ts";

const { folder, vendor, round }: Work = JSON.parse(process.argv[2] ?? "");
const installation = await openInstallation({ vendor, folder, now: Date.now });
installation.configs.push(siteConfig({ services: killable }, "killable"));
const granted = {
  [ga4Service.id]: "granted",
  [metrikaService.id]: "granted",
  [webhookService.id]: "granted",
} as const;
installation.forwarder.start();
let next = 0;

async function visit(): Promise<never> {
  const { token } = await installation.decide(randomId(), "granted", granted);
  for (;;) {
    const page = `/p/r${round}e${next++}`;
    const { accepted } = await installation.accept(token, [view({ url: origin + page })]);
    if (accepted === 1) process.send?.({ page } satisfies Told);
  }
}

await Promise.all(Array.from({ length: 12 }, visit));
