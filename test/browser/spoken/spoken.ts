/** A page as a screen reader has it: Chromium's accessibility tree, one line for each thing that is said. */
import type { Page } from "playwright-core";

interface Value {
  value?: unknown;
}
interface AxNode {
  nodeId: string;
  ignored: boolean;
  role?: Value;
  name?: Value;
  description?: Value;
  properties?: { name: string; value: Value }[];
  childIds?: string[];
}

/** States and properties that are said, or that decide whether and when something is. */
const told = new Set(["level", "expanded", "checked", "modal", "live", "focused", "disabled"]);
/** Nodes without a meaning of their own. */
const silent = new Set(["generic", "none", "LabelText", "InlineTextBox", "LayoutTable"]);

/**
 * What cannot be reached (hidden, or inert behind a modal dialog) is not in it; nor are the numbers and
 * moments that differ from one visit to the next.
 */
export async function spoken(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  // In a frame of another site is nothing of ours.
  const frames = (frameTree.childFrames ?? []).filter(({ frame }) => frame.url === "about:blank");
  const trees: AxNode[][] = [];
  for (const { frame } of [frameTree, ...frames]) {
    const tree = await session.send("Accessibility.getFullAXTree", { frameId: frame.id });
    trees.push(tree.nodes as AxNode[]);
  }
  await session.detach();
  const lines: string[] = [];

  function say(
    node: AxNode | undefined,
    byId: Map<string, AxNode>,
    depth: number,
    around: unknown,
  ): void {
    if (!node) return;
    const role = String(node.role?.value);
    const name = node.name?.value;
    const isText = role === "StaticText";
    const isSaid = !node.ignored && !silent.has(role) && !(isText && name === around);
    if (isSaid) {
      const states = (node.properties ?? [])
        .filter(({ name, value }) => told.has(name) && value.value !== "off")
        .map(({ name, value }) => ` [${name}=${String(value.value)}]`);
      const words = name ? ` ${JSON.stringify(name)}` : "";
      const more = node.description?.value ? ` (${String(node.description.value)})` : "";
      lines.push(`${"  ".repeat(depth)}${isText ? "text" : role}${words}${more}${states.join("")}`);
    }
    const passed = isText || !name || node.ignored ? around : name;
    for (const id of node.childIds ?? []) say(byId.get(id), byId, depth + (isSaid ? 1 : 0), passed);
  }
  for (const nodes of trees)
    say(nodes[0], new Map(nodes.map((node) => [node.nodeId, node])), 0, undefined);

  return `${lines.join("\n")}\n`
    .replaceAll(/\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b/g, "(the consent number)")
    .replaceAll(/[^"]*\d{1,2}[:٫]\d\d[^"]*(?=")/g, "(when)");
}
