/** Who is signed in, what the key allows, and the way to end every session of it. */
import { useState } from "preact/hooks";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { FailureNote } from "../parts/failure.tsx";

export function AccessPage({ onSignedOut }: { onSignedOut: () => void }) {
  const { api, texts, session } = useConsole();
  const { access } = texts;
  const [failure, setFailure] = useState<Failure | null>(null);

  async function signOutEverywhere() {
    const result = await api.signOutEverywhere();
    if (result.ok || result.failure.kind === "signed-out") onSignedOut();
    else setFailure(result.failure);
  }

  if (!session) return null;
  return (
    <>
      <h1>{access.heading}</h1>
      <section class="card padded">
        <dl class="facts">
          <div>
            <dt>{session.isPerson ? access.person : access.label}</dt>
            <dd>{session.label}</dd>
          </div>
          <div>
            <dt>{access.role}</dt>
            <dd>
              {texts.roles[session.role]}
              <span class="muted second">{access.allows[session.role]}</span>
            </dd>
          </div>
          <div>
            <dt>{access.site}</dt>
            <dd>{session.sites?.join(", ") ?? access.everySite}</dd>
          </div>
          <div>
            <dt>{session.isPerson ? access.number : access.key}</dt>
            <dd>
              <code>{session.keyId}</code>
            </dd>
          </div>
        </dl>
        {session.isPerson && <p class="muted">{access.personHint}</p>}
        <p class="muted">
          {session.isPerson ? access.personEverywhereHint : access.everywhereHint}
        </p>
        {failure && <FailureNote failure={failure} />}
        <div class="form-actions">
          <button type="button" class="button" onClick={signOutEverywhere}>
            {access.everywhere}
          </button>
        </div>
      </section>
    </>
  );
}
