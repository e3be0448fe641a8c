import { start } from "../Process.ts"
import { interleave, rate, type Row } from "../Row.ts"
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
