/**
 * 签名算法 of a merchant's calls: two signatures, each an MD5 over the fields in order of their names.
 * @see https://developer.work.weixin.qq.com/document/path/90281
 */
import { md5 } from "@noble/hashes/legacy.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"
import * as Redacted from "effect/Redacted"

/** What is signed: fields by name, all of them texts. */
export interface Fields {
  readonly [name: string]: string
}

const joined = (fields: Fields, secret: string): string =>
  Object.keys(fields).filter((name) => fields[name] !== "").toSorted().map((name) => `${name}=${fields[name]}`)
    .concat(secret).join("&")

const digest = (text: string): string => bytesToHex(md5(utf8ToBytes(text))).toUpperCase()

/** 微信支付签名: over all fields but `sign`, the app's signature included, with the merchant's key. */
export const paySignature = ({ sign: _, ...fields }: Fields, key: Redacted.Redacted): string =>
  digest(joined(fields, `key=${Redacted.value(key)}`))

/** 企业微信签名: over the given fields alone, with the secret of the app. */
export const appSignature = (fields: Fields, names: ReadonlyArray<string>, secret: Redacted.Redacted): string =>
  digest(
    joined(
      Object.fromEntries(names.map((name) => [name, fields[name] ?? ""])),
      `secret=${Redacted.value(secret)}`
    )
  )
