/** What members do about tasks: each an act on the simulator of the context. No app is told of it. */
import * as Clock from "effect/Clock"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Todo, TodoAttendee, TodoStatus } from "../../../oa/todos/Todos.ts"
import { type Act, corpOf, fail, type In, memberOf } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { todos } from "./Todos.ts"

/** A task that a member makes. */
export interface NewTodo extends In {
  readonly userid: string
  /** On the page of which app. Default: the first one of the corp. */
  readonly agentId?: number | undefined
  readonly content: string
  /** Who has to do it, by userid. Default: who makes it. */
  readonly attendees?: ReadonlyArray<string> | undefined
  readonly end_time?: DateTime.Utc | undefined
  readonly reminders?: ReadonlyArray<DateTime.Utc> | undefined
}

/** 新建待办. A member makes a task on the page of an app. Returns its id. */
export const create = (act: NewTodo): Act<string> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(act)
    const { user: { userid } } = yield* memberOf(corp, act.userid)
    const attendees = yield* Effect.forEach(act.attendees ?? [userid], (one) => memberOf(corp, one))
    const app = corp.apps.find(({ agentId }) => act.agentId === undefined || agentId === act.agentId)
    if (app === undefined) return yield* fail(`${corp.id} has no app ${act.agentId ?? ""}`)
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

/** 完成待办. Somebody who attends a task has done it; it is done once all of them have. */
export const finish = (act: In & { readonly userid: string; readonly todo_id: string }): Act<void> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(act)
    const { user: { userid } } = yield* memberOf(corp, act.userid)
    const kept = Option.getOrUndefined(todos.find(corp, act.todo_id))
    if (kept === undefined) return yield* fail(`there is no task ${act.todo_id}`)
    if (!kept.value.attendees.some((one) => one.userid === userid)) {
      return yield* fail(`${userid} does not attend ${act.todo_id}`)
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
