/**
 * WeCom's side of a callback, written with node:crypto and strings alone: none of our codecs.
 */
import { Effect, Redacted } from "effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { createCipheriv, createDecipheriv, createHash } from "node:crypto"

export interface Secrets {
  readonly token: string
  readonly encodingAesKey: string
  readonly receiveId: string
}

export const corp: Secrets = {
  token: "Tok3nMarker",
  encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  receiveId: "ww0123456789abcdef"
}

export const suite: Secrets = {
  token: "SuiteTok3n",
  encodingAesKey: "g8VGfQEqluUhoKOlyjmmll8Q9C5tVFUTX5T2qkmI9Sv",
  receiveId: "wx9876543210fedcba"
}

export const account = (secrets: Secrets) => ({
  token: Redacted.make(secrets.token),
  encodingAesKey: Redacted.make(secrets.encodingAesKey),
  receiveIds: [secrets.receiveId]
})

const keyOf = (secrets: Secrets) => Buffer.from(`${secrets.encodingAesKey}=`, "base64")

export const sign = (secrets: Secrets, timestamp: string, nonce: string, encrypt: string): string =>
  createHash("sha1").update([secrets.token, timestamp, nonce, encrypt].toSorted().join("")).digest("hex")

/** Encrypts bytes that are a whole number of blocks already. */
export const encryptBlocks = (secrets: Secrets, bytes: Buffer): string => {
  const key = keyOf(secrets)
  const cipher = createCipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString("base64")
}

export const encrypt = (secrets: Secrets, message: string, random?: string): string =>
  encryptBytes(secrets, Buffer.from(message), random)

/** Encrypts a message that need not be text. */
export const encryptBytes = (secrets: Secrets, text: Buffer, random = "0123456789abcdef"): string => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([Buffer.from(random), length, text, Buffer.from(secrets.receiveId)])
  const pad = 32 - plain.length % 32
  return encryptBlocks(secrets, Buffer.concat([plain, Buffer.alloc(pad, pad)]))
}

export const decrypt = (secrets: Secrets, ciphertext: string): { message: string; receiveId: string } => {
  const key = keyOf(secrets)
  const decipher = createDecipheriv("aes-256-cbc", key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(Buffer.from(ciphertext, "base64")), decipher.final()])
  const plain = padded.subarray(0, padded.length - padded[padded.length - 1]!)
  const length = plain.readUInt32BE(16)
  return {
    message: plain.subarray(20, 20 + length).toString(),
    receiveId: plain.subarray(20 + length).toString()
  }
}

export interface Delivery {
  readonly secrets?: Secrets
  /** Unix seconds. */
  readonly timestamp?: number | string
  readonly nonce?: string
  readonly path?: string
  /** The ciphertext to send instead of the message's. */
  readonly encrypt?: string
  readonly signature?: string
  readonly envelope?: (encrypt: string) => string
}

export const xmlEnvelope = (encrypt: string): string =>
  `<xml><ToUserName><![CDATA[ww]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`

export const jsonEnvelope = (encrypt: string): string => JSON.stringify({ encrypt })

/** A POST as WeCom makes it. */
export const post = (message: string, options: Delivery = {}): Request => {
  const secrets = options.secrets ?? corp
  const timestamp = `${options.timestamp ?? 0}`
  const nonce = options.nonce ?? "nonce"
  const ciphertext = options.encrypt ?? encrypt(secrets, message)
  const signature = options.signature ?? sign(secrets, timestamp, nonce, ciphertext)
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce })
  return new Request(`http://localhost${options.path ?? "/callback"}?${query}`, {
    method: "POST",
    body: (options.envelope ?? xmlEnvelope)(ciphertext)
  })
}

/** The GET that checks a URL. */
export const get = (echo: string, options: Delivery = {}): Request => {
  const secrets = options.secrets ?? corp
  const timestamp = `${options.timestamp ?? 0}`
  const nonce = options.nonce ?? "nonce"
  const ciphertext = options.encrypt ?? encrypt(secrets, echo)
  const signature = options.signature ?? sign(secrets, timestamp, nonce, ciphertext)
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: ciphertext })
  return new Request(`http://localhost${options.path ?? "/callback"}?${query}`)
}

/** The text between an element's tags, CDATA or not. */
export const element = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|([^<]*))</${name}>`, "s").exec(xml)?.slice(1).find((text) =>
    text !== undefined
  )

export const textMessage = (content: string, id = 1) =>
  `<xml><ToUserName><![CDATA[ww0123456789abcdef]]></ToUserName><FromUserName><![CDATA[lisi]]></FromUserName>` +
  `<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${content}]]></Content>` +
  `<MsgId>${id}</MsgId><AgentID>1000002</AgentID></xml>`

/** Serves a router layer in the test's own runtime, so that its clock is the test's. */
export const serve = <E, R>(layer: Parameters<typeof HttpRouter.toHttpEffect<never, E, R>>[0]) =>
  Effect.map(HttpRouter.toHttpEffect(layer), (app) => (request: Request) =>
    app.pipe(
      Effect.provideService(HttpServerRequest.HttpServerRequest, HttpServerRequest.fromWeb(request)),
      Effect.scoped,
      Effect.map((response) => HttpServerResponse.toWeb(response))
    ))

export const bodyOf = (response: Response) => Effect.promise(() => response.text())
