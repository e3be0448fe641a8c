/**
 * A callback URL as a `(request, response)` handler: for `node:http` and all that builds on it, such as Express, Koa, Fastify
 * and NestJS. It costs less for each request than an `HttpRouter`.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import * as CallbackDispatch from "../callback/CallbackDispatch.ts"
import { BodyTooLarge, type CallbackError } from "../callback/CallbackError.ts"
import * as Body from "../internal/callback/body.ts"
import { failure } from "../internal/callback/failure.ts"
import { isKnown } from "../internal/callback/known.ts"

/** The `IncomingMessage` of `node:http`, by enough to tell it: programs without Node's types can be compiled too. */
export interface Request {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: { readonly "content-length"?: string | undefined }
  on(event: "data", listener: (chunk: unknown) => void): unknown
}

/** The `ServerResponse` of `node:http`, likewise. */
export interface Response {
  readonly headersSent: boolean
  writeHead(status: number): { end(body: string): unknown }
}

/** A handler as `node:http` takes it (`RequestListener`). */
export type Handler = (request: Request, response: Response) => void

/** A callback URL: where it is, who may call it, and what happens then. */
export interface Options<H extends CallbackDispatch.Handlers, E, R> extends CallbackDispatch.Options<H, E, R> {
  /** The path of the callback URL: others are answered with 404. Default: any path, for your server to choose. */
  readonly path?: `/${string}` | undefined
}

/**
 * Makes the handler of one callback URL: put it before every parser of bodies, because the signature covers the body as it
 * came. It does what `CallbackRouter.layer` does, without a span of its own.
 *
 * When the scope is closed, requests are answered with 503, and handlers at work are waited for. Fails with
 * `AccountInvalid` on a malformed EncodingAESKey.
 *
 * @example
 * ```ts
 * const handler = yield* NodeCallbackHandler.make({ accounts, handlers, fallback })
 * app.all("/wecom/callback", handler) // Express
 * createServer(handler).listen(3000)  // node:http
 * ```
 */
export const make = Effect.fnUntraced(function*<const H extends CallbackDispatch.Handlers, E, R>(
  options: Options<H, E, R>
): Effect.fn.Return<
  Handler,
  CallbackError,
  CallbackCrypto | Scope.Scope | Exclude<CallbackDispatch.Services<H> | R, Scope.Scope>
> {
  const { answer, maxBodySize, refuse, verify } = yield* CallbackDispatch.make(options)
  const context = yield* Effect.context<never>()
  const patience = yield* Body.patience
  const fork = Effect.runForkWith(context)

  /** The requests whose bodies are still coming. */
  const reading = new Set<() => void>()
  let closed = false
  yield* Effect.addFinalizer(() =>
    Effect.sync(() => {
      closed = true
      for (const giveUp of reading) giveUp()
    })
  )

  const send = (response: ServerResponse, answered: Effect.Effect<CallbackDispatch.Answered>): void => {
    if (isKnown(answered)) return write(response, Exit.isSuccess(answered) ? answered.value : unavailable)
    fork(answered).addObserver((exit) => write(response, Exit.isSuccess(exit) ? exit.value : unavailable))
  }

  const fail = (response: ServerResponse, error: CallbackError): void => send(response, refuse(error, context))

  const receive = (request: IncomingMessage, response: ServerResponse): void => {
    const stop = Body.collect(request, maxBodySize, patience, (body) => {
      reading.delete(giveUp)
      if (Exit.isSuccess(body)) return send(response, answer(request.url ?? "", body.value, context))
      const error = Option.getOrThrow(Exit.findErrorOption(body))
      if (error.reason._tag === "BodyTooLarge") return tooLarge(request, response)
      hangUp(response)
      fail(response, error)
    })
    const giveUp = () => {
      stop()
      hangUp(response)
      write(response, unavailable)
    }
    reading.add(giveUp)
    request.once("close", () => reading.delete(giveUp))
  }

  /** The rest is read and thrown away, so that the answer arrives: whoever continues for too long is cut off. */
  const tooLarge = (request: IncomingMessage, response: ServerResponse): void => {
    const inTime = patience(() => request.destroy())
    request.once("close", inTime).once("end", inTime).resume()
    fail(response, failure(new BodyTooLarge({ limit: maxBodySize })))
  }

  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    request.on("error", ignore)
    response.on("error", ignore)
    if (closed) return write(response, unavailable)
    if (options.path !== undefined && pathOf(request) !== options.path) {
      return write(response, { ...unavailable, status: 404 })
    }
    switch (request.method) {
      case "GET":
        return send(response, verify({ url: request.url ?? "" }))
      case "POST":
        if (request.readableEnded || request.destroyed) {
          return send(response, answer(request.url ?? "", parsed(request), context))
        }
        return Number(request.headers["content-length"]) > maxBodySize
          ? tooLarge(request, response)
          : receive(request, response)
      default:
        response.setHeader("allow", "GET, POST")
        return write(response, { ...unavailable, status: 405 })
    }
  }
  // What fits the two types comes from `node:http`, or is built on it.
  return (request, response) => listen(request as IncomingMessage, response as ServerResponse)
})

const unavailable: CallbackDispatch.Answered = { status: 503, body: "", contentType: "text/plain" }

const pathOf = ({ url = "" }: IncomingMessage): string => url.replace(/\?[^]*$/, "")

/** The body that a parser before has left as text or bytes; nothing, where it has left neither. */
const parsed = (request: IncomingMessage & { readonly body?: unknown }): string =>
  typeof request.body === "string" ? request.body : Buffer.isBuffer(request.body) ? request.body.toString() : ""

/** Who hangs up has no use for an answer. */
const ignore = (): void => {}

const hangUp = (response: ServerResponse): void => {
  if (!response.headersSent) response.setHeader("connection", "close")
}

const write = (response: ServerResponse, { body, contentType, status }: CallbackDispatch.Answered): void => {
  if (response.headersSent || response.destroyed) return
  const headers = { "content-length": Buffer.byteLength(body) }
  response.writeHead(status, body === "" ? headers : { ...headers, "content-type": contentType }).end(body)
}
