/**
 * What the compiler knows of events.
 */
import type { DateTime } from "effect"
import { describe, expectTypeOf, it } from "vitest"
import type * as CallbackEvent from "../../../src/callback/CallbackEvent.ts"

type IsAny<T> = 0 extends 1 & T ? true : false

/** The keys of events that are, or have a field that is, typed by nothing. */
type Untyped = {
  readonly [Key in CallbackEvent.Key]: IsAny<CallbackEvent.ByKey[Key]> extends true ? Key
    : {
      readonly [Name in keyof CallbackEvent.ByKey[Key]]-?: IsAny<CallbackEvent.ByKey[Key][Name]> extends true ? Key
        : never
    }[keyof CallbackEvent.ByKey[Key]]
}[CallbackEvent.Key]

describe("types of events", () => {
  it("none is any, and none has a field that is", () => {
    expectTypeOf<Untyped>().toEqualTypeOf<never>()
    expectTypeOf<CallbackEvent.Key>().toExtend<string>()
    expectTypeOf<string>().not.toExtend<CallbackEvent.Key>()
  })

  it("closed sets complete, and stay open", () => {
    type Approval = CallbackEvent.ByKey["event/sys_approval_change"]["ApprovalInfo"]
    expectTypeOf<2>().toExtend<Approval["SpStatus"]>()
    expectTypeOf<number>().toExtend<Approval["SpStatus"]>()
    expectTypeOf<Approval["Comments"][number]["CommentId"]>().toEqualTypeOf<string>()
    expectTypeOf<Approval["SpRecord"][number]["Details"][number]["SpTime"]>().toEqualTypeOf<DateTime.Utc | undefined>()
  })

  it("what always arrives is there, what may not is not", () => {
    type Created = CallbackEvent.ByKey["event/change_contact/create_user"]
    expectTypeOf<Created["UserID"]>().toEqualTypeOf<string>()
    expectTypeOf<Created["Department"]>().toEqualTypeOf<ReadonlyArray<number> | undefined>()
    expectTypeOf<Created["FromUserName"]>().toEqualTypeOf<string>()
    type Joined = CallbackEvent.ByKey["event/meeting_change/join_meeting"]
    expectTypeOf<Joined["FromUserName"]>().toEqualTypeOf<string | undefined>()
    type Suite = CallbackEvent.ByKey["InfoType/change_contact/create_user"]
    expectTypeOf<Suite["AuthCorpId"]>().toEqualTypeOf<string>()
    expectTypeOf<Suite>().not.toHaveProperty("FromUserName")
  })

  it("an event is told from the others by its tag", () => {
    const changed = (event: CallbackEvent.CallbackEvent) =>
      event._tag === "event/living_status_change" ? event.Status : undefined
    expectTypeOf(changed).returns.toExtend<number | undefined>()
  })
})
