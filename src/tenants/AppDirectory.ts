/**
 * Which app to call as, for a process that serves many corps: `AppDirectory.run(corpId)` makes the calls of an effect run
 * as the app of that corp, over the one client.
 *
 * @example
 * ```ts
 * messages.send(message).pipe(AppDirectory.run("ww1"))
 * ```
 */
import * as Cache from "effect/Cache"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Failure from "../internal/kernel/failure.ts"
import type { StoreError } from "../StoreError.ts"
import { type DeviceApp, type ModelApp, type SuiteApp, WeComApp } from "../WeComApp.ts"
import type { WeComError } from "../WeComError.ts"

/** An app that belongs to a corp. */
export type CorpApp = Exclude<WeComApp, SuiteApp | ModelApp | DeviceApp>

/** Names an app: the corp, and what else is needed where it has several. */
export interface WhichApp {
  readonly corpId: string
  readonly agentId?: number | undefined
  /** The suite, of apps that a provider made. */
  readonly suiteId?: string | undefined
}

/** Where apps are kept: what is to be implemented for a directory over your own database. */
export interface AppStore {
  /** The apps of a corp; none where it is not known. */
  readonly list: (corpId: string) => Effect.Effect<ReadonlyArray<CorpApp>, StoreError>
  /** Keeps an app in place of the corp's one with the same suite, or else the same agent id. */
  readonly put: (app: CorpApp) => Effect.Effect<void, StoreError>
  /** Forgets the apps that fit. */
  readonly remove: (which: WhichApp) => Effect.Effect<void, StoreError>
}

/** How long apps are remembered. */
export interface AppDirectoryOptions {
  /** How long what the store said of a corp is believed: 1 minute, in which another process's changes are not seen. */
  readonly timeToLive?: Duration.Input | undefined
  /** Of how many corps at most: 10,000. */
  readonly capacity?: number | undefined
}

/**
 * The apps of many corps. Memory and Redis (`RedisAppDirectory`) are given, and `InstalledApps` over the permanent codes
 * of a provider; {@link AppDirectory.layer} makes one over your own {@link AppStore}. A suite that every directory must
 * pass is in `AppDirectorySuite` of `effect-wecom/testing`.
 */
export class AppDirectory extends Context.Service<AppDirectory, {
  /**
   * The app of a corp. Fails with `RequestInvalid` when there is none, or when there are several that fit; with
   * `TransportFailed` when the store fails.
   */
  readonly get: (which: WhichApp) => Effect.Effect<WeComApp, WeComError>
  /** Keeps an app in place of the corp's one with the same suite, or else the same agent id. */
  readonly put: (app: CorpApp) => Effect.Effect<void, StoreError>
  /** Forgets the apps that fit. */
  readonly remove: (which: WhichApp) => Effect.Effect<void, StoreError>
}>()("effect-wecom/tenants/AppDirectory") {
  /** Over a store of your own, whose answers are remembered for a while. */
  static layer<E = never, R = never>(
    store: Effect.Effect<AppStore, E, R>,
    options?: AppDirectoryOptions
  ): Layer.Layer<AppDirectory, E, R> {
    return Layer.effect(this, Effect.flatMap(store, (store) => make(store, options)))
  }

  /** Within this process, starting with these apps. */
  static layerMemory(apps: ReadonlyArray<CorpApp> = []): Layer.Layer<AppDirectory> {
    return AppDirectory.layer(Effect.sync(() => memory(apps)), { timeToLive: 0 })
  }

  /** Runs the calls of an effect as the app of a corp: fails as {@link AppDirectory} does when there is none. */
  static readonly run =
    (which: string | WhichApp) =>
    <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E | WeComError, R | AppDirectory> =>
      Effect.flatMap(Effect.suspend(() => AppDirectory), (directory) =>
        Effect.flatMap(
          directory.get(typeof which === "string" ? { corpId: which } : which),
          (app) => WeComApp.use(app)(self)
        ))

  /** The suite that an app is of, if a provider made it. */
  static readonly suiteIdOf = (app: CorpApp): string | undefined =>
    app._tag === "Authorised" ? app.suite.suiteId : app._tag === "Template" ? app.suiteId : undefined

  /** Tells the apps of one corp apart: by suite, or else by agent id. */
  static readonly idOf = (app: CorpApp): string => {
    const suiteId = AppDirectory.suiteIdOf(app)
    return suiteId === undefined ? `agent:${app.agentId ?? ""}` : `suite:${suiteId}`
  }

  /** Whether an app is one of those that are named. */
  static readonly fits = ({ agentId, corpId, suiteId }: WhichApp) => (app: CorpApp): boolean =>
    app.corpId === corpId && (agentId === undefined || app.agentId === agentId) &&
    (suiteId === undefined || AppDirectory.suiteIdOf(app) === suiteId)
}

const endpoint = "AppDirectory.get"

const choose = (apps: ReadonlyArray<CorpApp>, which: WhichApp): Effect.Effect<CorpApp, WeComError> => {
  const [app, ...others] = apps.filter(AppDirectory.fits(which))
  const { agentId, corpId, suiteId } = which
  if (app === undefined) {
    const wanted = [
      `of the corp ${corpId}`,
      ...(agentId === undefined ? [] : [`with the agent id ${agentId}`]),
      ...(suiteId === undefined ? [] : [`of the suite ${suiteId}`])
    ]
    return Effect.fail(Failure.invalid(endpoint, "corpId", `no app ${wanted.join(" ")} is known`))
  }
  return others.length === 0 ? Effect.succeed(app) : Effect.fail(
    Failure.invalid(
      endpoint,
      "agentId",
      `the corp ${corpId} has ${others.length + 1} apps that fit: say which by agentId or suiteId`
    )
  )
}

const make = (
  store: AppStore,
  { capacity = 10_000, timeToLive = Duration.minutes(1) }: AppDirectoryOptions = {}
): Effect.Effect<AppDirectory["Service"]> =>
  Effect.gen(function*() {
    const life = Duration.fromInputUnsafe(timeToLive)
    const cache = yield* Cache.makeWith(store.list, {
      capacity,
      // A corp that is not known yet may be in a moment.
      timeToLive: (exit) => Exit.isSuccess(exit) && exit.value.length > 0 ? life : Duration.zero
    })
    const list = Duration.isZero(life) ? store.list : (corpId: string) => Cache.get(cache, corpId)
    return AppDirectory.of({
      get: (which) =>
        Effect.matchEffect(list(which.corpId), {
          onSuccess: (apps) => choose(apps, which),
          onFailure: (error) => Effect.fail(error.toWeComError(endpoint))
        }),
      put: (app) => Effect.ensuring(store.put(app), Cache.invalidate(cache, app.corpId)),
      remove: (which) => Effect.ensuring(store.remove(which), Cache.invalidate(cache, which.corpId))
    })
  })

const memory = (given: ReadonlyArray<CorpApp>): AppStore => {
  const corps = new Map<string, ReadonlyArray<CorpApp>>()
  const of = (corpId: string): ReadonlyArray<CorpApp> => corps.get(corpId) ?? []
  const put = (app: CorpApp): void => {
    corps.set(app.corpId, [
      ...of(app.corpId).filter((other) => AppDirectory.idOf(other) !== AppDirectory.idOf(app)),
      app
    ])
  }
  for (const app of given) put(app)
  return {
    list: (corpId) => Effect.sync(() => of(corpId)),
    put: (app) => Effect.sync(() => put(app)),
    remove: (which) =>
      Effect.sync(() => {
        const left = of(which.corpId).filter((app) => !AppDirectory.fits(which)(app))
        if (left.length === 0) corps.delete(which.corpId)
        else corps.set(which.corpId, left)
      })
  }
}
