/**
 * What every `TokenStore` must do, as a list of cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of TokenStoreSuite.cases) {
 *   it.live(name, () => run.pipe(Effect.provide(myStore)))
 * }
 * ```
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { type Token, TokenStore, type TokenStoreError } from "../token/TokenStore.ts"
import { expect, type SuiteFailed } from "./expectation.ts"

export { SuiteFailed } from "./expectation.ts"

/** One thing that a store must do. Runs in real time, within two seconds, under keys of its own. */
export interface Case {
  readonly name: string
  readonly run: Effect.Effect<void, SuiteFailed | TokenStoreError, TokenStore>
}

const token = (value: string, life: Duration.Input): Effect.Effect<Token> =>
  Effect.map(Clock.currentTimeMillis, (now) => ({
    value: Redacted.make(value),
    obtainedAt: now,
    expiresAt: now + Duration.toMillis(life)
  }))

const valueOf = (found: Option.Option<Token>): string | undefined =>
  Option.getOrUndefined(Option.map(found, ({ value }) => Redacted.value(value)))

const makeCase = (
  name: string,
  run: (
    store: TokenStore["Service"],
    key: string
  ) => Effect.Effect<void, SuiteFailed | TokenStoreError>
): Case => ({
  name,
  run: Effect.flatMap(TokenStore, (store) => run(store, `suite:${crypto.randomUUID()}`))
})

/** Everything that a store must do. */
export const cases: ReadonlyArray<Case> = [
  makeCase(
    "has nothing under a key that nobody has set",
    (store, key) =>
      Effect.flatMap(store.get(key), (found) => expect(Option.isNone(found), "nothing was set, yet something is there"))
  ),

  makeCase("gives back a token with its times", (store, key) =>
    Effect.gen(function*() {
      const given = yield* token("a", "1 minute")
      const set = yield* store.set(key, given, Option.none())
      const found = Option.getOrUndefined(yield* store.get(key))
      yield* expect(Redacted.value(set.value) === "a", "set answers with the token that it has put there")
      yield* expect(found !== undefined && Redacted.value(found.value) === "a", "the token is there")
      yield* expect(found?.expiresAt === given.expiresAt && found.obtainedAt === given.obtainedAt, "times are kept")
    })),

  makeCase("keeps keys apart", (store, key) =>
    Effect.gen(function*() {
      yield* store.set(`${key}:1`, yield* token("a", "1 minute"), Option.none())
      yield* store.set(`${key}:2`, yield* token("b", "1 minute"), Option.none())
      yield* expect(valueOf(yield* store.get(`${key}:1`)) === "a", "another key's token is there")
    })),

  makeCase("forgets a token that has ended", (store, key) =>
    Effect.gen(function*() {
      yield* store.set(key, yield* token("a", "100 millis"), Option.none())
      yield* Effect.sleep("200 millis")
      yield* expect(Option.isNone(yield* store.get(key)), "a token that has ended is still there")
    })),

  makeCase("replaces the token that was compared", (store, key) =>
    Effect.gen(function*() {
      yield* store.set(key, yield* token("a", "1 minute"), Option.none())
      const set = yield* store.set(key, yield* token("b", "1 minute"), Option.some(Redacted.make("a")))
      yield* expect(Redacted.value(set.value) === "b", "the new token is the answer")
      yield* expect(valueOf(yield* store.get(key)) === "b", "the new token is there")
    })),

  makeCase("keeps a token that somebody else has put there", (store, key) =>
    Effect.gen(function*() {
      yield* store.set(key, yield* token("b", "1 minute"), Option.none())
      const set = yield* store.set(key, yield* token("c", "1 minute"), Option.some(Redacted.make("a")))
      yield* expect(Redacted.value(set.value) === "b", "the answer is the token that is there")
      yield* expect(valueOf(yield* store.get(key)) === "b", "the other's token is still there")
    })),

  makeCase("sets once among many at the same time", (store, key) =>
    Effect.gen(function*() {
      const given = yield* Effect.forEach(Array.from({ length: 20 }, (_, i) => `${i}`), (i) => token(i, "1 minute"))
      const answers = yield* Effect.forEach(given, (token) => store.set(key, token, Option.none()), {
        concurrency: "unbounded"
      })
      const values = new Set(answers.map(({ value }) => Redacted.value(value)))
      yield* expect(values.size === 1, "they were answered with different tokens")
      yield* expect(values.has(valueOf(yield* store.get(key)) ?? ""), "the answer is not what is there")
    })),

  makeCase("leases to one alone, until the scope closes", (store, key) =>
    Effect.gen(function*() {
      yield* Effect.scoped(Effect.gen(function*() {
        yield* expect(yield* store.lease(key, Duration.seconds(10)), "the first gets the lease")
        yield* expect(!(yield* Effect.scoped(store.lease(key, Duration.seconds(10)))), "the second does not")
      }))
      yield* Effect.sleep("100 millis")
      yield* expect(yield* Effect.scoped(store.lease(key, Duration.seconds(10))), "it is given back")
    })),

  makeCase("lets a lease go that its holder has outlived", (store, key) =>
    Effect.scoped(Effect.gen(function*() {
      yield* store.lease(key, Duration.millis(100))
      yield* Effect.sleep("200 millis")
      yield* Effect.scoped(Effect.gen(function*() {
        yield* expect(yield* store.lease(key, Duration.seconds(10)), "the lease has ended, yet is held")
      }))
    }))),

  makeCase("does not give back a lease that is another's by now", (store, key) =>
    Effect.scoped(Effect.gen(function*() {
      yield* Effect.scoped(Effect.gen(function*() {
        yield* store.lease(key, Duration.millis(100))
        yield* Effect.sleep("200 millis")
        yield* Effect.flatMap(store.lease(`${key}:other`, Duration.seconds(10)), () => Effect.void)
      }))
      yield* expect(yield* store.lease(key, Duration.seconds(10)), "the next one gets the lease")
      yield* Effect.scoped(Effect.ignore(store.lease(key, Duration.seconds(10))))
      yield* Effect.sleep("100 millis")
      yield* expect(!(yield* Effect.scoped(store.lease(key, Duration.seconds(10)))), "the holder has lost its lease")
    })))
]
