/** 电话入会. */
import {
  InvalidPhoneCall,
  MeetingPhone,
  PhoneAttendee,
  PhoneCall,
  PhoneCalls
} from "../../../../oa/meetings/MeetingPhone.ts"
import { PstnStatus } from "../../../../oa/meetings/PstnStatus.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { route } from "../../../engine/Route.ts"
import * as State from "../Meetings.ts"
import { ofPage, tellAll } from "./shared.ts"

const { endpoints } = MeetingPhone

export const meetingPhone = [
  route(endpoints.callMany, (call) => {
    const held = State.meetings.get(call, call.input.meetingid)
    const isNumber = ({ phone }: { readonly phone: string }) => /^\d+$/.test(phone)
    const called = call.input.phone_numbers.filter(isNumber).map((number) => {
      const one: State.PhoneCalled = { number, status: PstnStatus.InviteStarted, tmpOpenId: undefined }
      held.phoneCalls.push(one)
      tellAll(call, State.phone(call.world, held, one, PstnStatus.InviteStarted))
      return new PhoneCall({ ...number, status: one.status })
    })
    return new PhoneCalls({
      phone_numbers: called,
      invalid_phone_numbers: call.input.phone_numbers.filter((number) => !isNumber(number)).map((number) =>
        new InvalidPhoneCall(number)
      )
    })
  }),

  route(endpoints.listCalls, (call) => {
    const { cursor, limit = 20, meetingid } = call.input
    const { items, ...page } = ofPage(pageOf(State.meetings.get(call, meetingid).phoneCalls, cursor, limit))
    return {
      ...page,
      phone_numbers: items.map(({ number, status, tmpOpenId }) =>
        new PhoneCall({ ...number, status, tmp_openid: tmpOpenId })
      )
    }
  }),

  route(endpoints.listAttendees, (call) => {
    const { phoneCalls } = State.meetings.get(call, call.input.meetingid)
    return call.input.phone_numbers.flatMap(({ area, phone }) =>
      phoneCalls.flatMap(({ number, tmpOpenId }) =>
        tmpOpenId === undefined || number.area !== area || number.phone !== phone
          ? []
          : [new PhoneAttendee({ ...number, tmp_openid: tmpOpenId })]
      )
    )
  })
]
