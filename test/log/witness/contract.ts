/** What being witnessed means, the same on both engines. */
import { checkLogs } from "../../../gateway/log/fsck/fsck.ts";
import type { StorageOptions } from "../../../gateway/storage/open.ts";
import { describe, expect, it } from "vitest";
import { readCosignature } from "../../verify/reference/cosignature.ts";
import { startSeconds } from "../installation.ts";
import { behind, times, witnessedClinic } from "./clinic.ts";
import { partsOf } from "./world.ts";

export function witnessContract(storage: () => Promise<StorageOptions>): void {
  const world = async (...names: string[]) => witnessedClinic(await storage(), ...names);

  describe("being witnessed", () => {
    it("is shown with what the witnesses signed of it, below the log's own line", async () => {
      const { gateway, witnesses, grow, submit, published, named } = await world("w/1", "w/2");
      await grow(4);
      expect(await times(gateway, ...witnesses)).toEqual([undefined, undefined]);
      await submit(1);
      expect(await times(gateway, ...witnesses)).toEqual([startSeconds + 1, startSeconds + 1]);
      const { lines } = partsOf((await published.newest(await named()))!.note);
      expect(lines.map((line) => line.split(" ")[1])).toEqual([
        "log.example/clinic/2026",
        "w/1",
        "w/2",
      ]);
    });

    it("is shown to a witness once in five seconds at most", async () => {
      const { witness, grow, submit } = await world("w/1");
      for (let second = 0; second < 11; second++) {
        await grow(1);
        await submit(1);
      }
      expect(witness.answered.map(({ size }) => size)).toEqual([2, 7, 12]);
      await submit(60);
      await submit(60);
      expect(witness.answered).toHaveLength(3);
    });
    it("stands under the first cosigned checkpoint that covers it, with the one before", async () => {
      const { gateway, witness, grow, submit, receipt } = await world("w/1");
      const first = await grow(3);
      await submit(10);
      const second = await grow(2);
      expect(await receipt(second)).toContain("\n6\n");
      await submit(10);
      await grow(5);
      await submit(10);
      const checkpointOf = (text: string) => text.slice(text.indexOf("\n\n") + 2);
      const extraOf = (text: string) =>
        JSON.parse(Buffer.from(/^extra (\S+)$/m.exec(text)![1]!, "base64").toString()) as Record<
          string,
          string
        >;
      for (const [id, size, at] of [
        [first, 4, 10],
        [second, 6, 20],
      ] as const) {
        const text = await receipt(id);
        const { text: head, lines } = partsOf(checkpointOf(text));
        expect(head.split("\n")[1]).toBe(`${size}`);
        expect(readCosignature(lines[1]!, witness.settings.key, head)?.time).toBe(
          startSeconds + at,
        );
      }
      expect(extraOf(await receipt(first))["earlier"]).toBeUndefined();
      const extra = extraOf(await receipt(second));
      const before = partsOf(extra["earlier"]!);
      expect(before.text.split("\n")[1]).toBe("4");
      expect(readCosignature(before.lines[1]!, witness.settings.key, before.text)?.time).toBe(
        startSeconds + 10,
      );
      expect(extra["witnesses"]).toEqual([
        { key: witness.settings.key, operator: "Operator of w/1", relation: "independent" },
      ]);
      expect(gateway.said).toEqual([]);
    });

    it("is found out at the start, before anything is signed", async () => {
      const { after } = await behind(await storage());
      await after.witnessing.look();
      await after.integrator.examine();
      await expect(after.grow(1)).rejects.toMatchObject({ code: "read_only" });
      const line = after.said.find((each) => each.includes("rolled_back"))!;
      expect(line).toContain("a witness has cosigned 9 entries of this log");
      expect(line).toContain("put the newest one back");
      const found: (string | undefined)[] = [];
      const { storage: stored, witnessing } = after;
      await checkLogs(
        { storage: stored, guard: witnessing.guarded(null), adopt: false },
        ({ problem }) => found.push(problem?.code),
      );
      expect(found).toEqual(["rolled_back"]);
    });
  });
}
