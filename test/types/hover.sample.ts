import { Effect } from "effect"
import { ErrorCode } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"
import { Messages } from "effect-wecom/messages"

export const shown = [
  ErrorCode.label(60111)
]

export const called = Effect.gen(function*() {
  const departments = yield* Departments
  const messages = yield* Messages
  return [yield* departments.list(), yield* messages.recall({ msgid: "1" })]
})
