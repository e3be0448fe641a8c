import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Agenda from "../../src/internal/store/agenda.ts"

/** A time at which something is added, or else the time at which what is due is taken. */
const Step = Schema.Struct({
  at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 50 })),
  take: Schema.Boolean
})

describe("Agenda", () => {
  it.prop(
    "gives what is due, all of it and in order, whatever the order of adding",
    [Schema.Array(Step)],
    ([steps]) => {
      const agenda = Agenda.make<number>()
      let waiting: Array<number> = []
      for (const { at, take } of steps) {
        if (take) {
          const taken: Array<number> = []
          for (let next = agenda.take(at); next !== undefined; next = agenda.take(at)) {
            assert.strictEqual(next.at, next.item)
            taken.push(next.item)
          }
          assert.deepStrictEqual(taken, waiting.filter((time) => time <= at).toSorted((a, b) => a - b))
          waiting = waiting.filter((time) => time > at)
        } else {
          agenda.add(at, at)
          waiting.push(at)
        }
        assert.strictEqual(agenda.next(), Math.min(Infinity, ...waiting))
      }
    }
  )
})
