/** The files the pages load: a closed list, so that no address can name another file. */
import { readFile } from "node:fs/promises";

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";
const drawing = "image/svg+xml";

const assets = new Map<string, { file: URL; type: string }>([
  ["clinic.css", { file: new URL("./assets/clinic.css", import.meta.url), type: style }],
  ["map.css", { file: new URL("./assets/map.css", import.meta.url), type: style }],
  ["what-left.css", { file: new URL("./assets/what-left.css", import.meta.url), type: style }],
  ["drop.svg", { file: new URL("./assets/drop.svg", import.meta.url), type: drawing }],
  ["spring.svg", { file: new URL("./assets/spring.svg", import.meta.url), type: drawing }],
  ["booking.js", { file: new URL("./assets/booking.js", import.meta.url), type: script }],
  ["goals.js", { file: new URL("./assets/goals.js", import.meta.url), type: script }],
  ["tour.js", { file: new URL("./assets/tour.js", import.meta.url), type: script }],
  ["withdraw.js", { file: new URL("./assets/withdraw.js", import.meta.url), type: script }],
  ["what-left.js", { file: new URL("./assets/what-left.js", import.meta.url), type: script }],
]);

/** @returns the file with its media type, or null when there is no such asset */
export async function readAsset(
  name: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; type: string } | null> {
  const asset = assets.get(name);
  if (!asset) return null;
  return { body: new Uint8Array(await readFile(asset.file)), type: asset.type };
}
