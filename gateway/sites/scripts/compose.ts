/**
 * The scripts of a site, put together from the prebuilt pieces of a widget build: only what is
 * configured, with its configuration inside, so that a page needs one request.
 */
import type {
  FramesConfig,
  InterfaceConfig,
  RecorderConfig,
  TagConfig,
  TagService,
} from "../../contract/widget.ts";
import type { WidgetBuild } from "../builds.ts";

/** Core and configuration, after the parts that this configuration needs. */
export function composeTag(build: WidgetBuild, config: TagConfig): string {
  return wrapped(
    ["SOGLAS_CONFIG", "SOGLAS_PARTS"],
    tagPieces(build, config).map((name) => pieceOf(build, name)),
    [config, {}],
  );
}

/** Tag and interface in one script, the interface first: the core begins as soon as it has come. */
export function composeFirst(
  build: WidgetBuild,
  config: TagConfig,
  face: InterfaceConfig,
  strings: Record<string, string>,
): string {
  return wrapped(
    ["SOGLAS_CONFIG", "SOGLAS_PARTS", "SOGLAS_INTERFACE", "SOGLAS_STRINGS"],
    [...interfacePieces(face), "face", ...tagPieces(build, config)].map((name) =>
      pieceOf(build, name),
    ),
    [config, {}, face, strings],
  );
}

function tagPieces(build: WidgetBuild, config: TagConfig): string[] {
  const parts = [...new Set([...config.services.map(partOf), ...rulesOf(config)])].toSorted();
  const more = [...coveringParts(config), ...gateOf(build, config), ...ownParts(build, config)];
  return [...parts, ...more, "core"];
}

/** The interface with the texts of one language. */
export function composeInterface(
  build: WidgetBuild,
  config: InterfaceConfig,
  strings: Record<string, string>,
): string {
  return wrapped(
    ["SOGLAS_INTERFACE", "SOGLAS_STRINGS"],
    interfacePieces(config).map((name) => pieceOf(build, name)),
    [config, strings],
  );
}

function interfacePieces({ several, look }: InterfaceConfig): string[] {
  return [
    "ui",
    ...(several ? ["regional"] : []),
    ...(look.density || look.logo || look.placement === "inline" ? ["look"] : []),
  ];
}

/** What makes records, with its texts of one language. */
export function composeRecorder(
  build: WidgetBuild,
  config: RecorderConfig,
  strings: Record<string, string>,
): string {
  return wrapped(
    ["SOGLAS_RECORDER", "SOGLAS_STRINGS"],
    [pieceOf(build, "record")],
    [config, strings],
  );
}

/**
 * What opens marked elements, for pages that have some although no service of the site waits so. Null from a
 * build whose tag always has it.
 */
export function composeGate(build: WidgetBuild): string | null {
  if (!build.pieces.has("gate")) return null;
  return wrapped(
    ["SOGLAS_PARTS"],
    ["gate", "marks"].map((name) => pieceOf(build, name)),
    [{}],
  );
}

/** What stands in the place of embedded content, with its texts of one language. */
export function composePlaceholder(
  build: WidgetBuild,
  config: FramesConfig,
  strings: Record<string, string>,
): string {
  return wrapped(
    ["SOGLAS_FRAMES", "SOGLAS_STRINGS"],
    [pieceOf(build, "placeholder")],
    [config, strings],
  );
}

/**
 * A vendor's own tag needs that vendor's part, gateway mode the tracker, and embedded content what watches
 * over frames.
 */
const partOf = ({ mode, vendor }: TagService) =>
  mode === "gateway" ? "tracker" : vendor === "page" ? "frames" : vendor;

/** Where no page differs from another and no event tells of one, the tag looks at none. */
const rulesOf = ({ exclude, mask, services }: TagConfig) =>
  exclude ||
  mask ||
  services.some((service) => service.pages || service.mode === "gateway" || "server" in service)
    ? ["rules"]
    : [];

/** Parts that only the site's own settings ask for. Of these `shared` is younger than the builds of some records. */
const ownParts = (
  { pieces }: WidgetBuild,
  { migrate, profiles, renewal, share, shared }: TagConfig,
) => [
  ...(share ? ["handover"] : []),
  ...(migrate ? ["migrate"] : []),
  ...(profiles ? ["profile"] : []),
  ...(renewal ? ["renewal"] : []),
  ...(shared && pieces.has("shared") ? ["shared"] : []),
];

/** Parts that stand in for others, which they must come after. */
const coveringParts = ({ services, block }: TagConfig) => [
  ...(block ? ["block"] : []),
  ...(services.some(isOtherGoogleTag) ? ["google"] : []),
  ...(services.some((service) => "calls" in service) ? ["calls"] : []),
  ...(services.some((service) => "server" in service) ? ["relay"] : []),
  ...(services.some((service) => "advanced" in service) ? ["advanced"] : []),
];

/** Where a service waits in the page's own markup. Builds of before it was a piece have it in their core. */
const gateOf = ({ pieces }: WidgetBuild, { block, services }: TagConfig) =>
  pieces.has("gate") &&
  (block || services.some(({ vendor }) => vendor === "page" || vendor === "pasted"))
    ? ["gate"]
    : [];

/** Not Google Analytics, or not loaded by us. */
const isOtherGoogleTag = (service: TagService) =>
  "measurementId" in service && (!service.measurementId.startsWith("G-") || !!service.pasted);

function pieceOf(build: WidgetBuild, name: string): string {
  const piece = build.pieces.get(name);
  if (piece === undefined) throw new Error(`widget build ${build.hash} has no piece "${name}"`);
  return piece;
}

/**
 * Nearly all of each script runs when it has come. V8 takes this as the word for it (Chrome 136), and compiles
 * the functions beside the page's thread instead of on it, one by one (ADR 003).
 */
const compiled = "//# allFunctionsCalledOnLoad\n";

/** Pieces stand on lines of their own, each closed, so that none runs into the next. */
function wrapped(names: string[], pieces: string[], values: unknown[]): string {
  const body = pieces.map((piece) => `${piece.trim().replace(/;$/, "")};\n`).join("");
  return `${compiled}(function(${names.join(",")}){${body}})(${values.map(literal).join(",")});\n`;
}

/** JSON as a literal that is safe wherever a script may be copied to, inline in a page included. */
const literal = (value: unknown) => JSON.stringify(value).replaceAll("<", "\\u003c");
