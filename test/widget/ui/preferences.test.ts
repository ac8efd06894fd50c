import { describe, expect, it } from "vitest";
import type { PastDecision } from "../../../widget/ui/host.ts";
import { mounted, settled } from "./host.ts";
import { eu, ru } from "./sites.ts";

const granted = { analytics: true, reminders: false, metrika: true, ga4: false };

describe("the preferences", () => {
  it("tick nothing before a decision", () => {
    const { handle, all } = mounted(eu);
    handle.show("preferences");
    const switches = all<HTMLInputElement>("[role=switch]");
    expect(switches.map(({ name }) => name)).toEqual(["analytics", "metrika", "ga4", "reminders"]);
    expect(switches.filter(({ checked, indeterminate }) => checked || indeterminate)).toEqual([]);
  });

  it("stand as the choice in force, a purpose partly on where only some of its services are", () => {
    const { handle, one } = mounted(eu, { current: () => granted });
    handle.show("preferences");
    const purpose = one<HTMLInputElement>("input[name=analytics]");
    expect([purpose.checked, purpose.indeterminate]).toEqual([false, true]);
    expect(purpose.closest("label")?.textContent).toBe("Statistics partly on");
    expect(one<HTMLInputElement>("input[name=metrika]").checked).toBe(true);
    expect(one<HTMLInputElement>("input[name=ga4]").checked).toBe(false);
  });

  it("show essential purposes as always on, without a switch", () => {
    const { handle, all } = mounted(eu);
    handle.show("preferences");
    const [essential] = all("[part=purpose]");
    expect(essential?.textContent).toContain("Running the site Always on");
    expect(essential?.querySelector("input")).toBeNull();
  });

  it("move purposes and services together, and report what was saved", async () => {
    const { handle, toggle, press, one, decided } = mounted(eu);
    handle.show("preferences");
    toggle("analytics");
    toggle("ga4");
    expect(one<HTMLInputElement>("input[name=analytics]").indeterminate).toBe(true);
    await press("Save choice");
    expect(decided[0]?.choice).toEqual(granted);
    expect(decided[0]?.manner).toEqual({
      place: "preferences",
      control: "save",
      theme: "light",
    });
    expect(decided[0]?.shownWhenDecided).toBe(0);
  });

  it.each([
    ["Accept all", "accept-all", true],
    ["Refuse all", "refuse-all", false],
  ])("%s decides about everything, wherever the switches stand", async (text, control, on) => {
    const { handle, toggle, press, decided } = mounted(eu);
    handle.show("preferences");
    toggle("metrika");
    await press(text);
    expect(decided[0]?.manner).toMatchObject({ place: "preferences", control });
    expect(new Set(Object.values(decided[0]?.choice ?? {}))).toEqual(new Set([on]));
  });

  it("offer three buttons of one look", () => {
    const { handle, one } = mounted(eu);
    handle.show("preferences");
    const buttons = [...one("dialog [part=foot] [part=actions]").children];
    expect(buttons.map(({ textContent }) => textContent)).toEqual([
      "Accept all",
      "Refuse all",
      "Save choice",
    ]);
    expect(new Set(buttons.map((button) => (button.cloneNode() as Element).outerHTML)).size).toBe(
      1,
    );
  });

  it("say what each service does, who receives the data and where, and what it keeps", () => {
    const { handle, all } = mounted(eu);
    handle.show("preferences");
    const [metrika, ga4] = all("[part=service]");
    expect(metrika?.textContent).toContain("Counts visits.");
    expect(metrika?.textContent).toContain(
      "Received by Yandex [LLC], Russia. Your data leaves the country.",
    );
    expect(metrika?.querySelector("a")?.href).toBe("https://yandex.example/");
    expect(
      [...(metrika?.querySelectorAll("details li") ?? [])].map((entry) => entry.textContent),
    ).toEqual([
      "_ym_uid 1 year, we remove it when you withdraw",
      "yandexuid 3 months, only you can remove it, in the browser’s settings",
      "_ym_x until you close the browser, we remove it when you withdraw",
    ]);
    expect(ga4?.textContent).toContain("Received by Google LLC, United States.");
    expect(ga4?.textContent).not.toContain("leaves the country");
    expect(ga4?.querySelector("a")).toBeNull();
  });

  it("name the consent document that saving or accepting accepts, where it stands alone", () => {
    const { handle, one } = mounted(ru);
    handle.show("preferences");
    const line = one("dialog [part=consent]");
    expect(line.textContent).toBe(
      "Нажимая «Принять все» или «Сохранить выбор», если что-то включено, вы даёте согласие на обработку персональных данных.",
    );
    expect(line.querySelector("a")?.href).toBe(ru.documents.consent);
  });

  it("forget moved switches when they are closed without saving", () => {
    const { handle, toggle, one, all, decided } = mounted(eu);
    handle.show("preferences");
    toggle("metrika");
    one<HTMLDialogElement>("dialog").close();
    expect(all("dialog")).toEqual([]);
    handle.show("preferences");
    expect(one<HTMLInputElement>("input[name=metrika]").checked).toBe(false);
    expect(decided).toEqual([]);
  });

  it("return to the banner when they are closed without a decision, and keep it the only question", () => {
    const { handle, button, one, all } = mounted(eu);
    handle.show("banner");
    button("Choose").click();
    one<HTMLDialogElement>("dialog").close();
    expect(all("[part~=banner]")).toHaveLength(1);
  });

  it("give the focus back to what opened them, in whichever shadow root it is", async () => {
    const { handle, press } = mounted(eu);
    const control = document.body.appendChild(document.createElement("soglas-reopen"));
    const reopen = control
      .attachShadow({ mode: "open" })
      .appendChild(document.createElement("button"));
    reopen.focus();
    handle.show("preferences");
    reopen.blur();
    await press("Save choice");
    expect(control.shadowRoot?.activeElement).toBe(reopen);
  });
});

describe("my choices", () => {
  const history: PastDecision[] = [
    { recordId: "r1", time: 1_771_234_567, granted: ["analytics", "metrika"], state: "sent" },
    { recordId: "r2", time: 1_771_320_967, granted: [], state: "waiting" },
  ];

  it("are not there before the first decision", () => {
    const { handle, one } = mounted(eu);
    handle.show("preferences");
    expect(one("[part=mine]").hasAttribute("hidden")).toBe(true);
  });

  it("list decisions, newest first, each with its receipt or with the reason why there is none yet", () => {
    const { handle, all } = mounted(eu, { current: () => granted, history: () => history });
    handle.show("preferences");
    const [newest, oldest] = all("[part=decision]");
    expect(newest?.textContent).toMatch(/Feb 17, 2026.*Nothing allowed.*Not sent yet/);
    expect(newest?.querySelector("a")).toBeNull();
    expect(oldest?.textContent).toMatch(/Feb 16, 2026.*Allowed: Statistics, Yandex Metrica/);
    expect(oldest?.querySelector("a")?.href).toBe("https://gateway.test/receipts/r1");
  });

  it("get the receipt of a decision that is acknowledged while they are read", async () => {
    let state: PastDecision["state"] = "waiting";
    let sent = () => {};
    const { handle, one } = mounted(eu, {
      current: () => granted,
      history: () => [{ ...history[0]!, state }],
      onSent: (listener) => (sent = listener),
    });
    handle.show("preferences");
    await settled();
    expect(one("[part=decision]").querySelector("a")).toBeNull();
    state = "sent";
    sent();
    expect(one("[part=decision]").querySelector("a")?.href).toBe(
      "https://gateway.test/receipts/r1",
    );
  });

  it("withdraw everything in one click", async () => {
    const { handle, press, decided } = mounted(eu, { current: () => granted });
    handle.show("preferences");
    await press("Withdraw everything");
    expect(decided).toHaveLength(1);
    expect(decided[0]?.manner).toMatchObject({ place: "preferences", control: "withdraw" });
    expect(decided[0]?.choice).toEqual({
      analytics: false,
      reminders: false,
      metrika: false,
      ga4: false,
    });
  });

  it("offer no withdrawal where nothing is granted", () => {
    const { handle, button } = mounted(eu, {
      current: () => ({ analytics: false, metrika: false }),
    });
    handle.show("preferences");
    expect(() => button("Withdraw everything")).toThrow("no button");
  });

  it("show the consent number, whom to quote it to, and copy it", async () => {
    const { handle, one, press, button } = mounted(eu, {
      current: () => granted,
      consentId: async () => "ABCD-1234",
    });
    handle.show("preferences");
    await settled();
    expect(one("code[part=id]").textContent).toBe("ABCD-1234");
    expect(one("[part=mine]").textContent).toContain("privacy@linden.example");
    await press("Copy");
    expect(await navigator.clipboard.readText()).toBe("ABCD-1234");
    expect(button("Copied").getAttribute("aria-live")).toBe("polite");
  });

  it("come back after a decision that leaves behind what only the visitor can remove, and name it", async () => {
    let past: PastDecision[] = [history[0]!];
    const { handle, press, one, all } = mounted(eu, { history: () => past });
    handle.show("preferences");
    expect(one("[part=left]").textContent).toContain("could not remove yandexuid.");
    past = [];
    handle.hide();
    handle.show("banner");
    await press("Accept all");
    past = [history[0]!];
    handle.show("preferences");
    expect(all("[part=left]")).toEqual([]);
    await press("Refuse all");
    expect(one("dialog [part=left]").textContent).toContain("could not remove yandexuid.");
  });
});
