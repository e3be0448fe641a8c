/**
 * A callback URL as a layer on Effect's `HttpRouter`: verified, decrypted, typed events go to typed handlers.
 */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Body from "../internal/callback/body.ts"
import type { CallbackCrypto } from "./CallbackCrypto.ts"
import * as CallbackDispatch from "./CallbackDispatch.ts"
import type { CallbackError } from "./CallbackError.ts"

export {
  type Answer,
  duration,
  handled,
  type Handler,
  type Handlers,
  lag,
  refused,
  type Services
} from "./CallbackDispatch.ts"

/** A callback URL: where it is, who may call it, and what happens then. */
export interface Options<H extends CallbackDispatch.Handlers, E, R> extends CallbackDispatch.Options<H, E, R> {
  /** The path of the URL that was entered in the admin console. */
  readonly path: HttpRouter.PathInput
}

/**
 * Serves the URL check and the callbacks of one path.
 *
 * A request is read, verified in constant time, compared with the clock, decrypted and decoded before a handler sees
 * it; what is refused is answered with the status of its `CallbackError`, counted, and logged at most once a minute for
 * each reason. A byte-identical repeat within the tolerance is answered as the first was, without calling the handler
 * again, also while the first is at work. Services that handlers need are taken when the layer is built. Fails with
 * `AccountInvalid` on a malformed EncodingAESKey.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90930
 */
export const layer = <const H extends CallbackDispatch.Handlers, E, R>(
  options: Options<H, E, R>
): Layer.Layer<
  never,
  CallbackError,
  HttpRouter.HttpRouter | CallbackCrypto | Exclude<CallbackDispatch.Services<H> | R, Scope.Scope>
> =>
  HttpRouter.use(Effect.fnUntraced(function*(router) {
    const { answer, maxBodySize, refuse, verify } = yield* CallbackDispatch.make(options)
    const read = yield* Body.reader(maxBodySize)
    yield* router.add("GET", options.path, (request) => Effect.map(verify(request), toResponse))
    yield* router.add("POST", options.path, (request) =>
      Effect.withFiber((fiber) => {
        const context = fiber.context as Context.Context<never> // only references are looked at
        return read(request).pipe(
          Effect.matchEffect({
            onSuccess: (body) => answer(request.url, body, context),
            onFailure: (error) => refuse(error, context)
          }),
          Effect.map(toResponse)
        )
      }))
  }))

const toResponse = (
  { body, contentType, status }: CallbackDispatch.Answered
): HttpServerResponse.HttpServerResponse =>
  body === "" ? HttpServerResponse.empty({ status }) : HttpServerResponse.text(body, { status, contentType })
