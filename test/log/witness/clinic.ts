/** A clinic whose log is witnessed, and what can be asked of it. */
import type { StorageOptions } from "../../../gateway/storage/open.ts";
import { readCosignature } from "../../verify/reference/cosignature.ts";
import { addSites, statement } from "../installation.ts";
import {
  partsOf,
  startWitness,
  witnessedGateway,
  type TestWitness,
  type WitnessedGateway,
} from "./world.ts";

/** One log of one entry, signed, whose witnesses know it. */
export async function witnessedClinic(options: StorageOptions, ...names: string[]) {
  const witnesses = await Promise.all(names.map((name) => startWitness(name)));
  const gateway = await witnessedGateway(options, witnesses);
  await addSites(gateway.storage, "clinic");
  await gateway.log.appendConfig(statement());
  await gateway.integrator.integrate();
  for (const witness of witnesses) await witness.learn(await gateway.key());
  return { options, witnesses, gateway, ...gateway, witness: witnesses[0]! };
}

/** Times at which witnesses signed the newest checkpoint that is shown. */
export async function times({ published, named }: WitnessedGateway, ...witnesses: TestWitness[]) {
  const { text, lines } = partsOf((await published.newest(await named()))!.note);
  return witnesses.map(({ settings }) =>
    lines.map((line) => readCosignature(line, settings.key, text)?.time).find(Boolean),
  );
}

/** As a restored old copy has it: nothing of what was signed since. */
const forget = ({ storage }: WitnessedGateway, size: number) =>
  storage.main.transaction(async (trx) => {
    await trx.updateTable("trees").set({ size }).execute();
    await trx.updateTable("logs").set({ next: size }).execute();
    for (const table of ["checkpoints", "cosignatures"] as const)
      await trx.deleteFrom(table).where("size", ">", size).execute();
    for (const table of ["entries", "records", "record_ids"] as const)
      await trx.deleteFrom(table).where("idx", ">=", size).execute();
    await trx.updateTable("witness_views").set({ size }).execute();
  });

/** A gateway whose database is older than what its witness cosigned: 5 entries of 9. */
export async function behind(options: StorageOptions) {
  const before = await witnessedClinic(options, "w/1");
  await before.grow(4);
  await before.submit(6);
  await before.grow(4);
  await before.submit(6);
  await forget(before.gateway, 5);
  await before.close();
  const after = await witnessedGateway(options, [before.witness]);
  after.clock.time = before.clock.time;
  return { witness: before.witness, after };
}
