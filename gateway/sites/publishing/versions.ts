/** Site versions: immutable, named by the hash over their files; and the timeline they stand on. */
import type { Transaction } from "kysely";
import type { Site } from "../../contract/site.ts";
import type { Database } from "../../storage/schema.ts";
import type { Storage } from "../../storage/storage.ts";
import { storeBlobs } from "./blobs.ts";
import { listHash, sha256 } from "./hashes.ts";
import type { SiteFiles } from "../sites.ts";

interface VersionHashes {
  /** Over all files. */
  version: string;
  /** Over the configuration text as stored, defaults filled in. */
  configuration: string;
  /** Over `policy/*` and `consent/*`, each in all its languages. */
  policy: string;
  consent: string;
  /** Over what the interface says: `summary/*` and `texts/*` together. */
  texts: string;
}

/** The hashes that name a version and its parts. */
export function versionHashes(files: SiteFiles, configuration: string): VersionHashes {
  const hashes = [...files].map(([path, bytes]) => [path, sha256(bytes)] as [string, string]);
  const below = (...folders: string[]) =>
    listHash(hashes.filter(([path]) => folders.includes(path.split("/")[0]!)));
  return {
    version: listHash(hashes),
    configuration: sha256(configuration),
    policy: below("policy"),
    consent: below("consent"),
    texts: below("summary", "texts"),
  };
}

/** The configuration text that is stored and hashed. */
export const configurationText = (site: Site) => JSON.stringify(site);

/** Stores a version and its files; one that is already there stays as it is. The site's row is locked. */
export async function storeVersion(
  trx: Transaction<Database>,
  site: Site,
  files: SiteFiles,
  now: number,
): Promise<string> {
  const configuration = configurationText(site);
  const hashes = versionHashes(files, configuration);
  const known = await trx
    .selectFrom("site_versions")
    .select("hash")
    .where("site", "=", site.id)
    .where("hash", "=", hashes.version)
    .executeTakeFirst();
  if (known) return hashes.version;
  await storeBlobs(trx, files.values());
  await trx
    .insertInto("site_versions")
    .values({
      site: site.id,
      hash: hashes.version,
      configuration,
      configuration_hash: hashes.configuration,
      policy_hash: hashes.policy,
      consent_hash: hashes.consent,
      texts_hash: hashes.texts,
      created_at: now,
    })
    .execute();
  await trx
    .insertInto("version_files")
    .values(
      [...files].map(([path, bytes]) => ({
        site: site.id,
        version: hashes.version,
        path,
        blob: sha256(bytes),
      })),
    )
    .execute();
  return hashes.version;
}

/** One file of a version as text, or null. */
export async function readVersionFile(
  storage: Storage,
  site: string,
  version: string,
  path: string,
): Promise<string | null> {
  const row = await storage.main.read
    .selectFrom("version_files")
    .innerJoin("blobs", "blobs.hash", "version_files.blob")
    .select("blobs.bytes")
    .where("site", "=", site)
    .where("version", "=", version)
    .where("path", "=", path)
    .executeTakeFirst();
  return row ? new TextDecoder().decode(row.bytes) : null;
}
