/** Our elements in the page, each with a shadow root of its own, kept there whatever the page does. */
export interface Roots {
  add(name: string): ShadowRoot;
  /** Puts back what a script of the page has removed. */
  keep(): void;
}

export function openRoots(): Roots {
  const elements: HTMLElement[] = [];
  // Before the body: first in reading order, and untouched when an application swaps its body.
  const attach = (element: HTMLElement) =>
    document.documentElement.insertBefore(element, document.body);
  return {
    add(name) {
      const element = document.createElement(name);
      elements.push(element);
      attach(element);
      return element.attachShadow({ mode: "open" });
    },
    keep() {
      for (const element of elements) if (!element.isConnected) attach(element);
    },
  };
}
