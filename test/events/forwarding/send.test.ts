import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createSender,
  readRetryAfter,
  type Sender,
} from "../../../gateway/events/forwarding/send.ts";
import { openVendor, type VendorServer } from "../vendor-server.ts";

const now = Date.UTC(2026, 2, 14, 10);

describe("where it may call", () => {
  let vendor: VendorServer;
  let other: VendorServer;
  let sender: Sender;
  beforeEach(async () => {
    vendor = await openVendor();
    other = await openVendor();
    sender = createSender({
      addresses: [`${vendor.address}/collect`],
      timeout: 500,
      connections: 4,
      clock: { now: () => now },
    });
  });
  afterEach(async () => {
    await sender.close();
    await vendor.close();
    await other.close();
  });
  const post = (url: string) => sender.send({ url, method: "POST", headers: {}, body: "" });

  it("is the installation's list, whatever the query says", async () => {
    expect(await post(`${vendor.address}/collect?to=${other.address}`)).toMatchObject({
      kind: "answered",
      status: 204,
    });
    const { port } = new URL(vendor.address);
    for (const url of [
      `${other.address}/collect`,
      `${vendor.address}/`,
      `${vendor.address}/collect/more`,
      `${vendor.address}/other/../elsewhere`,
      `http://localhost:${port}/collect`,
      `http://127.0.0.1.evil.test:${port}/collect`,
    ]) {
      expect(sender.allows(url), url).toBe(false);
      await expect(post(url), url).rejects.toThrow(RangeError);
    }
    expect([vendor.received.length, other.received.length]).toEqual([1, 0]);
  });

  it.each([301, 302, 303, 307, 308])("is not where a %i points", async (status) => {
    vendor.answerStatus(status, { location: `${other.address}/collect` });
    expect(await post(`${vendor.address}/collect`)).toMatchObject({ status });
    expect(other.received).toEqual([]);
  });

  it("knows that nothing left where no connection came about", async () => {
    const { port } = new URL(vendor.address);
    const secure = createSender({
      addresses: [`https://127.0.0.1:${port}/collect`],
      timeout: 500,
      connections: 4,
      clock: { now: () => now },
    });
    const postSecure = () =>
      secure.send({
        url: `https://127.0.0.1:${port}/collect`,
        method: "POST",
        headers: {},
        body: "",
      });
    // The handshake fails: it speaks another protocol.
    expect(await postSecure()).toEqual({ kind: "unsent" });
    await secure.close();

    const silent = createServer();
    await once(silent.listen(0, "127.0.0.1"), "listening");
    const address = `https://127.0.0.1:${(silent.address() as AddressInfo).port}/collect`;
    const waiting = createSender({
      addresses: [address],
      // The pool counts a connection's time in steps of half a second.
      timeout: 3000,
      connections: 4,
      clock: { now: () => now },
    });
    expect(await waiting.send({ url: address, method: "POST", headers: {}, body: "" })).toEqual({
      kind: "unsent",
    });
    await waiting.close();
    silent.close();
  });

  it("knows garbage, a reset and silence for no answer", async () => {
    vendor.answerWith((response) => response.socket?.end("HTTP/9.9 banana\r\n\r\n"));
    expect(await post(`${vendor.address}/collect`)).toEqual({ kind: "unknown" });
    vendor.reset();
    expect(await post(`${vendor.address}/collect`)).toEqual({ kind: "unknown" });
    vendor.hang();
    expect(await post(`${vendor.address}/collect`)).toEqual({ kind: "unknown" });
    await vendor.close();
    expect(await post(`${vendor.address}/collect`)).toEqual({ kind: "unsent" });
  });
});

describe("Retry-After", () => {
  const at = (milliseconds: number) => new Date(milliseconds).toUTCString();

  it.each([
    ["seconds", { "retry-after": "120" }, 120_000],
    [
      "a date, by the vendor's own clock",
      { "retry-after": at(now), date: at(now - 90_000) },
      90_000,
    ],
    ["a date, by ours", { "retry-after": at(now + 30_000) }, 30_000],
    ["a date of RFC 850", { "retry-after": "Saturday, 14-Mar-26 10:00:30 GMT" }, 30_000],
    ["a date of asctime", { "retry-after": "Sat Mar 14 10:00:30 2026" }, 30_000],
    ["a date that has passed", { "retry-after": at(now - 30_000) }, 0],
    ["longer than an hour", { "retry-after": "999999999" }, 3_600_000],
    ["more seconds than fit", { "retry-after": "99999999999999999999" }, 3_600_000],
    ["a date years ahead", { "retry-after": at(now + 1e12) }, 3_600_000],
    ["nothing", {}, null],
    ["words", { "retry-after": "soon" }, null],
    ["a number below zero", { "retry-after": "-5" }, null],
    ["two of them", { "retry-after": ["5", "7"] }, null],
  ])("of %s", (_, headers, expected) => {
    expect(readRetryAfter(headers, now)).toBe(expected);
  });

  it("is never longer than an hour, whatever stands there", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date().map((date) => `${date}`),
        ),
        (text) => {
          const wait = readRetryAfter({ "retry-after": text }, now);
          expect(wait === null || (wait >= 0 && wait <= 3_600_000)).toBe(true);
        },
      ),
    );
  });
});
