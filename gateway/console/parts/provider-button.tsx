/** The way in through the OpenID provider, where the gateway has one. */
import { useState } from "preact/hooks";
import type { SignInProblem } from "../../contract/forms.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { leave } from "../provider.ts";
import { useAnswer } from "../use-answer.ts";
import { FailureNote } from "./failure.tsx";

/** @param props.problem why the officer came back without a session, or null */
export function ProviderButton(props: { problem: SignInProblem | null }) {
  const { api, texts } = useConsole();
  const { provider } = texts.signIn;
  const ways = useAnswer("ways-in", api.waysIn);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | Failure | null>(props.problem);
  const openid = ways.result?.ok ? ways.result.value.openid : null;
  if (!openid) return null;

  async function go() {
    if (leaving) return;
    setLeaving(true);
    // Whoever was known there has no role here, and may be somebody else by another name.
    const result = await api.beginAtProvider(props.problem === "no-role");
    // The way there may break off, or lead back to this very page: the button begins it again then.
    setLeaving(false);
    if (result.ok) return leave(result.value.url, window);
    setProblem(result.failure.kind === "failed" ? "unavailable" : result.failure);
  }

  return (
    <>
      {typeof problem === "string" && (
        <p class="note failure" role="alert">
          {provider.problems[problem]}
        </p>
      )}
      {problem !== null && typeof problem === "object" && <FailureNote failure={problem} />}
      <button type="button" class="button wide" aria-disabled={leaving} onClick={() => void go()}>
        {openid.name === null ? provider.unnamed : provider.named(openid.name)}
      </button>
      <p class="divided">{provider.or}</p>
    </>
  );
}
