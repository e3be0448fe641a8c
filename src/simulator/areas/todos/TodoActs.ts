/** What members do about tasks: each an act on the simulator of the context. No app is told of it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Todo, TodoAttendee, TodoStatus } from "../../../oa/todos/Todos.ts"
import * as Wire from "../../../Wire.ts"
import * as Act from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { todos } from "./Todos.ts"

/** 新建待办. A member makes a task on the page of an app. Returns its id. */
export const create = Act.make({
  input: Act.input({
    userid: Schema.String,
    agentId: Schema.optional(
      Schema.Int.annotate({ description: "On the page of which app. Default: the corp's first one." })
    ),
    content: Schema.String,
    attendees: Schema.optional(
      Schema.Array(Schema.String).annotate({ description: "Who has to do it, by userid. Default: who makes it." })
    ),
    end_time: Schema.optional(Wire.time),
    reminders: Schema.optional(Schema.Array(Wire.time))
  }),
  success: Schema.String,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(act)
    const { user: { userid } } = yield* Act.memberOf(corp, act.userid)
    const attendees = yield* Effect.forEach(act.attendees ?? [userid], (one) => Act.memberOf(corp, one))
    const app = corp.apps.find(({ agentId }) => act.agentId === undefined || agentId === act.agentId)
    if (app === undefined) return yield* Act.fail(`${corp.id} has no app ${act.agentId ?? ""}`)
    const now = yield* Clock.currentTimeMillis
    let id = ""
    todos.add({ app, corp, now, world }, (todo_id) => {
      id = todo_id
      return new Todo({
        content: act.content,
        creator: userid,
        status: TodoStatus.InProgress,
        create_time: timeOf(now),
        end_time: act.end_time,
        attendees: attendees.map(({ user }) =>
          new TodoAttendee({ userid: user.userid, status: TodoStatus.InProgress })
        ),
        reminders: (act.reminders ?? []).map((remind_time) => ({ remind_time }))
      })
    })
    return id
  })
})

/** 完成待办. Somebody who attends a task has done it; it is done once all of them have. */
export const finish = Act.make({
  input: Act.input({ userid: Schema.String, todo_id: Schema.String }),
  success: Schema.Void,
  run: Effect.fn(function*(act) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(act)
    const { user: { userid } } = yield* Act.memberOf(corp, act.userid)
    const kept = Option.getOrUndefined(todos.find(corp, act.todo_id))
    if (kept === undefined) return yield* Act.fail(`there is no task ${act.todo_id}`)
    if (!kept.value.attendees.some((one) => one.userid === userid)) {
      return yield* Act.fail(`${userid} does not attend ${act.todo_id}`)
    }
    const caller = { app: kept.owner, corp, now: yield* Clock.currentTimeMillis, world }
    todos.update(caller, act.todo_id, (before) => {
      const attendees = before.attendees.map((one) =>
        one.userid === userid ? new TodoAttendee({ userid, status: TodoStatus.Done }) : one
      )
      const isDone = attendees.every(({ status }) => status === TodoStatus.Done)
      return new Todo({ ...before, attendees, status: isDone ? TodoStatus.Done : before.status })
    })
  })
})
