/**
 * Writes files in the MaxMind DB format 2.0 (https://maxmind.github.io/MaxMind-DB/), as small as tests
 * need: IPv6 trees with 24-bit records; maps, arrays, strings and small integers.
 */

type Value = string | number | readonly Value[] | { readonly [key: string]: Value };

/** @param networks prefix in bits (IPv4 as 0s and 1s after 96 zeros) is made from notation such as `203.0.113.0/24` */
export function mmdb(networks: Record<string, Value>): Buffer {
  const data: Buffer[] = [];
  let size = 0;
  // A node is two children: a node again, an offset into the data, or nothing.
  type Child = Node | number | null;
  type Node = [Child, Child];
  const root: Node = [null, null];
  const nodes: Node[] = [root];

  for (const [network, value] of Object.entries(networks)) {
    const bits = prefixOf(network);
    let node = root;
    for (const bit of bits.slice(0, -1)) {
      const next = node[bit] ?? [null, null];
      if (typeof next === "number") throw new Error("networks must not contain each other");
      if (node[bit] === null) nodes.push(next);
      node[bit] = next;
      node = next;
    }
    const encoded = encode(value);
    node[bits.at(-1)!] = size;
    data.push(encoded);
    size += encoded.length;
  }

  const place = new Map(nodes.map((node, index) => [node, index]));
  const record = (child: Child): number => {
    if (child === null) return nodes.length;
    return typeof child === "number" ? nodes.length + 16 + child : place.get(child)!;
  };
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [index, [left, right]] of nodes.entries()) {
    tree.writeUIntBE(record(left), index * 6, 3);
    tree.writeUIntBE(record(right), index * 6 + 3, 3);
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1,
    database_type: "Test",
    description: { en: "networks of a test" },
    ip_version: 6,
    languages: ["en"],
    node_count: nodes.length,
    record_size: 24,
  });
  const marker = Buffer.from("\xab\xcd\xefMaxMind.com", "latin1");
  return Buffer.concat([tree, Buffer.alloc(16), ...data, marker, metadata]);
}

/** The bits of a network in an IPv6 tree, where IPv4 stands below 96 zeros. */
function prefixOf(network: string): (0 | 1)[] {
  const [address = "", length = ""] = network.split("/");
  const v4 = !address.includes(":");
  const [head = "", tail = ""] = address.split("::");
  const groups = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  const missing = 8 - groups(head).length - groups(tail).length;
  const bytes = v4
    ? [...Array.from({ length: 12 }, () => 0), ...address.split(".").map(Number)]
    : [...groups(head), ...Array.from({ length: missing }, () => 0), ...groups(tail)].flatMap(
        (group) => [group >> 8, group & 255],
      );
  const bits = bytes.flatMap((byte) => [...byte.toString(2).padStart(8, "0")]);
  return bits.slice(0, Number(length) + (v4 ? 96 : 0)).map((bit) => (bit === "1" ? 1 : 0));
}

function encode(value: Value): Buffer {
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return Buffer.concat([control(2, bytes.length), bytes]);
  }
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(6, 4), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([
    control(7, entries.length),
    ...entries.flatMap(([key, each]) => [encode(key), encode(each)]),
  ]);
}

/** Types above 7 are written as 0 and what is over in a second byte. Sizes stay below 29 here. */
function control(type: number, size: number): Buffer {
  if (size >= 29) throw new Error("longer than this writer writes");
  return type > 7 ? Buffer.from([size, type - 7]) : Buffer.from([(type << 5) | size]);
}
