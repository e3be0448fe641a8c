import { request } from "undici"
import { start } from "../Process.ts"
import { interleave, rate, round, type Row } from "../Row.ts"
import type { Started } from "./server.ts"

const members = 100_000

/** A simulator of 100,000 members: how it starts, and its calls while its page is open, against none. */
export const simulator = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{ readonly members: number }, Started>("simulator/server.ts")
  const { mebibytes, milliseconds, url } = await server.ask({ members })
  const get = async (path: string) => (await request(url + path)).body.json() as Promise<Record<string, unknown>>
  const { access_token } = await get(
    "/cgi-bin/gettoken?corpid=ww5a1d0e5c0ffee001&corpsecret=simulated-app-secret-0123456789abcdefghijkl"
  )
  let index = 0
  const calls = async (count: number) => {
    const from = performance.now()
    await Promise.all(Array.from({ length: 16 }, async () => {
      for (let call = 0; call < count / 16; call++) {
        await get(`/cgi-bin/user/get?userid=u${index++ % members + 1}&access_token=${access_token}`)
      }
    }))
    return count / (performance.now() - from) * 1000
  }
  /** What an open page asks for twice a second. */
  const watched = async () => {
    const asking = setInterval(() => void get("/_simulator/api/page/now?kind=members&id=u1&text=&offset=0"), 500)
    try {
      return await calls(8_000)
    } finally {
      clearInterval(asking)
    }
  }
  const rates = await interleave(6, { open: watched, closed: () => calls(8_000) }, 2)
  return [
    {
      what: "simulator of 100,000 members: start, and memory then",
      ours: `${round(milliseconds)} ms, ${round(mebibytes)} MiB`,
      alternative: "",
      ratio: "",
      bar: "",
      held: undefined
    },
    rate("simulator of 100,000 members: calls, its page open", rates.open, ["no page", rates.closed], 0.67)
  ]
}
