import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as PartialResult from "../src/PartialResult.ts"

const items = [
  { external_userid: "wm1", errcode: 0 },
  { external_userid: "wm2", errcode: 40096 },
  { external_userid: "wm3", errcode: 40096 },
  { external_userid: "wm4", errcode: 123456789 }
]

describe("PartialResult", () => {
  it("tells the items that failed from the others", () =>
    assert.deepStrictEqual(PartialResult.failures(items).map((item) => item.external_userid), ["wm2", "wm3", "wm4"]))

  it.effect("fails with the items that failed, and says their errcodes", () =>
    Effect.gen(function*() {
      const failure = yield* Effect.flip(PartialResult.failOnPartial(Effect.succeed(items)))
      assert.strictEqual(failure._tag, "PartialFailure")
      assert.deepStrictEqual(failure.failed, items.slice(1))
      assert.strictEqual(failure.message, "3 items failed: 2 with 40096 不合法的外部联系人userid, 1 with 123456789")
    }))

  it.effect("answers what there is when nothing failed", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* PartialResult.failOnPartial(Effect.succeed(items.slice(0, 1))),
        items.slice(0, 1)
      )
      assert.deepStrictEqual(yield* PartialResult.failOnPartial(Effect.succeed([])), [])
    }))

  it.effect("finds the failures where an answer has them", () =>
    Effect.gen(function*() {
      const invited = (invaliduser: ReadonlyArray<string>) =>
        Effect.succeed({ invaliduser }).pipe(PartialResult.failOnPartialBy((answer) => answer.invaliduser))
      assert.deepStrictEqual(yield* invited([]), { invaliduser: [] })
      const failure = yield* Effect.flip(invited(["nobody"]))
      assert.deepStrictEqual(failure.failed, ["nobody"])
      assert.strictEqual(failure.message, "1 item failed")
    }))

  it.effect("is caught by its tag", () =>
    Effect.gen(function*() {
      const caught = yield* PartialResult.failOnPartial(Effect.succeed(items)).pipe(
        Effect.catchTag("PartialFailure", ({ failed }) => Effect.succeed(failed))
      )
      assert.strictEqual(caught.length, 3)
    }))
})
