/** `npm run faults -- events` kills more often. */
import { expect, it } from "vitest";
import { killUnderLoad } from "./killed.ts";

it("loses no accepted event when it is killed twice beside a vendor that fails in every way", async () => {
  const { accepted } = await killUnderLoad([40, 60]);
  expect(accepted).toBeGreaterThanOrEqual(100);
});
