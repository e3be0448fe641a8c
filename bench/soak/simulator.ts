/**
 * The server of a soak: a simulator over HTTP with faults, in a process of its own.
 */
import { Effect, ManagedRuntime } from "effect"
import { Fault, Simulator } from "effect-wecom/simulator"
import { SimulatorServer } from "effect-wecom/simulator/server"
import { HttpServer } from "effect/http"
import type { Counts } from "../../src/simulator/Journal.ts"
import { answer } from "../Process.ts"
import { corps, endpoints, robots } from "./corps.ts"
import { heapUsed } from "./heap.ts"

export type Question =
  | { readonly _tag: "Start"; readonly seed: number }
  /** Every call gets a 502 from now on, or no longer. */
  | { readonly _tag: "Outage"; readonly begins: boolean }
  | { readonly _tag: "Expire" }
  | { readonly _tag: "Report" }

export interface Report {
  readonly url: string
  readonly counts: Counts
  /** Bytes, after a collection. */
  readonly heap: number
}

/** How often what goes wrong. Fetching a token is never above a limit, so that every 45009 is of the call itself. */
const faults: ReadonlyArray<readonly [Fault.Fault, number]> = [
  [Fault.errcode(-1), 0.01],
  [Fault.errcode(42001), 0.002],
  [Fault.status(502), 0.005],
  [Fault.reset(), 0.003],
  [Fault.reset({ done: true }), 0.002],
  [Fault.truncated, 0.002],
  [Fault.stall("3 seconds"), 0.0005],
  [Fault.errcode(45009), 0.0003]
]

/** A download has succeeded before its content comes, so breaking that off is no failure of the call. */
const suits = (endpoint: string, fault: Fault.Fault): boolean =>
  endpoint !== "GET /cgi-bin/media/get" || (fault._tag !== "Reset" && fault._tag !== "Truncated")

const inject = Simulator.use((simulator) =>
  Effect.forEach(faults, ([fault, probability]) =>
    Effect.forEach(
      endpoints.filter((endpoint) => suits(endpoint, fault)),
      (endpoint) => simulator.inject({ endpoint, fault, probability })
    ), { discard: true })
)

const runtimeOf = (seed: number) =>
  ManagedRuntime.make(
    SimulatorServer.layer({
      seed,
      // Little, so that what it remembers is complete before memory is looked at.
      keep: 20,
      corps: corps.map((corp, index) => index === 0 ? { ...corp, robots: robots.map((key) => ({ key })) } : corp)
    })
  )

let runtime: ReturnType<typeof runtimeOf> | undefined

const handle = (question: Question) =>
  Effect.gen(function*() {
    const simulator = yield* Simulator
    if (question._tag === "Start") yield* inject
    if (question._tag === "Expire") yield* simulator.expireTokens()
    if (question._tag === "Outage") {
      yield* simulator.clearFaults
      if (question.begins) yield* simulator.inject({ fault: Fault.status(502) })
      yield* inject
    }
    return {
      url: HttpServer.formatAddress((yield* HttpServer.HttpServer).address),
      counts: yield* simulator.counts,
      heap: heapUsed()
    }
  })

answer<Question, Report>((question) => {
  runtime ??= runtimeOf(question._tag === "Start" ? question.seed : 1)
  return runtime.runPromise(handle(question))
})
