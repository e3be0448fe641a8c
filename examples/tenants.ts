import { Effect, Redacted } from "effect"
import { WeComApp } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"

/** Where a corp's app is looked up: a database in production. */
const appOf = (corpId: string): WeComApp =>
  WeComApp.secret({ corpId, secret: Redacted.make(`secret-of-${corpId}`), agentId: 1000002 })

/** One client, one token cache, any number of corps: `WeComApp.use` sets the app of a piece of work. */
export const program = (corps: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const departments = yield* Departments
    return yield* Effect.forEach(
      corps,
      (corpId) =>
        departments.list().pipe(Effect.map((list) => [corpId, list.length] as const), WeComApp.use(appOf(corpId))),
      { concurrency: 10 }
    )
  })
