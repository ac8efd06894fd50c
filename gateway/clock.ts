/** Time as a dependency: tests inject their own, so that nothing has to sleep. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
