/** Vendors whose tags differ in names and values only: started as their public snippets start them. */
import type { Snippet, TagService } from "../../../gateway/contract/widget.ts";

type SnippetService = Extract<TagService, { vendor: "snippet" }>;
type Call = (...args: unknown[]) => unknown;

const page = window as unknown as Record<string, unknown>;

/** Makes what page code speaks to the vendor by, unless the page has made it. */
function queueOf({ queue, own, alias }: Snippet): Call | unknown[] | undefined {
  if (!queue) return undefined;
  const [name, waiting] = queue;
  if (!page[name]) {
    const stub: Call & Record<string, unknown> = Object.assign((...args: unknown[]) => {
      const taken = stub["callMethod"] as Call | undefined;
      return taken ? taken.apply(stub, args) : (stub[waiting!] as unknown[]).push(args);
    }, own);
    if (waiting) stub[waiting] = [];
    page[name] = waiting ? stub : [];
    if (alias) page[alias] ??= stub;
  }
  return page[name] as Call | unknown[];
}

function say(service: Snippet, calls: unknown[] = []): void {
  const queue = queueOf(service);
  for (const call of calls) {
    if (typeof queue === "function") queue(...(call as unknown[]));
    else
      queue?.push("start" in (call as object) ? { ...(call as object), start: Date.now() } : call);
  }
}

/** `VK.Retargeting.Hit`: a method is called as its object's own. */
function callPath(path: string, args: unknown[]): void {
  const names = path.split(".");
  const last = names.pop()!;
  let owner = page;
  for (const name of names) owner = owner[name] as Record<string, unknown>;
  (owner[last] as Call).apply(owner, args);
}

SOGLAS_PARTS.snippet = (_config, load) => {
  const started = new Set<SnippetService>();
  return {
    start(service, disguise) {
      // None of them can be told another address: they stay off where the page's own may not be said.
      if (Object.keys(disguise)[0]) return;
      started.add(service);
      for (const name in service.globals) page[name] ??= service.globals[name];
      say(service, service.says);
      load(service.src).addEventListener("load", () => {
        if (!started.has(service)) return;
        for (const [path, ...args] of service.loaded ?? []) callPath(path, args);
      });
    },
    stop(service) {
      if (!started.delete(service)) return false;
      say(service, service.ends);
      return true;
    },
  };
};
