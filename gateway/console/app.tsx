/** The console: who is signed in, which page the address names, and the frame around it. */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { SignInProblem } from "../contract/forms.ts";
import type { StaffSession } from "../contract/staff/staff.ts";
import { parseAddress, type Address } from "./address.ts";
import type { Api, Failure } from "./api.ts";
import { ConsoleContext, type Console } from "./context.ts";
import { Page } from "./pages/page.tsx";
import { SignInPage } from "./pages/sign-in.tsx";
import { Frame } from "./parts/frame.tsx";
import { FailureNote } from "./parts/failure.tsx";
import { readSettings, writeSettings, type Settings } from "./settings.ts";
import { en } from "./texts/en.ts";
import { ru } from "./texts/ru.ts";

type Access =
  | { state: "unknown" }
  | { state: "failed"; failure: Failure }
  /** `ended`: there was a session, and it is over. */
  | { state: "out"; ended: boolean }
  | { state: "in"; session: StaffSession };

/** @param props.problem why the officer came back from the OpenID provider without a session, or null */
export function App({ api, problem }: { api: Api; problem: SignInProblem | null }) {
  const [settings, change] = useSettings();
  const [access, setAccess] = useState<Access>({ state: "unknown" });
  const address = useAddress();
  const texts = settings.language === "ru" ? ru : en;

  const look = () => {
    setAccess({ state: "unknown" });
    void api.whoAmI().then((result) => setAccess(accessOf(result)));
  };
  useEffect(look, [api]);

  const context = useMemo<Console>(
    () => ({
      api,
      texts,
      settings,
      session: access.state === "in" ? access.session : null,
      change,
      failed(failure) {
        if (failure.kind !== "signed-out") return false;
        // Several calls may find out at once.
        setAccess((before) =>
          before.state === "out" ? before : { state: "out", ended: before.state === "in" },
        );
        return true;
      },
    }),
    [api, texts, settings, change, access],
  );

  const leave = () => {
    window.location.hash = "#/";
    setAccess({ state: "out", ended: false });
  };

  async function signOut() {
    const result = await api.signOut();
    if (result.ok || result.failure.kind === "signed-out") leave();
    return result;
  }

  return (
    <ConsoleContext.Provider value={context}>
      <Frame
        page={address.page}
        session={access.state === "in" ? access.session : null}
        onSignOut={signOut}
      >
        {access.state === "failed" && <FailureNote failure={access.failure} onRetry={look} />}
        {access.state === "out" && (
          <SignInPage
            ended={access.ended}
            problem={problem}
            onSignedIn={(session) => setAccess({ state: "in", session })}
          />
        )}
        {access.state === "in" && <Page address={address} onSignedOut={leave} />}
      </Frame>
    </ConsoleContext.Provider>
  );
}

function accessOf(result: Awaited<ReturnType<Api["whoAmI"]>>): Access {
  if (result.ok) return { state: "in", session: result.value };
  if (result.failure.kind === "signed-out") return { state: "out", ended: false };
  return { state: "failed", failure: result.failure };
}

function useAddress(): Address {
  const [address, setAddress] = useState(() => parseAddress(window.location.hash));
  useEffect(() => {
    const follow = () => setAddress(parseAddress(window.location.hash));
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return address;
}

/** The officer's settings, applied to the document as they change. */
function useSettings(): [Settings, (changed: Partial<Settings>) => void] {
  const [settings, setSettings] = useState(() => readSettings(localStorage, navigator.languages));
  useEffect(() => {
    const root = document.documentElement;
    root.lang = settings.language;
    root.dataset.theme = settings.theme;
  }, [settings]);
  const change = useMemo(
    () => (changed: Partial<Settings>) =>
      setSettings((before) => {
        const after = { ...before, ...changed };
        writeSettings(localStorage, after);
        return after;
      }),
    [],
  );
  return [settings, change];
}
