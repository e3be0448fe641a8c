/** 成员邮箱. */
import {
  MailboxOption,
  MailboxOptions,
  MailboxOptionType,
  MailboxState,
  MemberMailboxes
} from "../../../../oa/mail/MemberMailboxes.ts"
import { type AppCall, existing, refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import { type Holder, keyOf, mailOf, unread } from "../Mails.ts"

const { endpoints } = MemberMailboxes

/** Which functions are on unless somebody says otherwise. */
const usual: { readonly [type: number]: number } = { [MailboxOptionType.Imap]: 1, [MailboxOptionType.Pop]: 1 }

const memberOf = (call: AppCall<{ readonly userid: string }>) => seenMember(call, call.input.userid)

export const memberMailboxes = [
  route(endpoints.setState, (call) => {
    const { publicemail_id = 0, type, userid = "" } = call.input
    const { disabled, publics } = mailOf(call.corp)
    const holder: Holder = userid === ""
      ? { kind: "public", id: publicemail_id, app: existing(publics, publicemail_id, 680035).owner }
      : { kind: "member", member: seenMember(call, userid) }
    const key = keyOf(holder)
    if (type === MailboxState.Enabled) disabled.delete(key)
    else if (disabled.has(key)) refuse(680045)
    else disabled.add(key)
  }, { type: 680043 }),

  route(endpoints.getUnreadCount, (call) => unread(call.corp, { kind: "member", member: memberOf(call) })),

  route(endpoints.getOptions, (call) => {
    const set = mailOf(call.corp).options.get(memberOf(call).user.userid)
    return new MailboxOptions({
      list: call.input.type.map((type) =>
        new MailboxOption({ type, value: (set?.get(type) ?? usual[type] ?? 0) === 1 ? 1 : 0 })
      )
    })
  }, { type: 680041 }),

  route(endpoints.setOptions, (call) => {
    const { options } = mailOf(call.corp)
    const { user: { userid } } = memberOf(call)
    const set = options.get(userid) ?? new Map<number, number>()
    for (const { type, value } of call.input.option.list) set.set(type, value)
    options.set(userid, set)
  }, { option: 680042 })
]
