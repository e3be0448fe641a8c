/**
 * A lease over any store: waited for, renewed, and given up before another process may have it.
 */
import * as Clock from "effect/Clock"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import type { HeldLease } from "../../robot/SmartRobotLease.ts"
import type { StoreError } from "../../StoreError.ts"

/** How long a lease stays with a process that gives no sign of life, if nothing else is said. */
export const defaultLife: Duration.Duration = Duration.seconds(6)

/** What a store must bring, for one name and one holder. */
export interface Operations {
  /** The epoch, if nobody else holds the lease. */
  readonly acquire: Effect.Effect<number | undefined, StoreError>
  /** Prolongs the lease by its life; `false` if it is another's. */
  readonly renew: Effect.Effect<boolean, StoreError>
  readonly release: Effect.Effect<void, StoreError>
}

/** Waits for a lease, and holds it until the scope closes. */
export const hold = (
  { acquire, release, renew }: Operations,
  life: Duration.Duration
): Effect.Effect<HeldLease, StoreError, Scope.Scope> =>
  Effect.gen(function*() {
    const millis = Duration.toMillis(life)
    const part = (share: number) => Duration.millis(millis * share)
    // Also when taking it fails or is interrupted: the command may still reach the store later, and must not keep it.
    // A store that is away must not hold up the end of the process.
    yield* Effect.addFinalizer(() =>
      Effect.flatMap(
        Effect.forkDetach(Effect.ignore(release), { startImmediately: true }),
        (releasing) => Effect.timeoutOption(Effect.interruptible(Fiber.await(releasing)), "1 second")
      )
    )
    let validUntil = 0
    /** The lease is good for its life from the moment at which the store was asked, or a little less. */
    const timed = <A, E>(operation: Effect.Effect<A, E>, good: (answer: A) => boolean): Effect.Effect<A, E> =>
      Effect.flatMap(Clock.currentTimeMillis, (asked) =>
        Effect.tap(operation, (answer) =>
          Effect.sync(() => {
            if (good(answer)) validUntil = asked + millis * 0.95
          })))
    const taken = timed(acquire, (epoch) => epoch !== undefined)
    let epoch = yield* taken
    while (epoch === undefined) epoch = yield* Effect.delay(taken, part(0.1))
    const isValid = Effect.map(Clock.currentTimeMillis, (now) => now < validUntil)
    const lost = yield* Deferred.make<void>()
    const renewed = timed(renew, (kept) => kept)
    /** Renews; a store that fails is asked again for as long as the lease is good. */
    const keep: Effect.Effect<boolean> = Effect.suspend(() => renewed).pipe(
      Effect.catch(() =>
        Effect.flatMap(isValid, (valid) => valid ? Effect.delay(keep, part(0.05)) : Effect.succeed(false))
      )
    )
    yield* Effect.delay(keep, part(0.3)).pipe(
      Effect.repeat({ while: (kept) => kept }),
      Effect.andThen(Deferred.succeed(lost, undefined)),
      Effect.forkScoped
    )
    // A store that does not answer at all says nothing of the lease, which ends all the same.
    yield* Effect.flatMap(
      Clock.currentTimeMillis,
      (now) => Effect.sleep(Duration.millis(Math.max(validUntil - now, 1)))
    ).pipe(
      Effect.andThen(isValid),
      Effect.repeat({ while: (valid) => valid }),
      Effect.andThen(Deferred.succeed(lost, undefined)),
      Effect.forkScoped
    )
    return { epoch, lost: Deferred.await(lost), isValid, confirm: Effect.orElseSucceed(renewed, () => false) }
  })
