/**
 * What every `PermanentCodes` must do, as a list of cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of PermanentCodesSuite.cases) {
 *   it.live(name, () => run.pipe(Effect.provide(myPermanentCodes)))
 * }
 * ```
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { StoreError } from "../StoreError.ts"
import { type PermanentCode, PermanentCodes } from "../tenants/PermanentCodes.ts"
import { expect, type SuiteFailed } from "./expectation.ts"

export { SuiteFailed } from "./expectation.ts"

/** One thing that a store must do. Runs within a second, with suite ids of its own. */
export interface Case {
  readonly name: string
  readonly run: Effect.Effect<void, SuiteFailed | StoreError, PermanentCodes>
}

const makeCase = (
  name: string,
  run: (codes: PermanentCodes["Service"], suiteId: string) => Effect.Effect<void, SuiteFailed | StoreError>
): Case => ({
  name,
  run: Effect.flatMap(PermanentCodes, (codes) => run(codes, `suite-${crypto.randomUUID()}`))
})

const code = (value: string, agentId?: number): PermanentCode => ({ code: Redacted.make(value), agentId })

const expectCode = (found: Option.Option<PermanentCode>, value: string, agentId: number | undefined) =>
  expect(
    Option.isSome(found) && Redacted.value(found.value.code) === value && found.value.agentId === agentId,
    `the code ${value} of the agent ${agentId} is there`
  )

/** Everything that a store must do. */
export const cases: ReadonlyArray<Case> = [
  makeCase(
    "has nothing where nothing was put",
    (codes, suiteId) =>
      Effect.flatMap(codes.get(suiteId, "ww1"), (found) => expect(Option.isNone(found), "nothing is there"))
  ),

  makeCase("gives back a code with its agent id", (codes, suiteId) =>
    Effect.gen(function*() {
      yield* codes.put(suiteId, "ww1", code("a", 7))
      yield* expectCode(yield* codes.get(suiteId, "ww1"), "a", 7)
    })),

  makeCase("keeps codes whose agent id is not known yet", (codes, suiteId) =>
    Effect.gen(function*() {
      yield* codes.put(suiteId, "ww1", code("a"))
      yield* expectCode(yield* codes.get(suiteId, "ww1"), "a", undefined)
    })),

  makeCase("keeps suites and corps apart", (codes, suiteId) =>
    Effect.gen(function*() {
      yield* codes.put(`${suiteId}-1`, "ww1", code("a", 1))
      yield* codes.put(`${suiteId}-1`, "ww2", code("b", 2))
      yield* codes.put(`${suiteId}-2`, "ww1", code("c", 3))
      yield* expectCode(yield* codes.get(`${suiteId}-1`, "ww1"), "a", 1)
      yield* expectCode(yield* codes.get(`${suiteId}-1`, "ww2"), "b", 2)
      yield* expectCode(yield* codes.get(`${suiteId}-2`, "ww1"), "c", 3)
    })),

  makeCase("replaces a code", (codes, suiteId) =>
    Effect.gen(function*() {
      yield* codes.put(suiteId, "ww1", code("a", 7))
      yield* codes.put(suiteId, "ww1", code("b", 8))
      yield* expectCode(yield* codes.get(suiteId, "ww1"), "b", 8)
    })),

  makeCase("forgets a code, and only that one", (codes, suiteId) =>
    Effect.gen(function*() {
      yield* codes.put(suiteId, "ww1", code("a", 1))
      yield* codes.put(suiteId, "ww2", code("b", 2))
      yield* codes.remove(suiteId, "ww1")
      yield* codes.remove(suiteId, "ww3")
      yield* expect(Option.isNone(yield* codes.get(suiteId, "ww1")), "the code is gone")
      yield* expectCode(yield* codes.get(suiteId, "ww2"), "b", 2)
    }))
]
