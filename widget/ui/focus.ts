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
