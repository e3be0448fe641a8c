/**
 * Tokens shared by the processes of one user on one machine: a folder that only its owner may read.
 *
 * Each token is a file of its own, written beside and renamed, so that nobody reads half of one. A process that fetches a token
 * holds a lock file meanwhile, which is void after its time if the process has died. For command line tools and scripts;
 * servers share through Redis.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import type * as PlatformError from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Semaphore from "effect/Semaphore"
import { type Token, TokenStore, TokenStoreError } from "./TokenStore.ts"

/** Where the files lie. */
export interface Options {
  /** The folder, made when the first token is kept. */
  readonly directory: string
}

/** A `TokenStore` over files. A folder that cannot be written or that others may read fails every operation. */
export const layer = (options: Options): Layer.Layer<TokenStore, never, FileSystem.FileSystem | Path.Path> =>
  Layer.effect(TokenStore, make(options.directory))

const Stored = Schema.fromJsonString(Schema.Struct({ v: Schema.String, o: Schema.Number, e: Schema.Number }))
const decodeStored = Schema.decodeUnknownOption(Stored)
const encodeStored = Schema.encodeSync(Stored)

const Lock = Schema.fromJsonString(Schema.Struct({ id: Schema.String, until: Schema.Number }))
const decodeLock = Schema.decodeUnknownOption(Lock)
const encodeLock = Schema.encodeSync(Lock)

/** How long a lock around one change of a file counts: longer than any change takes. */
const changeLife = 2_000

const make = (directory: string) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const inProcess = yield* Semaphore.make(1)

    const fileOf = (key: string, kind: string) => path.join(directory, `${encodeURIComponent(key)}.${kind}`)

    const failed = (operation: string) => (error: PlatformError.PlatformError) =>
      new TokenStoreError({ operation, description: `${error.reason._tag}: ${directory}` })

    const missing = (error: PlatformError.PlatformError) => error.reason._tag === "NotFound"

    const prepared = yield* Effect.cached(
      fs.makeDirectory(directory, { recursive: true, mode: 0o700 }).pipe(
        Effect.andThen(fs.stat(directory)),
        Effect.flatMap(({ mode }) =>
          // Systems without owners of files say nothing of them.
          (mode & 0o022) === 0 || path.sep === "\\"
            ? Effect.void
            : Effect.fail(
              new TokenStoreError({ operation: "open", description: `others may write to ${directory}: chmod 700 it` })
            )
        ),
        Effect.catchTag("PlatformError", (error) => Effect.fail(failed("open")(error)))
      )
    )

    const read = (file: string) =>
      fs.readFileString(file).pipe(
        Effect.asSome,
        Effect.catchIf(missing, () => Effect.succeedNone)
      )

    const tokenIn = (key: string) =>
      Effect.gen(function*() {
        const text = yield* read(fileOf(key, "token"))
        const now = yield* Clock.currentTimeMillis
        return text.pipe(
          Option.flatMap(decodeStored),
          Option.filter(({ e }) => e > now),
          Option.map(({ e, o, v }): Token => ({ value: Redacted.make(v), obtainedAt: o, expiresAt: e }))
        )
      })

    const write = (file: string, text: string) =>
      Effect.gen(function*() {
        const beside = `${file}.${crypto.randomUUID()}`
        yield* fs.writeFile(beside, new TextEncoder().encode(text), { flag: "wx", mode: 0o600 })
        yield* fs.rename(beside, file)
      })

    /** Makes a lock file, if there is none whose time has not ended. */
    const take = (lock: string, id: string, life: number): Effect.Effect<boolean, PlatformError.PlatformError> =>
      Effect.gen(function*() {
        const now = yield* Clock.currentTimeMillis
        const text = new TextEncoder().encode(encodeLock({ id, until: now + life }))
        const made = yield* fs.writeFile(lock, text, { flag: "wx", mode: 0o600 }).pipe(
          Effect.as(true),
          Effect.catchIf((error) => error.reason._tag === "AlreadyExists", () => Effect.succeed(false))
        )
        if (made) return true
        const held = Option.flatMap(yield* read(lock), decodeLock)
        // One that cannot be read is being written now.
        if (Option.isNone(held) || held.value.until > now) return false
        // Of those who find it void one replaces it, and only while it is the same: another may have done so since.
        const guard = `${lock}.${held.value.id}`
        return yield* Effect.acquireUseRelease(
          take(guard, id, changeLife),
          (guarded) =>
            Effect.gen(function*() {
              if (!guarded) return false
              const still = Option.flatMap(yield* read(lock), decodeLock)
              if (Option.isNone(still) || still.value.id !== held.value.id) return false
              yield* write(lock, encodeLock({ id, until: now + life }))
              return true
            }),
          (guarded) => guarded ? release(guard, id) : Effect.void
        )
      })

    const release = (lock: string, id: string) =>
      Effect.gen(function*() {
        const held = Option.flatMap(yield* read(lock), decodeLock)
        if (Option.isSome(held) && held.value.id === id) yield* fs.remove(lock, { force: true })
      }).pipe(Effect.ignore)

    /** One change of a key's file at a time, in this process and in others. */
    const changing = <A>(key: string, change: Effect.Effect<A, PlatformError.PlatformError>) =>
      inProcess.withPermits(1)(
        Effect.acquireUseRelease(
          Effect.suspend(() => {
            const id = crypto.randomUUID()
            return take(fileOf(key, "change"), id, changeLife).pipe(
              Effect.repeat({ until: (taken) => taken, schedule: Schedule.spaced("2 millis") }),
              Effect.as(id)
            )
          }),
          () => change,
          (id) => release(fileOf(key, "change"), id)
        )
      )

    return TokenStore.of({
      get: (key) =>
        Effect.andThen(
          prepared,
          Effect.catchTag(tokenIn(key), "PlatformError", (error) => Effect.fail(failed("get")(error)))
        ),
      set: (key, token, replacing) =>
        Effect.andThen(
          prepared,
          changing(
            key,
            Effect.gen(function*() {
              const current = yield* tokenIn(key)
              const taken = Option.isSome(current) &&
                !(Option.isSome(replacing) && Redacted.value(replacing.value) === Redacted.value(current.value.value))
              if (taken) return current.value
              yield* write(
                fileOf(key, "token"),
                encodeStored({ v: Redacted.value(token.value), o: token.obtainedAt, e: token.expiresAt })
              )
              return token
            })
          ).pipe(Effect.catchTag("PlatformError", (error) => Effect.fail(failed("set")(error))))
        ),
      lease: (key, duration) =>
        Effect.andThen(
          prepared,
          Effect.acquireRelease(
            Effect.suspend(() => {
              const id = crypto.randomUUID()
              return Effect.map(
                take(fileOf(key, "lease"), id, Duration.toMillis(duration)),
                (taken) => taken ? id : undefined
              )
            }).pipe(Effect.catchTag("PlatformError", (error) => Effect.fail(failed("lease")(error)))),
            (id) => id === undefined ? Effect.void : release(fileOf(key, "lease"), id)
          ).pipe(Effect.map((id) => id !== undefined))
        )
    })
  })
