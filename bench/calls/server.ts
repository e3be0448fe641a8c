/**
 * A server that answers as WeCom does, as fast as Node can: tokens, the list of departments, uploads that are thrown
 * away, those to the drive as well. Every token but the newest has expired.
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

const members = JSON.stringify({
  errcode: 0,
  errmsg: "ok",
  userlist: Array.from({ length: 1000 }, (_, index) => ({
    userid: `user${index}`,
    name: `成员${index}`,
    department: [1, 2 + index % 50],
    order: [1, index],
    position: "工程师",
    gender: "1",
    email: `user${index}@example.com`,
    is_leader_in_dept: [0, 1],
    direct_leader: ["leader"],
    avatar: "https://example.com/avatar.png",
    telephone: "020-12345678",
    alias: `alias${index}`,
    status: 1,
    extattr: {
      attrs: [
        { type: 0, name: "工号", text: { value: String(index) } },
        { type: 1, name: "主页", web: { url: "https://example.com", title: "主页" } }
      ]
    },
    external_position: "产品经理",
    main_department: 1
  }))
})

/** What the drive answers to the calls of an upload in blocks. */
const drive: { readonly [path: string]: object } = {
  "/cgi-bin/wedrive/space_create": { spaceid: "space" },
  "/cgi-bin/wedrive/file_upload_init": { hit_exist: false, upload_key: "key" },
  "/cgi-bin/wedrive/file_upload_part": {},
  "/cgi-bin/wedrive/file_upload_finish": { fileid: "file" },
  "/cgi-bin/wedrive/file_acl_add": {},
  "/cgi-bin/wedrive/file_share": { share_url: "https://drive.example.com/file" }
}

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
    case "/cgi-bin/user/list":
    case "/cgi-bin/message/send": {
      if (refused) {
        counts.expired++
        return end(JSON.stringify({ errcode: 42001, errmsg: "access_token expired" }))
      }
      counts.calls++
      if (request.method === "GET") return end(pathname === "/cgi-bin/user/list" ? members : departments)
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
    default: {
      const known = drive[pathname]
      if (known === undefined) return response.writeHead(404).end()
      request.on("data", (chunk: Buffer) => counts.uploaded += chunk.length)
      request.on("end", () => end(JSON.stringify({ errcode: 0, errmsg: "ok", ...known })))
      return
    }
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
