/**
 * What every `AppDirectory` must do that keeps the corps' own apps, as a list of cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of AppDirectorySuite.cases) {
 *   it.live(name, () => run.pipe(Effect.provide(myAppDirectory)))
 * }
 * ```
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { expect, type SuiteFailed } from "./expectation.ts"

export { SuiteFailed } from "./expectation.ts"
import type { StoreError } from "../StoreError.ts"
import { AppDirectory, type WhichApp } from "../tenants/AppDirectory.ts"
import { WeComApp } from "../WeComApp.ts"
import type { WeComError } from "../WeComError.ts"

type Failure = SuiteFailed | StoreError | WeComError

/** One thing that a directory must do. Runs within a second, with corp ids of its own. */
export interface Case {
  readonly name: string
  readonly run: Effect.Effect<void, Failure, AppDirectory>
}

const makeCase = (
  name: string,
  run: (apps: AppDirectory["Service"], corpId: string) => Effect.Effect<void, Failure>
): Case => ({
  name,
  run: Effect.flatMap(AppDirectory, (apps) => run(apps, `ww${crypto.randomUUID()}`))
})

const own = (corpId: string, agentId: number | undefined, secret: string) =>
  WeComApp.secret({ corpId, agentId, secret: Redacted.make(secret) })

const expectSecret = (apps: AppDirectory["Service"], which: WhichApp, secret: string) =>
  Effect.flatMap(apps.get(which), (app) =>
    expect(
      app._tag === "Secret" && app.corpId === which.corpId && Redacted.value(app.secret) === secret,
      `the app with the secret ${secret} is there`
    ))

const expectNone = (apps: AppDirectory["Service"], which: WhichApp, expectation: string) =>
  Effect.flatMap(
    Effect.result(apps.get(which)),
    (result) => expect(result._tag === "Failure" && result.failure.reason._tag === "RequestInvalid", expectation)
  )

/** Everything that a directory must do. */
export const cases: ReadonlyArray<Case> = [
  makeCase(
    "fails with RequestInvalid for a corp that is not known",
    (apps, corpId) => expectNone(apps, { corpId }, "a corp without an app has one")
  ),

  makeCase("gives back an app, as it was put", (apps, corpId) =>
    Effect.gen(function*() {
      yield* apps.put(WeComApp.secret({
        corpId,
        agentId: 7,
        secret: Redacted.make("a"),
        baseUrl: "https://wecom.example.com"
      }))
      const app = yield* apps.get({ corpId })
      yield* expectSecret(apps, { corpId }, "a")
      yield* expect(app.agentId === 7 && app.baseUrl === "https://wecom.example.com", "its details are kept")
    })),

  makeCase("knows an app as soon as it is put, also after it was looked for", (apps, corpId) =>
    Effect.gen(function*() {
      yield* expectNone(apps, { corpId }, "nothing was put")
      yield* apps.put(own(corpId, 7, "a"))
      yield* expectSecret(apps, { corpId }, "a")
    })),

  makeCase("tells apps of one corp apart by agent id, and does not guess", (apps, corpId) =>
    Effect.gen(function*() {
      yield* apps.put(own(corpId, 7, "a"))
      yield* apps.put(own(corpId, 8, "b"))
      yield* expectSecret(apps, { corpId, agentId: 7 }, "a")
      yield* expectSecret(apps, { corpId, agentId: 8 }, "b")
      yield* expectNone(apps, { corpId, agentId: 9 }, "there is no such agent id")
      yield* expectNone(apps, { corpId }, "which of two is meant is not known")
    })),

  makeCase("keeps corps apart", (apps, corpId) =>
    Effect.gen(function*() {
      yield* apps.put(own(`${corpId}a`, 7, "a"))
      yield* apps.put(own(`${corpId}b`, 7, "b"))
      yield* expectSecret(apps, { corpId: `${corpId}a` }, "a")
      yield* expectSecret(apps, { corpId: `${corpId}b` }, "b")
    })),

  makeCase("replaces an app at once", (apps, corpId) =>
    Effect.gen(function*() {
      yield* apps.put(own(corpId, 7, "a"))
      yield* expectSecret(apps, { corpId }, "a")
      yield* apps.put(own(corpId, 7, "b"))
      yield* expectSecret(apps, { corpId }, "b")
    })),

  makeCase("forgets one app, or all of a corp, at once", (apps, corpId) =>
    Effect.gen(function*() {
      yield* apps.put(own(corpId, 7, "a"))
      yield* apps.put(own(corpId, 8, "b"))
      yield* apps.remove({ corpId, agentId: 7 })
      yield* expectSecret(apps, { corpId }, "b")
      yield* apps.put(own(corpId, 7, "a"))
      yield* apps.remove({ corpId })
      yield* expectNone(apps, { corpId }, "the corp was removed")
    }))
]
