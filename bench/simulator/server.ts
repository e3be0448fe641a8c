/** A simulator with 100,000 generated members in a process of its own. */
import { Context, Effect, Layer, Scope } from "effect"
import { HttpServer } from "effect/http"
import { performance } from "node:perf_hooks"
import * as Seed from "../../src/simulator/seed/Seed.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { answer } from "../Process.ts"

/** Where it listens, how long it took to start, and how much memory it has. */
export interface Started {
  readonly url: string
  readonly milliseconds: number
  readonly mebibytes: number
}

let started: Started | undefined

answer<{ readonly members: number }, Started>(async ({ members }) => {
  if (started !== undefined) return { ...started, mebibytes: memory() }
  const start = performance.now()
  const layer = SimulatorServer.layer(Seed.options(Seed.generate({ members })))
  const context = await Effect.runPromise(Layer.buildWithScope(layer, Scope.makeUnsafe()))
  const url = HttpServer.formatAddress(Context.get(context, HttpServer.HttpServer).address)
  return started = { url, milliseconds: performance.now() - start, mebibytes: memory() }
})

const memory = () => process.memoryUsage().rss / 2 ** 20
