/**
 * Streams of paged endpoints: a page is fetched when it is needed, no sooner, and none is kept.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Deferred, Effect, Fiber, Layer, Redacted, Schema, Stream } from "effect"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import * as Endpoint from "../src/Endpoint.ts"
import * as Paging from "../src/Paging.ts"
import { TokenCache } from "../src/token/TokenCache.ts"
import { WeComApp } from "../src/WeComApp.ts"
import { WeComClient } from "../src/WeComClient.ts"
import * as Wire from "../src/Wire.ts"
import { type Answer, cannedClient } from "./support/canned.ts"

const byCursor = Endpoint.query("/cgi-bin/test/cursor", 1, () => ({
  body: { owner: Schema.String, cursor: Wire.optional(Schema.String) },
  success: Schema.Struct({
    list: Wire.list(Schema.String),
    next_cursor: Wire.optional(Schema.String),
    has_more: Wire.optional(Wire.flag)
  })
}))

const byOffset = Endpoint.query("/cgi-bin/test/offset", 1, () => ({
  body: { offset: Wire.optional(Wire.int), limit: Wire.int },
  success: Schema.Struct({ items: Wire.list(Wire.int), next_offset: Wire.int, total: Wire.int })
}))

const cursors = Paging.byCursor(byCursor, "list")

const offsets = Paging.make(byOffset, {
  items: (page) => page.items,
  next: (page, input) => page.next_offset >= page.total ? undefined : { ...input, offset: page.next_offset }
})

const counted = Paging.byOffset(byOffset, "items")

const totalled = Paging.byOffset(byOffset, "items", { total: "total" })

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") })

/** What asked for a page. */
interface Asked {
  readonly cursor?: string
  readonly offset?: number
  readonly limit?: number
}

/** A client over canned pages; `requests` are the bodies that asked for them. */
const setup = (answer: (body: Asked) => unknown) => {
  const requests: Array<object> = []
  const canned: Answer = ({ body, path }) => {
    if (path === "/cgi-bin/gettoken") return { errcode: 0, access_token: "T", expires_in: 7200 }
    requests.push(body as object)
    return answer(body as Asked)
  }
  return {
    requests,
    layer: WeComClient.layer(app).pipe(
      Layer.provide(TokenCache.layerMemory),
      Layer.provide(cannedClient(canned).layer)
    )
  }
}

const pages = (count: number, size: number) => ({ cursor = "0" }: Asked) => {
  const page = Number(cursor)
  return {
    errcode: 0,
    list: Array.from({ length: size }, (_, index) => `user-${page * size + index}`),
    next_cursor: page + 1 < count ? `${page + 1}` : ""
  }
}

/** The items from one number up to another. */
const users = (start: number, end: number) => Array.from({ length: end - start }, (_, index) => `user-${start + index}`)

const stream = <I, A>(paged: Paging.Paged<I, A>, input: I) =>
  Stream.unwrap(Effect.map(WeComClient, (client) => client.stream(paged)(input)))

describe("a stream of pages", () => {
  it.effect("follows cursors to the end, with the rest of the input as it was", () => {
    const { layer, requests } = setup(pages(3, 2))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stream.runCollect(stream(cursors, { owner: "zhangsan" })), users(0, 6))
      assert.deepStrictEqual(requests, [
        { owner: "zhangsan" },
        { owner: "zhangsan", cursor: "1" },
        { owner: "zhangsan", cursor: "2" }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("starts at the cursor that it is given", () => {
    const { layer, requests } = setup(pages(3, 2))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stream.runCollect(stream(cursors, { owner: "zhangsan", cursor: "2" })), users(4, 6))
      assert.strictEqual(requests.length, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails where more is said to follow and the cursor leads nowhere", () =>
    Effect.gen(function*() {
      for (const odd of [{ next_cursor: "" }, {}, { next_cursor: "start" }]) {
        const { layer } = setup(() => ({ errcode: 0, list: ["a"], has_more: 1, ...odd }))
        const error = yield* stream(cursors, { owner: "a", cursor: "start" }).pipe(
          Stream.runCollect,
          Effect.provide(layer),
          Effect.flip
        )
        assert.strictEqual(error.reason._tag, "ResponseInvalid")
        assert.include(error.message, "next_cursor")
      }
    }))

  it.effect("counts items where a page is asked for by its offset", () => {
    const all = Array.from({ length: 7 }, (_, index) => index)
    const { layer, requests } = setup(({ limit = 0, offset = 0 }) => ({
      errcode: 0,
      items: all.slice(offset, offset + limit),
      next_offset: 0,
      total: 7
    }))
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stream.runCollect(stream(counted, { limit: 3 })), all)
      assert.deepStrictEqual(requests, [{ limit: 3 }, { limit: 3, offset: 3 }, { limit: 3, offset: 6 }])
      assert.deepStrictEqual(yield* Stream.runCollect(stream(totalled, { limit: 7 })), all)
      assert.strictEqual(requests.length, 4)
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends at an empty cursor, none, the same one again, and where has_more says so", () =>
    Effect.gen(function*() {
      for (
        const last of [
          { list: ["a"], next_cursor: "" },
          { list: ["a"] },
          { list: ["a"], next_cursor: null },
          { list: ["a"], next_cursor: "next", has_more: 0 }
        ]
      ) {
        const { layer, requests } = setup(() => ({ errcode: 0, ...last }))
        assert.deepStrictEqual(
          yield* Effect.provide(Stream.runCollect(stream(cursors, { owner: "a" })), layer),
          ["a"],
          JSON.stringify(last)
        )
        assert.strictEqual(requests.length, 1, JSON.stringify(last))
      }
      const stuck = setup(() => ({ errcode: 0, list: ["a"], next_cursor: "same" }))
      assert.deepStrictEqual(
        yield* Effect.provide(Stream.runCollect(stream(cursors, { owner: "a" })), stuck.layer),
        ["a", "a"]
      )
    }))

  it.effect("goes on after a page without items", () => {
    const { layer, requests } = setup(({ cursor }) =>
      cursor === undefined
        ? { errcode: 0, next_cursor: "1" }
        : { errcode: 0, list: ["a"], next_cursor: "" }
    )
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stream.runCollect(stream(cursors, { owner: "a" })), ["a"])
      assert.strictEqual(requests.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("follows offsets to the end", () => {
    const { layer, requests } = setup(({ limit = 0, offset = 0 }) => {
      const items = Array.from({ length: 5 }, (_, index) => index).slice(offset, offset + limit)
      return { errcode: 0, items, next_offset: offset + items.length, total: 5 }
    })
    return Effect.gen(function*() {
      assert.deepStrictEqual(yield* Stream.runCollect(stream(offsets, { limit: 2 })), [0, 1, 2, 3, 4])
      assert.deepStrictEqual(requests, [{ limit: 2 }, { limit: 2, offset: 2 }, { limit: 2, offset: 4 }])
    }).pipe(Effect.provide(layer))
  })

  it.effect("fetches no page that nobody asks for", () => {
    const { layer, requests } = setup(pages(1000, 10))
    return Effect.gen(function*() {
      const all = stream(cursors, { owner: "a" })
      assert.strictEqual(requests.length, 0)
      assert.deepStrictEqual(yield* Stream.runCollect(Stream.take(all, 10)), users(0, 10))
      assert.strictEqual(requests.length, 1)
      requests.length = 0
      yield* Stream.runDrain(Stream.take(all, 11))
      assert.strictEqual(requests.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("that is interrupted sends no further request", () => {
    const { layer, requests } = setup(pages(1000, 10))
    return Effect.gen(function*() {
      const reached = yield* Deferred.make<void>()
      const fiber = yield* Effect.forkChild(
        Stream.runForEach(
          stream(cursors, { owner: "a" }),
          (item) =>
            item !== "user-25" ? Effect.void : Effect.andThen(Deferred.succeed(reached, undefined), Effect.never)
        ),
        { startImmediately: true }
      )
      yield* Deferred.await(reached)
      assert.strictEqual(requests.length, 3)
      yield* Fiber.interrupt(fiber)
      yield* Effect.yieldNow
      assert.strictEqual(requests.length, 3)
    }).pipe(Effect.provide(layer))
  })

  it.effect("that is interrupted while a page is under way cancels the request", () => {
    let cancelled = 0
    const asked = Deferred.makeUnsafe<void>()
    const { layer } = setup(({ cursor }) =>
      cursor === undefined
        ? { errcode: 0, list: ["a"], next_cursor: "1" }
        : Effect.yieldNow.pipe(
          Effect.andThen(Deferred.succeed(asked, undefined)),
          Effect.andThen(Effect.never),
          Effect.onInterrupt(() => Effect.sync(() => cancelled++))
        )
    )
    return Effect.gen(function*() {
      const fiber = yield* Effect.forkChild(Stream.runDrain(stream(cursors, { owner: "a" })), {
        startImmediately: true
      })
      yield* Deferred.await(asked)
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(cancelled, 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails where a page fails, after the items before it", () => {
    const { layer, requests } = setup(({ cursor }) =>
      cursor === undefined
        ? { errcode: 0, list: ["a", "b"], next_cursor: "1" }
        : { errcode: 40096, errmsg: "invalid" }
    )
    return Effect.gen(function*() {
      const seen: Array<string> = []
      const error = yield* Effect.flip(
        Stream.runForEach(stream(cursors, { owner: "a" }), (item) => Effect.sync(() => seen.push(item)))
      )
      assert.deepStrictEqual(seen, ["a", "b"])
      assert.strictEqual("errcode" in error ? error.errcode : undefined, 40096)
      assert.strictEqual(requests.length, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("of a million items keeps none of them", () => {
    setFlagsFromString("--expose-gc")
    const collect = runInNewContext("gc") as () => void
    const { layer, requests } = setup(pages(1000, 1000))
    const used = () => {
      collect()
      return process.memoryUsage().heapUsed
    }
    return Effect.gen(function*() {
      let count = 0
      let last = ""
      let early = 0
      yield* Stream.runForEach(stream(cursors, { owner: "a" }), (item) =>
        Effect.sync(() => {
          count += 1
          last = item
          if (count === 100_000) {
            requests.length = 0
            early = used()
          }
        }))
      requests.length = 0
      const late = used()
      assert.strictEqual(count, 1_000_000)
      assert.strictEqual(last, "user-999999")
      const grown = (late - early) / 1024 / 1024
      assert.isBelow(grown, 8, `the heap grew by ${grown.toFixed(1)} MiB between the first and the last page`)
    }).pipe(Effect.provide(layer))
  }, 60_000)
})

describe("the parts of a time", () => {
  it.effect.prop(
    "hold every second of it once",
    [
      Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5_000 })),
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 900 }))
    ],
    ([length, size]) => {
      const start = DateTime.makeUnsafe("2026-11-27T00:00:00Z")
      const end = DateTime.add(start, { seconds: length })
      const seconds = Paging.periods({ start, end, size: `${size} seconds` }).flatMap((part) => {
        const first = DateTime.toEpochMillis(part.start) / 1000
        const last = DateTime.toEpochMillis(part.end) / 1000
        assert.isBelow(last - first, size)
        return Array.from({ length: last - first + 1 }, (_, second) => first + second)
      })
      const first = DateTime.toEpochMillis(start) / 1000
      assert.deepStrictEqual(seconds, Array.from({ length: length + 1 }, (_, second) => first + second))
      return Effect.void
    }
  )

  it("are none if it ends before it begins", () => {
    const at = DateTime.makeUnsafe("2026-11-27T00:00:00Z")
    assert.deepStrictEqual(Paging.periods({ start: at, end: DateTime.subtract(at, { seconds: 1 }), size: "1 day" }), [])
  })
})
