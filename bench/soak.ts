/**
 * `npm run soak -- --minutes 10`: callers at the machine's full rate against a simulator over HTTP that answers -1, 45009,
 * 42001, gateway pages and halves of JSON, breaks connections, stalls and goes down altogether; with rate limits, a
 * circuit breaker and, where `redis-server` is installed, limits and tokens on a Redis.
 *
 * Ends with 1 unless every call ended in a success or a `WeComError`, callers, metrics and simulator have counted the
 * same, and memory has not grown since a fifth of the time.
 */
import { Duration, Effect, type Metric } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { CircuitBreaker, RateLimits } from "effect-wecom/limits"
import { setTimeout } from "node:timers/promises"
import { parseArgs } from "node:util"
import { hasRedis, startRedis } from "../test/support/redis.ts"
import { start } from "./Process.ts"
import { round } from "./Row.ts"
import { run } from "./soak/client.ts"
import { heapUsed } from "./soak/heap.ts"
import type { Question, Report } from "./soak/simulator.ts"

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    callers: { type: "string", default: "96" },
    seed: { type: "string", default: "1" }
  }
})
const millis = Number(values.minutes) * 60_000
const seed = Number(values.seed)

/** Growth that says nothing: caches that were not full yet, compiled code. */
const slack = 3 * 2 ** 20

const stray: Array<string> = []
process.on("unhandledRejection", (reason) => stray.push(`unhandled rejection: ${String(reason)}`))
process.on("uncaughtException", (error) => stray.push(`uncaught exception: ${error.stack}`))

await using stack = new AsyncDisposableStack()
const redis = hasRedis ? stack.use(await startRedis()) : undefined
const server = stack.use(await start<Question, Report>("soak/simulator.ts"))
let last: Promise<unknown> = Promise.resolve()
/** One question at a time. */
const ask = (question: Question): Promise<Report> => {
  const answer = last.then(() => server.ask(question))
  last = answer
  return answer
}

const { url } = await ask({ _tag: "Start", seed })
const period = Duration.millis(Math.min(10_000, millis / 8))
const early = { client: NaN, server: NaN }
const counted = await run({
  millis,
  callers: Number(values.callers),
  seed,
  url,
  redis: redis?.url,
  early: Effect.promise(async () => {
    early.client = heapUsed()
    early.server = (await ask({ _tag: "Report" })).heap
  }),
  disturb: Effect.gen(function*() {
    yield* Effect.sleep(period)
    yield* Effect.promise(() => ask({ _tag: "Expire" }))
    yield* Effect.sleep(period)
    yield* Effect.promise(() => ask({ _tag: "Outage", begins: true }))
    yield* Effect.sleep("1 second")
    yield* Effect.promise(() => ask({ _tag: "Outage", begins: false }))
  })
})
// A stall that nobody waits for any more ends there a little later.
await setTimeout(4_000)
const client = heapUsed()
const { counts, heap } = await ask({ _tag: "Report" })

const { ended, exchanges, metrics, started } = counted
const seconds = counted.millis / 1000

/** What a counter has counted or how often a timer has timed, by one of its attributes if one is wanted. */
const metric = ({ id }: Metric.Metric<never, unknown>, name?: string, value?: string): number =>
  metrics.reduce(
    (sum, { attributes, id: other, state }) =>
      other === id && "count" in state && (name === undefined || attributes?.[name] === value)
        ? sum + Number(state.count)
        : sum,
    0
  )

const fetchToken = "GET /cgi-bin/gettoken"

/** How often the simulator answered so, fetching of tokens aside. */
const served = (outcome: string): number =>
  Object.entries(counts).reduce(
    (sum, [endpoint, outcomes]) => endpoint === fetchToken ? sum : sum + (outcomes[outcome] ?? 0),
    0
  )

const failures = [...ended.keys()].filter((outcome) => outcome !== "ok").toSorted()
const kinds = new Set([...exchanges.keys(), ...Object.values(counts).flatMap((outcomes) => Object.keys(outcomes))])
const delayed = metrics.filter(({ id }) => id === RateLimits.delays.id)

/** Calls whose deadline passed while their answer was on its way: the simulator knows better how those ended. */
const crossed = Math.max(0, (exchanges.get("Aborted") ?? 0) - served("Aborted"))

/** Two counts that must be the same, but for so many. */
const same: ReadonlyArray<readonly [what: string, one: number, other: number, by: string, butFor?: number]> = [
  ["calls started", started, ended.sum(), "ended"],
  ["", started, metric(WeComClient.latency), "wecom_call_duration"],
  ...["ok", ...failures].map((outcome) =>
    [
      outcome === "ok" ? "  ended well" : `  failed: ${outcome}`,
      ended.get(outcome) ?? 0,
      metric(WeComClient.calls, "outcome", outcome),
      "wecom_calls_total"
    ] as const
  ),
  [
    "  RateLimited",
    ended.get("RateLimited") ?? 0,
    served("45009") + metric(RateLimits.refusals),
    "45009 of the simulator + wecom_limiter_refusals_total"
  ],
  ...[...kinds].toSorted().map((kind) =>
    [`exchanges: ${kind}`, exchanges.get(kind) ?? 0, served(kind), "the simulator", crossed] as const
  ),
  [
    "tokens fetched",
    metric(TokenCache.fetches),
    Object.values(counts[fetchToken] ?? {}).reduce((sum, count) => sum + count, 0),
    "the simulator"
  ]
]

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`
const problems = [
  ...stray,
  ...failures.filter((failure) => !/^[A-Z][A-Za-z]+$/.test(failure)),
  ...same.filter(([, one, other, , butFor = 0]) => Math.abs(one - other) > butFor).map(([what, one, other, by]) =>
    `${what.trim()}: ${one} here, ${other} by ${by}`
  ),
  ...[["this process", early.client, client], ["the simulator", early.server, heap] as const].flatMap((
    [who, before, after]
  ) =>
    Number(after) <= Number(before) * 1.05 + slack
      ? []
      : [`the heap of ${who} grew from ${mebibytes(Number(before))} to ${mebibytes(Number(after))}`]
  )
]

const lines = [
  ["what", "callers", "", "counted by"],
  ["---", "---:", "---:", "---"],
  ...same.map(([what, one, other, by, butFor = 0]) => [
    what,
    round(one),
    `${one === other ? "=" : Math.abs(one - other) <= butFor ? "≈" : "≠"} ${round(other)}`,
    Math.abs(one - other) <= butFor && one !== other ? `${by} (the deadline passed while the answer came)` : by
  ]),
  ["calls a second", round(started / seconds), "", ""],
  ["exchanges a second", round(exchanges.sum() / seconds), "", ""],
  [
    "delayed by a limit",
    round(delayed.reduce((sum, { state }) => sum + ("count" in state ? Number(state.count) : 0), 0)),
    "",
    ""
  ],
  ["closed by a 45009", round(metric(RateLimits.closings)), "", ""],
  ["not sent: circuit open", round(metric(CircuitBreaker.shortened)), "", ""],
  ["limits' store failed", round(metric(RateLimits.storeFailures)), "", ""],
  ["token store failed", round(metric(TokenCache.storeFailures)), "", ""],
  ["heap at 20 % and 100 %", mebibytes(early.client), mebibytes(client), ""],
  ["heap of the simulator", mebibytes(early.server), mebibytes(heap), ""]
]
console.log(
  `\n${values.callers} callers for ${seconds.toFixed(0)} s, seed ${seed}, ${
    redis === undefined ? "in memory (no redis-server)" : "limits and tokens on Redis"
  }\n\n${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n`
)
console.log(problems.length === 0 ? "All of it agrees." : problems.map((problem) => `MISMATCH ${problem}`).join("\n"))
process.exitCode = problems.length === 0 ? 0 : 1
