import { expect, it } from "vitest";
import type { Choice } from "../../../widget/core/choice/saved.ts";
import { leftBehind } from "../../../widget/ui/left-behind.ts";
import { eu } from "./sites.ts";

const record = (once: string[], swept: string[] = []) => ({
  history: () => [{ recordId: "r", time: 1, granted: once, state: "sent" as const }],
  leftBehind: () => swept,
});

const on: Choice = { analytics: true, metrika: true };
const off: Choice = { analytics: false, metrika: false };

it.each<[string, ReturnType<typeof record>, Choice | null, string[]]>([
  ["nothing while the service is still granted", record(["metrika"]), on, []],
  ["nothing of a service that was never granted", record(["ga4"]), off, []],
  [
    "what no page can remove, once its service is no longer granted",
    record(["metrika"]),
    off,
    ["yandexuid"],
  ],
  ["the same when the choice has lapsed", record(["metrika"]), null, ["yandexuid"]],
  [
    "what has survived the sweep, each name once",
    record(["metrika"], ["_ga", "yandexuid"]),
    off,
    ["_ga", "yandexuid"],
  ],
])("names %s", (_, own, current, names) => {
  expect(leftBehind(eu.purposes, own, current)).toEqual(names);
});
