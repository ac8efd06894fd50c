/** The shortest way from one list to another. */

/** A stretch of `before` (`same`, `removed`) or of `after` (`added`), its end excluded. */
export interface Run {
  kind: "same" | "removed" | "added";
  from: number;
  to: number;
}

/** Beyond so many edits the two have little in common, and finding the shortest way costs their square. */
const mostEdits = 2000;

/**
 * What must go and what must come, in order; of neighbouring runs the removed one stands first. The greedy
 * algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986). Lists that are further
 * apart than {@link mostEdits} are told apart by their common beginning and end alone.
 */
export function editsBetween(before: readonly string[], after: readonly string[]): Run[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let [left, right] = [before.length, after.length];
  while (left > start && right > start && before[left - 1] === after[right - 1]) {
    left--;
    right--;
  }
  const steps = shortestWay(before.slice(start, left), after.slice(start, right));
  return inRuns([
    ...Array.from({ length: start }, (): Step => "same"),
    ...steps,
    ...Array.from({ length: before.length - left }, (): Step => "same"),
  ]);
}

type Step = Run["kind"];

function shortestWay(before: readonly string[], after: readonly string[]): Step[] {
  const [width, height] = [before.length, after.length];
  const limit = Math.min(width + height, mostEdits);
  /** By diagonal, how far along `before` one gets with the edits so far. */
  const reach = new Int32Array(2 * limit + 3);
  const middle = limit + 1;
  const history: Int32Array[] = [];
  for (let edits = 0; edits <= limit; edits++) {
    history.push(reach.slice(middle - edits - 1, middle + edits + 2));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const [above, beside] = [reach[middle + diagonal + 1]!, reach[middle + diagonal - 1]!];
      const isDown = diagonal === -edits || (diagonal !== edits && beside < above);
      let x = isDown ? above : beside + 1;
      let y = x - diagonal;
      while (x < width && y < height && before[x] === after[y]) {
        x++;
        y++;
      }
      reach[middle + diagonal] = x;
      if (x >= width && y >= height) return walkedBack(history, width, height);
    }
  }
  return [...before.map((): Step => "removed"), ...after.map((): Step => "added")];
}

/** @param history what was in reach before each edit, from the diagonal left of the first on */
function walkedBack(history: Int32Array[], width: number, height: number): Step[] {
  const steps: Step[] = [];
  let [x, y] = [width, height];
  for (let edits = history.length - 1; edits > 0; edits--) {
    const reach = history[edits]!;
    const at = (diagonal: number) => reach[diagonal + edits + 1]!;
    const diagonal = x - y;
    const isDown =
      diagonal === -edits || (diagonal !== edits && at(diagonal - 1) < at(diagonal + 1));
    const fromX = isDown ? at(diagonal + 1) : at(diagonal - 1);
    const fromY = fromX - (isDown ? diagonal + 1 : diagonal - 1);
    for (; x > fromX && y > fromY; x--, y--) steps.push("same");
    steps.push(isDown ? "added" : "removed");
    [x, y] = [fromX, fromY];
  }
  for (; x > 0; x--) steps.push("same");
  return steps.toReversed();
}

/** Neighbouring edits in any order become what is removed, then what is added. */
function inRuns(steps: Step[]): Run[] {
  const runs: Run[] = [];
  let [x, y] = [0, 0];
  for (let at = 0; at < steps.length;) {
    const [fromX, fromY] = [x, y];
    if (steps[at] === "same") {
      for (; steps[at] === "same"; at++, x++) y++;
      runs.push({ kind: "same", from: fromX, to: x });
      continue;
    }
    for (; at < steps.length && steps[at] !== "same"; at++)
      if (steps[at] === "removed") x++;
      else y++;
    if (x > fromX) runs.push({ kind: "removed", from: fromX, to: x });
    if (y > fromY) runs.push({ kind: "added", from: fromY, to: y });
  }
  return runs;
}
