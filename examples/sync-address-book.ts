import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Context, DateTime, Effect, Layer, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { type Department, Departments, type User, Users } from "effect-wecom/contacts"

/** Where the copy is kept: a database in production. */
export class Directory extends Context.Service<Directory, {
  readonly saveDepartment: (department: Department) => Effect.Effect<void>
  readonly saveUser: (user: User, seen: DateTime.Utc) => Effect.Effect<void>
  /** Forgets the members who were last seen before. Says how many. */
  readonly forgetUsers: (before: DateTime.Utc) => Effect.Effect<number>
}>()("example/Directory") {
  static readonly layerMemory = Layer.sync(Directory, () => {
    const departments = new Map<number, Department>()
    const users = new Map<string, { readonly user: User; readonly seen: DateTime.Utc }>()
    return {
      saveDepartment: (department) => Effect.sync(() => void departments.set(department.id, department)),
      saveUser: (user, seen) => Effect.sync(() => void users.set(user.userid, { user, seen })),
      forgetUsers: (before) =>
        Effect.sync(() => {
          const gone = [...users].filter(([, { seen }]) => DateTime.isLessThan(seen, before))
          for (const [userid] of gone) users.delete(userid)
          return gone.length
        })
    }
  })
}

/** Copies the departments and members that the app may see, five departments at a time. */
export const sync = Effect.gen(function*() {
  const departments = yield* Departments
  const users = yield* Users
  const directory = yield* Directory
  const started = yield* DateTime.now

  const tree = yield* departments.list()
  yield* Effect.forEach(tree, directory.saveDepartment, { discard: true })

  const copied = yield* Stream.fromIterable(tree).pipe(
    Stream.mapEffect(
      (department) => Effect.map(users.list({ department_id: department.id }), (members) => ({ department, members })),
      { concurrency: 5 }
    ),
    Stream.zipWithIndex,
    Stream.tap(([{ department, members }, index]) =>
      Effect.log(`${index + 1}/${tree.length} ${department.name ?? department.id}: ${members.length} members`)
    ),
    // A member of several departments is listed in each of them, and counts in the first.
    Stream.flatMap(([{ department, members }]) =>
      Stream.fromIterable(members.filter((user) => user.department[0] === department.id))
    ),
    Stream.mapEffect((user) => directory.saveUser(user, started), { concurrency: 10 }),
    Stream.runCount
  )

  return { departments: tree.length, members: copied, gone: yield* directory.forgetUsers(started) }
})

if (import.meta.main) {
  sync.pipe(
    Effect.tap((counts) => Effect.log("in sync", counts)),
    Effect.provide([
      Directory.layerMemory,
      Layer.mergeAll(Departments.layer, Users.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ]),
    NodeRuntime.runMain
  )
}
