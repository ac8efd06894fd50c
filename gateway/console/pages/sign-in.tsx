/** Signing in: with an access key, or through the OpenID provider where there is one. */
import { useEffect, useRef, useState } from "preact/hooks";
import { accessKeyForm } from "../../contract/forms.ts";
import type { SignInProblem } from "../../contract/forms.ts";
import type { StaffSession } from "../../contract/staff/staff.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { duration } from "../format.ts";
import { FailureNote } from "../parts/failure.tsx";
import { ProviderButton } from "../parts/provider-button.tsx";

type Problem = "empty" | "malformed" | Failure;

export function SignInPage(props: {
  ended: boolean;
  /** Why the officer came back from the provider without a session, or null. */
  problem: SignInProblem | null;
  onSignedIn: (session: StaffSession) => void;
}) {
  const { api, texts } = useConsole();
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    const key = field.current?.value.trim() ?? "";
    // A cut-off key is noticed before it counts as an attempt.
    const found = key === "" ? "empty" : accessKeyForm.test(key) ? null : "malformed";
    setProblem(found);
    if (!found) {
      setBusy(true);
      const result = await api.signIn(key);
      setBusy(false);
      if (result.ok) return props.onSignedIn(result.value);
      setProblem(result.failure);
    }
    field.current?.focus();
  }

  const own = problem !== null && isOwn(problem);
  const attributes = {
    ref: field,
    id: "key",
    autoComplete: "current-password",
    autoCapitalize: "off",
    spellcheck: false,
    maxLength: 200,
    "aria-invalid": own,
    "aria-describedby": own ? "key-problem" : "key-hint",
  } as const;
  return (
    <form class="sign-in card" onSubmit={submit} noValidate>
      <h1>{texts.signIn.heading}</h1>
      {props.ended && problem === null && <output class="note">{texts.signIn.ended}</output>}
      <ProviderButton problem={props.problem} />
      <p class="muted">{texts.signIn.lead}</p>
      <label class="field-label" for="key">
        {texts.signIn.key}
      </label>
      <div class="field">
        {shown ? <input {...attributes} type="text" /> : <input {...attributes} type="password" />}
        <button
          type="button"
          class="button quiet"
          aria-pressed={shown}
          aria-label={`${shown ? texts.signIn.hide : texts.signIn.show}: ${texts.signIn.key}`}
          onClick={() => setShown(!shown)}
        >
          {shown ? texts.signIn.hide : texts.signIn.show}
        </button>
      </div>
      {own ? (
        <p id="key-problem" class="field-problem" role="alert">
          <ProblemText problem={problem} />
        </p>
      ) : (
        <p id="key-hint" class="field-hint">
          {texts.signIn.hint}
        </p>
      )}
      {problem !== null && typeof problem === "object" && !own && <FailureNote failure={problem} />}
      <button type="submit" class="button primary wide" aria-disabled={busy}>
        {busy ? texts.signIn.busy : texts.signIn.submit}
      </button>
    </form>
  );
}

/** Whether a problem is about the key rather than about the gateway. */
const isOwn = (problem: Problem): boolean =>
  typeof problem === "string" ||
  problem.kind === "signed-out" ||
  problem.kind === "forbidden" ||
  problem.kind === "limited";

function ProblemText({ problem }: { problem: Problem }) {
  const { texts, settings } = useConsole();
  if (typeof problem === "string") return <>{texts.signIn[problem]}</>;
  if (problem.kind === "limited")
    return <>{texts.signIn.limited(duration(problem.seconds, settings.language))}</>;
  return <>{problem.kind === "forbidden" ? texts.signIn.forbidden : texts.signIn.refused}</>;
}
