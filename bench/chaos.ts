/**
 * `npm run chaos`: 20,000 events on each store, two workers and then four; every few seconds a worker is killed, stopped for
 * a while or ended, and the store is killed. Then the same work by one process and by four, where handlers wait.
 * `npm run chaos -- --store redis --events 2000` is a part of it.
 *
 * Ends with 1 if an event was lost, stuck, out of order or left behind, or if four processes do less than twice the work of
 * one.
 */
import { parseArgs } from "node:util"
import { hasMariadb } from "../test/support/mariadb.ts"
import { hasPostgres } from "../test/support/postgres.ts"
import { hasRedis } from "../test/support/redis.ts"
import type { Store } from "./chaos/Inbox.ts"
import { run } from "./chaos/run.ts"

const { values } = parseArgs({
  options: {
    store: { type: "string" },
    events: { type: "string", default: "20000" }
  }
})

const missing: Partial<Record<Store, string>> = {
  ...hasRedis ? {} : { redis: "redis-server is not installed" },
  ...hasMariadb ? {} : { mariadb: "mariadb-server is not installed" },
  ...hasPostgres ? {} : { postgres: "postgresql is not installed" }
}
const stores = ["redis", "postgres", "mariadb", "sqlite"] as const
const chosen = stores.filter((store) => values.store === undefined || values.store === store)
if (chosen.length === 0) throw new Error(`--store is one of ${stores.join(", ")}`)

/** Whole numbers for each sender. */
const senders = 64
const events = Math.ceil(Number(values.events) / senders) * senders
let isWell = true

for (const store of chosen) {
  const reason = missing[store]
  if (reason !== undefined) {
    console.log(`${store}: left out, ${reason}`)
    continue
  }
  const report = await run({
    store,
    events,
    senders,
    pause: 150,
    workers: 2,
    growTo: 4,
    millis: 20,
    killWorkers: 4_000,
    signals: ["SIGKILL", "SIGSTOP", "SIGKILL", "SIGTERM"],
    killStore: 7_000,
    // After a minute or so it must come to rest.
    atMost: 15,
    limit: 60_000 + events * 20
  })
  const { handled, kills, left, lost, outOfOrder, recovery, refused, repeated, stored } = report
  const well = stored === events && lost === 0 && outOfOrder === 0 && left === 0
  isWell &&= well
  console.log(
    `${store}: ${well ? "well" : "NOT WELL"}: ${stored} events stored (${refused} times refused), ${handled} handled, `
      + `${lost} lost, ${outOfOrder} out of order, ${repeated} begun again, ${left} entries left, `
      + `${kills.workers} workers and ${kills.store} stores killed, done ${recovery} ms after the last restart`
  )
  const slowly = { store, events: 1_280, senders: 640, millis: 200, settle: 5_000, forget: false, limit: 120_000 }
  const one = await run({ ...slowly, workers: 1 })
  const four = await run({ ...slowly, workers: 4 })
  const ratio = one.duration / four.duration
  isWell &&= ratio >= 2
  const rate = ({ duration, handled }: typeof one) => Math.round(handled / duration * 1_000)
  console.log(
    `${store}: 1 process ${rate(one)} events/s, 4 processes ${rate(four)} events/s: ${ratio.toFixed(1)} times as many, `
      + `shares ${four.shares.join(", ")}`
  )
}

process.exitCode = isWell ? 0 : 1
