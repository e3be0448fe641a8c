/**
 * What every `InboxStore` must do, as a list of cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of InboxSuite.cases) {
 *   it.live(name, () => run.pipe(Effect.provide(myStore)))
 * }
 * ```
 */
import * as Effect from "effect/Effect"
import { InboxStore, type InboxStoreError, type IncomingEvent, type WaitingEvent } from "../callback/InboxStore.ts"
import { expect, type SuiteFailed } from "./expectation.ts"

export { SuiteFailed } from "./expectation.ts"

/**
 * One thing that a store must do. Runs in real time, within two seconds, with events of its own; no other case, and no
 * worker, may run at the same time. The store must be set up with `remember: "200 millis"`.
 */
export interface Case {
  readonly name: string
  readonly run: Effect.Effect<void, SuiteFailed | InboxStoreError, InboxStore>
}

/** What a case has: the store, and events under names of its own. */
interface Fixture {
  readonly store: InboxStore["Service"]
  /** An event of one of the case's orders, by a number of its own. */
  readonly event: (order: string, number: number) => IncomingEvent
  /** What waits of the case's events, at most so many. */
  readonly waiting: (limit?: number, without?: ReadonlyArray<string>) => Effect.Effect<
    ReadonlyArray<WaitingEvent>,
    InboxStoreError
  >
  /** The text that the case's events have as their order. */
  readonly order: (order: string) => string
}

const all = (store: InboxStore["Service"]) => Array.from({ length: store.shards }, (_, shard) => shard)

const makeCase = (
  name: string,
  run: (fixture: Fixture) => Effect.Effect<void, SuiteFailed | InboxStoreError>
): Case => ({
  name,
  run: Effect.gen(function*() {
    const store = yield* InboxStore
    const own = crypto.randomUUID()
    const order = (order: string) => `corp/${own}/${order}`
    const look = (limit: number, without: ReadonlyArray<string>) =>
      store.waiting({ shards: all(store), without: without.map(order), limit })
    yield* run({
      store,
      order,
      event: (name, number) => ({
        id: `message:${own}:${number}`,
        order: order(name),
        raw: `<xml><Content><![CDATA[第 ${number} 条 "消息"]]></Content></xml>`,
        receivedAt: 1_700_000_000_000 + number
      }),
      waiting: (limit = 100, without = []) => look(limit, without)
    }).pipe(
      Effect.ensuring(Effect.ignore(Effect.gen(function*() {
        for (const event of yield* look(1_000, [])) yield* store.done(event)
        for (const { id } of yield* store.deadLetters) yield* store.discard(id)
      })))
    )
  })
})

const ids = (events: ReadonlyArray<Pick<WaitingEvent, "id">>): string =>
  events.map(({ id }) => id.slice(id.lastIndexOf(":") + 1)).join(" ")

const end = (failedAt: number) => ({ key: "text", attempts: 3, failure: "Error: 没有成功", failedAt })

/** Everything that a store must do. */
export const cases: ReadonlyArray<Case> = [
  makeCase("gives back what waits, as it was put", ({ event, store, waiting }) =>
    Effect.gen(function*() {
      const given = event("a", 1)
      yield* store.put(given)
      const [found] = yield* waiting()
      yield* expect(found !== undefined, "the event waits")
      yield* expect(
        found?.id === given.id && found.order === given.order && found.raw === given.raw
          && found.receivedAt === given.receivedAt,
        "the event is as it was put"
      )
      yield* expect(found?.starts === 0, "no worker has begun with it")
      yield* expect(
        found !== undefined && Number.isInteger(found.shard) && found.shard >= 0 && found.shard < store.shards,
        "it belongs to a shard"
      )
    })),

  makeCase(
    "keeps the order in which events of one order were put",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        for (let number = 0; number < 40; number++) yield* store.put(event(number % 2 === 0 ? "a" : "b", number))
        const found = yield* waiting()
        yield* expect(found.length === 40, "all wait")
        for (const order of ["/a", "/b"]) {
          const times = found.filter((event) => event.order.endsWith(order)).map(({ receivedAt }) => receivedAt)
          yield* expect(times.every((at, index) => index === 0 || at > (times[index - 1] ?? 0)), "in their order")
        }
      })
  ),

  makeCase(
    "returns no more than is asked for, the first ones of each order",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        for (let number = 0; number < 12; number++) yield* store.put(event(`${number % 3}`, number))
        const found = yield* waiting(5)
        yield* expect(found.length === 5, "five are returned")
        for (const order of ["0", "1", "2"]) {
          const numbers = found.filter((event) => event.order.endsWith(`/${order}`))
            .map(({ receivedAt }) => receivedAt - 1_700_000_000_000)
          yield* expect(
            numbers.every((number, index) => number === Number(order) + 3 * index),
            "none is returned whose order has an earlier one"
          )
        }
      })
  ),

  makeCase(
    "leaves out orders that are at work, and other shards",
    ({ event, order, store, waiting }) =>
      Effect.gen(function*() {
        for (const [number, name] of ["a", "a", "b"].entries()) yield* store.put(event(name, number))
        yield* expect(ids(yield* waiting(1, ["a"])) === "2", "only the other order's event is returned")
        yield* expect((yield* waiting(10, ["a", "b"])).length === 0, "none is left")
        const shard = (yield* waiting()).find((event) => event.order === order("a"))?.shard ?? -1
        const here = yield* store.waiting({ shards: [shard], without: [], limit: 10 })
        yield* expect(here.some((event) => event.order === order("a")), "its shard has it")
        const others = all(store).filter((other) => other !== shard)
        const elsewhere = yield* store.waiting({ shards: others, without: [], limit: 10 })
        yield* expect(!elsewhere.some((event) => event.order === order("a")), "the others have not")
        yield* expect((yield* store.waiting({ shards: [], without: [], limit: 10 })).length === 0, "no shard, no event")
      })
  ),

  makeCase(
    "takes a repeat for what it is: while it waits, and after",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        yield* store.put(event("a", 1))
        yield* store.put(event("a", 1))
        const found = yield* waiting()
        yield* expect(found.length === 1, "it waits once")
        for (const event of found) yield* store.done(event)
        yield* store.put(event("a", 1))
        yield* expect((yield* waiting()).length === 0, "what was handled does not wait again")
      })
  ),

  makeCase(
    "stores a repeat once, however many come at the same time",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        yield* Effect.forEach(Array.from({ length: 20 }), () => store.put(event("a", 1)), { concurrency: "unbounded" })
        yield* expect((yield* waiting()).length === 1, "it waits once")
      })
  ),

  makeCase(
    "counts the workers that begin, and lets one alone begin with what it has read",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        yield* store.put(event("a", 1))
        const [first] = yield* waiting()
        if (first === undefined) return
        const begins = yield* Effect.forEach(["x", "y", "z"], (worker) => store.begin(first, worker), {
          concurrency: "unbounded"
        })
        yield* expect(begins.filter((begun) => begun).length === 1, "one of three has begun")
        const winner = ["x", "y", "z"][begins.indexOf(true)] ?? ""
        yield* expect(yield* store.begin(first, winner), "asked again, it has begun")
        const [second] = yield* waiting()
        if (second === undefined) return
        yield* expect(second.starts === 1, "it is counted once")
        yield* expect(yield* store.begin(second, winner), "it may begin again")
        yield* expect((yield* waiting())[0]?.starts === 1, "and is not counted again, for it lives")
        yield* expect(yield* store.begin(second, "next"), "who comes after its death may begin")
        yield* expect(!(yield* store.begin(first, winner)), "it itself may not, should it still live")
        yield* store.giveBack(first, winner)
        yield* expect((yield* waiting())[0]?.starts === 2, "it cannot take back what is another's")
        yield* store.giveBack(second, "next")
        yield* expect((yield* waiting())[0]?.starts === 1, "a start can be taken back")
        yield* store.done(first)
        yield* expect(!(yield* store.begin(second, "next")), "nobody begins with what is done")
        yield* store.giveBack(second, "next")
        yield* expect((yield* waiting()).length === 0, "what is done does not come back")
      })
  ),

  makeCase("ends each wait once, in any order", ({ event, store, waiting }) =>
    Effect.gen(function*() {
      for (let number = 0; number < 4; number++) yield* store.put(event("a", number))
      const [first, second, third] = yield* waiting()
      if (first === undefined || second === undefined || third === undefined) return
      yield* store.done(second)
      yield* store.done(second)
      yield* expect(ids(yield* waiting()) === "0 2 3", "the others wait")
      yield* store.bury(first, end(1))
      yield* store.done(first)
      yield* store.bury(third, end(2))
      yield* store.bury(third, end(3))
      yield* expect(ids(yield* waiting()) === "3", "one waits")
      const letters = yield* store.deadLetters
      yield* expect(ids(letters) === "0 2" && letters[1]?.failedAt === 2, "the first end counts")
    })),

  makeCase(
    "keeps dead letters with what is known, the oldest failure first",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        for (let number = 0; number < 3; number++) yield* store.put(event(`${number}`, number))
        const found = yield* waiting()
        for (const [index, each] of found.entries()) yield* store.bury(each, end(index === 0 ? 9 : index))
        const letters = yield* store.deadLetters
        yield* expect(letters.map(({ failedAt }) => failedAt).join() === "1,2,9", "the oldest failure comes first")
        const first = letters.find(({ id }) => id === found[0]?.id)
        yield* expect(
          first?.key === "text" && first.attempts === 3 && first.failure === "Error: 没有成功"
            && first.raw === found[0]?.raw && first.receivedAt === found[0].receivedAt,
          "everything is kept"
        )
        if (found[0] !== undefined) yield* store.put(found[0])
        yield* expect((yield* waiting()).length === 0, "a repeat of a dead letter does not wait")
      })
  ),

  makeCase(
    "replays a dead letter once, as if nobody had begun with it",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        yield* store.put(event("a", 1))
        const [first] = yield* waiting()
        if (first === undefined) return
        yield* store.begin(first, "x")
        yield* store.bury(first, end(1))
        const replays = yield* Effect.forEach([1, 2, 3], () => store.replay(first.id), { concurrency: "unbounded" })
        yield* expect(replays.filter((replayed) => replayed).length === 1, "one of three replays does it")
        const [again] = yield* waiting()
        yield* expect(again?.id === first.id && again.raw === first.raw && again.starts === 0, "it waits again")
        yield* expect((yield* store.deadLetters).length === 0, "it is no dead letter")
        yield* store.bury(first, end(2))
        yield* expect((yield* store.deadLetters)[0]?.failedAt === 2, "it can fail once more")
        yield* expect(!(yield* store.replay("another")), "what is not there cannot be replayed")
      })
  ),

  makeCase("discards a dead letter, and remembers it", ({ event, store, waiting }) =>
    Effect.gen(function*() {
      yield* store.put(event("a", 1))
      const [first] = yield* waiting()
      if (first === undefined) return
      yield* expect(!(yield* store.discard(first.id)), "what waits is no dead letter")
      yield* store.bury(first, end(1))
      yield* expect(yield* store.discard(first.id), "it is discarded")
      yield* expect(!(yield* store.discard(first.id)), "only once")
      yield* expect(!(yield* store.replay(first.id)), "it cannot be replayed")
      yield* store.put(event("a", 1))
      yield* expect((yield* waiting()).length === 0, "a repeat does not wait")
    })),

  makeCase(
    "forgets what was handled after its time, and not what waits",
    ({ event, store, waiting }) =>
      Effect.gen(function*() {
        yield* store.put(event("a", 1))
        yield* store.put(event("b", 2))
        for (const event of yield* waiting(1, ["b"])) yield* store.done(event)
        // Stores may look for what is to be forgotten every second.
        yield* Effect.sleep("1500 millis")
        yield* store.put(event("a", 1))
        yield* store.put(event("b", 2))
        yield* expect((yield* waiting()).length === 2, "the one is stored again, the other has waited")
      })
  )
]
