import { type Process, start } from "../Process.ts"
import { interleave, rate, type Row } from "../Row.ts"
import type { Call, Question } from "./Contender.ts"
import type { Counts } from "./server.ts"

/** Typed calls over localhost, one after the other, against the same call without the library. */
export const calls = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{}, Counts>("calls/server.ts")
  const { url } = await server.ask({})
  await using ours = await start<Question, number>("calls/ours.ts")
  await using lean = await start<Question, number>("calls/ours.ts")
  await using bare = await start<Question, number>("calls/bare.ts")
  await using undici = await start<Question, number>("calls/undici.ts")
  await using easywechat = await start<Question, number>("calls/easywechat.ts")
  const measure = async (what: string, call: Call): Promise<ReadonlyArray<Row>> => {
    const round = (contender: Process<Question, number>) => () => contender.ask({ url, call })
    const rates = await interleave(24, {
      ours: round(ours),
      lean: () => lean.ask({ url, call, lean: true }),
      bare: round(bare),
      undici: round(undici),
      easywechat: round(easywechat)
    }, 8)
    return [
      rate(what, rates.ours, ["bare Effect HttpClient on layerUndici", rates.bare], 0.85),
      rate(what, rates.ours, ["node-easywechat", rates.easywechat], 1.3),
      rate(what, rates.ours, ["undici.request", rates.undici]),
      rate(`${what}, on the client for Node`, rates.lean, ["bare Effect HttpClient on layerUndici", rates.bare], 1.1),
      rate(`${what}, on the client for Node`, rates.lean, ["undici.request", rates.undici], 0.5)
    ]
  }

  return [
    ...await measure("typed calls in sequence over localhost, sending a text message", "send"),
    ...await measure("typed calls in sequence over localhost, reading five departments", "list")
  ]
}
