/**
 * Makes the document follow descriptions. Places are told apart by position alone: what the interface shows
 * does not change its order, so nothing needs a key; its state lies in the core, so nothing needs a hook.
 */
import type { Child, Description, Ref } from "./jsx.ts";

/** What has a node of its own, once components have been called and lists laid out. */
type Leaf = string | (Description & { type: string });

/** A node of ours in the document. */
interface Place {
  node: ChildNode;
  shows: Leaf;
  inside: Place[];
  /** What the element's `ref` has returned. */
  cleanup?: ReturnType<Ref>;
}

/** What is not there is an empty text, which keeps its place. */
function leavesOf(child: Child): Leaf[] {
  if (Array.isArray(child)) return child.flatMap(leavesOf);
  if (!child || typeof child === "string") return [child || ""];
  const { type, props, children } = child;
  return typeof type === "string" ? [child as Leaf] : leavesOf(type({ ...props, children }));
}

const propsOf = (leaf: Leaf) => (typeof leaf === "string" ? null : leaf.props) ?? {};
const tagOf = (leaf: Leaf) => (typeof leaf === "string" ? "" : leaf.type);

/** Another `ref` is for another element. */
const isSame = (one: Leaf, other: Leaf): boolean =>
  tagOf(one) === tagOf(other) && propsOf(one).ref === propsOf(other).ref;

/**
 * Texts are attributes, compared with what was described before: what browser or page have changed stays so.
 * Everything else is a property, compared with what it is: a switch that was clicked stands as described again.
 */
function assign(element: Element, name: string, value: unknown, before: unknown): void {
  if (typeof (value ?? before) !== "string") {
    const properties = element as unknown as Record<string, unknown>;
    if (properties[name] !== value) properties[name] = value;
  } else if (value == null) element.removeAttribute(name);
  else if (value !== before) element.setAttribute(name, value as string);
}

/**
 * @param container whose content is nobody else's
 * @returns draws a tree into it, in place of the one before
 */
export function createRenderer(container: Element): (tree: Child) => void {
  const drawn: Place[] = [];
  /** Of elements that are not in the document yet. */
  const refs: (() => void)[] = [];

  function fill(parent: Node, places: Place[], children: Child): void {
    const leaves = leavesOf(children);
    leaves.forEach((leaf, index) => {
      const place = places[index];
      if (place && isSame(place.shows, leaf)) return update(place, leaf);
      const made = make(leaf);
      parent.insertBefore(made.node, place?.node ?? null);
      if (place) remove(place);
      places[index] = made;
    });
    places.splice(leaves.length).forEach(remove);
  }

  function make(leaf: Leaf): Place {
    const tag = tagOf(leaf);
    const node = tag ? document.createElement(tag) : document.createTextNode("");
    const place: Place = { node, shows: "", inside: [] };
    update(place, leaf);
    const ref = propsOf(leaf).ref as Ref | undefined;
    if (ref) refs.push(() => (place.cleanup = ref(node as HTMLElement)));
    return place;
  }

  function update(place: Place, leaf: Leaf): void {
    const { node, shows, inside } = place;
    if (typeof leaf === "string") {
      if (leaf !== shows) node.nodeValue = leaf;
    } else {
      const [now, before] = [propsOf(leaf), propsOf(shows)];
      for (const name of Object.keys({ ...before, ...now }))
        if (name !== "ref") assign(node as Element, name, now[name], before[name]);
      fill(node, inside, leaf.children);
    }
    place.shows = leaf;
  }

  function remove(place: Place): void {
    leave(place);
    place.node.remove();
  }

  return (tree) => {
    fill(container, drawn, tree);
    for (const arrive of refs.splice(0)) arrive();
  };
}

function leave({ cleanup, inside }: Place): void {
  cleanup?.();
  inside.forEach(leave);
}
