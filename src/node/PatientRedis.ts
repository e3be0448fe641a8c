/**
 * A Redis that may be away when the program starts, as it may be later: the program comes up without it, and what needs it
 * waits, or does without, as it does then.
 *
 * @example
 * ```ts
 * const redis = PatientRedis.layer(NodeRedis.layer({ url: "redis://127.0.0.1:6379" }))
 *
 * const inbox = CallbackInbox.layerRedis().pipe(Layer.provide(redis))
 * ```
 */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redis from "effect/persistence/Redis"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"

/**
 * The Redis of a layer that fails while it is away, such as `NodeRedis.layer`: built again until it succeeds, with one
 * warning. Until then commands wait.
 */
export const layer = <Out, E, R>(
  redis: Layer.Layer<Out | Redis.Redis, E, R>
): Layer.Layer<Redis.Redis, never, R> =>
  Layer.effect(
    Redis.Redis,
    Effect.gen(function*() {
      const scope = yield* Effect.scope
      const connected = yield* Deferred.make<Redis.Redis["Service"]>()
      let isFirst = true
      yield* Effect.gen(function*() {
        const attempt = yield* Scope.fork(scope)
        return yield* Effect.onError(
          Layer.buildWithScope(Layer.fresh(redis), attempt),
          () => Scope.close(attempt, Exit.void)
        )
      }).pipe(
        Effect.tapCause((cause) => {
          if (!isFirst) return Effect.void
          isFirst = false
          return Effect.logWarning("Redis is away, and waited for", cause)
        }),
        Effect.retry(Schedule.min([Schedule.exponential("100 millis"), Schedule.spaced("2 seconds")])),
        Effect.flatMap((context) => Deferred.succeed(connected, Context.get(context, Redis.Redis))),
        Effect.forkScoped
      )
      const client = Deferred.await(connected)
      return Redis.Redis.of({
        send: <A>(command: string, ...args: ReadonlyArray<string>) =>
          Effect.flatMap(client, (client) => client.send<A>(command, ...args)),
        eval: (script) => (...params) => Effect.flatMap(client, (client) => client.eval(script)(...params)),
        subscribe: (channel) => Effect.flatMap(client, (client) => client.subscribe(channel)),
        reserve: Effect.flatMap(client, (client) => client.reserve)
      })
    })
  )
