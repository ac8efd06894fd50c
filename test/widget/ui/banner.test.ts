import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mounted } from "./host.ts";
import { eu, ru } from "./sites.ts";

describe("the banner", () => {
  it("is a region named by its heading, says who asks and what for, and shows the way to both documents", () => {
    const { handle, one, all } = mounted(eu);
    handle.show("banner");
    const banner = one("section[part~=banner]");
    expect(banner.querySelector(`#${banner.getAttribute("aria-labelledby")}`)?.textContent).toBe(
      "Your data, your choice",
    );
    expect(banner.textContent).toContain("Linden Clinic Ltd");
    expect(banner.textContent).toContain("We count visits if you agree.");
    const links = all<HTMLAnchorElement>("[part~=banner] a").map(({ href }) => href);
    expect(links).toContain("https://linden.example/p");
    expect(links).toContain("https://linden.example/c");
  });

  it("links every point of the summary to its place in the policy", () => {
    const { handle, all } = mounted(eu);
    handle.show("banner");
    expect(all<HTMLAnchorElement>("[part=point] a").map((a) => [a.textContent, a.href])).toEqual([
      ["What is collected", "https://linden.example/p#collected"],
      ["Your rights", "https://linden.example/p#rights"],
    ]);
  });

  it("offers accepting, refusing and choosing as buttons of one look, in one row, with nothing to set them apart", () => {
    const { handle, one } = mounted(eu);
    handle.show("banner");
    const buttons = [...one("[part=actions]").children];
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      "Accept all",
      "Refuse all",
      "Choose",
    ]);
    const looks = buttons.map((button) => {
      const copy = button.cloneNode() as Element;
      return copy.outerHTML;
    });
    expect(new Set(looks).size).toBe(1);
  });

  it("does not take the focus", () => {
    const { handle } = mounted(eu);
    const field = document.body.appendChild(document.createElement("input"));
    field.focus();
    handle.show("banner");
    expect(document.activeElement).toBe(field);
  });

  it("tells no recipient of a link where the visitor came from", () => {
    const { handle, all } = mounted(eu);
    handle.show("banner");
    for (const link of all("a")) expect(link.getAttribute("rel")).toBe("noreferrer");
  });

  it.each([
    ["Accept all", "accept-all", true],
    ["Refuse all", "refuse-all", false],
  ])("hides on %s before it reports the decision", async (text, control, granted) => {
    const { handle, press, decided, one } = mounted(eu);
    handle.show("banner");
    await press(text);
    expect(decided).toEqual([
      {
        choice: { analytics: granted, reminders: granted, metrika: granted, ga4: granted },
        manner: {
          place: "banner",
          control,
          theme: "light",
        },
        shownWhenDecided: 0,
      },
    ]);
    expect(one("output").textContent).toBe("Your choice is saved.");
  });

  it("gives the focus back to where the visitor came from", async () => {
    const { handle, button, press } = mounted(eu);
    const field = document.body.appendChild(document.createElement("input"));
    handle.show("banner");
    field.focus();
    button("Refuse all").dispatchEvent(
      new FocusEvent("focusin", { bubbles: true, relatedTarget: field }),
    );
    field.blur();
    await press("Refuse all");
    expect(document.activeElement).toBe(field);
  });

  it("leaves the focus where the visitor has moved it meanwhile", async () => {
    const { handle, press } = mounted(eu);
    const [first, second] = [document.createElement("input"), document.createElement("input")];
    document.body.append(first, second);
    first.focus();
    handle.show("banner");
    second.focus();
    await press("Refuse all");
    expect(document.activeElement).toBe(second);
  });

  it("can be hidden without a decision", () => {
    const { handle, all, decided } = mounted(eu);
    handle.show("banner");
    handle.hide();
    expect(all("[part~=banner]")).toEqual([]);
    expect(decided).toEqual([]);
  });
});

describe("where consent is a document of its own (152-FZ)", () => {
  it("the words above the buttons name the document that accepting accepts", () => {
    const { handle, one } = mounted(ru);
    handle.show("banner");
    const line = one("[part=foot] > [part=consent]");
    expect(line.textContent).toBe(
      "Нажимая «Принять все», вы даёте согласие на обработку персональных данных.",
    );
    expect(line.querySelector("a")?.href).toBe(ru.documents.consent);
    expect(line.nextElementSibling?.getAttribute("part")).toBe("actions");
  });

  it("elsewhere there is no such line", () => {
    const { handle, all } = mounted(eu);
    handle.show("banner");
    expect(all("[part=consent]")).toEqual([]);
  });
});

describe("the theme", () => {
  beforeEach(() => {
    vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: true }));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ["system", "dark"],
    ["light", "light"],
    ["dark", "dark"],
  ] as const)("%s on a dark system is shown and recorded as %s", async (theme, effective) => {
    const { handle, press, decided, all } = mounted({ ...eu, look: { ...eu.look, theme } });
    handle.show("banner");
    expect(all(`[data-theme=${effective}]`)).toHaveLength(1);
    await press("Refuse all");
    expect(decided[0]?.manner.theme).toBe(effective);
  });
});
