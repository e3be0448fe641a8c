/**
 * The whole of the API with promises, for programs without Effect: `createWeCom({ corpId, secret, agentId })`.
 */
import { platform as loadPlatform } from "#promise/platform"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as HttpClient from "effect/http/HttpClient"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { CallbackCrypto } from "../callback/CallbackCrypto.ts"
import { invalid } from "../internal/kernel/failure.ts"
import type { GroupRobot } from "../robot/GroupRobot.ts"
import type { SmartSheetWebhook } from "../robot/SmartSheetWebhook.ts"
import { TokenCache } from "../token/TokenCache.ts"
import { WeComApp } from "../WeComApp.ts"
import { type CallOptions, WeComClient } from "../WeComClient.ts"
import type { WeComError } from "../WeComError.ts"
import type { Base } from "./build.ts"
import type { PromiseCallbacks, PromiseCallbacksOptions, PromiseHandlers } from "./PromiseCallbacks.ts"
import type { Promised } from "./Promised.ts"
import { type Loader, loaders, type PromiseServices } from "./services.ts"

export type { PromiseServices } from "./services.ts"

/** Who calls, and what is shared. */
export interface WeComOptions {
  /** The corp id (企业ID). */
  readonly corpId?: string | undefined
  /** The app's secret. */
  readonly secret?: string | Redacted.Redacted | undefined
  /** The app's agent id, filled into calls that take one. */
  readonly agentId?: number | undefined
  /** The server, with an optional path prefix. Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
  /** An app of another kind, in place of `corpId` and `secret`: a suite, a provider, a corp of a suite. */
  readonly app?: WeComApp | undefined
  /** URL of a Redis over which processes share tokens, such as `redis://localhost:6379`. Node, Bun and Deno only. */
  readonly redis?: string | Redacted.Redacted | undefined
  /** Another HTTP client. Default: undici on Node, Bun and Deno; `fetch` elsewhere. */
  readonly http?: Layer.Layer<HttpClient.HttpClient> | undefined
}

/** What may differ from call to call. */
export interface PromiseCallOptions extends Partial<CallOptions> {
  /** Interrupts the call. Its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Calls as another app: a process with many tenants needs one client. */
  readonly app?: WeComApp | undefined
}

/** The key of a webhook, as `key` of its URL. */
export interface PromiseKey {
  readonly key: string | Redacted.Redacted
  /** The server. Default: `https://qyapi.weixin.qq.com`. */
  readonly baseUrl?: string | undefined
}

/** The API with promises: a member for every service, each with the service's methods. */
export interface WeCom extends PromiseServices, AsyncDisposable {
  /**
   * The same client with other options: `wecom.with({ deadline: "1 minute" }).users.list(...)`. Options that are not given stay
   * as they were.
   */
  readonly with: (options: PromiseCallOptions) => WeCom
  /** 群机器人: the robot of a webhook's key. It needs no app. */
  readonly groupRobot: (options: PromiseKey) => Promised<GroupRobot["Service"]>
  /** 接收外部数据到智能表格: the sheet of a webhook's key. It needs no app. */
  readonly smartSheetWebhook: (options: PromiseKey) => Promised<SmartSheetWebhook["Service"]>
  /** A callback URL, as a handler for `node:http` and as one for `fetch`. */
  readonly callbacks: <const H extends PromiseHandlers>(options: PromiseCallbacksOptions<H>) => PromiseCallbacks
  /** Runs an effect on the client, for what has no promise: rejects with what the effect fails with. */
  readonly run: <A, E>(effect: Effect.Effect<A, E, Base>) => Promise<A>
  /** Ends the client, once the handlers of callbacks at work have ended. Calls that are made afterwards are refused. */
  readonly close: () => Promise<void>
}

/**
 * Makes a client whose methods return promises, and reject with `WeComError`. Nothing is loaded or sent before the first call,
 * and each service is loaded at the first call of one of its methods.
 *
 * Without options, the app comes from `WECOM_CORP_ID`, `WECOM_CORP_SECRET`, `WECOM_AGENT_ID` and `WECOM_BASE_URL`. Throws
 * `WeComError` with `RequestInvalid` if `corpId` or `secret` is missing while another option names an app.
 *
 * @example
 * ```ts
 * await using wecom = createWeCom({ corpId, secret, agentId: 1000002 })
 * await wecom.messages.send(Message.text("上线了").to({ users: ["zhangsan"] }))
 * for await (const user of wecom.users.listAllIds()) console.log(user.userid)
 * ```
 */
export const createWeCom = (options: WeComOptions = {}): WeCom => {
  const runtime = ManagedRuntime.make(layerOf(options))
  let context: ClientContext | undefined
  let ended: Promise<void> | undefined
  const client: Client = {
    open: (work) =>
      ended === undefined
        ? work()
        : Promise.reject(refused("", "the client was closed: make another with createWeCom")),
    get context() {
      return context
    },
    ready: async () => context ??= await runtime.context(),
    scope: runtime.scope,
    close: () => ended ??= runtime.dispose()
  }
  return facade(client, {}, new Map(Object.keys(loaders).map((name) => [name, {}])))
}

type ClientContext = Context.Context<Base | CallbackCrypto>

/** What all facades of one client share. */
interface Client {
  /** Does some work, unless the client was closed. */
  readonly open: <A>(work: () => Promise<A>) => Promise<A>
  /** What effects run on, once it is there. */
  readonly context: ClientContext | undefined
  readonly ready: () => Promise<ClientContext>
  readonly scope: Scope.Scope
  readonly close: () => Promise<void>
}

const refused = (field: string, message: string): WeComError => invalid("createWeCom", field, message)

const redacted = (secret: string | Redacted.Redacted): Redacted.Redacted =>
  typeof secret === "string" ? Redacted.make(secret) : secret

const layerOf = ({ http, redis, ...app }: WeComOptions): Layer.Layer<Base | CallbackCrypto, WeComError> => {
  const client = clientOf(app)
  return Layer.unwrap(Effect.gen(function*() {
    const platform = yield* loadPlatform
    if (redis !== undefined && platform.redis === undefined) {
      return yield* Effect.fail(
        refused("redis", "there is no Redis on this runtime: give tokens through `app: WeComApp.provided({ ... })`")
      )
    }
    const tokens = redis === undefined || platform.redis === undefined
      ? TokenCache.layerMemory
      : Layer.provide(TokenCache.layer, platform.redis(redacted(redis)))
    return client.pipe(
      Layer.provideMerge(tokens),
      Layer.provideMerge(http ?? platform.http),
      Layer.merge(platform.crypto)
    )
  }))
}

const clientOf = (
  { agentId, app, baseUrl, corpId, secret }: Omit<WeComOptions, "http" | "redis">
): Layer.Layer<WeComClient, WeComError, HttpClient.HttpClient | TokenCache> => {
  if (app !== undefined) return WeComClient.layer(app)
  if (corpId === undefined && secret === undefined) {
    const config = Config.map(
      WeComApp.config,
      (app) => ({ ...app, agentId: agentId ?? app.agentId, baseUrl: baseUrl ?? app.baseUrl })
    )
    return Layer.catch(
      WeComClient.layerConfig(config),
      (error) =>
        Layer.effect(WeComClient, Effect.fail(refused("", `no corpId and secret are given, and ${error.message}`)))
    )
  }
  if (corpId === undefined || corpId === "") throw refused("corpId", "is missing: 我的企业 > 企业信息 > 企业ID")
  if (secret === undefined || secret === "") throw refused("secret", "is missing: 应用管理 > your app > Secret")
  return WeComClient.layer(WeComApp.secret({ corpId, secret: redacted(secret), agentId, baseUrl }))
}

/** A method of a service, as it is called. */
type Method = (...input: ReadonlyArray<unknown>) => unknown

/** How effects run for one set of options. */
const runnerOf = ({ app, signal, ...changes }: PromiseCallOptions) => {
  const hasChanges = Object.keys(changes).length > 0
  const contextOf = (context: ClientContext): ClientContext => {
    const changed = app === undefined ? context : Context.add(context, WeComApp.Current, app)
    return hasChanges
      ? Context.add(changed, WeComClient.Options, { ...Context.get(changed, WeComClient.Options), ...changes })
      : changed
  }
  let runPromise: ReturnType<typeof Effect.runPromiseWith<Base>> | undefined
  return {
    run: <A, E>(effect: Effect.Effect<A, E, Base>, context: ClientContext): Promise<A> => {
      runPromise ??= Effect.runPromiseWith<Base>(contextOf(context))
      if (signal === undefined) return runPromise(effect)
      if (signal.aborted) return Promise.reject(signal.reason)
      return runPromise(effect, { signal }).catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error
      })
    },
    iterate: <A, E>(stream: Stream.Stream<A, E, Base>, context: ClientContext): AsyncIterable<A> =>
      Stream.toAsyncIterableWith(
        signal === undefined ? stream : Stream.interruptWhen(stream, aborted(signal)),
        contextOf(context)
      )
  }
}

/** Dies with the signal's reason when it is aborted. */
const aborted = (signal: AbortSignal): Effect.Effect<never> =>
  Effect.callback((resume) => {
    const abort = () => resume(Effect.die(signal.reason))
    if (signal.aborted) return abort()
    signal.addEventListener("abort", abort, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", abort))
  })

/** The handlers of a callback URL. What they need is loaded at the first request. */
const callbacks = <const H extends PromiseHandlers>(
  client: Client,
  options: PromiseCallbacksOptions<H>
): PromiseCallbacks => {
  let made: Promise<PromiseCallbacks> | undefined
  const load = () =>
    made ??= import("./callbacks.ts").then(({ callbacksOf }) => callbacksOf(client, loadPlatform, options))
  return {
    node: (request, response) => void load().then(({ node }) => node(request, response)),
    fetch: (request) => load().then(({ fetch }) => fetch(request)),
    ready: () => load().then(({ ready }) => ready())
  }
}

/** A service: once it is there, or the promise of it. */
interface Cell {
  service?: object
  loading?: Promise<object> | undefined
}

const serviceOf = (client: Client, cell: Cell, load: Loader["load"]): Promise<object> =>
  cell.loading ??= Promise.all([client.ready(), load()]).then(
    async ([context, build]) => cell.service = await Effect.runPromiseWith(context)(Scope.provide(build, client.scope))
  ).catch((error: unknown) => {
    cell.loading = undefined // the next call tries again
    throw error
  })

const methodOf = (service: object, method: string): Method => {
  const found: unknown = Reflect.get(service, method)
  if (typeof found !== "function") throw new TypeError(`there is no method ${method}: see API.md for those there are`)
  return found as Method // what services hold
}

const facade = (client: Client, options: PromiseCallOptions, cells: ReadonlyMap<string, Cell>): WeCom => {
  const runner = runnerOf(options)

  /** The methods of a service, made as they are asked for. */
  const member = (cell: Cell, { load, streams }: Loader): object => {
    const promised = (method: string) => (...input: ReadonlyArray<unknown>): Promise<unknown> => {
      const { context } = client
      if (context === undefined || cell.service === undefined) {
        return client.open(() => serviceOf(client, cell, load)).then(() => promised(method)(...input))
      }
      const called = methodOf(cell.service, method)(...input)
      return client.open(() => runner.run(called as Effect.Effect<unknown>, context)) // `streams` names those that are streams
    }
    const iterable = (method: string) => (...input: ReadonlyArray<unknown>): AsyncIterable<unknown> => ({
      async *[Symbol.asyncIterator]() {
        const service = cell.service ?? await client.open(() => serviceOf(client, cell, load))
        const stream = methodOf(service, method)(...input) as Stream.Stream<unknown> // as `streams` says
        yield* await client.open(async () => runner.iterate(stream, await client.ready()))
      }
    })
    const methods = new Map<string, unknown>()
    return new Proxy({}, {
      get: (_, method) => {
        // Asked for by whoever awaits a service, or prints it.
        if (typeof method === "symbol" || method === "then" || method === "toJSON") return undefined
        let made = methods.get(method)
        if (made === undefined) methods.set(method, made = (streams.includes(method) ? iterable : promised)(method))
        return made
      }
    })
  }

  const own: Omit<WeCom, keyof PromiseServices> = {
    with: (more) => facade(client, { ...options, ...more }, cells),
    groupRobot: ({ key, ...rest }) =>
      member({}, {
        load: () =>
          import("../robot/GroupRobot.ts").then(({ GroupRobot }) => GroupRobot.make({ ...rest, key: redacted(key) })),
        streams: []
      }) as Promised<GroupRobot["Service"]>, // the service that is loaded
    smartSheetWebhook: ({ key, ...rest }) =>
      member({}, {
        load: () =>
          import("../robot/SmartSheetWebhook.ts").then(({ SmartSheetWebhook }) =>
            SmartSheetWebhook.make({ ...rest, key: redacted(key) })
          ),
        streams: []
      }) as Promised<SmartSheetWebhook["Service"]>, // the service that is loaded
    callbacks: (options) => callbacks(client, options),
    run: (effect) => client.open(async () => runner.run(effect, await client.ready())),
    close: client.close,
    [Symbol.asyncDispose]: client.close
  }
  const services = {}
  for (const [name, loader] of Object.entries(loaders)) {
    let made: object | undefined
    Object.defineProperty(services, name, {
      enumerable: true,
      get: () => made ??= member(cells.get(name) ?? {}, loader)
    })
  }
  return Object.assign(services, own) as WeCom // a member for each loader, whose methods are those of its service
}
