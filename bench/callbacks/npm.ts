/**
 * What one puts together from npm today: `@wecom/crypto` and `xml2js` on node:http.
 */
import { decrypt, encrypt, getSignature } from "@wecom/crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { Builder, parseStringPromise } from "xml2js"
import { answer } from "../Process.ts"
import { app, replyText } from "./Contender.ts"

const parsing = { explicitArray: false, explicitRoot: false, trim: true }
const builder = new Builder({ rootName: "xml", headless: true, cdata: true, renderOpts: { pretty: false } })

const handle = async (body: string, query: URLSearchParams): Promise<string> => {
  const { Encrypt = "" } = await parseStringPromise(body, parsing)
  const timestamp = query.get("timestamp") ?? ""
  const nonce = query.get("nonce") ?? ""
  if (getSignature(app.token, timestamp, nonce, Encrypt) !== query.get("msg_signature")) throw new Error("signature")
  const { id, message } = decrypt(app.encodingAesKey, Encrypt)
  if (id !== app.corpId) throw new Error("receive id")
  const event = await parseStringPromise(message, parsing)
  const reply = encrypt(
    app.encodingAesKey,
    builder.buildObject({
      ToUserName: event.FromUserName,
      FromUserName: event.ToUserName,
      CreateTime: timestamp,
      MsgType: "text",
      Content: replyText
    }),
    app.corpId
  )
  return builder.buildObject({
    Encrypt: reply,
    MsgSignature: getSignature(app.token, timestamp, nonce, reply),
    TimeStamp: timestamp,
    Nonce: nonce
  })
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", "http://localhost")
  const chunks: Array<Buffer> = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    handle(Buffer.concat(chunks).toString(), searchParams).then(
      (reply) => response.setHeader("content-type", "application/xml").end(reply),
      () => response.writeHead(403).end()
    )
  })
})

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo // it listens on a port
  answer<{}, number>(() => Promise.resolve(port))
})
