/** What is recorded, and the same bodies echoed. */
import { clinicOrigin, grant } from "../../gateway/decisions.ts";
import { run, type Measured } from "../load.ts";

export const connections = 64;
export const perRound = 6000;
export const rounds = 4;

export interface Recording {
  warmUp(): Promise<void>;
  consents(): Promise<Measured>;
  echoes(): Promise<Measured>;
  /** Records one decision. @returns its record id */
  one(): Promise<string>;
  /** Answers of the gateway to a receipt of this record. */
  receipt(id: string): Promise<number>;
  /** Record ids of the last round. */
  recent(): string[];
}

export async function openRecording(gateway: string, echo: string): Promise<Recording> {
  const tag = await (await fetch(`${gateway}/s/clinic.js`)).text();
  const config = /"config":"([\w-]{43})"/.exec(tag)![1]!;
  const headers = { Origin: clinicOrigin, "Content-Type": "text/plain" };
  let recent: string[] = [];

  const make = (count: number) => Array.from({ length: count }, () => grant(config));
  const path = "/v1/sites/clinic/consents";
  const record = (count: number) => {
    const decisions = make(count);
    recent = decisions.map(({ id }) => id);
    const bodies = decisions.map((decision) => JSON.stringify(decision));
    return run({ url: gateway, path, headers, connections, bodies, expected: 201 });
  };
  const repeat = (count: number) => {
    const bodies = make(count).map((decision) => JSON.stringify(decision));
    return run({ url: echo, path: "/echo", headers, connections, bodies, expected: 201 });
  };

  return {
    async warmUp() {
      await record(1000);
      await repeat(1000);
    },
    consents: () => record(perRound),
    echoes: () => repeat(perRound),
    async one() {
      const decision = grant(config);
      const answer = await fetch(gateway + path, {
        method: "POST",
        headers,
        body: JSON.stringify(decision),
      });
      if (answer.status !== 201) throw new Error(`answered ${answer.status}`);
      await answer.arrayBuffer();
      return decision.id;
    },
    async receipt(id) {
      const answer = await fetch(`${gateway}/v1/sites/clinic/receipts/${id}`);
      await answer.arrayBuffer();
      return answer.status;
    },
    recent: () => recent,
  };
}
