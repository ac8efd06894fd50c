/**
 * In place of Preact's own in the recorder's script (build.ts): that script carries no Preact, and is lent
 * the interface's element factory before it draws anything.
 */
import type { Jsx } from "../host.ts";

let factory: Jsx;

export function borrow(jsx: Jsx): void {
  factory = jsx;
}

export const jsx = (...given: Parameters<Jsx>): unknown => factory(...given);
export { jsx as jsxs };

export const Fragment = ({ children }: { children: unknown }): unknown => children;
