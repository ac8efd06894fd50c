/** Staff access as the routes see it: who they are, what they do, and the trail of it. */
import type { Clock } from "../clock.ts";
import type { InstallationSecret } from "../secret.ts";
import type { Storage } from "../storage/storage.ts";
import { limitAttempts, type Attempts } from "./attempts.ts";
import { openAudit, type Audit } from "./audit.ts";
import { openKeys, type AccessKeys } from "./keys.ts";
import { openSessions, type Sessions } from "./sessions.ts";

export interface Staff {
  keys: AccessKeys;
  sessions: Sessions;
  attempts: Attempts;
  audit: Audit;
}

/** Opens nothing of its own: everything lives in the main database. */
export function openStaff(deps: {
  storage: Storage;
  clock: Clock;
  secret: InstallationSecret;
}): Staff {
  return {
    keys: openKeys(deps),
    sessions: openSessions(deps),
    attempts: limitAttempts(deps.clock),
    audit: openAudit(deps),
  };
}
