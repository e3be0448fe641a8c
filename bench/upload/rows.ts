import type { Counts } from "../calls/server.ts"
import { start } from "../Process.ts"
import { interleave, median, type Row } from "../Row.ts"
import type { Question } from "./Contender.ts"

const size = 2 ** 30
const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`

/**
 * A stream of 1 GiB through the client: how much memory it takes. Every upload runs in a process of its own, after a
 * smaller one that warms it up.
 */
export const upload = async (): Promise<ReadonlyArray<Row>> => {
  await using server = await start<{}, Counts>("calls/server.ts")
  const growth = (path: string) => async () => {
    await using contender = await start<Question, number>(path)
    const { url } = await server.ask({})
    await contender.ask({ url, size: size / 16 })
    await server.ask({})
    const grown = await contender.ask({ url, size })
    const { uploaded } = await server.ask({})
    if (uploaded < size) throw new Error(`The server got ${uploaded} bytes of ${size}`)
    return grown
  }
  const grown = await interleave(5, { ours: growth("upload/ours.ts"), bare: growth("upload/bare.ts") })
  const { drive } = await interleave(3, { drive: growth("upload/drive.ts") })
  return [
    {
      what: `upload of a ${mebibytes(size)} stream: growth of resident memory from 10 % on`,
      ours: mebibytes(median(grown.ours)),
      alternative: `undici.request: ${mebibytes(median(grown.bare))}`,
      ratio: "",
      bar: "<= 64 MiB",
      held: median(grown.ours) <= 64 * 2 ** 20
    },
    {
      what: `examples/drive-upload.ts, ${mebibytes(size)} in blocks of 2 MiB: growth of resident memory from 10 % on`,
      ours: mebibytes(median(drive)),
      alternative: "",
      ratio: "",
      bar: "<= 64 MiB",
      held: median(drive) <= 64 * 2 ** 20
    }
  ]
}
