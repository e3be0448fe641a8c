import { start } from "../Process.ts"
import { interleave, rate, type Row } from "../Row.ts"
import type { Question } from "./load.ts"

/** Text messages answered with an encrypted reply, 32 at a time, against less and against what npm offers. */
export const callbacks = async (): Promise<ReadonlyArray<Row>> => {
  await using load = await start<Question, number>("callbacks/load.ts")
  await using ours = await start<{}, number>("callbacks/ours.ts")
  await using bare = await start<{}, number>("callbacks/bare.ts")
  await using npm = await start<{}, number>("callbacks/npm.ts")
  const round = async (server: typeof ours) => {
    const port = await server.ask({})
    return () => load.ask({ port, count: 12_000 })
  }
  const median = await interleave(6, { ours: await round(ours), bare: await round(bare), npm: await round(npm) })
  const what = "callbacks: verify, decrypt, decode, handle, reply"
  return [
    rate(what, median.ours, ["bare node:http, crypto alone, cached key", median.bare], 0.5),
    rate(what, median.ours, ["@wecom/crypto + xml2js on node:http", median.npm], 1.5)
  ]
}
