/** What stands around every page: the name, who is signed in, language and theme. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { StaffSession } from "../../contract/staff/staff.ts";
import { formatAddress, type Address } from "../address.ts";
import type { Result } from "../api.ts";
import { useConsole } from "../context.ts";
import type { Theme } from "../settings.ts";
import type { Texts } from "../texts/en.ts";
import { FailureNote } from "./failure.tsx";

export function Frame(props: {
  /** The page that is shown, for the way between pages. */
  page: Address["page"];
  session: StaffSession | null;
  onSignOut: () => Promise<Result<null>>;
  children: ComponentChildren;
}) {
  const { texts } = useConsole();
  const [failure, setFailure] = useState<Result<null> | null>(null);
  const online = useOnline();
  useEffect(() => {
    document.title = `${props.session ? titleOf(props.page, texts) : texts.title} · ${texts.product}`;
  }, [texts, props.page, props.session]);

  async function signOut() {
    setFailure(null);
    setFailure(await props.onSignOut());
  }

  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        {texts.skip}
      </a>
      <header class="top">
        <div class="brand">
          <Mark />
          <span>
            <strong>{texts.product}</strong> <span class="brand-title">{texts.title}</span>
          </span>
        </div>
        {props.session && <Ways page={props.page} session={props.session} />}
        <div class="top-tools">
          <Preferences />
          {props.session && (
            <div class="who">
              <a class="who-name" href={formatAddress({ page: "access", query: {} })}>
                {props.session.label}
                <span class="who-role">{texts.roles[props.session.role]}</span>
              </a>
              <button type="button" class="button quiet" onClick={signOut}>
                {texts.signOut}
              </button>
            </div>
          )}
        </div>
      </header>
      {!online && (
        <output class="banner">
          <strong>{texts.failures.offline}.</strong> {texts.failures.offlineHint}
        </output>
      )}
      <main id="main" tabIndex={-1}>
        {failure && !failure.ok && <FailureNote failure={failure.failure} />}
        {props.children}
      </main>
    </>
  );
}

function Ways({ page, session }: { page: Address["page"]; session: StaffSession }) {
  const { texts } = useConsole();
  const way = (to: "sites" | "totals" | "audit" | "keys", isHere: boolean) => (
    <a
      href={formatAddress(to === "sites" ? { page: to } : { page: to, query: {} })}
      aria-current={isHere ? "page" : undefined}
    >
      {texts.ways[to]}
    </a>
  );
  return (
    <nav class="tabs ways" aria-label={texts.ways.label}>
      {way("sites", !["totals", "audit", "keys", "access"].includes(page))}
      {way("totals", page === "totals")}
      {way("audit", page === "audit")}
      {session.role === "owner" && way("keys", page === "keys")}
    </nav>
  );
}

function titleOf(page: Address["page"], texts: Texts): string {
  if (page === "sites" || page === "totals" || page === "audit" || page === "keys")
    return texts.ways[page];
  return page === "access" ? texts.access.heading : texts.pages[page];
}

/** The fragment is the console's address, so the skip link moves the focus itself. */
function toMain(event: Event) {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

function Preferences() {
  const { texts, settings, change } = useConsole();
  return (
    <div class="preferences">
      <fieldset class="segments">
        <legend class="unseen">{texts.language}</legend>
        {(["en", "ru"] as const).map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            title={language === "en" ? "English" : "Русский"}
            aria-pressed={settings.language === language}
            onClick={() => change({ language })}
          >
            {language.toUpperCase()}
          </button>
        ))}
      </fieldset>
      <select
        class="select"
        aria-label={texts.theme.label}
        value={settings.theme}
        onChange={(event) => change({ theme: event.currentTarget.value as Theme })}
      >
        {(["system", "light", "dark"] as const).map((theme) => (
          <option key={theme} value={theme}>
            {texts.theme[theme]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Two strokes that meet: an agreement. */
function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <rect width="24" height="24" rx="6" />
      <path d="M6 12.5l4 4 8-9" />
    </svg>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    window.addEventListener("online", follow);
    window.addEventListener("offline", follow);
    return () => {
      window.removeEventListener("online", follow);
      window.removeEventListener("offline", follow);
    };
  }, []);
  return online;
}
