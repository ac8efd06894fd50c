"use client";

import { useSyncExternalStore } from "react";
import { has, onConsent, open } from "soglas/client";

/** Whether a purpose or service is granted, now and after every decision. On a server nothing is. */
const useConsent = (id) =>
  useSyncExternalStore(
    onConsent,
    () => has(id),
    () => false,
  );

/** What is inside is not even rendered before the grant, and gone after a withdrawal. */
export function Consented({ to, name, children }) {
  if (useConsent(to)) return children;
  return (
    <p>
      {name} is shown once you allow it. <button onClick={open}>Choose</button>
    </p>
  );
}

/** The way back to the choices. */
export const MyChoices = () => <button onClick={open}>My choices</button>;
