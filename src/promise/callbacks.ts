/** Callback URLs of the promise facade. */
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import type { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import * as CallbackDispatch from "../callback/CallbackDispatch.ts"
import * as Body from "../internal/callback/body.ts"
import { WeComClient } from "../WeComClient.ts"
import type { Base } from "./build.ts"
import type { LoadPlatform } from "./platform.ts"
import type { PromiseCallbacks, PromiseCallbacksOptions, PromiseHandlers } from "./PromiseCallbacks.ts"

/** What callbacks need of a client. */
interface Client {
  readonly open: <A>(work: () => Promise<A>) => Promise<A>
  readonly ready: () => Promise<Context.Context<Base | CallbackCrypto>>
  readonly scope: Scope.Scope
}

/** Makes the handlers of a callback URL, which end with the client. */
export const callbacksOf = <H extends PromiseHandlers>(
  client: Client,
  loadPlatform: LoadPlatform,
  options: PromiseCallbacksOptions<H>
): PromiseCallbacks => {
  const once = <A, E>(make: Effect.Effect<A, E, Base | CallbackCrypto | Scope.Scope>): () => Promise<A> => {
    let made: Promise<A> | undefined
    return () =>
      client.open(() =>
        made ??= client.ready().then((context) =>
          Effect.runPromiseWith(context)(Scope.provide(
            Effect.tapCause(make, (cause) => Effect.logError("the callback URL cannot be served", cause)),
            client.scope
          ))
        )
      )
  }

  const forNode = once(Effect.gen(function*() {
    const { makeHandler } = yield* loadPlatform
    if (makeHandler === undefined) return yield* Effect.die(new TypeError("this runtime has no node:http: use `fetch`"))
    return yield* makeHandler({ ...yield* dispatchOptions(options), path: options.path })
  }))

  const forFetch = once(Effect.gen(function*() {
    const { answer, maxBodySize, refuse, verify } = yield* CallbackDispatch.make(yield* dispatchOptions(options))
    const read = yield* Body.reader(maxBodySize)
    const context = yield* Effect.context<never>()
    const run = Effect.runPromiseWith(context)
    return async (request: Request): Promise<Response> => {
      if (options.path !== undefined && new URL(request.url).pathname !== options.path) return respond({ status: 404 })
      if (request.method === "GET") return respond(await run(verify({ url: request.url })))
      if (request.method !== "POST") return respond({ status: 405, headers: { allow: "GET, POST" } })
      return respond(
        await run(Effect.matchEffect(read(HttpServerRequest.fromWeb(request)), {
          onSuccess: (body) => answer(request.url, body, context),
          onFailure: (error) => refuse(error, context)
        }))
      )
    }
  }))

  return {
    node: (request, response) => {
      const unavailable = () => {
        if (!response.headersSent) response.writeHead(503).end("")
      }
      forNode().then((handler) => handler(request, response)).catch(unavailable)
    },
    fetch: (request) => forFetch().then((handle) => handle(request)).catch(() => respond({ status: 503 })),
    ready: async () => void await forFetch()
  }
}

const respond = (
  { body = "", contentType, headers = {}, status }: Partial<CallbackDispatch.Answered> & {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
  }
): Response =>
  body === ""
    ? new Response(null, { status, headers })
    : new Response(body, { status, headers: { ...headers, ...contentType && { "content-type": contentType } } })

const redacted = (secret: string | Redacted.Redacted): Redacted.Redacted =>
  typeof secret === "string" ? Redacted.make(secret) : secret

const dispatchOptions = Effect.fnUntraced(function*<H extends PromiseHandlers>(
  { encodingAesKey, fallback, handlers, otherAccounts = [], path: _, receiveIds, token, ...rest }:
    PromiseCallbacksOptions<H>
) {
  const { corpId } = yield* (yield* WeComClient).app
  const ownIds = corpId === undefined ? [] : [corpId]
  const accounts = [{ encodingAesKey, receiveIds, token }, ...otherAccounts]
  /** A handler with an effect in place of its promise. */
  const effectful = <Event>(handler: (event: Event) => unknown) => (event: Event) =>
    Effect.tryPromise({ try: async () => handler(event), catch: (error) => error })
  return {
    ...rest,
    accounts: accounts.map(({ encodingAesKey, receiveIds, token }) => ({
      encodingAesKey: redacted(encodingAesKey),
      token: redacted(token),
      receiveIds: receiveIds ?? ownIds
    })),
    handlers: Object.fromEntries(
      Object.entries(handlers).map(([key, handler]) => [key, effectful(handler as (event: unknown) => unknown)])
    ) as {}, // a handler under each key again
    fallback: effectful(fallback) as CallbackDispatch.Options<{}, unknown, never>["fallback"] // returns what `fallback` does
  }
})
