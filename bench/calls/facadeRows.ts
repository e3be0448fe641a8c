import { start } from "../Process.ts"
import { interleave, rate, type Row } from "../Row.ts"
import type { Call, Question } from "./Contender.ts"
import type { Counts } from "./server.ts"

/** Calls of `createWeCom`, each a promise, against its services' in one fiber: both on the client for Node. */
export const facade = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{}, Counts>("calls/server.ts")
  const { url } = await server.ask({})
  await using promises = await start<Question, number>("calls/facade.ts")
  await using effects = await start<Question, number>("calls/ours.ts")
  const measure = async (what: string, call: Call): Promise<Row> => {
    const rates = await interleave(16, {
      promises: () => promises.ask({ url, call }),
      effects: () => effects.ask({ url, call, lean: true })
    }, 6)
    return rate(`calls with promises, ${what}`, rates.promises, ["the service in one fiber", rates.effects], 0.95)
  }
  return [await measure("sending a text message", "send"), await measure("reading five departments", "list")]
}
