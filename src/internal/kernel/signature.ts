/**
 * 签名算法 of the calls that are about money: every attempt is signed with a nonce and a time of its own.
 * @see https://developer.work.weixin.qq.com/document/path/98768
 */
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Base64 from "effect/encoding/Base64"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import * as Json from "./json.ts"
import { nonce } from "./nonce.ts"

/** A signed body without the fields that its signature has added; `undefined` if one is missing. */
export const unsigned = (body: object): object | undefined => {
  const { nonce_str, sig, ts, ...rest } = body as { readonly [key: string]: unknown }
  return nonce_str === undefined || sig === undefined || ts === undefined ? undefined : rest
}

/** `key=value` of every field that is not empty; those of objects and lists stand for them. */
const pairs = (value: unknown, key = ""): ReadonlyArray<string> => {
  if (value === undefined || value === null || value === "") return []
  if (Array.isArray(value)) return value.flatMap((item) => pairs(item, key))
  if (typeof value === "object") return Object.entries(value).flatMap(([key, field]) => pairs(field, key))
  return [`${key}=${String(value)}`]
}

/** By code points, which is the order of the bytes of UTF-8. */
const byBytes = (one: string, other: string): number => {
  const [left, right] = [utf8ToBytes(one), utf8ToBytes(other)]
  const index = left.findIndex((byte, index) => byte !== right[index])
  return index === -1 ? left.length - right.length : (left[index] ?? 0) - (right[index] ?? -1)
}

/** The signature of a body, of which a `sig` does not count. */
export const signature = (body: object, key: Redacted.Redacted): string => {
  const { sig: _, ...signed } = body as { readonly sig?: unknown }
  const text = pairs(signed).toSorted(byBytes).join("&")
  return Base64.encode(hmac(sha256, utf8ToBytes(Redacted.value(key)), utf8ToBytes(text)))
}

const decoder = new TextDecoder()

/** A request with the fields that sign its body, made anew for every attempt. */
export const signed = (
  request: HttpClientRequest.HttpClientRequest,
  key: Redacted.Redacted,
  int64: ReadonlySet<string>
): Effect.Effect<HttpClientRequest.HttpClientRequest> =>
  Effect.gen(function*() {
    const { body: sent } = request
    const given = sent._tag === "Uint8Array" ? Json.parse(decoder.decode(sent.body), int64) as object : {}
    const ts = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const body = { ...given, nonce_str: yield* nonce, ts }
    return HttpClientRequest.setBody(
      request,
      HttpBody.text(Json.stringify({ ...body, sig: signature(body, key) }, int64), "application/json")
    )
  })
