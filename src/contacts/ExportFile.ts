/**
 * 导出的数据文件: fetches, checks, decrypts and decodes the files of a `ContactExport`.
 *
 * A file is held in memory whole: choose a smaller `block_size` for less. `NodeCallbackCrypto.layer` or
 * `CallbackCrypto.layerWebCrypto` decrypts.
 *
 * @see https://developer.work.weixin.qq.com/document/path/94854
 */
import * as Digest from "effect/crypto/Digest"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as Redacted from "effect/Redacted"
import type { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import * as Endpoint from "../Endpoint.ts"
import { parse } from "../internal/kernel/answer.ts"
import * as Exchange from "../internal/kernel/exchange.ts"
import { misfit } from "../internal/kernel/failure.ts"
import * as Failure from "../internal/kernel/failure.ts"
import * as Transfer from "../internal/kernel/transfer.ts"
import { WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"
import type { ExportedFile } from "./ContactExport.ts"
import { Department } from "./Departments.ts"
import { TagMembers } from "./Tags.ts"
import { User, UserName } from "./Users.ts"

/** Draws a key for `encoding_aeskey` from the runtime's secure source: 43 letters and digits. */
export const makeKey: Effect.Effect<Redacted.Redacted> = Effect.sync(() => {
  let key = ""
  while (key.length < 43) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      // The bytes above would make some characters likelier than others.
      if (byte < 248 && key.length < 43) key += alphabet[byte % 62]
    }
  }
  return Redacted.make(key)
})

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/** The answer of fetching a file, as endpoints have it: its name is that of the errors. */
const fileOf = <S extends Endpoint.AnyCodec>(key: string, success: () => S) =>
  Endpoint.get("data_list.url", { doc: 94854, credential: "none", withoutErrcode: key }, () => ({ success: success() }))

const undecoded = Endpoint.describe(fileOf("userlist", () => UserName))

/**
 * Decrypts a file, however it was fetched, with the key that its export was started with: AES-256-CBC, padded to 32
 * bytes. Fails with `RequestInvalid` when the key is none, with `ResponseInvalid` when it is not the right one.
 */
export const decrypt = Effect.fnUntraced(function*(bytes: Uint8Array, key: Redacted.Redacted) {
  // Loaded with the first file: who never reads an export needs none of it.
  const { CallbackCrypto } = yield* Effect.promise(() => import("../callback/CallbackCrypto.ts"))
  const { make } = yield* CallbackCrypto
  // Files are not signed: a token is not needed.
  const cipher = yield* Effect.mapError(
    make({ token: Redacted.make(""), encodingAesKey: key }),
    ({ message }) => Failure.invalid(undecoded.name, "encoding_aeskey", message)
  )
  return yield* Effect.mapError(cipher.decryptMedia(bytes), () => broken("not encrypted with this key"))
})

const broken = (message: string): WeComError => misfit(undecoded, { status: 200 }, [{ field: "", message }])

const download = Effect.fnUntraced(function*(file: ExportedFile) {
  const http = yield* HttpClient.HttpClient
  const { idle } = yield* WeComClient.Options
  const policy = yield* WeComClient.RetryPolicy
  const once = Exchange.send(undecoded, http, HttpClientRequest.get(Redacted.value(file.url))).pipe(
    Effect.flatMap((response) =>
      Effect.map(
        Effect.flatMap(Transfer.receive(undecoded, response, idle, undefined), ({ bytes }) => bytes),
        (bytes) => ({ response, bytes })
      )
    )
  )
  const { bytes, response } = yield* policy === undefined ? once : Effect.retry(once, policy)
  if (bytes.length !== file.size) return yield* broken(`expected ${file.size} bytes, got ${bytes.length}`)
  const digest = yield* Effect.provide(
    Effect.flatMap(Digest.Digest, (digest) => digest.digestHex(Digest.md5, bytes)),
    Digest.layerWebCrypto
  )
  if (digest !== file.md5.toLowerCase()) return yield* broken("the MD5 is not that of the file")
  return { response, bytes }
})

const read = <A>(endpoint: Endpoint.Endpoint<void, A>) =>
(
  file: ExportedFile,
  key: Redacted.Redacted
): Effect.Effect<A, WeComError, HttpClient.HttpClient | CallbackCrypto> =>
  Effect.gen(function*() {
    const { bytes, response } = yield* download(file)
    const text = new TextDecoder().decode(yield* decrypt(bytes, key))
    return yield* parse(Endpoint.describe(endpoint), response, text, { input: undefined }) as Effect.Effect<
      A, // decoded by the endpoint's own schema
      WeComError
    >
  })

/** The members of one file of `startUserNames`. */
export const userNames = read(fileOf("userlist", () => Endpoint.pluck("userlist", Wire.list(UserName))))

/** The members of one file of `startUsers`. */
export const users = read(fileOf("userlist", () => Endpoint.pluck("userlist", Wire.list(User))))

/** The departments of one file of `startDepartments`. */
export const departments = read(fileOf("department", () => Endpoint.pluck("department", Wire.list(Department))))

/** Who and what has the tag, as far as one file of `startTagMembers` has it. */
export const tagMembers = read(fileOf("userlist", () => TagMembers))
