import fc from "fast-check";
import { expect, it } from "vitest";
import type { EarlierTool } from "../../../../gateway/contract/site.ts";
import { readEarlier } from "../../../../widget/core/choice/earlier-choice.ts";

const read = (tool: EarlierTool, value: string, named: string[]) => {
  const earlier = readEarlier(tool, encodeURIComponent(value), named);
  return earlier && { ...Object.fromEntries(earlier.answers), time: earlier.time };
};

it.each<[EarlierTool, string, string[], object | null]>([
  [
    "vanilla-cookieconsent",
    '{"categories":["necessary","analytics"],"revision":0,"data":null,"consentTimestamp":"2026-01-02T03:04:05.000Z","consentId":"0a1b","services":{"necessary":[],"analytics":[]},"lastConsentTimestamp":"2026-02-03T04:05:06.000Z","expirationTime":1790000000000}',
    ["analytics", "ads"],
    { analytics: true, ads: false, time: Date.UTC(2026, 1, 3, 4, 5, 6) / 1000 },
  ],
  ["vanilla-cookieconsent", '{"categories":"analytics"}', ["analytics"], null],
  ["vanilla-cookieconsent", '{"categories":["analytics"]}', ["analytics"], null],
  [
    "klaro",
    '{"matomo":true,"youtube":false}',
    [],
    { matomo: true, youtube: false, time: undefined },
  ],
  ["klaro", '{"matomo":"true","youtube":1}', [], { time: undefined }],
  ["klaro", '["matomo"]', [], null],
  ["orejime", '{"stats":false}', [], { stats: false, time: undefined }],
  [
    "tarteaucitron",
    "!gtag=true!youtube=false!matomo=wait",
    [],
    { gtag: true, youtube: false, time: undefined },
  ],
  ["tarteaucitron", "!gtag=trueish", [], { time: undefined }],
  [
    "cookiebot",
    "{stamp:'a+b/c==',necessary:true,preferences:false,statistics:true,marketing:false,method:'explicit',ver:1,utc:1760000000000,region:'de'}",
    [],
    { preferences: false, statistics: true, marketing: false, time: 1_760_000_000 },
  ],
  [
    "cookiebot",
    "{stamp:'-1',necessary:true,preferences:true,statistics:true,marketing:true,method:'implied',ver:1,utc:1760000000000,region:'us'}",
    [],
    null,
  ],
  ["cookiebot", "{statistics:true,method:'explicit'}", [], null],
])("%s: %s", (tool, text, named, answers) => {
  expect(read(tool, text, named)).toEqual(answers);
});

it("whatever anybody writes, nothing is thrown and answers are answers", () => {
  const tools = fc.constantFrom<EarlierTool>(
    "vanilla-cookieconsent",
    "klaro",
    "tarteaucitron",
    "orejime",
    "cookiebot",
  );
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map(encodeURIComponent),
    fc.constantFrom("%", "null", '{"__proto__":true,"constructor":true}', "!a=true".repeat(999)),
  );
  fc.assert(
    fc.property(tools, text, (tool, value) => {
      const earlier = readEarlier(tool, value, ["analytics"]);
      for (const [name, answer] of earlier?.answers ?? []) {
        expect(typeof name).toBe("string");
        expect(typeof answer).toBe("boolean");
      }
      if (earlier?.time !== undefined) expect(Number.isFinite(earlier.time)).toBe(true);
    }),
  );
});
