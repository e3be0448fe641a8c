import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import { assert, describe, it } from "@effect/vitest"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as TokenStoreSuite from "../../src/testing/TokenStoreSuite.ts"
import * as FileTokenStore from "../../src/token/FileTokenStore.ts"
import { TokenStore } from "../../src/token/TokenStore.ts"

const platform = Layer.merge(NodeFileSystem.layer, NodePath.layer)

const inFolder = <A, E>(run: (directory: string) => Effect.Effect<A, E>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "wecom-tokens-"))),
    (folder) => run(join(folder, "tokens")),
    (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
  )

/** A store of its own, as another process has it. */
const storeOf = (directory: string) =>
  Effect.provide(TokenStore, FileTokenStore.layer({ directory }).pipe(Layer.provide(platform)))

/** One that is slow to act on what it has read. */
const slowStoreOf = (directory: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const slow = FileSystem.FileSystem.of({
      ...fs,
      readFileString: (path, encoding) => Effect.tap(fs.readFileString(path, encoding), Effect.sleep("100 millis"))
    })
    return yield* Effect.provide(
      TokenStore,
      FileTokenStore.layer({ directory }).pipe(
        Layer.provide(Layer.merge(Layer.succeed(FileSystem.FileSystem, slow), NodePath.layer))
      )
    )
  }).pipe(Effect.provide(NodeFileSystem.layer))

const token = (value: string) => {
  const now = Date.now()
  return { value: Redacted.make(value), obtainedAt: now, expiresAt: now + 60_000 }
}

describe("FileTokenStore", () => {
  for (const { name, run } of TokenStoreSuite.cases) {
    it.live(
      name,
      () =>
        inFolder((directory) =>
          run.pipe(Effect.provide(FileTokenStore.layer({ directory }).pipe(Layer.provide(platform))))
        )
    )
  }

  it.live("shares tokens and leases between processes", () =>
    inFolder((directory) =>
      Effect.gen(function*() {
        const [one, other] = [yield* storeOf(directory), yield* storeOf(directory)]
        yield* one.set("a key: with / signs", token("first"), Option.none())
        const kept = yield* other.set("a key: with / signs", token("second"), Option.none())
        assert.strictEqual(Redacted.value(kept.value), "first")
        yield* Effect.scoped(Effect.gen(function*() {
          assert.isTrue(yield* one.lease("key", Duration.seconds(5)))
          assert.isFalse(yield* Effect.scoped(other.lease("key", Duration.seconds(5))))
        }))
        assert.isTrue(yield* Effect.scoped(other.lease("key", Duration.seconds(5))))
      })
    ))

  it.live("takes over a lease whose holder has died, once", () =>
    inFolder((directory) =>
      Effect.gen(function*() {
        const stores = yield* Effect.all(Array.from({ length: 8 }, () => storeOf(directory)))
        const [first] = stores
        // Many at once: those who read the void lease late must not take it from whoever took it over.
        yield* Effect.forEach(Array.from({ length: 40 }, (_, round) => `key ${round}`), (key) =>
          // Never given back, as by a process that was killed.
          Effect.scope.pipe(
            Effect.flatMap(() => first?.lease(key, Duration.millis(20)) ?? Effect.succeed(false)),
            Effect.andThen(Effect.sleep("40 millis")),
            Effect.andThen(Effect.gen(function*() {
              const taken = yield* Effect.all(stores.map((store) => store.lease(key, Duration.seconds(5))), {
                concurrency: "unbounded"
              })
              assert.lengthOf(taken.filter((own) => own), 1)
            })),
            Effect.scoped
          ), { concurrency: 10 })
      })
    ))

  it.live("does not take a lease from a store that took it over meanwhile", () =>
    inFolder((directory) =>
      Effect.scoped(Effect.gen(function*() {
        const store = yield* storeOf(directory)
        const late = yield* slowStoreOf(directory)
        yield* store.lease("key", Duration.millis(20))
        yield* Effect.sleep("40 millis")
        const taken = yield* Effect.all([
          late.lease("key", Duration.seconds(5)),
          Effect.delay(store.lease("key", Duration.seconds(5)), "50 millis")
        ], { concurrency: "unbounded" })
        assert.deepStrictEqual(taken, [false, true])
      }))
    ))

  it.live("keeps files for their owner alone, and leaves nothing else behind", () =>
    inFolder((directory) =>
      Effect.gen(function*() {
        const store = yield* storeOf(directory)
        yield* Effect.scoped(store.lease("key", Duration.seconds(5)))
        yield* store.set("key", token("value"), Option.none())
        assert.deepStrictEqual(readdirSync(directory), ["key.token"])
        assert.strictEqual(statSync(directory).mode & 0o777, 0o700)
        assert.strictEqual(statSync(join(directory, "key.token")).mode & 0o777, 0o600)
      })
    ))

  it.live("takes garbage for nothing, and refuses a folder that others may write to", () =>
    inFolder((directory) =>
      Effect.gen(function*() {
        const store = yield* storeOf(directory)
        yield* store.set("key", token("value"), Option.none())
        writeFileSync(join(directory, "key.token"), "{ garbage")
        assert.isTrue(Option.isNone(yield* store.get("key")))
        chmodSync(directory, 0o777)
        const error = yield* Effect.flip((yield* storeOf(directory)).get("key"))
        assert.match(error.message, /chmod 700/)
      })
    ))
})
