/**
 * What JSX becomes: plain descriptions of what is to be seen, which render.ts makes elements of. They know
 * no script and no document, so the recorder's script describes what the interface's script draws.
 */

/**
 * What may stand in one place. What is not there keeps its place for what comes after it; a list takes one for
 * each of its entries, so one that grows stands alone in its element.
 */
export type Child = string | false | null | undefined | Description | Child[];

/** A pure function of what it is given: nothing is remembered between two drawings. */
export type Component<Props> = (props: Props) => Child;

export interface Description {
  /** Name of an element, or a component. */
  type: string | Component<object>;
  props: Readonly<Record<string, unknown>> | null;
  children: Child[];
}

/** The JSX factory: `<p part="lead">{text}</p>` is `h("p", { part: "lead" }, text)`. */
export const h = (
  type: Description["type"],
  props: Description["props"],
  ...children: Child[]
): Description => ({ type, props, children });

/**
 * Called once the element is in the document; what it returns, when it is about to be taken out. A constant:
 * another function is for another element.
 */
export type Ref<Tag extends Element = HTMLElement> = (element: Tag) => (() => void) | void;

/** What every element may have: texts become attributes, everything else a property of the same name. */
interface Common<Tag extends Element> {
  children?: Child;
  id?: string;
  part?: string;
  role?: string;
  tabindex?: "-1";
  hidden?: boolean;
  popover?: "manual";
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-live"?: "polite";
  ref?: Ref<Tag>;
}

/** What only some have. Whatever can be clicked can be reached by keyboard. */
interface Special {
  a: { href: string; target: "_blank"; rel: "noreferrer" };
  button: { onclick?: () => void };
  dialog: { onclose: (event: Event) => void };
  form: { method: "dialog" };
  input: {
    type: "checkbox";
    name: string;
    checked: boolean;
    indeterminate: boolean;
    onchange: (event: Event & { currentTarget: HTMLInputElement }) => void;
  };
}

type Plain =
  | "b"
  | "code"
  | "details"
  | "div"
  | "h2"
  | "h3"
  | "label"
  | "li"
  | "output"
  | "p"
  | "section"
  | "span"
  | "summary"
  | "ul";

type Elements = { [Tag in Plain]: Common<HTMLElementTagNameMap[Tag]> } & {
  [Tag in keyof Special]: Common<HTMLElementTagNameMap[Tag]> & Special[Tag];
};

/** Where the compiler looks for what JSX may say. */
export declare namespace h {
  namespace JSX {
    type Element = Description;
    type ElementType = keyof Elements | Component<never>;
    interface ElementChildrenAttribute {
      children: unknown;
    }
    interface IntrinsicElements extends Elements {}
  }
}
