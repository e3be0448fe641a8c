/**
 * The load: WeCom's side of callbacks, every request a message of its own. Sockets and prepared bytes rather than an
 * HTTP client, which would be the slower end.
 */
import { createDecipheriv } from "node:crypto"
import { connect } from "node:net"
import { answer } from "../Process.ts"
import { app, encrypt, iv, key, message, replyText, sign } from "./Contender.ts"

/** Where to, how many, and over how many connections (default: 32). Answers the callbacks per second. */
export type Question = { readonly port: number; readonly count: number; readonly connections?: number }

let id = 0
const prepare = (): Buffer => {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const nonce = String(++id)
  const encrypted = encrypt(message(id))
  const body = `<xml><ToUserName><![CDATA[${app.corpId}]]></ToUserName><AgentID><![CDATA[1000002]]></AgentID>` +
    `<Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`
  return Buffer.from(
    `POST /callback?msg_signature=${
      sign(timestamp, nonce, encrypted)
    }&timestamp=${timestamp}&nonce=${nonce} HTTP/1.1\r\n` +
      `host: localhost\r\ncontent-type: text/xml\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
}

const check = (response: string): void => {
  const encrypted = /<Encrypt>(?:<!\[CDATA\[)?([\w+/=]+)/.exec(response)?.[1]
  if (encrypted === undefined) throw new Error(`No encrypted reply: ${response.slice(0, 300)}`)
  const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
  const plain = decipher.update(encrypted, "base64", "utf8") + decipher.final("utf8")
  if (!plain.includes(replyText) || !plain.includes("zhangsan")) throw new Error("The reply is not the one expected")
}

const drive = (port: number, requests: Array<Buffer>): Promise<void> =>
  new Promise((resolve, reject) => {
    let checked = false
    const socket = connect({ port, host: "127.0.0.1", noDelay: true })
    const send = (): void => {
      const request = requests.pop()
      if (request !== undefined) {
        socket.write(request)
      } else {
        socket.destroy()
        resolve()
      }
    }
    let response = ""
    socket.setEncoding("latin1")
    socket.on("connect", send)
    socket.on("error", reject)
    socket.on("data", (text: string) => {
      response += text
      const head = response.indexOf("\r\n\r\n")
      if (head === -1) return
      const length = Number(/content-length: (\d+)/i.exec(response)?.[1])
      if (!response.startsWith("HTTP/1.1 200") || Number.isNaN(length)) {
        socket.destroy()
        return reject(new Error(`Refused: ${response.slice(0, 300)}`))
      }
      if (response.length < head + 4 + length) return
      if (!checked) {
        try {
          check(Buffer.from(response, "latin1").toString())
        } catch (error) {
          socket.destroy()
          return reject(error)
        }
        checked = true
      }
      response = ""
      send()
    })
  })

answer<Question, number>(async ({ connections = 32, count, port }) => {
  const requests = Array.from({ length: count }, prepare)
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, () => drive(port, requests)))
  return count / (performance.now() - start) * 1000
})
