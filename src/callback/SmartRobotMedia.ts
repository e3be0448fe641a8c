/**
 * 智能机器人: the pictures, files and videos that its events link to. Their content is encrypted, and the links live for 5
 * minutes. With a callback URL the key is the EncodingAESKey of the bot; over a long connection every file has its own.
 *
 * @see https://developer.work.weixin.qq.com/document/path/100719
 * @see https://developer.work.weixin.qq.com/document/path/101463
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import * as Cipher from "../internal/callback/cipher.ts"
import { failure } from "../internal/callback/failure.ts"
import { filenameOf } from "../internal/kernel/disposition.ts"
import { concat } from "../internal/kernel/multipart.ts"
import { decryptStream } from "../internal/robot/mediaCipher.ts"
import type { MediaCipher } from "./CallbackCipher.ts"
import { CallbackCrypto, type CallbackSecrets } from "./CallbackCrypto.ts"
import { BodyTimedOut, BodyTooLarge, type CallbackError } from "./CallbackError.ts"

/** A file that an event links to: `image`, `file` or `video` of the event, of a mixed message or of a quote. */
export interface SmartRobotLink {
  readonly url: string
  /** The file's own key, which files of a long connection have. Default: the bot's EncodingAESKey. */
  readonly aeskey?: Redacted.Redacted | undefined
  readonly filename?: string | undefined
}

/** A file that was downloaded and decrypted. */
export interface SmartRobotDownload {
  /** The name that the download tells, or else the event. */
  readonly filename: string | undefined
  readonly bytes: Uint8Array
}

/** A file that is read while it is downloaded and decrypted. */
export interface SmartRobotFile {
  /** The name that the download tells, or else the event. */
  readonly filename: string | undefined
  /** The decrypted bytes as they come: nothing but the latest is held in memory. */
  readonly content: Stream.Stream<Uint8Array, CallbackError | HttpClientError.HttpClientError>
}

/** Downloads and decrypts what members send to a bot. */
export class SmartRobotMedia extends Context.Service<SmartRobotMedia, {
  /**
   * The bytes of a file that an event links to. Whole in memory: a member can send at most 100 MB.
   *
   * Fails with `DecryptionFailed` when it was encrypted for another bot, with `BodyTooLarge` beyond 128 MiB, with
   * `BodyTimedOut` when nothing comes for 30 seconds, and with an `HttpClientError` when the link is no longer good. No
   * error and no span holds the link's query, which is its signature.
   */
  readonly download: (
    file: SmartRobotLink
  ) => Effect.Effect<Uint8Array, CallbackError | HttpClientError.HttpClientError>
  /** The same as a stream, with the file's name: for a file that shall not be held in memory. */
  readonly open: (
    file: SmartRobotLink
  ) => Effect.Effect<SmartRobotFile, CallbackError | HttpClientError.HttpClientError>
  /** The same with the file's name. */
  readonly downloadFile: (
    file: SmartRobotLink
  ) => Effect.Effect<SmartRobotDownload, CallbackError | HttpClientError.HttpClientError>
}>()("effect-wecom/SmartRobotMedia") {
  /** For the bot with the given callback secrets; fails with `AccountInvalid` on a malformed EncodingAESKey. */
  static readonly layer = (
    secrets: CallbackSecrets
  ): Layer.Layer<SmartRobotMedia, CallbackError, CallbackCrypto | HttpClient.HttpClient> =>
    Layer.effect(
      SmartRobotMedia,
      Effect.gen(function*() {
        const key = yield* Cipher.keyBytes(secrets.encodingAesKey)
        return yield* make({ key, cipher: yield* (yield* CallbackCrypto).make(secrets) })
      })
    )

  /** For a bot with a long connection, whose files bring their keys. */
  static readonly layerSocket: Layer.Layer<SmartRobotMedia, never, CallbackCrypto | HttpClient.HttpClient> = Layer
    .effect(
      SmartRobotMedia,
      Effect.suspend(() => make(undefined))
    )
}

/** What files without a key of their own are encrypted with. */
interface Own {
  readonly key: Uint8Array<ArrayBuffer>
  readonly cipher: MediaCipher
}

const make = (own: Own | undefined) =>
  Effect.gen(function*() {
    const http = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    const crypto = yield* CallbackCrypto
    const get = (file: SmartRobotLink) =>
      Effect.map(
        Effect.timeoutOrElse(http.get(file.url.trim()), { duration: idle, orElse: timedOut }),
        (response) => ({ response, filename: filenameOf(response.headers["content-disposition"]) ?? file.filename })
      )
    const closed = <A, E, R>(effect: Effect.Effect<A, E | HttpClientError.HttpClientError, R>) =>
      effect.pipe(
        Effect.mapError((error) => error instanceof HttpClientError.HttpClientError ? withoutQuery(error) : error),
        // The client's own span would hold the link.
        Effect.provideService(HttpClient.TracerDisabledWhen, () => true)
      )

    const downloadFile = Effect.fn("wecom bot media")(
      function*(file: SmartRobotLink) {
        const cipher = file.aeskey === undefined ? own?.cipher : yield* crypto.makeMedia(file.aeskey)
        if (cipher === undefined) return yield* Cipher.decryptionFailed("key")
        const { filename, response } = yield* get(file)
        return { filename, bytes: yield* cipher.decryptMedia(yield* collect(response)) }
      },
      closed
    )
    return SmartRobotMedia.of({
      downloadFile,
      download: (file) => Effect.map(downloadFile(file), ({ bytes }) => bytes),
      open: Effect.fn("wecom bot media")(
        function*(file: SmartRobotLink) {
          const key = file.aeskey === undefined ? own?.key : yield* Cipher.mediaKeyBytes(file.aeskey)
          if (key === undefined) return yield* Cipher.decryptionFailed("key")
          const { filename, response } = yield* get(file)
          const encrypted = bounded(response).pipe(
            Stream.mapError((error) => error._tag === "HttpClientError" ? withoutQuery(error) : error)
          )
          return { filename, content: decryptStream(key, encrypted) }
        },
        closed
      )
    })
  })

/** Members can send 100 MB; encryption adds at most 32 bytes. */
const largest = 128 * 1024 * 1024

const idle = Duration.seconds(30)

const timedOut = (): Effect.Effect<never, CallbackError> =>
  Effect.fail(failure(new BodyTimedOut({ seconds: Duration.toSeconds(idle) })))

const tooLarge = (): CallbackError => failure(new BodyTooLarge({ limit: largest }))

/** The bytes of a response, as long as they keep coming, and are not too many. */
const bounded = (response: HttpClientResponse.HttpClientResponse) =>
  Stream.suspend(() => {
    let size = 0
    return response.stream.pipe(
      Stream.timeoutOrElse({ duration: idle, orElse: () => Stream.fromEffect(timedOut()) }),
      Stream.mapEffect((chunk) => {
        size += chunk.length
        return size > largest ? Effect.fail(tooLarge()) : Effect.succeed(chunk)
      })
    )
  })

const collect = Effect.fnUntraced(function*(response: HttpClientResponse.HttpClientResponse) {
  if (Number(response.headers["content-length"]) > largest) return yield* tooLarge()
  return concat(yield* Stream.runCollect(bounded(response)))
})

/** The same error about a request without its query. */
const withoutQuery = ({ reason }: HttpClientError.HttpClientError): HttpClientError.HttpClientError => {
  const request = HttpClientRequest.setUrl(reason.request, reason.request.url.replace(/[?#][^]*$/, ""))
  if (reason._tag !== "StatusCodeError") {
    return new HttpClientError.HttpClientError({
      reason: new HttpClientError.TransportError({ request, description: "the download failed" })
    })
  }
  const { headers, status } = reason.response
  return new HttpClientError.HttpClientError({
    reason: new HttpClientError.StatusCodeError({
      request,
      response: HttpClientResponse.fromWeb(request, new Response(null, { status, headers })),
      description: "the link is no longer good: it lives for 5 minutes"
    })
  })
}
