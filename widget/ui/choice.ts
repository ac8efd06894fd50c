/** How the switches of purposes and services move together. Pure: every function answers a new choice. */
import type { Choice } from "../core/choice/saved.ts";

/** As much of a purpose as its switches need. Essential ones are never asked for and never part of a choice. */
export interface PurposeSwitch {
  id: string;
  essential: boolean;
  services: readonly { id: string }[];
}

/**
 * Asks for every service, and for every purpose that has none. A purpose with services counts as
 * granted as soon as one of them is: what runs is decided per service.
 *
 * @param granted asked with the id of what is switched, and the purpose it belongs to
 */
function choose(
  purposes: readonly PurposeSwitch[],
  granted: (id: string, purpose: string) => boolean,
): Choice {
  const choice: Choice = {};
  for (const { id: purpose, essential, services } of purposes) {
    if (essential) continue;
    for (const { id } of services) choice[id] = granted(id, purpose);
    choice[purpose] = services[0]
      ? services.some(({ id }) => choice[id])
      : granted(purpose, purpose);
  }
  return choice;
}

/** Everything granted, or everything refused. */
export function everything(purposes: readonly PurposeSwitch[], granted: boolean): Choice {
  return choose(purposes, () => granted);
}

/** Where the switches stand when the preferences open: the choice in force, and off where there is none. */
export function standing(purposes: readonly PurposeSwitch[], current: Choice | null): Choice {
  return choose(purposes, (id) => current?.[id] === true);
}

/** Moves one service, or without `serviceId` the purpose with all its services; the other follows. */
export function moved(
  purposes: readonly PurposeSwitch[],
  choice: Choice,
  granted: boolean,
  purposeId: string,
  serviceId = "",
): Choice {
  return choose(purposes, (id, purpose) =>
    purpose === purposeId && (!serviceId || id === serviceId) ? granted : choice[id] === true,
  );
}

/** Whether a purpose is on although not all of its services are. */
export function isPartly({ id, services }: PurposeSwitch, choice: Choice): boolean {
  return choice[id] === true && services.some((service) => !choice[service.id]);
}
