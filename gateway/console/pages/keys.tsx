/** Access keys: made, shown once, listed, revoked. */
import { useState } from "preact/hooks";
import type { Role } from "../../contract/staff/staff.ts";
import type { KeyList, NewKey } from "../../contract/staff/keys.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { Answered } from "../parts/answered.tsx";
import { Copyable } from "../parts/copyable.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { NewKeyForm } from "../parts/new-key-form.tsx";
import { Moment } from "../parts/moment.tsx";
import { useAnswer } from "../use-answer.ts";

type Key = KeyList["keys"][number];

export interface Wanted {
  label: string;
  role: Role;
  site: string | null;
  days: number | null;
}

export function KeysPage() {
  const { api, texts, failed } = useConsole();
  const { keys } = texts;
  const listed = useAnswer("keys", api.keys);
  const [made, setMade] = useState<NewKey | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function create(wanted: Wanted): Promise<boolean> {
    setMade(null);
    const result = await api.createKey(wanted);
    setFailure(result.ok || failed(result.failure) ? null : result.failure);
    if (result.ok) setMade(result.value);
    listed.reload();
    return result.ok;
  }

  async function revoke(id: string) {
    const result = await api.revokeKey(id);
    setFailure(result.ok || failed(result.failure) ? null : result.failure);
    listed.reload();
  }

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{keys.heading}</h1>
          <p class="muted">{keys.lead}</p>
        </div>
      </div>
      <Answered answer={listed} label={keys.loading}>
        {(answer) => (
          <>
            <NewKeyForm onCreate={create} />
            {failure && <FailureNote failure={failure} />}
            {made && (
              <div class="note">
                <output>
                  <h2>{keys.made}</h2>
                  <p>{keys.once}</p>
                </output>
                <Copyable name={keys.key} value={made.key} />
                <button type="button" class="button" onClick={() => setMade(null)}>
                  {keys.kept}
                </button>
              </div>
            )}
            <KeyTable keys={answer.keys} onRevoke={revoke} />
          </>
        )}
      </Answered>
    </>
  );
}

function KeyTable(props: { keys: Key[]; onRevoke: (id: string) => Promise<void> }) {
  const { texts } = useConsole();
  const { keys } = texts;
  return (
    <DataTable
      label={keys.heading}
      columns={[keys.label, keys.role, keys.site, keys.created, keys.expires, keys.state]}
      rows={props.keys.map((key) => ({
        key: key.id,
        cells: [
          <>
            <strong>{key.label}</strong>
            <code class="muted second">{key.id}</code>
          </>,
          texts.roles[key.role],
          key.site ?? keys.everySite,
          <Moment key="created" seconds={Math.floor(key.createdAt / 1000)} />,
          key.expiresAt === null ? (
            keys.never
          ) : (
            <Moment key="expires" seconds={Math.floor(key.expiresAt / 1000)} />
          ),
          <KeyState key="state" of={key} onRevoke={props.onRevoke} />,
        ],
      }))}
    />
  );
}

/** Revoking takes two steps, since nothing brings a key back. */
function KeyState(props: { of: Key; onRevoke: (id: string) => Promise<void> }) {
  const { texts, session } = useConsole();
  const { keys } = texts;
  const [asked, setAsked] = useState(false);
  const { id, label, revokedAt, expiresAt } = props.of;
  if (revokedAt !== null) return <span class="badge">{keys.revoked}</span>;
  if (expiresAt !== null && expiresAt <= Date.now())
    return <span class="badge">{keys.expired}</span>;
  if (id === session?.keyId) return <span class="badge">{keys.yours}</span>;
  return (
    <span class="form-actions">
      {asked ? (
        <>
          <button
            type="button"
            class="button small danger"
            onClick={() => void props.onRevoke(id)}
            aria-label={`${keys.really}: ${label}`}
          >
            {keys.really}
          </button>
          <button type="button" class="button small" onClick={() => setAsked(false)}>
            {keys.keep}
          </button>
        </>
      ) : (
        <button
          type="button"
          class="button small"
          onClick={() => setAsked(true)}
          aria-label={`${keys.revoke}: ${label}`}
        >
          {keys.revoke}
        </button>
      )}
    </span>
  );
}
