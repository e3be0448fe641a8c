/** 待办. */
import { Todo, TodoAttendee, Todos } from "../../../oa/todos/Todos.ts"
import { route } from "../../engine/Route.ts"
import { seenMember } from "../../engine/Sight.ts"
import { todos as State } from "./Todos.ts"

const { endpoints } = Todos

export const todos = [
  route(endpoints.get, (call) => State.get(call, call.input.todo_id)),

  route(endpoints.update, (call) => {
    const { attendees: given = [], status, todo_id } = call.input
    const attendees = given.map((one) => ({ ...one, userid: seenMember(call, one.userid).user.userid }))
    State.update(call, todo_id, (before) =>
      new Todo({
        ...before,
        status: status ?? before.status,
        attendees: attendees.length === 0 ? before.attendees : attendees.map(({ status, userid }) =>
          new TodoAttendee({
            userid,
            status: status ?? before.attendees.find((one) => one.userid === userid)?.status ?? before.status
          })
        )
      }))
  })
]
