/** What every page and part needs: the language and its texts, and the gateway. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { StaffSession } from "../contract/staff/staff.ts";
import type { Api, Failure } from "./api.ts";
import type { Settings } from "./settings.ts";
import type { Texts } from "./texts/en.ts";

export interface Console {
  api: Api;
  texts: Texts;
  settings: Settings;
  /** Who is signed in; null before. */
  session: StaffSession | null;
  change(settings: Partial<Settings>): void;
  /**
   * Tells the app how a call failed: a session that is over leads back to signing in.
   * Returns true when the page need not show the failure itself.
   */
  failed(failure: Failure): boolean;
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const context = useContext(ConsoleContext);
  if (!context) throw new Error("a part of the console stands outside its context");
  return context;
}
