/** What of a site's configuration is another thing now, field by field. */
import type { ChangedValue, ConfigChange } from "../../contract/staff/versions.ts";
import type { Site } from "../../contract/site.ts";

/** What is no property of the site, or never changes. */
const passedOver = new Set(["$schema", "id"]);

/** Fields that hold texts by language: compared whole, like a list. */
const localized = new Set(["name", "description"]);

/**
 * Every field that differs. Purposes and services are told apart by id; those that came or went are not
 * listed here field by field. The order of lists is no difference.
 */
export function configChanges(before: Site, after: Site): ConfigChange[] {
  const changes: ConfigChange[] = between(null, rootOf(before), rootOf(after));
  for (const [kind, old, current] of [
    ["purpose", before.purposes, after.purposes],
    ["service", before.services, after.services],
  ] as const)
    for (const entry of current) {
      const earlier = old.find(({ id }) => id === entry.id);
      if (!earlier) continue;
      const of = { kind, id: entry.id, name: entry.name };
      changes.push(...between(of, earlier, entry));
    }
  return changes;
}

/** What came and what went, by id. */
export function comings<T extends { id: string }>(before: readonly T[], after: readonly T[]) {
  const without = (list: readonly T[], others: readonly T[]) =>
    list.filter(({ id }) => !others.some((other) => other.id === id));
  return { added: without(after, before), removed: without(before, after) };
}

function rootOf({ purposes: _purposes, services: _services, ...root }: Site) {
  return root;
}

function between(of: ConfigChange["of"], before: object, after: object): ConfigChange[] {
  const [old, current] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((field) => ({
      of,
      field,
      before: old.get(field) ?? null,
      after: current.get(field) ?? null,
    }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** Dotted path → value; lists in an order of their own, so that reordering them is no difference. */
function fieldsOf(value: object, path = ""): Map<string, ChangedValue> {
  const fields = new Map<string, ChangedValue>();
  for (const [key, inner] of Object.entries(value)) {
    const field = `${path}${key}`;
    if (inner === undefined || (path === "" && passedOver.has(key))) continue;
    if (Array.isArray(inner)) fields.set(field, inOrder(key, inner));
    else if (path === "" && localized.has(key))
      fields.set(field, Object.fromEntries(Object.entries(inner as object).toSorted()));
    else if (typeof inner === "object" && inner !== null)
      for (const [below, leaf] of fieldsOf(inner, `${field}.`)) fields.set(below, leaf);
    else fields.set(field, inner as ChangedValue);
  }
  return fields;
}

/** The first language is the fallback: of languages the order counts. */
const inOrder = (key: string, list: ChangedValue[]) =>
  (key === "languages"
    ? list
    : list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))) as ChangedValue;
