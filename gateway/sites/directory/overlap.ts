/** Whether two page patterns of site.json have a page in common. */

/**
 * @param a page patterns as the contract allows them; absent: every page
 * @param b the same
 */
export function pagesOverlap(a: string[] | undefined, b: string[] | undefined): boolean {
  if (!a || !b) return true;
  return a.some((one) => b.some((other) => patternsMeet(one, other)));
}

function patternsMeet(a: string, b: string): boolean {
  return sequencesMeet(segmentsOf(a), segmentsOf(b), "**", (one, other) =>
    sequencesMeet(Array.from(one), Array.from(other), "*", (x, y) => x === y),
  );
}

/** `a**b` inside a segment reaches over slashes: it is `a*`, any segments, `*b`. */
function segmentsOf(pattern: string): string[] {
  return pattern
    .split("/")
    .flatMap((segment) =>
      segment === "**" ? [segment] : segment.replace(/\*{2,}/g, "*/**/*").split("/"),
    )
    .filter((segment) => segment !== "");
}

/**
 * Whether some sequence matches both patterns, `star` standing for any run of elements. Filled from the
 * ends: `meets[j]` says whether the rest of `a` from here and the rest of `b` from `j` can be the same.
 */
function sequencesMeet(
  a: string[],
  b: string[],
  star: string,
  elementsMeet: (one: string, other: string) => boolean,
): boolean {
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const meets: boolean[] = Array.from({ length: b.length + 1 }, () => false);
    for (let j = b.length; j >= 0; j--) {
      const inA = i < a.length;
      const inB = j < b.length;
      if (!inA && !inB) meets[j] = true;
      else if (inA && a[i] === star) meets[j] = below[j]! || (inB && meets[j + 1]!);
      else if (inB && b[j] === star) meets[j] = meets[j + 1]! || (inA && below[j]!);
      else meets[j] = inA && inB && elementsMeet(a[i]!, b[j]!) && below[j + 1]!;
    }
    below = meets;
  }
  return below[0]!;
}
