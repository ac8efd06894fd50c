/** How the switches of purposes and services move together. Pure: every function answers a new choice. */
import type { Choice } from "./host.ts";

/** As much of a purpose as its switches need. Essential ones are never asked for and never part of a choice. */
export interface PurposeSwitch {
  id: string;
  essential: boolean;
  services: readonly { id: string }[];
}

/** Of one purpose: how many of its switches are on. A purpose without services counts as one. */
export interface Extent {
  on: number;
  total: number;
}

/**
 * Builds a complete choice by asking for each service, and for each purpose that has none.
 * A purpose with services is granted as soon as one of them is: what runs is decided per service.
 */
function choiceOf(
  purposes: readonly PurposeSwitch[],
  service: (id: string) => boolean,
  alone: (id: string) => boolean,
): Choice {
  const choice: Choice = { purposes: {}, services: {} };
  for (const purpose of purposes) {
    if (purpose.essential) continue;
    for (const { id } of purpose.services) choice.services[id] = service(id);
    choice.purposes[purpose.id] = purpose.services.length
      ? purpose.services.some(({ id }) => choice.services[id])
      : alone(purpose.id);
  }
  return choice;
}

/** Everything granted, or everything refused. */
export function everything(purposes: readonly PurposeSwitch[], granted: boolean): Choice {
  return choiceOf(
    purposes,
    () => granted,
    () => granted,
  );
}

/** Where the switches stand when the preferences open: the choice in force, and off where there is none. */
export function startingChoice(purposes: readonly PurposeSwitch[], current: Choice | null): Choice {
  return choiceOf(
    purposes,
    (id) => current?.services[id] === true,
    (id) => current?.purposes[id] === true,
  );
}

/** Moves a purpose with all its services. */
export function withPurpose(
  purposes: readonly PurposeSwitch[],
  choice: Choice,
  purposeId: string,
  granted: boolean,
): Choice {
  const moved = purposes.find(({ id }) => id === purposeId)?.services ?? [];
  return choiceOf(
    purposes,
    (id) => (moved.some((service) => service.id === id) ? granted : choice.services[id] === true),
    (id) => (id === purposeId ? granted : choice.purposes[id] === true),
  );
}

/** Moves one service; its purpose follows. */
export function withService(
  purposes: readonly PurposeSwitch[],
  choice: Choice,
  serviceId: string,
  granted: boolean,
): Choice {
  return startingChoice(purposes, {
    purposes: choice.purposes,
    services: { ...choice.services, [serviceId]: granted },
  });
}

/** How far a purpose is switched on: none, some or all of its services. */
export function extent(purpose: PurposeSwitch, choice: Choice): Extent {
  return purpose.services.length
    ? {
        on: purpose.services.filter(({ id }) => choice.services[id]).length,
        total: purpose.services.length,
      }
    : { on: Number(choice.purposes[purpose.id] === true), total: 1 };
}

/** Whether anything at all is granted. */
export function grantsAnything(choice: Choice | null): boolean {
  return (
    choice !== null && Object.values({ ...choice.services, ...choice.purposes }).includes(true)
  );
}
