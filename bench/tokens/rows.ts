import type { Counts } from "../calls/server.ts"
import { start } from "../Process.ts"
import { round, type Row } from "../Row.ts"

const callers = 10_000

/** How many tokens concurrent callers fetch: on a cold cache, and on a token that the server has just expired. */
export const tokens = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{ readonly expire?: true }, Counts>("calls/server.ts")
  await using ours = await start<{ readonly url: string; readonly callers: number }, number>("tokens/ours.ts")
  const { url } = await server.ask({})

  const burst = async (what: string): Promise<Row> => {
    const succeeded = await ours.ask({ url, callers })
    const { calls, expired, gettoken } = await server.ask({})
    return {
      what: `${round(callers)} concurrent callers, ${what}`,
      ours: `${gettoken} gettoken, ${round(succeeded)} succeeded, ${round(expired)} refused and repeated`,
      alternative: "",
      ratio: "",
      bar: "1 gettoken, all succeed",
      held: gettoken === 1 && succeeded === callers && calls === callers
    }
  }

  const cold = await burst("cold")
  await server.ask({ expire: true })
  return [cold, await burst("on an expired token")]
}
