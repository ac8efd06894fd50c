/** The template for Google Tag Manager: its sections, its permissions, and its code with stand-ins of the APIs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expect, it } from "vitest";
import { consentModeType } from "../../gateway/contract/site.ts";

const file = join(import.meta.dirname, "../../examples/google-tag-manager/template.tpl");
const [start, ...parts] = readFileSync(file, "utf8").split(/^___(\w+)___\n/m);
const sections = new Map(
  parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1]!.trim()] as const] : [])),
);
const code = sections.get("SANDBOXED_JS_FOR_WEB_TEMPLATE")!;

interface Permission {
  instance: { key: { publicId: string }; param: { value: { listItem: unknown[] } }[] };
}
const read = <T>(name: string) => JSON.parse(sections.get(name)!) as T;
const permissions = new Map(
  read<Permission[]>("WEB_PERMISSIONS").map(({ instance }) => [
    instance.key.publicId,
    instance.param[0]!.value.listItem,
  ]),
);

type Api = (...args: never[]) => unknown;

/** Runs the code as Tag Manager does: nothing but `require` and `data` is there. */
function run(data: object, apis: Record<string, Api>): void {
  const require = (name: string): Api => {
    const api = apis[name];
    if (!api) throw new Error(`${name} is not there`);
    return api;
  };
  new Function("require", "data", "window", "document", code)(require, data);
}

it("has the sections in the order of an export", () => {
  expect(start).toBe("");
  expect([...sections.keys()]).toEqual([
    "TERMS_OF_SERVICE",
    "INFO",
    "TEMPLATE_PARAMETERS",
    "SANDBOXED_JS_FOR_WEB_TEMPLATE",
    "WEB_PERMISSIONS",
    "TESTS",
    "NOTES",
  ]);
  expect(read("INFO")).toMatchObject({ type: "TAG", containerContexts: ["WEB"] });
});

it("reads the parameters that it declares", () => {
  const declared = read<{ name: string }[]>("TEMPLATE_PARAMETERS").map(({ name }) => name);
  const used = new Set([...code.matchAll(/data\.(\w+)/g)].map(([, name]) => name!));
  expect([...used].filter((name) => !name.startsWith("gtmOn")).toSorted()).toEqual(
    declared.toSorted(),
  );
});

it("denies every consent type, asks for the one script, and may do no more", () => {
  const calls: unknown[][] = [];
  const data = {
    address: "https://consent.example.com/s/shop.js",
    wait: "500",
    gtmOnSuccess: () => calls.push(["success"]),
    gtmOnFailure: () => calls.push(["failure"]),
  };
  run(data, {
    makeNumber: Number as Api,
    setDefaultConsentState: (state: object) => calls.push(["default", state]),
    injectScript: (address: string, success: () => void) => {
      calls.push(["inject", address]);
      success();
    },
  });
  const types = consentModeType.options;
  const denied = Object.fromEntries(types.map((type) => [type, "denied"]));
  expect(calls).toEqual([
    ["default", { ...denied, wait_for_update: 500 }],
    ["inject", data.address],
    ["success"],
  ]);

  expect([...permissions.keys()].toSorted()).toEqual(["access_consent", "inject_script"]);
  const allowed = JSON.stringify(permissions.get("access_consent"));
  for (const type of types) expect(allowed).toContain(`"${type}"`);
  expect(permissions.get("inject_script")).toEqual([
    { type: 1, string: "https://consent.example.com/*" },
  ]);
});

const tests = sections.get("TESTS")!;
const block = (text: string) => text.replace(/^ +/gm, "");
const setup = block(/^setup: \|-\n([^]*)/m.exec(tests)![1]!);
const scenarios = [...tests.matchAll(/^- name: (.*)\n {2}code: \|-\n((?: {4}.*\n)+)/gm)];

it("brings scenarios of its own", () => expect(scenarios).toHaveLength(2));

it.each(scenarios.map(([, name, body]) => [name!, body!]))("%s", (_name, body) => {
  const called = new Set<string>();
  const mocked: Record<string, Api> = {};
  const spied = (name: string, api: Api = () => undefined): Api =>
    ((...args) => {
      called.add(name);
      return api(...args);
    }) satisfies Api;
  const names = ["mock", "runCode", "assertThat", "assertApi"];
  new Function(...names, `${setup}\n${block(body)}`)(
    (name: string, api: Api) => (mocked[name] = api),
    (data: object) =>
      run(
        { ...data, gtmOnSuccess: spied("gtmOnSuccess"), gtmOnFailure: spied("gtmOnFailure") },
        {
          makeNumber: Number as Api,
          setDefaultConsentState: spied("setDefaultConsentState", mocked["setDefaultConsentState"]),
          injectScript: spied("injectScript", mocked["injectScript"]),
        },
      ),
    (actual: unknown) => ({
      isEqualTo: (wanted: unknown) => expect(isDeepStrictEqual(actual, wanted)).toBe(true),
    }),
    (name: string) => ({
      wasCalled: () => expect(called).toContain(name),
      wasNotCalled: () => expect(called).not.toContain(name),
    }),
  );
});
