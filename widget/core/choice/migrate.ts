/**
 * Part of the tag of a site that had another consent tool: a choice that visitors made there is honoured, once,
 * so that they are not asked again. It becomes our cookie without a secret and no record: nothing was shown or
 * decided here, and nothing goes to a vendor through the gateway on its word. The visitor's next decision makes
 * the first record.
 */
import { readEarlier } from "./earlier-choice.ts";
import { encodeSaved } from "./encode.ts";
import { cookieText, validDays, type Saved } from "./saved.ts";
import { openStore } from "../store.ts";

const { asked, cookie, migrate, revision, site } = SOGLAS_CONFIG;
const store = openStore(site);
const now = Math.floor(Date.now() / 1000);

/** What an earlier tool's cookie grants, if it answers everything that is asked here. */
function choiceOf({
  tool,
  cookie,
  names,
}: NonNullable<typeof migrate>["from"][number]): Saved | null {
  const named = Object.values(names).flat();
  const earlier = readEarlier(tool, cookieText(cookie), named);
  if (!earlier || !named.every((name) => earlier.answers.has(name))) return null;
  const granted = (id: string) => (names[id] ?? []).every((name) => earlier.answers.get(name));
  return {
    secret: "",
    counter: 0,
    // A clock that was ahead must not lengthen anything.
    time: Math.min(earlier.time ?? now, now),
    choice: Object.fromEntries(asked.map((id) => [id, granted(id)])),
  };
}

/** Once per browser: what a visitor later erases or lets lapse must not come back. */
if (migrate && !cookieText(cookie) && !store.get("choice") && !store.get("migrated"))
  for (const from of migrate.from) {
    const saved = choiceOf(from);
    if (!saved) continue;
    store.set("migrated", from.tool);
    if (!store.lasting()) break;
    if (migrate.local) {
      store.set("choice", { ...saved, revision });
      break;
    }
    const life = saved.time + validDays(SOGLAS_CONFIG, saved) * 86_400 - now;
    document.cookie = [
      `${cookie}=${encodeSaved(saved, SOGLAS_CONFIG)}`,
      `Path=/;SameSite=Lax;Max-Age=${life}`,
      ...(location.protocol === "https:" ? ["Secure"] : []),
      ...(migrate.domain ? [`Domain=${migrate.domain}`] : []),
    ].join(";");
    break;
  }
