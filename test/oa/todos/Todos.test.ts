import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { Todos, TodoStatus } from "../../../src/oa/todos/Todos.ts"
import { canned, refusal } from "../support.ts"

describe("a todo", () => {
  it.effect("is read with who has done it, and when it is due", () => {
    const { run, sent } = canned(Todos.layer, () => ({
      content: "完成述职",
      creator: "zhangsan",
      status: 1,
      create_time: 1_800_000_000,
      attendees: [{ userid: "lisi", status: 0 }, { userid: "zhangsan", status: 1 }],
      end_time: 0,
      reminders: [{ remind_time: 1_800_003_600 }]
    }))
    return run(Effect.gen(function*() {
      const todo = yield* (yield* Todos).get({ todo_id: "t1" })
      assert.strictEqual(todo.status, TodoStatus.InProgress)
      assert.deepStrictEqual(todo.attendees.filter((one) => one.status === TodoStatus.Done).map((one) => one.userid), [
        "lisi"
      ])
      assert.isUndefined(todo.end_time)
      assert.deepStrictEqual(todo.reminders, [{ remind_time: DateTime.makeUnsafe(1_800_003_600_000) }])
      assert.deepStrictEqual(sent(), [{ todo_id: "t1" }])
    }))
  })

  it.effect("is done as a whole or by each of at most 20", () => {
    const { run, sent } = canned(Todos.layer)
    return run(Effect.gen(function*() {
      const todos = yield* Todos
      yield* todos.update({ todo_id: "t1", status: TodoStatus.Done })
      yield* todos.update({ todo_id: "t1", attendees: [{ userid: "lisi", status: TodoStatus.Done }] })
      assert.deepStrictEqual(sent(), [
        { todo_id: "t1", status: 0 },
        { todo_id: "t1", attendees: [{ userid: "lisi", status: 0 }] }
      ])
      assert.deepStrictEqual(
        yield* refusal(todos.update({ todo_id: "t1", attendees: [{ userid: "lisi", status: 2 }] })),
        [
          "attendees[0].status: expected one of 0, 1"
        ]
      )
      assert.deepStrictEqual(
        yield* refusal(
          todos.update({ todo_id: "t1", attendees: Array.from({ length: 21 }, () => ({ userid: "lisi" })) })
        ),
        ["attendees: at most 20 items are allowed, got 21"]
      )
    }))
  })
})
