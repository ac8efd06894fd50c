/** A gateway under load until it is killed: tells its parent of every record it acknowledged. */
import { systemClock } from "../../gateway/clock.ts";
import { openLog } from "../../gateway/log/open.ts";
import { openStorage, type StorageOptions } from "../../gateway/storage/open.ts";
import { decision, randomId, secret } from "./load.ts";

const options: StorageOptions = JSON.parse(process.argv[2] ?? "");
const storage = await openStorage(options);
const log = openLog({ storage, secret, clock: systemClock });
const visitors = Array.from({ length: 8 }, () => randomId());

async function visit(visitor: number): Promise<never> {
  for (let counter = 1; ; counter++) {
    // Every second record is a returning visitor's.
    const subject = counter % 2 ? randomId() : visitors[visitor % visitors.length]!;
    const { recordId, index, time } = await log.append(decision({ secret: subject, counter }));
    process.send?.({ recordId, index, time });
  }
}

await Promise.all(Array.from({ length: 32 }, (_, visitor) => visit(visitor)));
