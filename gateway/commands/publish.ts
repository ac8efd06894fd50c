import { readSiteDirectory } from "../sites/directory/read.ts";
import { UsageError, withGateway, type Command } from "./command.ts";
import { embeddingLines } from "./embedding.ts";

/** Publishes a site directory, at once or announced for later. */
export const publishCommand: Command = {
  usage: "publish <site directory> [--effective <ISO date and time>]",
  purpose: "publish a site directory as a new version",
  options: { effective: { type: "string" } },
  async run([folder, ...more], values, print) {
    if (folder === undefined || more.length > 0) throw new UsageError("name one site directory");
    const effectiveAt = moment(values["effective"]);
    const files = await readSiteDirectory(folder);
    const { published, embedding } = await withGateway(async ({ sites }) => {
      const made = await sites.publish(files, effectiveAt === undefined ? {} : { effectiveAt });
      return { published: made, embedding: await sites.embedding(made.site) };
    });
    print(
      published.fresh
        ? `${published.site}: published as ${published.version}, in effect from ${new Date(published.effectiveAt).toISOString()}`
        : `${published.site}: nothing has changed since ${published.version}`,
    );
    for (const line of embedding ? embeddingLines(embedding) : []) print(line);
    return 0;
  },
};

function moment(text: unknown): number | undefined {
  if (typeof text !== "string") return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds))
    throw new UsageError("--effective takes a date and time such as 2027-01-31T00:00:00Z");
  return milliseconds;
}
