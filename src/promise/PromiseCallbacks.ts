/**
 * Callback URLs of the promise facade: handlers are functions, with promises or without.
 */
import type * as Redacted from "effect/Redacted"
import type * as CallbackDispatch from "../callback/CallbackDispatch.ts"
import type * as CallbackEvent from "../callback/CallbackEvent.ts"
import type * as CallbackReceiver from "../callback/CallbackReceiver.ts"
import type * as Keys from "../callback/events/keys.ts"
import type * as NodeCallbackHandler from "../node/NodeCallbackHandler.ts"

/** Handles one kind of event: returns the passive reply, if any, or a promise of it. */
export type PromiseHandler<Key extends CallbackEvent.Key> = (
  event: CallbackEvent.ByKey[Key]
) => CallbackDispatch.Answer<Key> | Promise<CallbackDispatch.Answer<Key>>

/** Handlers by the key of their event: each sees exactly its event's type. */
export interface PromiseHandlers extends Keys.ByKey<HandlerOf> {}

interface HandlerOf extends Keys.Keyed {
  readonly key: CallbackEvent.Key
  readonly type: PromiseHandler<this["key"]>
}

/** Who may call back, with the secrets of its callback page in the admin console. */
export interface PromiseAccount {
  readonly token: string | Redacted.Redacted
  /** 43 letters and digits. */
  readonly encodingAesKey: string | Redacted.Redacted
  /** Whom a callback may be meant for. Default: the corp id of the client's app. */
  readonly receiveIds?: CallbackReceiver.Account["receiveIds"] | undefined
}

/** A callback URL: who may call it, and what happens then. */
export interface PromiseCallbacksOptions<H extends PromiseHandlers>
  extends PromiseAccount, Omit<CallbackDispatch.Options<{}, never, never>, "accounts" | "handlers" | "fallback">
{
  /** Accounts of other apps and suites that share the URL: the one whose signature matches is taken. */
  readonly otherAccounts?: ReadonlyArray<PromiseAccount> | undefined
  /** The path of the callback URL: others are answered with 404. Default: any path, for your server to choose. */
  readonly path?: `/${string}` | undefined
  /** What to do with the events you know. A failure or a late end never reaches WeCom or other requests. */
  readonly handlers: H & { readonly [Key in Exclude<keyof H, CallbackEvent.Key>]: never }
  /** What to do with every other event, the unknown ones included. */
  readonly fallback: (event: CallbackEvent.CallbackEvent) => CallbackDispatch.Answer | Promise<CallbackDispatch.Answer>
}

/** The handlers of a callback URL, and when they are ready. */
export interface PromiseCallbacks {
  /**
   * For `node:http`, Express, Koa and NestJS, before every parser of bodies: `app.all("/wecom/callback", callbacks.node)`. Not on
   * runtimes without Node's modules.
   */
  readonly node: NodeCallbackHandler.Handler
  /** For servers of the web's standard, such as Hono, Bun, Deno and Cloudflare Workers. */
  readonly fetch: (request: Request) => Promise<Response>
  /**
   * Resolves if requests can be served; rejects with `CallbackError` on a malformed EncodingAESKey, and with `WeComError` on an
   * incomplete app. Until that is mended, requests are answered with 503.
   */
  readonly ready: () => Promise<void>
}
