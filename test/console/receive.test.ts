import fc from "fast-check";
import { expect, test } from "vitest";
import { receive, type Received } from "../../gateway/console/receive.ts";

const streamOf = (pieces: Uint8Array<ArrayBuffer>[], broken = false) =>
  new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      if (broken) controller.error(new TypeError("network error"));
      else controller.close();
    },
  });

test("the file is what was sent, byte for byte, however it was cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 })), async (pieces) => {
      const told: Received[] = [];
      const sent = Buffer.concat(pieces);
      const file = await receive(
        streamOf(pieces.map((piece) => new Uint8Array(piece))),
        (received) => told.push(received),
      );
      expect(Buffer.from(await file.arrayBuffer())).toEqual(sent);
      expect(told.at(-1) ?? { bytes: 0, rows: 0 }).toEqual({
        bytes: sent.length,
        rows: sent.filter((byte) => byte === 10).length,
      });
    }),
    { numRuns: 50 },
  );
});

test("a file that broke off is none", async () => {
  const piece = new TextEncoder().encode("record\n");
  await expect(receive(streamOf([piece], true), () => undefined)).rejects.toThrow("network error");
});
