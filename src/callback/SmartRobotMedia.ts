/**
 * 智能机器人: the pictures, files and videos that its callbacks link to. Their content is encrypted with the
 * EncodingAESKey of the bot, and the links live for 5 minutes.
 *
 * @see https://developer.work.weixin.qq.com/document/path/100719
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import type { HttpClientError } from "effect/http/HttpClientError"
import * as Layer from "effect/Layer"
import { CallbackCrypto, type CallbackSecrets } from "./CallbackCrypto.ts"
import type { CallbackError } from "./CallbackError.ts"

/** Downloads and decrypts what members send to a bot. */
export class SmartRobotMedia extends Context.Service<SmartRobotMedia, {
  /**
   * The bytes of a file that an event links to. Whole in memory: a member can send at most 100 MB.
   *
   * Fails with `DecryptionFailed` when it was encrypted for another bot, and with an `HttpClientError` when the link is
   * no longer good.
   */
  readonly download: (file: {
    readonly url: string
  }) => Effect.Effect<Uint8Array, CallbackError | HttpClientError>
}>()("effect-wecom/SmartRobotMedia") {
  /** For the bot with the given callback secrets; fails with `AccountInvalid` on a malformed EncodingAESKey. */
  static readonly layer = (
    secrets: CallbackSecrets
  ): Layer.Layer<SmartRobotMedia, CallbackError, CallbackCrypto | HttpClient.HttpClient> =>
    Layer.effect(
      SmartRobotMedia,
      Effect.gen(function*() {
        const http = HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
        const cipher = yield* (yield* CallbackCrypto).make(secrets)
        return SmartRobotMedia.of({
          download: ({ url }) =>
            http.get(url.trim()).pipe(
              Effect.flatMap((response) => response.arrayBuffer),
              Effect.flatMap((bytes) => cipher.decryptMedia(new Uint8Array(bytes))),
              Effect.provideService(HttpClient.TracerPropagationEnabled, false)
            )
        })
      })
    )
}
