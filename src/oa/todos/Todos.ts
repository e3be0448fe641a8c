/**
 * 待办: tasks that members have to do.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 待办状态. */
export const TodoStatus = Wire.oneOf({
  Done: [0, "已完成"],
  InProgress: [1, "进行中"]
})

/** 待办参与人. */
export class TodoAttendee extends Schema.Class<TodoAttendee>("effect-wecom/TodoAttendee")({
  userid: Schema.String,
  status: Wire.optional(TodoStatus.schema)
}) {}

/** 待办. */
export class Todo extends Schema.Class<Todo>("effect-wecom/Todo")({
  ...Wire.optionals({
    content: Schema.String,
    /** Userid. */
    creator: Schema.String,
    status: TodoStatus.schema,
    create_time: Wire.time,
    /** 待办截止时间: when it is due. */
    end_time: Wire.time
  }),
  attendees: Wire.list(TodoAttendee),
  reminders: Wire.list(Schema.Struct({ remind_time: Wire.optional(Wire.time) }))
}) {}

/** 待办: tasks that members have to do. For apps of the corp's own alone. */
export class Todos extends Domain.Service<Todos>()("oa/todos/Todos", "OA·待办", {
  /**
   * 获取待办详情.
   * @see https://developer.work.weixin.qq.com/document/path/101524
   */
  get: Endpoint.query("/cgi-bin/todo/get", 101524, () => ({
    body: { todo_id: Wire.filledText },
    success: Todo
  })),
  /**
   * 更新待办状态. Sets the status of a task that the same app has made, who attends it, and how far each of them is; what
   * is left out stays. The app has to see the whole corp.
   * @see https://developer.work.weixin.qq.com/document/path/101534
   */
  update: Endpoint.post("/cgi-bin/todo/update", { doc: 101534, idempotent: true }, () => ({
    body: Schema.Struct({
      todo_id: Wire.filledText,
      ...Wire.optionals({
        status: TodoStatus.schema,
        /** Who attends it, and how far each of them is; at most 20. Default: as it is, also for an empty list. */
        attendees: Wire.items(
          Schema.Struct({ userid: Wire.filledText, status: Wire.optional(TodoStatus.schema) }),
          20
        )
      })
    })
  }))
}) {}
