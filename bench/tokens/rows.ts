import { hasRedis, startRedis } from "../../test/support/redis.ts"
import type { Counts } from "../calls/server.ts"
import { start } from "../Process.ts"
import { round, type Row } from "../Row.ts"
import type { Question } from "./ours.ts"

const callers = 10_000
const processes = 4

/** How many tokens concurrent callers fetch: on a cold cache, and on a token that the server has just expired. */
export const tokens = async (): Promise<ReadonlyArray<Row>> => {
  const alone = `${round(callers)} concurrent callers`
  const rows = await bursts(alone, 1)
  const fleet = `${alone} in ${processes} processes on one Redis`
  if (!hasRedis) return [...rows, { ...rows[0]!, what: fleet, ours: "left out: no redis-server", held: undefined }]
  await using redis = await startRedis()
  return [...rows, ...await bursts(fleet, processes, redis.url)]
}

const bursts = async (who: string, count: number, redis?: string): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{ readonly expire?: true }, Counts>("calls/server.ts")
  await using stack = new AsyncDisposableStack()
  const workers = await Promise.all(
    Array.from({ length: count }, async () => stack.use(await start<Question, number>("tokens/ours.ts")))
  )
  const { url } = await server.ask({})
  const question = { url, callers: callers / count, ...(redis !== undefined && { redis }) }

  const burst = async (when: string): Promise<Row> => {
    const succeeded = (await Promise.all(workers.map((worker) => worker.ask(question)))).reduce((a, b) => a + b)
    const { calls, expired, gettoken } = await server.ask({})
    return {
      what: `${who}, ${when}`,
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
