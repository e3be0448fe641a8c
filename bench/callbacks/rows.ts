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
    return () => load.ask({ port, count: 4_000 })
  }
  const rates = await interleave(18, { ours: await round(ours), bare: await round(bare), npm: await round(npm) }, 3)
  const what = "callbacks: verify, decrypt, decode, handle, reply"
  return [
    rate(what, rates.ours, ["bare node:http, crypto alone, cached key", rates.bare], 0.5),
    rate(what, rates.ours, ["@wecom/crypto + xml2js on node:http", rates.npm], 1.5)
  ]
}
