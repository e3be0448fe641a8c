/**
 * A server that answers as WeCom does, as fast as Node can: tokens, the list of departments, uploads that are thrown
 * away. Every token but the newest has expired.
 */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { answer } from "../Process.ts"

export interface Counts {
  readonly url: string
  readonly gettoken: number
  readonly calls: number
  readonly expired: number
  readonly uploaded: number
}

let serial = 1
const counts = { gettoken: 0, calls: 0, expired: 0, uploaded: 0 }

const sent = JSON.stringify({ errcode: 0, errmsg: "ok", msgid: "msgid-0123456789" })
const departments = JSON.stringify({
  errcode: 0,
  errmsg: "ok",
  department: Array.from({ length: 5 }, (_, index) => ({
    id: index + 1,
    name: `部门${index + 1}`,
    name_en: `Department ${index + 1}`,
    department_leader: ["leader"],
    parentid: index === 0 ? 0 : 1,
    order: 100 - index
  }))
})

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost")
  const end = (body: string) => response.setHeader("content-type", "application/json; charset=UTF-8").end(body)
  const refused = searchParams.get("access_token") !== `token-${serial}`
  switch (pathname) {
    case "/cgi-bin/gettoken": {
      counts.gettoken++
      return end(JSON.stringify({ errcode: 0, errmsg: "ok", access_token: `token-${serial}`, expires_in: 7200 }))
    }
    case "/cgi-bin/department/list":
    case "/cgi-bin/message/send": {
      if (refused) {
        counts.expired++
        return end(JSON.stringify({ errcode: 42001, errmsg: "access_token expired" }))
      }
      counts.calls++
      if (request.method === "GET") return end(departments)
      request.resume().on("end", () => end(sent))
      return
    }
    case "/cgi-bin/media/upload": {
      request.on("data", (chunk: Buffer) => counts.uploaded += chunk.length)
      request.on(
        "end",
        () => end(JSON.stringify({ errcode: 0, errmsg: "", type: "file", media_id: "media", created_at: "1380000000" }))
      )
      return
    }
    default:
      return response.writeHead(404).end()
  }
})

server.listen(0, "127.0.0.1", () => {
  // Expires the token if told so; answers the counts since the last question.
  answer<{ readonly expire?: true }, Counts>(({ expire }) => {
    if (expire) serial++
    const { port } = server.address() as AddressInfo // it listens on a port
    const answer = { url: `http://127.0.0.1:${port}`, ...counts }
    Object.assign(counts, { gettoken: 0, calls: 0, expired: 0, uploaded: 0 })
    return Promise.resolve(answer)
  })
})
