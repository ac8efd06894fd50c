/**
 * Style, and the layers: which room may import which. docs/architecture.md draws the same picture.
 * Later overrides replace earlier ones, so each room's list is made whole here.
 */
import { defineConfig } from "oxlint";

interface Pattern {
  group: string[];
  message: string;
  allowTypeImports?: boolean;
}

const imports = (patterns: Pattern[]): ["error", { patterns: Pattern[] }] => [
  "error",
  { patterns },
];

/** Nobody's business inside the gateway. */
const outside: Pattern[] = [
  {
    group: ["main", "cli", "serve"].flatMap((entry) => [`../${entry}.ts`, `../../${entry}.ts`]),
    message: "entries are imported by nobody; what is shared belongs into gateway.ts or a room",
  },
  { group: ["**/test/**"], message: "product code does not depend on tests" },
  {
    group: ["**/widget/core/**", "**/widget/ui/**", "**/widget/locales/**", "**/demo/**"],
    message: "the gateway knows the widget's built pieces only (dist/widget)",
  },
];

/** Room of the gateway → rooms it may import. What is not here it may not. */
const layers = {
  storage: ["contract"],
  log: ["privacy", "storage", "contract"],
  policy: ["contract"],
  sites: ["policy", "log", "privacy", "storage", "contract"],
  events: ["sites", "log", "privacy", "storage", "contract"],
  staff: ["sites", "log", "privacy", "storage", "contract", "verify"],
  routes: ["sites", "policy", "events", "staff", "log", "privacy", "storage", "contract"],
  witness: ["verify"],
  commands: [
    "witness",
    "sites",
    "policy",
    "events",
    "staff",
    "log",
    "privacy",
    "storage",
    "contract",
    "verify",
  ],
};

const rooms = [...new Set([...Object.keys(layers), ...Object.values(layers).flat(), "console"])];

const pathsTo = (names: string[]) =>
  names.flatMap((room) => [`../${room}/**`, `../../${room}/**`, `../../../${room}/**`]);

const layerOverrides = Object.entries(layers).map(([room, allowed]) => ({
  files: [`gateway/${room}/**`],
  rules: {
    "no-restricted-imports": imports([
      ...outside,
      {
        group: [
          ...pathsTo(rooms.filter((other) => other !== room && !allowed.includes(other))),
          ...(room === "commands" ? [] : ["../app.ts", "../gateway.ts", "../../app.ts"]),
        ],
        message: `${room}/ may import ${allowed.join(", ")} and its own files`,
      },
    ]),
  },
}));

const preact: Pattern = {
  group: ["preact", "preact/**"],
  message: "the interface draws itself (ADR 012): Preact is the console's",
};
const cookies: Pattern = {
  group: ["js-cookie"],
  message: "js-cookie is imported in core/record/cookies.ts only",
};
const contractTypes: Pattern = {
  group: ["**/gateway/**"],
  allowTypeImports: true,
  message: "the widget takes types from gateway/contract and nothing else: zod never enters a page",
};
const interfaceTypes: Pattern = {
  group: ["**/ui/**"],
  allowTypeImports: true,
  message: "the core takes types from ui/host.ts only; the interface is handed what it needs",
};

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "promise", "jsx-a11y"],
  categories: { correctness: "error", suspicious: "error", perf: "error" },
  ignorePatterns: ["dist", "data", "node_modules"],
  rules: {
    "no-console": "error",
    eqeqeq: ["error", "always", { null: "ignore" }],
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "off",
    "typescript/consistent-type-imports": "error",
    "typescript/ban-ts-comment": "error",
    "import/no-cycle": "error",
    "import/extensions": "off",
    "import/no-named-as-default-member": "off",
    "import/no-unassigned-import": "off",
    "no-await-in-loop": "off",
    "oxc/no-map-spread": "off",
    "no-underscore-dangle": "off",
    "no-shadow": "off",
    "unicorn/consistent-function-scoping": "off",
    "max-lines": ["error", { max: 300, skipComments: false }],
  },
  overrides: [
    {
      // Terminals are for people.
      files: ["gateway/{serve,main,cli}.ts", "demo/start.ts", "build.ts", "test/**"],
      rules: { "no-console": "off" },
    },
    { files: ["widget/locales/**", "test/**"], rules: { "max-lines": "off" } },
    {
      files: ["gateway/**"],
      rules: {
        "no-restricted-imports": imports(outside),
        "no-restricted-properties": [
          "error",
          {
            object: "process",
            property: "env",
            message: "gateway/env.ts is the only reader of the environment",
          },
        ],
      },
    },
    { files: ["gateway/env.ts"], rules: { "no-restricted-properties": "off" } },
    {
      files: ["gateway/{serve,main,cli}.ts"],
      rules: { "no-restricted-imports": imports(outside.slice(1)) },
    },
    ...layerOverrides,
    {
      files: ["gateway/{contract,privacy,verify}/**"],
      rules: {
        "no-restricted-imports": imports([
          {
            group: ["../**"],
            message: "this room imports nothing of ours, so that it can be read and trusted alone",
          },
        ]),
      },
    },
    {
      files: ["gateway/contract/staff/**", "gateway/verify/export/**"],
      rules: {
        "no-restricted-imports": imports([
          { group: ["../../**"], message: "a folder of such a room imports what is in the room" },
        ]),
      },
    },
    {
      files: ["gateway/verify/page/**"],
      rules: {
        "no-restricted-imports": imports([
          {
            group: ["../../../**", "../../*/**"],
            message: "the page may import the verifier around it, and nothing else of ours",
          },
        ]),
      },
    },
    {
      files: ["gateway/console/**"],
      rules: {
        "no-restricted-imports": imports([
          ...outside,
          {
            group: [
              ...pathsTo(rooms.filter((room) => !["contract", "verify", "console"].includes(room))),
              "**/verify/{node,command,page/**}",
            ],
            message: "the console is a page: it knows the contract, the API and the verifier",
          },
          {
            group: ["**/contract/**", "!**/contract/forms.ts"],
            allowTypeImports: true,
            message: "types only: zod stays out of the console's bundle",
          },
        ]),
      },
    },
    {
      files: ["widget/**"],
      rules: {
        "no-restricted-imports": imports([
          contractTypes,
          preact,
          cookies,
          {
            group: ["../core/**", "../../core/**"],
            allowTypeImports: true,
            message: "the interface is handed what it needs of the core",
          },
        ]),
      },
    },
    {
      files: ["widget/core/**", "widget/tag.ts"],
      rules: { "no-restricted-imports": imports([contractTypes, interfaceTypes, preact, cookies]) },
    },
    {
      // Entries of the scripts that the tag loads: what each carries meets here.
      files: ["widget/{ui.tsx,record.ts}"],
      rules: { "no-restricted-imports": imports([contractTypes, preact, cookies]) },
    },
    {
      files: ["widget/core/record/cookies.ts"],
      rules: { "no-restricted-imports": imports([contractTypes, interfaceTypes, preact]) },
    },
    {
      files: ["client/**"],
      rules: {
        "no-restricted-imports": imports([
          {
            group: ["../**"],
            allowTypeImports: true,
            message: "the client knows the form of window.soglas, and runs with any tag",
          },
        ]),
      },
    },
    {
      files: ["demo/**"],
      rules: {
        "no-restricted-imports": imports([
          {
            group: ["**/gateway/**", "**/widget/**"],
            message: "the demo knows the built widget and the gateway's addresses only",
          },
        ]),
      },
    },
  ],
});
