/** Tasks on the simulator: in raw JSON, as any other client would, and what members do about them. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import * as Acts from "../../src/simulator/areas/todos/TodoActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.suspend(() => Simulator.layerTest()))

const todo = (path: string, body: object) => called.post(`/cgi-bin/todo/${path}`, body)

describe("tasks", () => {
  it.effect("are made by members, and brought forward by them and by the app", () =>
    Effect.gen(function*() {
      const todo_id = yield* Acts.create({
        userid: "zhangsan",
        content: "交周报",
        attendees: ["lisi", "WangWu"],
        end_time: DateTime.makeUnsafe(86_400_000),
        reminders: [DateTime.makeUnsafe(82_800_000)]
      })
      const attendees = [{ userid: "lisi", status: 1 }, { userid: "wangwu", status: 1 }]
      const made = {
        content: "交周报",
        creator: "zhangsan",
        status: 1,
        create_time: 0,
        end_time: 86_400,
        attendees,
        reminders: [{ remind_time: 82_800 }]
      }
      const { errcode: _, errmsg: __, ...read } = yield* todo("get", { todo_id })
      assert.deepStrictEqual(read, made)
      assert.strictEqual(
        (yield* todo("update", { todo_id, attendees: [{ userid: "LISI", status: 0 }, { userid: "wangwu" }] })).errcode,
        0
      )
      assert.deepInclude(yield* todo("get", { todo_id }), {
        status: 1,
        attendees: [{ userid: "lisi", status: 0 }, { userid: "wangwu", status: 1 }]
      })
      yield* Acts.finish({ todo_id, userid: "wangwu" })
      assert.deepInclude(yield* todo("get", { todo_id }), { status: 0 })
      assert.strictEqual((yield* todo("update", { todo_id, status: 1, attendees: [] })).errcode, 0)
      assert.deepInclude(yield* todo("get", { todo_id }), { status: 1 })
      assert.strictEqual((yield* todo("get", { todo_id: "none" })).errcode, 40058)
      assert.strictEqual((yield* todo("update", { todo_id, attendees: [{ userid: "nobody" }] })).errcode, 60111)
      assert.include((yield* Effect.flip(Acts.finish({ todo_id, userid: "zhangsan" }))).message, "does not attend")
    }).pipe(simulated))

  it.effect("are changed by apps that see the whole corp alone", () =>
    Effect.gen(function*() {
      const todo_id = yield* Acts.create({ userid: "zhangsan", content: "交周报" })
      assert.strictEqual((yield* todo("get", { todo_id })).errcode, 0)
      assert.strictEqual((yield* todo("update", { todo_id, status: 0 })).errcode, 60011)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{
          ...defaultCorp,
          apps: defaultCorp.apps.map((app) => ({ ...app, visible: { departments: [2] } }))
        }]
      })
    ))))
})
