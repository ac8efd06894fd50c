/** The scripts that show a configuration to visitors, whether it is logged or still a draft. */
import type { OwnTexts } from "../../contract/texts.ts";
import type { ShownScripts } from "../../contract/staff/replay.ts";
import type { Summary } from "../../contract/summary.ts";
import type { InterfaceConfig } from "../../contract/widget.ts";
import type { Locale, WidgetBuild } from "../builds.ts";
import {
  composeFirst,
  composeGate,
  composeInterface,
  composePlaceholder,
  composeRecorder,
  composeTag,
} from "./compose.ts";
import { framesConfig, interfaceConfig } from "./interface-config.ts";
import { recorderConfig, tagConfig, type Addresses } from "./tag-config.ts";
import type { SiteConfig } from "../sites.ts";
import { tagOf } from "../tags.ts";
import { textsOf } from "./texts.ts";

/** A configuration with everything its scripts are made of; the functions take languages of the site. */
export interface Material {
  config: SiteConfig;
  build: WidgetBuild;
  summary(language: string): Promise<Summary>;
  /** What the owner says in place of the widget's own texts. */
  own(language: string): Promise<OwnTexts>;
}

export async function tagScript(material: Material, addresses: Addresses): Promise<string> {
  const { config, build } = material;
  const texts = await Promise.all(
    config.site.languages.map(async (language): Promise<[string, Locale]> => [
      language,
      await shownTexts(material, language),
    ]),
  );
  return composeTag(build, tagConfig(config, addresses, Object.fromEntries(texts)));
}

/** Tag and interface in one script, for a visitor who will be asked: both in one language and no other. */
export async function firstScript(
  material: Material,
  language: string,
  addresses: Addresses,
): Promise<string> {
  const { config, build } = material;
  const { face, texts } = await faceOf(material, language, addresses);
  const tag = { ...tagConfig(config, addresses, { [language]: texts }), languages: [language] };
  return composeFirst(build, tag, face, texts.ui);
}

export async function interfaceScript(
  material: Material,
  language: string,
  addresses: Pick<Addresses, "publicUrl" | "files">,
): Promise<string> {
  const { face, texts } = await faceOf(material, language, addresses);
  return composeInterface(material.build, face, texts.ui);
}

/** What the interface shows in one language, and all that is said around it. */
export async function faceOf(
  material: Material,
  language: string,
  addresses: Pick<Addresses, "publicUrl" | "files">,
): Promise<{ face: InterfaceConfig; texts: Locale }> {
  const summary = await material.summary(language);
  return {
    face: interfaceConfig(material.config, language, summary, addresses),
    texts: await shownTexts(material, language),
  };
}

export async function recorderScript(
  material: Material,
  language: string,
  addresses: Pick<Addresses, "files"> = {},
): Promise<string> {
  const { record, files } = await shownTexts(material, language);
  return composeRecorder(
    material.build,
    recorderConfig(material.config, addresses),
    addresses.files ? { ...record, ...files } : record,
  );
}

/** Null where nothing is embedded. */
export async function placeholderScript(
  material: Material,
  language: string,
  addresses: Pick<Addresses, "publicUrl" | "files">,
): Promise<string | null> {
  const { config, build } = material;
  if (!config.site.services.some(({ mode, vendor }) => mode === "tag" && tagOf(vendor)?.embedded))
    return null;
  const { frames } = await shownTexts(material, language);
  return composePlaceholder(build, framesConfig(config, language, addresses), frames);
}

/** Everything that shows a configuration in one language, byte for byte as visitors get it. */
export async function shownScripts(
  material: Material,
  language: string,
  addresses: Addresses,
): Promise<ShownScripts> {
  const { site, hash } = material.config;
  const placeholder = await placeholderScript(material, language, addresses);
  const gate = composeGate(material.build);
  const base = `${addresses.publicUrl}/w/${site.id}/${hash}/${language}`;
  return {
    language,
    tag: await tagScript(material, addresses),
    loaded: {
      [`${base}.js`]: await interfaceScript(material, language, addresses),
      [`${base}/record.js`]: await recorderScript(material, language, addresses),
      ...(gate !== null && { [`${base}/gate.js`]: gate }),
      ...(placeholder !== null && { [`${base}/frames.js`]: placeholder }),
    },
  };
}

/** What visitors are shown under a configuration: the owner's texts come before the widget's own. */
const shownTexts = async ({ build, own }: Material, language: string): Promise<Locale> =>
  textsOf(build, language, await own(language));
