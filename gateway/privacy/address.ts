/**
 * The visitor's address, while a request is being looked at and no longer: `routes/limits.ts` keeps a
 * salted hash of its network in memory, `routes/observed.ts` looks up the country it belongs to.
 */
import { BlockList, isIP } from "node:net";

/** Believes nobody by default. */
export interface AddressSource {
  /** Address of the socket's other end. */
  socket: string | undefined;
  /** The `X-Forwarded-For` header as received. */
  forwardedFor: string | undefined;
}

export interface Client {
  /** Empty when it cannot be known. IPv4-mapped IPv6 is IPv4. */
  address: string;
  /** The socket's end is a trusted proxy, so what it says of the visitor may be believed. */
  behindProxy: boolean;
}

/**
 * Makes a function that finds the nearest address that is not one of our own proxies: the socket's
 * end, or, while that is a trusted proxy, the entries of X-Forwarded-For from right to left. Whatever
 * a visitor wrote further left is never looked at.
 *
 * @param trusted the configured proxies
 */
export function clientResolver(trusted: Network[]): (source: AddressSource) => Client {
  const proxies = new BlockList();
  for (const entry of trusted) add(proxies, entry);
  const isProxy = (address: string) =>
    proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

  return ({ socket, forwardedFor }) => {
    let address = plain(socket);
    const behindProxy = address !== "" && isProxy(address);
    const hops = (forwardedFor ?? "").split(",").map((hop) => plain(hop.trim()));
    while (address !== "" && isProxy(address) && hops.length > 0) {
      const next = hops.pop() ?? "";
      if (next === "") break;
      address = next;
    }
    return { address, behindProxy };
  };
}

function add(list: BlockList, { address, kind, bits }: Network): void {
  if (bits === null) list.addAddress(address, kind);
  else list.addSubnet(address, bits, kind);
}

export interface Network {
  address: string;
  kind: "ipv4" | "ipv6";
  /** Length of the prefix; null for a single address. */
  bits: number | null;
}

/** @returns null for what is neither an address (`10.0.0.1`) nor a network (`10.0.0.0/8`, `fd00::/8`) */
export function parseNetwork(entry: string): Network | null {
  const [address = "", prefix] = entry.split("/");
  const family = isIP(address);
  if (family === 0) return null;
  const kind = family === 6 ? "ipv6" : "ipv4";
  if (prefix === undefined) return { address, kind, bits: null };
  const bits = Number(prefix);
  const fits = /^\d{1,3}$/.test(prefix) && bits <= (family === 6 ? 128 : 32);
  return fits ? { address, kind, bits } : null;
}

/** IPv4-mapped IPv6 as IPv4; anything that is not an address as the empty string. */
function plain(address: string | undefined): string {
  const text = (address ?? "").replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  return isIP(text) === 0 ? "" : text;
}

/** One household has a /64 of IPv6: a budget per single address would be no budget. */
export function householdOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
