/** Staff access as the routes see it: who they are, what they do, and the trail of it. */
import type { Clock } from "../clock.ts";
import type { Logger } from "../logger.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Storage } from "../storage/storage.ts";
import { limitAttempts, type Attempts } from "./attempts.ts";
import { openAudit, type Audit } from "./audit.ts";
import { openPeople, type People } from "./openid/people.ts";
import { openProvider, type OpenIdProvider } from "./openid/provider.ts";
import type { OpenIdSettings } from "./openid/settings.ts";
import { openKeys, type AccessKeys } from "./keys.ts";
import { openSessions, type Sessions } from "./sessions.ts";

export interface Staff {
  keys: AccessKeys;
  sessions: Sessions;
  attempts: Attempts;
  audit: Audit;
  people: People;
  /** Null where staff have access keys alone. */
  openId: OpenIdProvider | null;
}

/** Opens nothing of its own: everything lives in the main database. */
export function openStaff(deps: {
  storage: Storage;
  clock: Clock;
  secret: InstallationSecret;
  logger: Logger;
  openId: OpenIdSettings | null;
  publicUrl: string;
}): Staff {
  const people = openPeople(deps);
  return {
    keys: openKeys(deps),
    sessions: openSessions({ ...deps, people }),
    attempts: limitAttempts(deps.clock),
    audit: openAudit(deps),
    people,
    openId: deps.openId && openProvider({ ...deps, settings: deps.openId }),
  };
}
