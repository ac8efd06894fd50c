/** Where the focus was before it came into the interface, so that it can go back there. */
export interface RememberedFocus {
  /** Takes note of the focused element, if it is outside. */
  remember(): void;
  /** Puts the focus back if hiding the interface has lost it; leaves it alone where the visitor has moved it. */
  giveBack(): void;
}

/** The focused element, in whichever shadow root it is. */
function focused(): Element | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** @param container what the interface renders into */
export function rememberFocus(container: HTMLElement): RememberedFocus {
  let origin: EventTarget | null = null;
  const note = (element: EventTarget | null) => {
    if (!container.contains(element as Node)) origin = element;
  };
  // The banner does not take the focus: the visitor may walk into it at any time, and from anywhere.
  container.addEventListener("focusin", (event) => note(event.relatedTarget));
  return {
    remember: () => note(focused()),
    giveBack() {
      if (focused() === document.body)
        (origin as HTMLElement | null)?.focus({ preventScroll: true });
    },
  };
}

/**
 * Keeps what has the focus in the page out from under the banner (WCAG 2.4.11): by scrolling, and where
 * there is no room left to scroll, by moving the banner to the other end of the window.
 * @returns how to stop
 */
export function uncoverFocus(banner: HTMLElement): () => void {
  function look({ target }: Event): void {
    /** How far to scroll, zero where nothing is covered. */
    const hidden = () => {
      const over = banner.getBoundingClientRect();
      const under = (target as Element).getBoundingClientRect();
      if (
        under.bottom <= over.top ||
        under.top >= over.bottom ||
        under.right <= over.left ||
        under.left >= over.right
      )
        return 0;
      return banner.dataset.top ? under.top - over.bottom - 8 : under.bottom - over.top + 8;
    };
    const uncover = () => scrollBy({ top: hidden(), behavior: "instant" });
    const top = scrollY;
    uncover();
    if (!hidden()) return;
    banner.dataset.top = banner.dataset.top ? "" : "1";
    scrollTo({ top, behavior: "instant" });
    uncover();
  }
  document.addEventListener("focusin", look);
  return () => document.removeEventListener("focusin", look);
}
