/**
 * The apps of many corps on Redis, for a fleet.
 *
 * One hash for each corp, of the layout `v1`: `{prefix}:v1:{corp id}:apps` has a field for each app (`suite:{suite id}` or
 * `agent:{agent id}`), JSON with its secret or permanent code. These are stored in clear, so guard the Redis as you guard
 * your secrets; it must write to disk (`appendonly yes`) where nothing else has them.
 */
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redis from "effect/persistence/Redis"
import * as Schema from "effect/Schema"
import { onRedis } from "../internal/store/onRedis.ts"
import { StoreError } from "../StoreError.ts"
import { type AppTokens, type SuiteApp, WeComApp } from "../WeComApp.ts"
import { AppDirectory, type AppDirectoryOptions, type AppStore, type CorpApp } from "./AppDirectory.ts"

/** Where the keys lie, and what the stored apps are completed with. */
export interface Options extends AppDirectoryOptions {
  /** Default: `wecom`. */
  readonly prefix?: string | undefined
  /** The suites whose installations are stored: their own secrets and tickets are not. */
  readonly suites?: ReadonlyArray<SuiteApp> | undefined
}

/**
 * An `AppDirectory` over `Redis.Redis`. An operation takes at most a second. Apps whose tokens a caller supplies cannot be
 * stored.
 */
export const layer = (options: Options = {}): Layer.Layer<AppDirectory, never, Redis.Redis> =>
  AppDirectory.layer(Effect.map(Redis.Redis, (redis) => make(redis, options)), options)

const store = "apps"

const common = { agentId: Schema.optional(Schema.Number), baseUrl: Schema.optional(Schema.String) }
const secret = Schema.RedactedFromValue(Schema.String)

const Stored = Schema.fromJsonString(Schema.Union([
  Schema.TaggedStruct("Secret", { ...common, secret }),
  Schema.TaggedStruct("Template", { ...common, suiteId: Schema.String, permanentCode: secret }),
  Schema.TaggedStruct("Authorised", { ...common, suiteId: Schema.String, permanentCode: secret }),
  Schema.TaggedStruct("Provider", { ...common, providerSecret: secret, paymentKey: Schema.optional(secret) })
]))
type Stored = typeof Stored.Type
const decode = Schema.decodeUnknownOption(Stored)
const encode = Schema.encodeSync(Stored)

const make = (redis: Redis.Redis["Service"], { prefix = "wecom", suites = [] }: Options): AppStore => {
  const keyOf = (corpId: string): string => `${prefix}:v1:{${corpId}}:apps`
  const known = new Map(suites.map((suite) => [suite.suiteId, suite]))
  const failed = (operation: string, description: string) =>
    Effect.fail(new StoreError({ store, operation, description }))

  const read = (corpId: string, text: string): Effect.Effect<CorpApp, StoreError> => {
    const found = decode(text)
    if (Option.isNone(found)) return failed("list", "a stored app is garbage")
    const stored = found.value
    switch (stored._tag) {
      case "Secret":
        return Effect.succeed(WeComApp.secret({ corpId, ...stored }))
      case "Template":
        return Effect.succeed(WeComApp.template({ corpId, ...stored }))
      case "Provider":
        return Effect.succeed(WeComApp.provider({ corpId, ...stored }))
      case "Authorised": {
        const suite = known.get(stored.suiteId)
        const { agentId, permanentCode } = stored
        return suite === undefined
          ? failed("list", `the suite ${stored.suiteId} is not among those that the directory was given`)
          : Effect.succeed(WeComApp.authorised(suite, { corpId, agentId, permanentCode }))
      }
    }
  }

  /** The fields of a corp's hash. */
  const fields = (
    corpId: string
  ): Effect.Effect<ReadonlyArray<readonly [id: string, text: string]>, Redis.RedisError> =>
    Effect.map(
      redis.send<ReadonlyArray<string>>("HGETALL", keyOf(corpId)),
      (flat) => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? "", flat[2 * i + 1] ?? ""] as const)
    )

  return {
    list: (corpId) =>
      fields(corpId).pipe(
        Effect.flatMap(Effect.forEach(([, text]) => read(corpId, text))),
        onRedis(store, "list")
      ),
    put: (app) => {
      const stored = toStored(app)
      return stored === undefined
        ? failed("put", `a ${app._tag} app whose tokens are supplied cannot be stored`)
        : redis.send("HSET", keyOf(app.corpId), AppDirectory.idOf(app), encode(stored)).pipe(
          onRedis(store, "put"),
          Effect.asVoid
        )
    },
    remove: ({ agentId, corpId, suiteId }) =>
      fields(corpId).pipe(
        Effect.map((fields) =>
          fields.flatMap(([id, text]) =>
            (suiteId === undefined || id === `suite:${suiteId}`) &&
              (agentId === undefined || Option.exists(decode(text), (stored) => stored.agentId === agentId))
              ? [id]
              : []
          )
        ),
        Effect.flatMap((ids) => ids.length === 0 ? Effect.void : redis.send("HDEL", keyOf(corpId), ...ids)),
        onRedis(store, "remove"),
        Effect.asVoid
      )
  }
}

/** What is stored of an app: nothing where it has tokens of its own, which cannot be. */
const toStored = (app: CorpApp): Stored | undefined => {
  const inherited = app._tag === "Authorised" ? app.suite.tokens : undefined
  const own = Object.entries(app.tokens ?? {}).filter(([kind, provider]) =>
    provider !== undefined && provider !== inherited?.[kind as keyof AppTokens] // keys of that very interface
  )
  if (own.length > 0) return undefined
  const { agentId, baseUrl } = app
  switch (app._tag) {
    case "Secret":
      return { _tag: app._tag, agentId, baseUrl, secret: app.secret }
    case "Template":
      return { _tag: app._tag, agentId, baseUrl, suiteId: app.suiteId, permanentCode: app.permanentCode }
    case "Authorised":
      return { _tag: app._tag, agentId, suiteId: app.suite.suiteId, permanentCode: app.permanentCode }
    case "Provider":
      return { _tag: app._tag, agentId, baseUrl, providerSecret: app.providerSecret, paymentKey: app.paymentKey }
    case "Provided":
      return undefined
  }
}
