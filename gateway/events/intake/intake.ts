/**
 * How much is being taken in. Forwarding a backlog can use all of a process; visitors' requests come first,
 * so it makes way while many arrive (ADR 008).
 */
import type { Clock } from "../../clock.ts";

export interface Intake {
  /** A commit queued something. */
  noted(): void;
  /**
   * How long to leave the process to others after so much work.
   * @param worked milliseconds. @returns milliseconds; 0 while little comes in
   */
  rest(worked: number): number;
}

/** Commits a second from which on visitors are waiting: the more come in, the more of them share a commit. */
const many = 5;
/** Rest for each part of work: with two claims at once, two fifths of the time remain for forwarding. */
const share = 4;
const longest = 2000;

export function createIntake(clock: Clock): Intake {
  let second = 0;
  let count = 0;
  let before = 0;

  function turn(): void {
    const now = Math.floor(clock.now() / 1000);
    if (now === second) return;
    before = now === second + 1 ? count : 0;
    count = 0;
    second = now;
  }

  return {
    noted() {
      turn();
      count += 1;
    },
    rest(worked) {
      turn();
      return Math.max(before, count) >= many ? Math.min(share * worked, longest) : 0;
    },
  };
}
