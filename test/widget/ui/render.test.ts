import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { h, type Child } from "../../../widget/ui/jsx.ts";
import { createRenderer } from "../../../widget/ui/render.ts";

let container: HTMLElement;
let draw: (tree: Child) => void;

function fresh() {
  const element = document.body.appendChild(document.createElement("div"));
  return { element, draw: createRenderer(element) };
}

beforeEach(() => {
  document.body.replaceChildren();
  ({ element: container, draw } = fresh());
});

/** Everything that can be seen of a node and what is in it, properties that no markup shows included. */
const seen = (node: Node): unknown =>
  node instanceof Element
    ? [
        node.tagName,
        Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
        // A browser makes booleans of what is assigned to these; happy-dom keeps it.
        node instanceof HTMLInputElement && [!!node.checked, !!node.indeterminate],
        [...node.childNodes].map(seen),
      ]
    : node.nodeValue;

const Twice = ({ children }: { children?: Child }): Child => [children, h("b", null, children)];

const trees = fc.letrec<{ child: Child }>((tie) => ({
  child: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Child>("", "one", "two", false, null, undefined),
    fc.array(tie("child"), { maxLength: 3 }),
    fc
      .record({
        type: fc.constantFrom("p", "ul", "input", Twice),
        props: fc.option(
          fc.record(
            {
              part: fc.constantFrom("head", "body"),
              "aria-label": fc.constantFrom("this", "that"),
              hidden: fc.boolean(),
              checked: fc.boolean(),
              indeterminate: fc.boolean(),
            },
            { requiredKeys: [] },
          ),
        ),
        children: fc.array(tie("child"), { maxLength: 3 }),
      })
      .map(({ type, props, children }) => h(type, props, ...children)),
  ),
})).child;

describe("drawing", () => {
  it("leaves the document as if each tree had been the first", () => {
    fc.assert(
      fc.property(fc.array(trees, { minLength: 2, maxLength: 4 }), (shown) => {
        const [one, other] = [fresh(), fresh()];
        shown.forEach(one.draw);
        other.draw(shown.at(-1));
        expect([...one.element.childNodes].map(seen)).toEqual(
          [...other.element.childNodes].map(seen),
        );
      }),
    );
  });

  it("keeps the elements of what is still there, whatever comes and goes before it", () => {
    const tree = (first: Child): Child => [first, h("p", null, h("input", { name: "age" }))];
    draw(tree(false));
    const field = container.querySelector("input")!;
    field.focus();
    for (const first of ["text", h("b", null, "bold"), null]) {
      draw(tree(first));
      expect(container.querySelector("input")).toBe(field);
      expect(document.activeElement).toBe(field);
    }
  });

  it("leaves alone what the visitor or the page has changed", () => {
    const tree = (text: string) =>
      h("section", { popover: "manual" }, h("details", { part: "points" }, text));
    draw(tree("one"));
    const details = container.querySelector("details")!;
    details.open = true;
    container.firstElementChild!.removeAttribute("popover");
    draw(tree("two"));
    expect(details.open).toBe(true);
    expect(container.querySelector("[popover]")).toBeNull();
    expect(details.textContent).toBe("two");
  });

  it("makes text of markup", () => {
    draw(h("p", null, "<b>bold</b>"));
    expect(container.querySelector("b")).toBeNull();
  });
});

describe("a listener", () => {
  it("is the newest one, and none after it is gone", () => {
    const [first, second] = [vi.fn(), vi.fn()];
    draw(h("button", { onclick: first }));
    draw(h("button", { onclick: second }));
    const button = container.querySelector("button")!;
    button.click();
    draw(h("button", null));
    button.click();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  });

  it("may draw anew, and a switch stands as it is described then", () => {
    const tree = (): Child =>
      h("input", { type: "checkbox", checked: false, onchange: () => draw(tree()) });
    draw(tree());
    const box = container.querySelector("input")!;
    box.click();
    expect(box.checked).toBe(false);
  });
});

describe("a ref", () => {
  it("is called once, when its element is in the document with all that is in it", () => {
    const ref = vi.fn((element: Element) => {
      expect(element.isConnected).toBe(true);
      expect(element.textContent).toBe("inside");
    });
    const tree = h("section", null, h("dialog", { ref }, h("p", null, "inside")));
    draw(tree);
    draw(tree);
    expect(ref).toHaveBeenCalledOnce();
  });

  it.each([
    ["nothing", null],
    ["another element", h("p", null)],
    ["an element with another ref", h("section", null, h("dialog", { ref: () => {} }))],
  ])("is cleaned up, while its element is still there, when %s takes the place", (_, next) => {
    const cleanup = vi.fn(() => expect(container.querySelector("dialog")).not.toBeNull());
    const tree = h("section", null, h("dialog", { ref: () => cleanup }));
    draw(tree);
    const dialog = container.querySelector("dialog");
    draw(next);
    draw(next);
    expect(cleanup).toHaveBeenCalledOnce();
    expect(dialog?.isConnected).toBe(false);
  });
});
