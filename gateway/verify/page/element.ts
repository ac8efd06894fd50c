/** Makes elements; text is always text, never markup. */

export type Child = Node | string | null;

/** @param name tag, with classes behind dots: `section.verdict.failed`. Null children are left out. */
export function element(name: string, ...children: Child[]): HTMLElement {
  const [tag = "div", ...classes] = name.split(".");
  const made = document.createElement(tag);
  made.classList.add(...classes);
  made.append(...children.filter((child) => child !== null));
  return made;
}
