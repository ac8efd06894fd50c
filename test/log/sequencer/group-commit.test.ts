import { describe, expect, it } from "vitest";
import { groupCommit, type Outcome } from "../../../gateway/log/sequencer/group-commit.ts";

/** A commit that ends when told to. */
function controlled(change: { maxItems?: number; maxWaiting?: number } = {}) {
  const batches: { items: number[]; end: (outcomes?: Outcome<string>[] | Error) => void }[] = [];
  const started: (() => void)[] = [];
  const group = groupCommit<number, string>({
    maxItems: 4,
    maxWait: 5,
    maxWaiting: 100,
    ...change,
    commit: (items) => {
      const { promise, resolve, reject } = Promise.withResolvers<Outcome<string>[]>();
      const end = (outcomes?: Outcome<string>[] | Error) =>
        outcomes instanceof Error
          ? reject(outcomes)
          : resolve(outcomes ?? items.map((item) => ({ value: `done ${item}` })));
      batches.push({ items, end });
      started.splice(0).forEach((resume) => resume());
      return promise;
    },
  });
  const batch = async (n: number) => {
    while (batches.length <= n) await new Promise<void>((resolve) => started.push(resolve));
    return batches[n]!;
  };
  return { group, batch, batches };
}

describe("group commit", () => {
  it("commits together what comes together, and answers each with its own outcome", async () => {
    const { group, batch } = controlled();
    const answers = Promise.allSettled([group.add(1), group.add(2), group.add(3)]);
    const first = await batch(0);
    expect(first.items).toEqual([1, 2, 3]);
    first.end([{ value: "a" }, { error: new Error("b") }, { value: "c" }]);
    expect(await answers).toMatchObject([
      { value: "a" },
      { reason: { message: "b" } },
      { value: "c" },
    ]);
  });

  it("collects while a batch is under way, and starts the next only after it", async () => {
    const { group, batch, batches } = controlled();
    const first = group.add(1);
    const under = await batch(0);
    const rest = [2, 3, 4, 5, 6].map((item) => group.add(item));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(batches).toHaveLength(1);
    under.end();
    expect(await first).toBe("done 1");
    (await batch(1)).end();
    (await batch(2)).end();
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3, 4, 5], [6]]);
    expect(await Promise.all(rest)).toEqual([2, 3, 4, 5, 6].map((item) => `done ${item}`));
  });

  it("lets fewer than came last time wait for a moment only", async () => {
    const { group, batch } = controlled();
    const three = [1, 2, 3].map((item) => group.add(item));
    (await batch(0)).end();
    await Promise.all(three);
    const alone = group.add(4);
    (await batch(1)).end();
    expect(await alone).toBe("done 4");
  });

  it("fails a batch with the error of its commit, and goes on", async () => {
    const { group, batch } = controlled();
    const failing = [group.add(1), group.add(2)];
    const caught = Promise.allSettled(failing);
    (await batch(0)).end(new Error("no disk"));
    expect(await caught).toMatchObject([
      { reason: { message: "no disk" } },
      { reason: { message: "no disk" } },
    ]);
    const next = group.add(3);
    (await batch(1)).end();
    expect(await next).toBe("done 3");
  });

  it("refuses what exceeds the waiting room, not what is being committed", async () => {
    const { group, batch } = controlled({ maxWaiting: 2 });
    const first = group.add(1);
    const under = await batch(0);
    const waiting = [group.add(2), group.add(3)];
    await expect(group.add(4)).rejects.toMatchObject({ code: "overloaded" });
    under.end();
    (await batch(1)).end();
    expect(await Promise.all([first, ...waiting])).toHaveLength(3);
  });

  it("commits what waits when it is closed, and refuses the rest", async () => {
    const { group, batch } = controlled();
    const first = group.add(1);
    const under = await batch(0);
    const second = group.add(2);
    const closed = group.close();
    await expect(group.add(3)).rejects.toMatchObject({ code: "overloaded" });
    under.end();
    (await batch(1)).end();
    await closed;
    expect(await Promise.all([first, second])).toEqual(["done 1", "done 2"]);
  });
});
