/**
 * The outer XML or JSON around the ciphertext of a callback and of its reply.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90930
 */
import type * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import { failure } from "../internal/callback/failure.ts"
import * as Json from "../internal/callback/json.ts"
import * as Xml from "../internal/callback/xml.ts"
import { type CallbackError, RequestInvalid } from "./CallbackError.ts"

/** Bots, and apps that are set to it, call back in JSON; everything else in XML. */
export type Format = "xml" | "json"

/** What a callback's body holds: all that counts is encrypted. */
export interface RequestEnvelope {
  readonly format: Format
  /** The ciphertext, base64. */
  readonly encrypt: string
  /** The corp id, or the suite id of a third-party event, as the envelope says without proof; bots have none. */
  readonly toUserName?: string | undefined
}

/** What a reply's body holds. */
export interface ReplyEnvelope {
  readonly encrypt: string
  readonly signature: string
  /** Unix seconds, as text. */
  readonly timestamp: string
  readonly nonce: string
}

/** A body and its media type. */
export interface Body {
  readonly body: string
  readonly contentType: string
}

/**
 * Reads the body of a callback; `RequestInvalid` when it is not one. Anybody may send a body, so nothing but the one element
 * that counts is looked for: a signature covers what it says, wherever it stands.
 */
export const readRequest = (body: string): Effect.Effect<RequestEnvelope, CallbackError> => {
  const format = formatOf(body)
  if (format === "xml" && declaresType.test(body)) {
    return invalid("the body has a document type declaration, which callbacks do not have")
  }
  const encrypt = format === "json" ? Json.textOf(body, encryptInJson) : textOfXml(body, "Encrypt")
  if (encrypt === undefined || encrypt === "") {
    return invalid(
      body.trim() === ""
        ? "the body is empty: has a body parser read it before? Put the callback before every body parser"
        : `the body has no Encrypt: it is not a callback in ${format}`
    )
  }
  return Exit.succeed({
    format,
    encrypt,
    toUserName: format === "json" ? Json.textOf(body, toUserNameInJson) : textOfXml(body, "ToUserName")
  })
}

/** Writes the body of a callback, as WeCom does. */
export const writeRequest = (
  envelope: RequestEnvelope & {
    readonly toUserName: string
    /** The app's id; absent in third-party events. */
    readonly agentId?: number | undefined
  }
): Body =>
  envelope.format === "json"
    ? {
      body: Json.stringify({ tousername: envelope.toUserName, encrypt: envelope.encrypt, agentid: envelope.agentId }),
      contentType: "application/json"
    }
    : {
      body: Xml.stringify({ ToUserName: envelope.toUserName, AgentID: envelope.agentId, Encrypt: envelope.encrypt }),
      contentType: "text/xml"
    }

/** Reads the body of an encrypted reply, as WeCom does; `RequestInvalid` when it is not one. */
export const readReply = (body: string): Effect.Effect<ReplyEnvelope, CallbackError> => {
  const format = formatOf(body)
  const fields = parse(format, body)
  if (Result.isFailure(fields)) return invalid(`the body is no reply in ${format}: ${fields.failure}`)
  const names = replyNames[format]
  const [encrypt, signature, timestamp, nonce] = [names.encrypt, names.signature, names.timestamp, names.nonce]
    .map((name) => fields.success[name])
  return typeof encrypt === "string" && typeof signature === "string" && typeof nonce === "string" &&
      (typeof timestamp === "string" || typeof timestamp === "number")
    ? Exit.succeed({ encrypt, signature, timestamp: `${timestamp}`, nonce })
    : invalid(`the reply needs ${Object.values(names).join(", ")}`)
}

/** Writes the body of an encrypted reply. */
export const writeReply = (format: Format, envelope: ReplyEnvelope): Body => {
  const names = replyNames[format]
  const fields = {
    [names.encrypt]: envelope.encrypt,
    [names.signature]: envelope.signature,
    [names.timestamp]: Number(envelope.timestamp),
    [names.nonce]: envelope.nonce
  }
  return format === "json"
    ? { body: Json.stringify(fields), contentType: "application/json" }
    : { body: Xml.stringify(fields), contentType: "text/xml" }
}

const replyNames = {
  xml: { encrypt: "Encrypt", signature: "MsgSignature", timestamp: "TimeStamp", nonce: "Nonce" },
  json: { encrypt: "encrypt", signature: "msgsignature", timestamp: "timestamp", nonce: "nonce" }
} as const

/** The text of the only element of a name. */
const textOfXml = (body: string, name: string): string | undefined => {
  const start = `<${name}>`
  const open = body.indexOf(start)
  const close = body.indexOf(`</${name}>`, open)
  if (open === -1 || close === -1 || body.includes(start, close)) return undefined
  const content = body.slice(open + start.length, close).trim()
  return content.startsWith("<![CDATA[") && content.endsWith("]]>") ? content.slice(9, -3).trim() : content
}

/** JSON callbacks spell it either way. */
const encryptInJson = Json.member("[Ee]ncrypt")
const toUserNameInJson = Json.member("[Tt]o[Uu]ser[Nn]ame")

/** A `<!` other than that of CDATA. */
const declaresType = /<!(?!\[CDATA\[)/

const formatOf = (body: string): Format => /^\s*\{/.test(body) ? "json" : "xml"

const parse = (format: Format, body: string): Result.Result<{ readonly [name: string]: unknown }, string> =>
  format === "json" ? Json.parse(body) : Xml.parse(body)

const invalid = (problem: string): Exit.Exit<never, CallbackError> =>
  Exit.fail(failure(new RequestInvalid({ problem })))
