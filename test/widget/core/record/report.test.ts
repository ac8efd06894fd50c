import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { DecisionBody } from "../../../../gateway/contract/decision.ts";
import type { ErrorCode } from "../../../../gateway/contract/errors.ts";
import { errorStatus } from "../../../../gateway/contract/errors.ts";
import { openReport } from "../../../../widget/core/record/report.ts";
import { openStore } from "../../../../widget/core/store.ts";

/** Their counters are in the order of their ids. */
const decision = (id: string, secret = "secret-1") =>
  ({ v: 1, id, secret, counter: id.charCodeAt(0) - 96 }) as DecisionBody;

const queue = () => openStore("clinic").list("due.queue");

type Answer = number | "away" | "garbage" | ErrorCode | [status: number, seconds: number];
const isCode = (answer: Answer): answer is ErrorCode => Object.hasOwn(errorStatus, String(answer));

/** A gateway that plays a list of answers; every request after the last of them fails. */
function gateway(...answers: Answer[]) {
  const requests: { body: string; init: RequestInit }[] = [];
  const log: string[] = [];
  const timers: { run: () => void; delay: number }[] = [];
  const clock = { now: 1_790_000_000_000 };
  const open = () =>
    openReport({
      url: "https://gateway.other.test/v1/sites/clinic/consents",
      store: openStore("clinic"),
      json: JSON.stringify,
      fetch: async (_url, init) => {
        requests.push({ body: String(init!.body), init: init! });
        const answer = answers.shift() ?? "away";
        if (answer === "away") throw new TypeError("failed");
        if (answer === "garbage") return new Response("<h1>Hotel</h1>");
        if (isCode(answer))
          return Response.json({ error: { code: answer } }, { status: errorStatus[answer] });
        const [status, seconds] = Array.isArray(answer) ? answer : [answer];
        const { id } = JSON.parse(String(init!.body)) as DecisionBody;
        return Response.json(
          { record: { id, log: "l", index: 0, time: 0 }, token: `t-${id}` },
          { status, headers: seconds ? { "Retry-After": String(seconds) } : {} },
        );
      },
      now: () => clock.now,
      later: (run, delay) => void timers.splice(0, 1, { run, delay }),
      acknowledged: ({ id }, { token }) => void log.push(`${id} ${token}`),
      renamed: (id, to) => void log.push(`${id} is ${to}`),
      refused: ({ id }, erased) => void log.push(`${id} ${erased ? "erased" : "refused"}`),
    });
  return { open, requests, log, timers, clock };
}

const settled = () => vi.waitFor(() => expect(queue()).toEqual([]));

beforeEach(() => localStorage.clear());
afterEach(() => vi.restoreAllMocks());

test("goes as text without credentials, and is forgotten once acknowledged", async () => {
  const { open, requests, log } = gateway(201);
  const report = open();
  report.send(decision("a"));
  expect(report.waits("a")).toBe(true);
  await settled();
  expect(requests[0]!.init).toMatchObject({ method: "POST", credentials: "omit", keepalive: true });
  expect(requests[0]!.init.headers).toBeUndefined();
  expect(log).toEqual(["a t-a"]);
  expect(report.waits("a")).toBe(false);
});

test("waits in storage while the gateway is away, and is repeated byte by byte on the next page", async () => {
  const { open, requests, timers, log } = gateway("away", 201);
  open().send(decision("a"));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  expect(localStorage.getItem("soglas.clinic.due.queue.0000001.a")).toBe(
    JSON.stringify(requests[0]!.body),
  );
  await open().flush();
  expect(requests[1]!.body).toBe(requests[0]!.body);
  expect(log).toEqual(["a t-a"]);
});

test("keeps the order: nothing is sent before what came first", async () => {
  const { open, requests, timers, log } = gateway("away", 201, 201, 201);
  const report = open();
  for (const id of ["a", "b", "c"]) report.send(decision(id));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  expect(requests).toHaveLength(1);
  timers[0]!.run();
  await settled();
  expect(log).toEqual(["a t-a", "b t-b", "c t-c"]);
});

test("pauses grow, up to ten minutes, and repetitions leave keepalive to others", async () => {
  const { open, requests, timers } = gateway();
  const report = open();
  report.send(decision("a"));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  const delays: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    await report.flush();
    delays.push(timers[0]!.delay);
  }
  expect(delays.slice(0, 4)).toEqual([2000, 4000, 8000, 16000]);
  expect(delays.at(-1)).toBe(600_000);
  expect(requests.map(({ init }) => init.keepalive).indexOf(false)).toBe(1);
});

test("patience that the gateway asks for is kept over pages, but not believed for ever", async () => {
  const { open, requests, timers, clock } = gateway([429, 60], 201);
  open().send(decision("a"));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  expect(timers[0]!.delay).toBe(60_000);
  clock.now += 59_000;
  await open().flush();
  expect(requests).toHaveLength(1);
  expect(timers[0]!.delay).toBe(1000);
  // The clock was put back by a year: whatever was promised cannot be that far away.
  clock.now -= 365 * 86_400_000;
  await open().flush();
  expect(requests).toHaveLength(2);
});

test("a sign-in page of a network that answers 200 is no acknowledgement", async () => {
  const { open, timers, log } = gateway("garbage");
  open().send(decision("a"));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  expect(log).toEqual([]);
  expect(queue()).toHaveLength(1);
});

test.each<Answer>([400, 409, 410, 413, 500, "origin_refused", "site_unknown", "unavailable"])(
  "after %s it keeps waiting: only the gateway's own word is final",
  async (answer) => {
    const { open, timers, log } = gateway(answer);
    open().send(decision("a"));
    await vi.waitFor(() => expect(timers).toHaveLength(1));
    expect(queue()).toHaveLength(1);
    expect(log).toEqual([]);
  },
);

test.each<ErrorCode>(["config_unknown", "invalid_body", "invalid_json", "body_too_large"])(
  "what is refused as %s cannot stay in force, and the next goes on",
  async (code) => {
    const { open, log } = gateway(code, 201);
    const report = open();
    report.send(decision("a"));
    report.send(decision("b"));
    await settled();
    expect(log).toEqual(["a refused", "b t-b"]);
  },
);

test("a record id that was taken is changed once, in its place and in nothing else", async () => {
  const { open, log, requests } = gateway("record_conflict", "away", 201, 201);
  const report = open();
  report.send(decision("a"));
  report.send(decision("b"));
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  const { id } = JSON.parse(requests[1]!.body) as DecisionBody;
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(JSON.parse(requests[1]!.body)).toEqual({ ...decision("a"), id });
  expect(report.waits(id)).toBe(true);
  await report.flush();
  await settled();
  expect(requests[2]!.body).toBe(requests[1]!.body);
  expect(log).toEqual([`a is ${id}`, `${id} t-${id}`, "b t-b"]);
});

test("a conflict that repeats itself is no race: the decision is refused", async () => {
  const { open, log } = gateway("record_conflict", "record_conflict");
  open().send(decision("a"));
  await settled();
  expect(log).toEqual([expect.stringMatching(/^a is /), `${log[0]!.slice(5)} refused`]);
});

test("an erased subject is forgotten with everything that still waits for it, and nobody else", async () => {
  const { open, log, requests } = gateway("record_erased", 201);
  const report = open();
  report.send(decision("a"));
  report.send(decision("b"));
  report.send(decision("c", "secret-2"));
  await settled();
  expect(log).toEqual(["a erased", "c t-c"]);
  expect(requests).toHaveLength(2);
});

test("a request that is never answered is given up after half a minute", async () => {
  const timeout = new AbortController();
  const asked = vi.spyOn(AbortSignal, "timeout").mockReturnValue(timeout.signal);
  const { open, requests, timers } = gateway(201);
  open().send(decision("a"));
  await settled();
  expect(requests[0]!.init.signal).toBe(timeout.signal);
  expect(asked).toHaveBeenCalledWith(30_000);
  expect(timers).toEqual([]);
});

test("without storage it waits in memory", async () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("blocked", "SecurityError");
  });
  const { open, timers, log } = gateway("away", 201);
  const report = open();
  report.send(decision("a"));
  await vi.waitFor(() => expect(timers).toHaveLength(1));
  await report.flush();
  expect(log).toEqual(["a t-a"]);
});

test("entries that something else has damaged hold nothing back", async () => {
  localStorage.setItem("soglas.clinic.due.queue.0000000.x", '{"not":"a body"}');
  localStorage.setItem("soglas.clinic.due.queue.0000000.y", "nonsense");
  const { open, log } = gateway(201);
  const report = open();
  report.send(decision("a"));
  await vi.waitFor(() => expect(log).toEqual(["a t-a"]));
});

test("what is no decision at all is refused once, and then holds nothing back", async () => {
  localStorage.setItem("soglas.clinic.due.queue.0000000.x", '"{half of a bo"');
  const { open, log } = gateway("invalid_body", 201);
  const report = open();
  await expect(report.flush()).rejects.toThrow(SyntaxError);
  report.send(decision("a"));
  await vi.waitFor(() => expect(log).toEqual(["a t-a"]));
});

test("two tabs overwrite nothing of each other, and settle each decision once", async () => {
  const answers = ["away", "away", 201, 201, 201, 201] as Answer[];
  const { open, log, requests } = gateway(...answers);
  const [one, other] = [open(), open()];
  one.send(decision("a"));
  other.send(decision("b"));
  await vi.waitFor(() => expect(requests).toHaveLength(2));
  expect(queue()).toEqual(["due.queue.0000001.a", "due.queue.0000002.b"]);
  await Promise.all([one.flush(), other.flush()]);
  await settled();
  expect(log).toEqual(["a t-a", "b t-b"]);
});
