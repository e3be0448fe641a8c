import { createCipheriv, createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto"

/** The app that is called back. */
export const app = {
  token: "aTokenOfTheBenchmark",
  encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  corpId: "ww0123456789abcdef"
}

/** What every contender replies. */
export const replyText = "已收到。".repeat(20)

const keyBytes = Buffer.from(`${app.encodingAesKey}=`, "base64")

/** The AES key, made once. */
export const key: KeyObject = createSecretKey(keyBytes)
export const iv = keyBytes.subarray(0, 16)

export const sign = (timestamp: string, nonce: string, encrypt: string): string =>
  createHash("sha1").update([app.token, timestamp, nonce, encrypt].toSorted().join("")).digest("hex")

/** Encrypts a message as WeCom does, with the key object made once. */
export const encrypt = (message: string): string => {
  const body = Buffer.byteLength(message)
  const length = 20 + body + app.corpId.length
  const pad = 32 - length % 32
  const plain = Buffer.allocUnsafe(length + pad)
  randomBytes(16).copy(plain)
  plain.writeUInt32BE(body, 16)
  plain.write(message, 20)
  plain.write(app.corpId, 20 + body, "latin1")
  plain.fill(pad, length)
  const cipher = createCipheriv("aes-256-cbc", key, iv).setAutoPadding(false)
  return cipher.update(plain, undefined, "base64") + cipher.final("base64")
}

/** The XML of a text message of about 1 KB. */
export const message = (id: number): string =>
  `<xml><ToUserName><![CDATA[${app.corpId}]]></ToUserName><FromUserName><![CDATA[zhangsan]]></FromUserName>` +
  `<CreateTime>${Math.floor(Date.now() / 1000)}</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
  `<Content><![CDATA[${"一条消息，".repeat(50)}]]></Content><MsgId>${id}</MsgId><AgentID>1000002</AgentID></xml>`
