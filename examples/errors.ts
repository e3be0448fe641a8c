import { Effect, Option, Schedule } from "effect"
import { WeComClient, WeComError } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"

export const program = Effect.gen(function*() {
  const departments = yield* Departments

  // #region handle
  // One errcode: no such department.
  const found = yield* departments.get({ id: 42 }).pipe(
    Effect.asSome,
    WeComError.catchCode(60003, () => Effect.succeedNone)
  )

  // One reason: the input was refused before anything was sent, with every field that is wrong.
  const created = yield* departments.create({ name: "", parentid: 1 }).pipe(
    Effect.asSome,
    Effect.catchReason(
      "WeComError",
      "RequestInvalid",
      ({ issues }) => Effect.as(Effect.logWarning("fix the form", issues), Option.none())
    )
  )
  // #endregion

  // #region options
  // A deadline and a retry policy of its own.
  const all = yield* departments.list().pipe(
    WeComClient.withOptions({ deadline: "1 minute" }),
    Effect.provideService(WeComClient.RetryPolicy, Schedule.recurs(1))
  )
  // #endregion

  return { found, created, all: all.length }
})
