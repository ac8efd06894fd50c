/**
 * `npm run faults -- events`: gateways killed at random moments while they take events in and forward
 * them to vendors that answer 500 and 429, hang, reset and talk garbage. Every accepted event must be
 * delivered or dead with a reason, at least or at most once as its vendor's file says (test/events/killed.ts).
 */
import { expect, it } from "vitest";
import { killUnderLoad } from "../events/killed.ts";

const kills = 25;

it(`survives ${kills} kills`, async () => {
  // Never the same twice.
  const rounds = Array.from({ length: kills }, () => 20 + Math.floor(Math.random() * 200));
  const { accepted, dead } = await killUnderLoad(rounds);
  console.log(`${kills} kills, ${accepted} events accepted, none lost, ${dead} dead with a reason`);
  expect(rounds).toHaveLength(kills);
});
