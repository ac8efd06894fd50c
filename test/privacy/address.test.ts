import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientResolver, householdOf, parseNetwork } from "../../gateway/privacy/address.ts";

function trusting(...proxies: string[]) {
  const client = clientResolver(proxies.map((entry) => parseNetwork(entry)!));
  return (source: Parameters<typeof client>[0]) => householdOf(client(source).address);
}

describe("the visitor's address", () => {
  it("is the socket's end when no proxy is trusted, whatever a header says", () => {
    const resolve = trusting();
    fc.assert(
      fc.property(fc.string(), (forwardedFor) => {
        expect(resolve({ socket: "203.0.113.7", forwardedFor })).toBe("203.0.113.7");
      }),
    );
  });

  it("walks the header from the right through trusted proxies only", () => {
    const resolve = trusting("10.0.0.0/8", "fd00::/8");
    expect(resolve({ socket: "10.1.2.3", forwardedFor: "192.0.2.66, 203.0.113.7, 10.9.9.9" })).toBe(
      "203.0.113.7",
    );
    expect(resolve({ socket: "fd00::1", forwardedFor: "203.0.113.7" })).toBe("203.0.113.7");
    expect(resolve({ socket: "198.51.100.1", forwardedFor: "203.0.113.7" })).toBe("198.51.100.1");
  });

  it("stays at the last proxy when the header goes on with something that is no address", () => {
    const resolve = trusting("10.0.0.0/8");
    expect(resolve({ socket: "10.0.0.1", forwardedFor: "203.0.113.7, unknown" })).toBe("10.0.0.1");
    expect(resolve({ socket: "10.0.0.1", forwardedFor: undefined })).toBe("10.0.0.1");
  });

  it("reads an IPv4-mapped socket as IPv4, and keeps only the /64 of IPv6", () => {
    const resolve = trusting();
    expect(resolve({ socket: "::ffff:203.0.113.7", forwardedFor: undefined })).toBe("203.0.113.7");
    const first = resolve({ socket: "2001:db8:1:2::1", forwardedFor: undefined });
    expect(resolve({ socket: "2001:0db8:1:2:ffff::2", forwardedFor: undefined })).toBe(first);
    expect(resolve({ socket: "2001:db8:1:3::1", forwardedFor: undefined })).not.toBe(first);
  });

  it("answers with the empty string when there is no socket address, and never throws", () => {
    const resolve = trusting("127.0.0.1");
    fc.assert(
      fc.property(
        fc.option(fc.string(), { nil: undefined }),
        fc.string(),
        (socket, forwardedFor) => {
          expect(typeof resolve({ socket, forwardedFor })).toBe("string");
        },
      ),
    );
    expect(resolve({ socket: undefined, forwardedFor: "203.0.113.7" })).toBe("");
  });

  it("says whether a trusted proxy speaks, so that nobody else's headers are believed", () => {
    const client = clientResolver([parseNetwork("10.0.0.0/8")!]);
    const forwardedFor = "203.0.113.7";
    expect(client({ socket: "::ffff:10.0.0.1", forwardedFor })).toEqual({
      address: forwardedFor,
      behindProxy: true,
    });
    // The proxy's own address, sent as a header by somebody else.
    expect(client({ socket: "203.0.113.7", forwardedFor: "10.0.0.1" }).behindProxy).toBe(false);
    expect(client({ socket: undefined, forwardedFor }).behindProxy).toBe(false);
  });

  it.each(["localhost", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "fd00::/129", ""])(
    "%j is neither an address nor a network",
    (entry) => {
      expect(parseNetwork(entry)).toBeNull();
    },
  );
});
