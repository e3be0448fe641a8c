/**
 * What no server can do without: read, verify, decrypt, encrypt a reply, sign. No XML is parsed.
 */
import { createDecipheriv } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { answer } from "../Process.ts"
import { app, encrypt, iv, key, replyText, sign } from "./Contender.ts"

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", "http://localhost")
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString()
    const start = body.indexOf("<Encrypt><![CDATA[") + 18
    const encrypted = body.slice(start, body.indexOf("]]>", start))
    const timestamp = searchParams.get("timestamp") ?? ""
    const nonce = searchParams.get("nonce") ?? ""
    if (sign(timestamp, nonce, encrypted) !== searchParams.get("msg_signature")) {
      return response.writeHead(403).end()
    }
    const decipher = createDecipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(encrypted, "base64"), decipher.final()])
    const length = padded.readUInt32BE(16)
    const receiveId = padded.toString("utf8", 20 + length, padded.length - (padded.at(-1) ?? 0))
    if (receiveId !== app.corpId) return response.writeHead(403).end()
    const message = padded.toString("utf8", 20, 20 + length)
    const sender = message.slice(message.indexOf("<FromUserName>") + 23, message.indexOf("]]></FromUserName>"))
    const reply = encrypt(
      `<xml><ToUserName><![CDATA[${sender}]]></ToUserName><FromUserName><![CDATA[${app.corpId}]]></FromUserName>` +
        `<CreateTime>${timestamp}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
        `<Content><![CDATA[${replyText}]]></Content></xml>`
    )
    return response.setHeader("content-type", "application/xml").end(
      `<xml><Encrypt><![CDATA[${reply}]]></Encrypt><MsgSignature><![CDATA[${
        sign(timestamp, nonce, reply)
      }]]></MsgSignature>` +
        `<TimeStamp>${timestamp}</TimeStamp><Nonce><![CDATA[${nonce}]]></Nonce></xml>`
    )
  })
})

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo // it listens on a port
  answer<{}, number>(() => Promise.resolve(port))
})
