import { expect, it } from "vitest";
import type { Choice, InterfaceHost } from "../../../widget/ui/host.ts";
import { leftBehind } from "../../../widget/ui/left-behind.ts";
import { eu } from "./sites.ts";

const host = (once: string[], now: Choice | null, swept: string[] = []): InterfaceHost =>
  ({
    history: () => [{ recordId: "r", time: 1, granted: once, state: "sent" }],
    current: () => now,
    leftBehind: () => swept,
  }) as Partial<InterfaceHost> as InterfaceHost;

const on: Choice = { purposes: { analytics: true }, services: { metrika: true } };
const off: Choice = { purposes: { analytics: false }, services: { metrika: false } };

it.each<[string, InterfaceHost, string[]]>([
  ["nothing while the service is still granted", host(["metrika"], on), []],
  ["nothing of a service that was never granted", host(["ga4"], off), []],
  [
    "what no page can remove, once its service is no longer granted",
    host(["metrika"], off),
    ["yandexuid"],
  ],
  ["the same when the choice has lapsed", host(["metrika"], null), ["yandexuid"]],
  [
    "what has survived the sweep, each name once",
    host(["metrika"], off, ["_ga", "yandexuid"]),
    ["_ga", "yandexuid"],
  ],
])("names %s", (_, site, names) => {
  expect(leftBehind(eu.purposes, site)).toEqual(names);
});
