import { Readable } from "node:stream"
import { request } from "undici"
import { answer } from "../Process.ts"
import { makeSource, type Question } from "./Contender.ts"

answer<Question, number>(async ({ size, url }) => {
  const source = makeSource(size)
  const { body } = await request(`${url}/cgi-bin/media/upload`, {
    method: "POST",
    body: Readable.from(source.chunks(), { highWaterMark: 1 })
  })
  await body.json()
  return source.growth()
})
