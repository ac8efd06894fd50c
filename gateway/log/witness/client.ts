/** Asks a witness for its cosignature (C2SP tlog-witness, `add-checkpoint`). */

export interface Asked {
  /** Size the witness is believed to have cosigned last. */
  oldSize: number;
  /** Consistency proof from there to the checkpoint. */
  proof: Buffer[];
  /** The signed note. */
  checkpoint: string;
}

export type WitnessAnswer =
  | { kind: "cosigned"; lines: string }
  /** The witness cosigned this size last. */
  | { kind: "size"; size: number }
  /** The proof does not show it the history that it cosigned before. */
  | { kind: "contradicted" }
  /** It cosigned another root at this size. */
  | { kind: "otherRoot" }
  /** It does not know the log, or not by this key. */
  | { kind: "unknown" }
  /** No answer, or none that the protocol knows. */
  | { kind: "away"; status: number | null };

/** @param signal ends the request. */
export type AskWitness = (url: string, asked: Asked, signal: AbortSignal) => Promise<WitnessAnswer>;

/** Bytes of an answer that are read. */
const maxAnswer = 65_536;

export function witnessClient(fetch: typeof globalThis.fetch): AskWitness {
  return async (url, { oldSize, proof, checkpoint }, signal) => {
    const lines = proof.map((hash) => hash.toString("base64"));
    const body = [`old ${oldSize}`, ...lines, "", checkpoint].join("\n");
    try {
      const response = await fetch(`${url.replace(/\/+$/, "")}/add-checkpoint`, {
        method: "POST",
        headers: { "Content-Type": "text/plain; charset=utf-8" },
        body,
        redirect: "error",
        signal,
      });
      return understand(response, await start(response));
    } catch {
      return { kind: "away", status: null };
    }
  };
}

function understand({ status, headers }: Response, text: string): WitnessAnswer {
  switch (status) {
    case 200:
      return { kind: "cosigned", lines: text };
    case 409: {
      if (!/^text\/x\.tlog\.size(?:;|$)/.test(headers.get("content-type") ?? ""))
        return { kind: "otherRoot" };
      const size = /^(?:0|[1-9]\d{0,15})\n$/.test(text) ? Number(text) : Number.NaN;
      return Number.isSafeInteger(size) ? { kind: "size", size } : { kind: "away", status };
    }
    case 422:
      return { kind: "contradicted" };
    case 403:
    case 404:
      return { kind: "unknown" };
    default:
      return { kind: "away", status };
  }
}

/** The beginning of a body, and no more than is of use. */
async function start(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (response.body)
    for await (const chunk of response.body) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length > maxAnswer) break;
    }
  return Buffer.concat(chunks).toString("utf8");
}
