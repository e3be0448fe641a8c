/**
 * One chaos run: events come in while workers and their store are killed, and every line that a worker writes is counted.
 */
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { rmSync } from "node:fs"
import { createInterface } from "node:readline"
import { DatabaseSync } from "node:sqlite"
import { clearTimeout, setTimeout as setTimer } from "node:timers"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { layerMysql } from "../../examples/mysql-inbox.ts"
import { startMariadb } from "../../test/support/mariadb.ts"
import { startPostgres } from "../../test/support/postgres.ts"
import { startRedis } from "../../test/support/redis.ts"
import * as Sqlite from "../../test/support/sqlite.ts"
import { remember, type Store } from "./Inbox.ts"

export interface Options {
  readonly store: Store
  readonly events: number
  readonly senders: number
  /** Between one event of a sender and the next, in milliseconds. Default: 0. */
  readonly pause?: number | undefined
  /** How many workers there are; from the first half of the events on, as many as `growTo` says. */
  readonly workers: number
  readonly growTo?: number | undefined
  /** How long handling an event takes, in milliseconds. */
  readonly millis: number
  /** After how many of each there are no more SIGKILLs. */
  readonly atMost?: number | undefined
  /** Between one signal to a worker and the next, on average, in milliseconds. */
  readonly killWorkers?: number | undefined
  /**
   * What workers get, in turn. `SIGTERM` lets them end their work, `SIGSTOP` lets them stand still for `standstill` and go
   * on then. Default: `SIGKILL`.
   */
  readonly signals?: ReadonlyArray<"SIGKILL" | "SIGTERM" | "SIGSTOP"> | undefined
  /** Default: 8 seconds, in milliseconds: others take over meanwhile. */
  readonly standstill?: number | undefined
  /** Between one SIGKILL of the store and the next, on average, in milliseconds. */
  readonly killStore?: number | undefined
  /** For how long workers may share the work before the first event comes, in milliseconds. */
  readonly settle?: number | undefined
  /** Whether to wait until all is forgotten. Default: true. */
  readonly forget?: boolean | undefined
  /** When the run is given up, in milliseconds. */
  readonly limit: number
}

export interface Report {
  readonly stored: number
  readonly refused: number
  readonly handled: number
  /** Stored, but never handled to the end. */
  readonly lost: number
  /** Started after a later one of their sender. */
  readonly outOfOrder: number
  /** Started again: those that a worker died over, or whose end could not be written down. */
  readonly repeated: number
  /** How many workers got a signal, and how often the store was killed. */
  readonly kills: { readonly workers: number; readonly store: number }
  /** From the first start to the last end, in milliseconds. */
  readonly duration: number
  /** From the last restart to the last end, in milliseconds. */
  readonly recovery: number
  /** How many events each worker has handled. */
  readonly shares: ReadonlyArray<number>
  /** Keys or rows of the inbox that are there after all is forgotten. */
  readonly left: number
}

interface Backend extends AsyncDisposable {
  readonly url: string
  readonly kill?: () => Promise<void>
  readonly start?: () => Promise<void>
  /** Entries of the inbox. */
  readonly entries: () => Promise<number>
}

const backends: { readonly [S in Store]: () => Promise<Backend> } = {
  redis: async () => {
    const server = await startRedis(
      "--appendonly",
      "yes",
      "--appendfsync",
      "always",
      "--maxmemory-policy",
      "noeviction"
    )
    const entries = async () => {
      const { createClient } = await import("redis")
      const client = await createClient({ url: server.url }).connect()
      const keys = await client.keys("*")
      client.destroy()
      return keys.filter((key) => !/(:seq|:machine|:runners|:runner:.*|:locks)$/.test(key)).length
    }
    return { ...server, entries }
  },
  postgres: async () => {
    const server = await startPostgres()
    const count = Effect.gen(function*() {
      const sql = yield* PgClient.PgClient
      const rows = yield* sql<{ readonly n: number }>`SELECT count(*)::int AS n FROM wecom_inbox`
      return rows[0]?.n ?? 0
    }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(server.url) })))
    return { ...server, entries: () => Effect.runPromise(count) }
  },
  mariadb: async () => {
    const server = await startMariadb()
    const count = Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const rows = yield* sql<{ readonly n: number }>`SELECT count(*) AS n FROM wecom_inbox`
      return rows[0]?.n ?? 0
    }).pipe(Effect.provide(layerMysql({ url: Redacted.make(server.url) })))
    return { ...server, entries: () => Effect.runPromise(count) }
  },
  sqlite: async () => {
    const database = Sqlite.create()
    return {
      url: database.file,
      entries: async () => {
        using file = new DatabaseSync(database.file)
        return Number(file.prepare("SELECT count(*) AS n FROM wecom_inbox").get()?.["n"])
      },
      [Symbol.asyncDispose]: async () => {
        database[Symbol.dispose]()
        for (const suffix of ["-wal", "-shm"]) rmSync(database.file + suffix, { force: true })
      }
    }
  }
}

/** Runs until all events are handled and forgotten, or the limit is reached. */
export const run = async (options: Options): Promise<Report> => {
  await using backend = await backends[options.store]()
  const stored = new Set<string>()
  /** Of each sender, the number of the last event that was started. */
  const started = new Map<string, number>()
  const startedAtAll = new Set<string>()
  const ended = new Map<string, number>()
  let refused = 0
  let outOfOrder = 0
  let repeated = 0
  let firstStart = 0
  let lastEnd = 0
  const onLine = (line: string) => {
    const [what, id = "", at] = line.split(" ")
    if (what === "stored") stored.add(id)
    if (what === "refused") refused++
    if (what === "end") {
      ended.set(id, (ended.get(id) ?? 0) + 1)
      lastEnd = Math.max(lastEnd, Number(at))
    }
    if (what === "start") {
      firstStart ||= Number(at)
      const [sender = "", number] = id.split(":")
      if (startedAtAll.has(id)) repeated++
      startedAtAll.add(id)
      // The one that was started last may be started again, and no other.
      if (Number(number) < (started.get(sender) ?? -1)) outOfOrder++
      started.set(sender, Math.max(Number(number), started.get(sender) ?? -1))
    }
  }
  const spawned = (file: string, ...args: ReadonlyArray<string>) => {
    const script = fileURLToPath(new URL(file, import.meta.url))
    const child = spawn(process.execPath, [
      "--conditions=effect-wecom-source",
      script,
      options.store,
      backend.url,
      ...args
    ], {
      stdio: ["ignore", "pipe", process.env["CHAOS_LOG"] === undefined ? "ignore" : "inherit"]
    })
    createInterface({ input: child.stdout }).on("line", onLine)
    return child
  }
  const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null
  const kill = async (child: ChildProcess, signal: "SIGKILL" | "SIGTERM" = "SIGKILL") => {
    if (hasEnded(child)) return
    const exit = once(child, "exit")
    child.kill(signal)
    await exit
  }
  const standing = new Set<NodeJS.Timeout>()
  const stop = (child: ChildProcess) => {
    child.kill("SIGSTOP")
    const timer = setTimer(() => {
      standing.delete(timer)
      child.kill("SIGCONT")
    }, options.standstill ?? 8_000)
    standing.add(timer)
  }

  const shares: Array<number> = []
  const working = new Set<ChildProcess>()
  const startWorker = () => {
    const index = shares.push(0) - 1
    const child = spawned("worker.ts", `${options.millis}`)
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (!line.startsWith("end ")) return
      shares[index] = (shares[index] ?? 0) + 1
      working.add(child)
    })
    return child
  }
  const workers = Array.from({ length: options.workers }, startWorker)
  await setTimeout(options.settle ?? 0)
  const producer = spawned("producer.ts", `${options.events}`, `${options.senders}`, `${options.pause ?? 0}`)
  const begun = Date.now()
  const atMost = options.atMost ?? Infinity
  const signals = options.signals ?? ["SIGKILL"]
  const kills = { workers: 0, store: 0 }
  const next = (every: number | undefined) =>
    every === undefined ? Infinity : Date.now() + every * (0.5 + Math.random())
  let nextWorker = Infinity
  let nextStore = Infinity
  let isUp = false
  let lastRestart = begun
  try {
    while (ended.size < options.events && Date.now() - begun < options.limit) {
      await setTimeout(50)
      for (const [index, child] of workers.entries()) {
        // Whatever runs it starts it again.
        if (hasEnded(child)) workers[index] = startWorker()
      }
      if (options.growTo !== undefined && ended.size > options.events / 2) {
        while (workers.length < options.growTo) workers.push(startWorker())
      }
      if (!isUp && working.size > 0) {
        isUp = true
        nextWorker = next(options.killWorkers)
        nextStore = next(options.killStore)
      }
      if (Date.now() > nextWorker && kills.workers < atMost) {
        // One amid its work: to kill those that have just started over and over would show nothing.
        const [index, victim] = [...workers.entries()].find(([, child]) => working.has(child)) ?? []
        if (index !== undefined && victim !== undefined) {
          const signal = signals[kills.workers++ % signals.length] ?? "SIGKILL"
          if (signal === "SIGSTOP") {
            working.delete(victim)
            stop(victim)
          } else {
            await kill(victim, signal)
            workers[index] = startWorker()
          }
          nextWorker = next(options.killWorkers)
          lastRestart = Date.now()
        }
      }
      if (Date.now() > nextStore && kills.store < atMost && backend.kill !== undefined && backend.start !== undefined) {
        kills.store++
        await backend.kill()
        await setTimeout(500)
        await backend.start()
        nextStore = next(options.killStore)
        lastRestart = Date.now()
      }
    }
    const forgotten = Date.now() + (options.forget === false ? 0 : 2 * remember + 2_000)
    let left = await backend.entries()
    while (left > 0 && Date.now() < forgotten) {
      await setTimeout(250)
      left = await backend.entries()
    }
    return {
      stored: stored.size,
      refused,
      handled: ended.size,
      lost: [...stored].filter((id) => !ended.has(id)).length,
      outOfOrder,
      repeated,
      kills,
      duration: lastEnd - firstStart,
      recovery: Math.max(0, lastEnd - lastRestart),
      shares,
      left
    }
  } finally {
    for (const timer of standing) clearTimeout(timer)
    for (const child of [...workers, producer]) await kill(child)
  }
}
