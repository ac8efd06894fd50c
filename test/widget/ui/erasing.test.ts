import { expect, it } from "vitest";
import type { InterfaceHost, OwnRecord } from "../../../widget/ui/host.ts";
import { mounted, settled } from "./host.ts";
import { eu } from "./sites.ts";

/** A visitor with records, at a gateway that erases or does not. */
function visitor(succeeds: boolean) {
  const core = { erased: false, asked: 0 };
  const over: Partial<InterfaceHost & OwnRecord> = {
    current: () => (core.erased ? null : { analytics: true }),
    consentId: async () => (core.erased ? null : "ABCD-1234"),
    erasable: () => !core.erased,
    async erase() {
      core.asked += 1;
      core.erased = succeeds;
      return succeeds;
    },
    erased: () => core.erased,
  };
  return { core, ...mounted(eu, over) };
}

it("nothing is erased before the second step, which the first click's button takes back", async () => {
  const { core, handle, button, press, one } = visitor(true);
  handle.show("preferences");
  const first = button("Erase my records");
  await press("Erase my records");
  expect(one("[part=mine]").textContent).toContain("go for good");
  // The same element: a double click ends where it began, and the focus stays.
  expect(button("Keep them")).toBe(first);
  await press("Keep them");
  expect(one("[part=mine]").textContent).not.toContain("go for good");
  expect(() => button("Erase for good")).toThrow("no button");
  expect(core.asked).toBe(0);
});

it("after the erasure the dialog says so, with the focus, and shows nothing of what was", async () => {
  const { core, handle, press, one, all, root } = visitor(true);
  handle.show("preferences");
  await settled();
  await press("Erase my records");
  await press("Erase for good");
  await settled();
  expect(core.asked).toBe(1);
  expect(one("[part=note]").textContent).toBe("Your records are erased.");
  expect(root.activeElement).toBe(one("[part=note]"));
  expect(one("[part=mine]").hasAttribute("hidden")).toBe(true);
  expect(all("[part=id]")).toEqual([]);
  expect(one<HTMLInputElement>("input[name=analytics]").checked).toBe(false);
});

it("a gateway that does not erase is said, with whom to ask; what was pressed stays, to try again", async () => {
  const { handle, press, one, all, button } = visitor(false);
  handle.show("preferences");
  await press("Erase my records");
  const pressed = button("Erase for good");
  await press("Erase for good");
  expect(one("[part=mine]").textContent).toContain("Ask privacy@linden.example");
  expect(all("[part=note]")).toEqual([]);
  expect(button("Erase for good")).toBe(pressed);
  await press("Keep them");
  expect(button("Erase my records")).toBeTruthy();
});

it("the banner of the next page says it until something is decided", () => {
  let erased = true;
  const { handle, one, all } = mounted(eu, { erased: () => erased });
  handle.show("banner");
  expect(one("[part~=banner] [part=note]").textContent).toBe("Your records are erased.");
  handle.hide();
  erased = false;
  handle.show("banner");
  expect(all("[part=note]")).toEqual([]);
});

it("who has nothing to erase is offered nothing", () => {
  const { handle, button } = mounted(eu, {
    current: () => ({ analytics: false }),
  });
  handle.show("preferences");
  expect(() => button("Erase my records")).toThrow("no button");
});
