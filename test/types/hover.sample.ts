import { Effect } from "effect"
import { Departments } from "effect-wecom/contacts/Departments"
import * as ErrorCode from "effect-wecom/ErrorCode"
import { Messages } from "effect-wecom/messages/Messages"

export const shown = [
  ErrorCode.label(60111)
]

export const called = Effect.gen(function*() {
  const departments = yield* Departments
  const messages = yield* Messages
  return [yield* departments.list(), yield* messages.recall({ msgid: "1" })]
})
