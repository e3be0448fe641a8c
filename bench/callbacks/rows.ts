import { start } from "../Process.ts"
import { interleave, median, rate, type Row } from "../Row.ts"
import type { Question } from "./load.ts"

/** Text messages answered with an encrypted reply, 32 at a time, against less and against what npm offers. */
export const callbacks = async (): Promise<ReadonlyArray<Row>> => {
  await using load = await start<Question, number>("callbacks/load.ts")
  await using router = await start<{}, number>("callbacks/router.ts")
  await using handler = await start<{}, number>("callbacks/handler.ts")
  await using bare = await start<{}, number>("callbacks/bare.ts")
  await using npm = await start<{}, number>("callbacks/npm.ts")
  const round = async (server: typeof router) => {
    const port = await server.ask({})
    return () => load.ask({ port, count: 4_000 })
  }
  const rates = await interleave(18, {
    router: await round(router),
    handler: await round(handler),
    bare: await round(bare),
    npm: await round(npm)
  }, 3)
  const bareCrypto = ["bare node:http, crypto alone, cached key", rates.bare] as const
  const npmCrypto = ["@wecom/crypto + xml2js on node:http", rates.npm] as const
  const what = "callbacks: verify, decrypt, decode, handle, reply"
  return [
    rate(`${what}, through HttpRouter`, rates.router, bareCrypto, 0.55),
    rate(`${what}, through HttpRouter`, rates.router, npmCrypto, 1.5),
    rate(`${what}, through NodeCallbackHandler`, rates.handler, bareCrypto, 0.65),
    rate(`${what}, through NodeCallbackHandler`, rates.handler, npmCrypto)
  ]
}

/** What an event costs as more arrive at once, beside what it costs the bare server. */
export const events = async (): Promise<ReadonlyArray<Row>> => {
  await using load = await start<Question, number>("callbacks/load.ts")
  await using router = await start<{}, number>("callbacks/router.ts")
  await using bare = await start<{}, number>("callbacks/bare.ts")
  const ports = { router: await router.ask({}), bare: await bare.ask({}) }
  const micros = async (connections: number) => {
    const round = (port: number) => () => load.ask({ port, connections, count: 4_000 })
    const rates = await interleave(8, { router: round(ports.router), bare: round(ports.bare) }, 2)
    return { router: 1e6 / median(rates.router), bare: 1e6 / median(rates.bare) }
  }
  const one = await micros(1)
  const rows: Array<Row> = []
  for (const connections of [10, 100, 1000]) {
    const cost = await micros(connections)
    const ratio = (cost.router / one.router) / (cost.bare / one.bare)
    rows.push({
      what: `cost of a callback, ${connections.toLocaleString("en")} at once, against one at a time`,
      ours: `${cost.router.toFixed(0)} µs, ${(cost.router / one.router).toFixed(2)} of ${one.router.toFixed(0)} µs`,
      alternative: `bare crypto: ${cost.bare.toFixed(0)} µs, ${(cost.bare / one.bare).toFixed(2)} of ${
        one.bare.toFixed(0)
      } µs`,
      ratio: ratio.toFixed(2),
      bar: "<= 1.5",
      held: ratio <= 1.5
    })
  }
  return rows
}
