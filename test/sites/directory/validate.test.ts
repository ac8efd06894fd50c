import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SiteInput } from "../../../gateway/contract/site.ts";
import { PublishError, type SiteFiles } from "../../../gateway/sites/sites.ts";
import { vendors } from "../../../gateway/events/vendors.ts";
import { validateSite } from "../../../gateway/sites/directory/validate.ts";
import { bytes, shop, shopWith } from "../installation.ts";

/** The paths of all problems; an empty list for a valid site. */
function problems(files: SiteFiles): string[] {
  try {
    validateSite(files, vendors);
    return [];
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return error.issues.map((issue) => issue.path);
  }
}

const problemsWith = async (change: (site: SiteInput) => void) => problems(await shopWith(change));

test("the fixture is valid, and what its jurisdiction decides is filled in", async () => {
  const { site, summaries } = validateSite(await shop(), vendors);
  expect(site.refusal).toEqual({ id: false });
  expect(site.services[1]?.profile).toBe("strict");
  expect(site.services[0]?.profile).toBeUndefined();
  expect([...summaries.keys()].toSorted()).toEqual(["en", "ru"]);
});

test("every problem is reported at once, each with its path", async () => {
  const files = await shopWith((site) => {
    site.services[0]!.purpose = "marketing";
    site.services[1]!.id = "ga4";
    delete site.purposes[1]!.name["ru"];
    site.banner = { accent: "red" };
    site.origins.push("https://elsewhere.example");
    Object.assign(site, { bogus: true });
  });
  files.delete("consent/ru.md");
  files.set("summary/en.json", bytes('{"lead":"","points":[]}'));
  files.set("policy/ru.md", bytes("# Политика\n"));
  files.set("notes.txt", bytes("x"));
  files.set("policy/de.md", bytes("# Datenschutz"));
  expect(problems(files).toSorted()).toEqual(
    [
      "consent/ru.md",
      "notes.txt",
      "policy/de.md",
      "site.json: banner.accent",
      "site.json: bogus",
      "site.json: cookie.domain",
      "site.json: purposes.1.name.ru",
      "site.json: services.0.purpose",
      "site.json: services.1.id",
      "summary/en.json: lead",
      "summary/en.json: points",
      "summary/ru.json: points.0.anchor",
      "summary/ru.json: points.1.anchor",
      "summary/ru.json: points.2.anchor",
      "summary/ru.json: points.3.anchor",
      "summary/ru.json: points.4.anchor",
      "summary/ru.json: points.5.anchor",
    ].toSorted(),
  );
});

test("a report never repeats a value", async () => {
  const secret = "192.0.2.77 mail@person.example";
  const files = await shopWith((site) => {
    site.origins = [secret];
    site.services[0]!.purpose = secret;
    site.controller.name = secret.repeat(50);
    Object.assign(site, { [secret]: secret });
    Object.assign(site.name, { [secret]: secret });
  });
  files.set("summary/en.json", bytes(`{"${secret}": "${secret}"`));
  try {
    validateSite(files, vendors);
    expect.unreachable();
  } catch (error) {
    expect((error as PublishError).issues.length).toBeGreaterThan(4);
    expect(JSON.stringify((error as PublishError).issues)).not.toContain("192.0.2.77");
    expect(JSON.stringify((error as PublishError).issues)).not.toContain("person");
  }
});

describe("site.json", () => {
  test("that is no JSON names line and column", async () => {
    const files = (await shop()).set("site.json", bytes('{\n  "id": "shop",\n  oops\n}'));
    try {
      validateSite(files, vendors);
      expect.unreachable();
    } catch (error) {
      expect((error as PublishError).issues).toContainEqual({
        path: "site.json",
        message: expect.stringContaining("line 3, column 3") as string,
      });
    }
  });

  test("may begin with a byte order mark", async () => {
    const files = await shop();
    files.set("site.json", bytes(`\uFEFF${new TextDecoder().decode(files.get("site.json"))}`));
    expect(problems(files)).toEqual([]);
  });

  test("is needed", async () => {
    const files = await shop();
    files.delete("site.json");
    expect(problems(files)).toEqual(["site.json"]);
  });

  const cases: [name: string, path: string, change: (site: SiteInput) => void][] = [
    ["a field is missing", "controller", (site) => void Reflect.deleteProperty(site, "controller")],
    [
      "a purpose is essential",
      "services.0.purpose",
      (site) => (site.services[0]!.purpose = "necessary"),
    ],
    [
      "an essential purpose is asked for",
      "purposes.0.basis",
      (site) => (site.purposes[0]!.basis = "consent"),
    ],
    ["a purpose is there twice", "purposes.1.id", (site) => (site.purposes[1]!.id = "necessary")],
    ["a language is there twice", "languages.2", (site) => site.languages.push("ru")],
    ["an origin is there twice", "origins.2", (site) => site.origins.push(site.origins[0]!)],
    [
      "an origin has a default port",
      "origins.0",
      (site) => (site.origins[0] = "https://shop.example:443"),
    ],
    ["a text has a language of no use", "name", (site) => (site.name["fr"] = "Lampes")],
    [
      "records go before the choice they prove",
      "retention.days",
      (site) => {
        site.validity = { grantDays: 400 };
        site.retention = { days: 399 };
      },
    ],
    [
      "a cookie is listed twice",
      "services.0.stores.1.name",
      (site) => (site.services[0]!.stores![1]!.name = "_ga"),
    ],
    [
      "a service has the id of a purpose",
      "services.0.id",
      (site) => {
        site.services[0]!.id = site.services[0]!.purpose;
      },
    ],
    [
      "the consent cookie has a vendor's name",
      "cookie.name",
      (site) => (site.cookie = { name: "_ga" }),
    ],
    [
      "the consent cookie has a browser's prefix",
      "cookie.name",
      (site) => (site.cookie = { name: "__Host-choice" }),
    ],
    [
      "a service claims every cookie",
      "services.0.stores.0.name",
      (site) => (site.services[0]!.stores = [{ name: "*", days: 1 }]),
    ],
    [
      "a service claims the consent cookie",
      "services.0.stores.0.name",
      (site) => (site.services[0]!.stores = [{ name: "sogl*", days: 1 }]),
    ],
    [
      "the cookie domain is a public suffix",
      "cookie.domain",
      (site) => (site.cookie = { domain: "example" }),
    ],
    [
      "the cookie domain begins with a dot",
      "cookie.domain",
      (site) => (site.cookie = { domain: ".shop.example" }),
    ],
    [
      "local storage is to be shared by domain",
      "cookie.domain",
      (site) => (site.cookie = { keep: "local", domain: "shop.example" }),
    ],
    [
      "a choice is to be carried to an origin of somebody else",
      "share.origins.1",
      (site) => {
        site.share = { origins: [site.origins[0]!, "https://elsewhere.example"] };
      },
    ],
    [
      "a choice is to be carried where consent is a document of its own",
      "share",
      (site) => {
        site.origins.push("https://lamps.example");
        delete site.cookie;
        site.share = { origins: [site.origins[0]!, "https://lamps.example"] };
        site.jurisdictions = { us: ["US"] };
        site.validity = { refusalDays: 365 };
      },
    ],
    [
      "a choice is to be carried from an origin to itself",
      "share.origins.1",
      (site) => {
        site.share = { origins: [site.origins[0]!, site.origins[0]!] };
      },
    ],
    [
      "a tag promises de-identification",
      "services.0.profile",
      (site) => (site.services[0]!.profile = "strict"),
    ],
    [
      "a script that cannot be pointed at the gateway promises to be",
      "services.0.profile",
      (site) =>
        (site.services[0] = {
          ...site.services[0]!,
          vendor: "metrika",
          settings: { counter: 1 },
          profile: "direct",
        }),
    ],
    [
      "a gateway service says that the page meets the vendor",
      "services.1.profile",
      (site) => (site.services[1]!.profile = "direct"),
    ],
    [
      "a tag takes the calls that are made to it",
      "services.0.calls",
      (site) => (site.services[0]!.calls = true),
    ],
    [
      "a gateway service asks for events as they are",
      "services.1.profile",
      (site) => (site.services[1]!.profile = "none"),
    ],
    [
      "a transfer abroad is not named so (eu)",
      "services.1.recipient.crossBorder",
      (site) => (site.services[1]!.recipient.crossBorder = false),
    ],
    [
      "an attestation has no transfer",
      "services.1.recipient.attested",
      (site) =>
        Object.assign(site.services[1]!.recipient, {
          country: "DE",
          crossBorder: false,
          attested: true,
        }),
    ],
    [
      "a vendor is unknown",
      "services.0.vendor",
      (site) => Object.assign(site.services[0]!, { vendor: "piwik" }),
    ],
    [
      "a vendor without a script of its own is put into the page",
      "services.0.mode",
      (site) =>
        Object.assign(site.services[0]!, {
          vendor: "matomo",
          mode: "tag",
          settings: { instance: "own", siteId: 1 },
        }),
    ],
    [
      "a vendor's own settings are incomplete",
      "services.0.settings.receiver",
      (site) => Object.assign(site.services[0]!, { vendor: "webhook", settings: {} }),
    ],
    [
      "a counter is a text",
      "services.1.settings.counter",
      (site) => Object.assign(site.services[1]!.settings, { counter: "4242" }),
    ],
  ];
  test.each(cases)("%s: %s", async (_name, path, change) => {
    expect([...new Set(await problemsWith(change))]).toContain(`site.json: ${path}`);
  });
});

describe("under ru", () => {
  const russian = (site: SiteInput) => {
    site.jurisdiction = "ru";
    site.services[1]!.recipient.crossBorder = false;
  };

  test("a page loads no foreign script, and Metrika is none", async () => {
    expect(await problemsWith(russian)).toEqual(["site.json: services.0.mode"]);
    expect(
      await problemsWith((site) => {
        russian(site);
        site.services[0]!.mode = "gateway";
        site.services[1]!.mode = "tag";
      }),
    ).toEqual([]);
  });

  test("a recipient is abroad exactly when it is outside Russia", async () => {
    expect(
      await problemsWith((site) => {
        russian(site);
        site.services[0]!.mode = "gateway";
        site.services[0]!.recipient.crossBorder = false;
        site.services[1]!.recipient.crossBorder = true;
      }),
    ).toEqual([
      "site.json: services.0.recipient.crossBorder",
      "site.json: services.1.recipient.crossBorder",
    ]);
  });
});

describe("one account is not fed twice from one page", () => {
  const both = (tagPages: string[] | undefined, gatewayPages: string[] | undefined) =>
    problemsWith((site) => {
      const copy = structuredClone(site.services[0]!);
      site.services[1] = { ...copy, id: "ga4-clean", mode: "gateway", stores: [] };
      for (const [service, pages] of [
        [site.services[0]!, tagPages],
        [site.services[1], gatewayPages],
      ] as const)
        if (pages) service.pages = pages;
        else delete service.pages;
    });

  test.each([
    [undefined, undefined],
    [["/sale/**"], undefined],
    [["/sale/**"], ["/sale/*"]],
    [["/a/*/c"], ["/*/b/c"]],
    [["/new-*"], ["/*-2026"]],
    [["/**/offer"], ["/sale/**"]],
  ])("%j and %j share a page", async (one, other) => {
    expect(await both(one, other)).toEqual(["site.json: services.1.pages"]);
  });

  test.each([
    [["/sale/**"], ["/", "/about"]],
    [["/a/*"], ["/a/b/c"]],
    [["/new-*"], ["/old-*"]],
    [["/sale/**"], ["/sales"]],
    [["/**/offer"], ["/sale/*/x"]],
  ])("%j and %j do not", async (one, other) => {
    expect(await both(one, other)).toEqual([]);
  });
});

describe("documents", () => {
  const problemsOf = async (path: string, content: string | Uint8Array) =>
    problems((await shop()).set(path, typeof content === "string" ? bytes(content) : content));

  test("are written, and have a heading", async () => {
    expect(await problemsOf("consent/en.md", "  \n")).toEqual(["consent/en.md"]);
    expect(await problemsOf("consent/en.md", "I agree.")).toEqual(["consent/en.md"]);
  });

  test("are UTF-8", async () => {
    expect(await problemsOf("consent/en.md", Uint8Array.of(0x23, 0x20, 0xff))).toEqual([
      "consent/en.md",
    ]);
  });

  test("are of a reasonable size", async () => {
    const paths = await problemsOf("policy/en.md", `# A\n${"word ".repeat(120_000)}`);
    expect(paths).toContain("policy/en.md");
  });

  test("the consent document is not the policy once more", async () => {
    const policy = new TextDecoder().decode((await shop()).get("policy/en.md"));
    expect(await problemsOf("consent/en.md", `${policy}\n`)).toEqual(["consent/en.md"]);
  });

  test("a file of the wrong kind does not belong", async () => {
    expect(await problemsOf("policy/en.json", "{}")).toEqual(["policy/en.json"]);
    expect(await problemsOf("../en.md", "# A")).toEqual(["../en.md"]);
    expect(await problemsOf("policy/\u001b[31men.md", "# A")).toEqual(["policy/??31men.md"]);
  });
});

test("whatever the JSON is, it is refused with a PublishError or accepted", async () => {
  const files = await shop();
  const valid = JSON.parse(new TextDecoder().decode(files.get("site.json"))) as Record<
    string,
    unknown
  >;
  const field = fc.constantFrom(...Object.keys(valid));
  const mutated = fc
    .tuple(
      field,
      fc.oneof(
        fc.jsonValue(),
        field.map((name) => valid[name]),
        fc.array(field.map((name) => valid[name])),
      ),
    )
    .map(([name, value]) => Object.assign(structuredClone(valid), { [name]: value }));
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), mutated), fc.jsonValue(), (site, summary) => {
      const given = new Map(files)
        .set("site.json", bytes(JSON.stringify(site)))
        .set("summary/ru.json", bytes(JSON.stringify(summary)));
      expect(Array.isArray(problems(given))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("whatever the files are, they are refused with a PublishError or accepted", () => {
  const path = fc.oneof(
    fc.string(),
    fc.constantFrom("site.json", "policy/en.md", "summary/en.json"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(path, fc.uint8Array())), (entries) => {
      expect(problems(new Map(entries)).length).toBeGreaterThan(0);
    }),
  );
});

describe("a choice taken over from another tool", () => {
  const asked = (site: SiteInput) =>
    site.purposes.filter(({ essential }) => !essential).map(({ id }) => id);
  const whole = (site: SiteInput) =>
    Object.fromEntries(asked(site).map((id) => [id, [`their-${id}`]]));

  test("answers everything that is asked, and nothing else", async () => {
    expect(
      await problemsWith((site) => {
        site.jurisdiction = "eu";
        site.migrate = [{ from: "klaro", purposes: whole(site) }];
      }),
    ).toEqual([]);
    expect(
      await problemsWith((site) => {
        site.jurisdiction = "eu";
        site.migrate = [{ from: "klaro", purposes: { necessary: ["x"] } }];
      }),
    ).toContain("site.json: migrate.0.purposes");
  });

  test("is none under ru, whose consent is a document of its own", async () => {
    expect(
      await problemsWith((site) => {
        site.jurisdictions = { ru: ["RU"] };
        site.migrate = [{ from: "klaro", purposes: whole(site) }];
      }),
    ).toContain("site.json: migrate");
  });
});
