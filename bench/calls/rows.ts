import { type Process, start } from "../Process.ts"
import { interleave, median, rate, type Row } from "../Row.ts"
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
  const measure = async (what: string, call: Call, atOnce: number): Promise<ReadonlyArray<Row>> => {
    const round = (contender: Process<Question, number>) => () => contender.ask({ url, call, atOnce })
    const rates = await interleave(24, {
      ours: round(ours),
      lean: () => lean.ask({ url, call, atOnce, lean: true }),
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
    ...await measure("typed calls in sequence over localhost, sending a text message", "send", 1),
    ...await measure("typed calls in sequence over localhost, reading five departments", "list", 1),
    ...await measure("typed calls, 32 at once, sending a text message", "send", 32),
    ...await measure("typed calls, 32 at once, reading five departments", "list", 32)
  ]
}

/** A page of 1,000 members, against the same answer parsed and not looked at. */
export const pages = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{}, Counts>("calls/server.ts")
  const { url } = await server.ask({})
  await using ours = await start<Question, number>("calls/ours.ts")
  await using compiled = await start<Question, number>("calls/compiled.ts")
  await using bare = await start<Question, number>("calls/bare.ts")
  const round = (contender: Process<Question, number>) => () => contender.ask({ url, call: "page" })
  const rates = await interleave(24, { ours: round(ours), compiled: round(compiled), bare: round(bare) }, 8)
  const what = "a page of 1,000 members, decoded"
  const alternative = ["bare Effect HttpClient with JSON.parse", rates.bare] as const
  return [
    rate(what, rates.ours, alternative, 0.3),
    rate(`${what} by compiled schemas`, rates.compiled, alternative, 0.5)
  ]
}

/** What a call costs as more are under way at once, and as the caller's context grows, beside the bare client's cost. */
export const scaling = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{}, Counts>("calls/server.ts")
  const { url } = await server.ask({})
  await using ours = await start<Question, number>("calls/ours.ts")
  await using bare = await start<Question, number>("calls/bare.ts")
  const micros = async (given: Pick<Question, "atOnce" | "services">) => {
    const question: Question = { url, call: "list", ...given }
    const rates = await interleave(8, { ours: () => ours.ask(question), bare: () => bare.ask(question) }, 2)
    return { ours: 1e6 / median(rates.ours), bare: 1e6 / median(rates.bare) }
  }
  const one = await micros({ atOnce: 1, services: 5 })
  const row = async (what: string, given: Pick<Question, "atOnce" | "services">): Promise<Row> => {
    const cost = await micros(given)
    const ratio = (cost.ours / one.ours) / (cost.bare / one.bare)
    return {
      what: `cost of a call, ${what}, against one at a time with 5 services`,
      ours: `${cost.ours.toFixed(0)} µs, ${(cost.ours / one.ours).toFixed(2)} of ${one.ours.toFixed(0)} µs`,
      alternative: `bare Effect HttpClient: ${cost.bare.toFixed(0)} µs, ${(cost.bare / one.bare).toFixed(2)} of ${
        one.bare.toFixed(0)
      } µs`,
      ratio: ratio.toFixed(2),
      bar: "<= 1.5",
      held: ratio <= 1.5
    }
  }
  return [
    await row("10 at once", { atOnce: 10, services: 5 }),
    await row("100 at once", { atOnce: 100, services: 5 }),
    await row("1,000 at once", { atOnce: 1000, services: 5 }),
    await row("one at a time with 200 services", { atOnce: 1, services: 200 })
  ]
}
