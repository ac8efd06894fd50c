/** Who may use the one connection that writes: one at a time, in the order in which they came. */
export interface Turns {
  /** Resolves when it is the caller's turn, who must then call `pass`. */
  take(): Promise<void>;
  pass(): void;
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
    },
    pass() {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
  };
}
