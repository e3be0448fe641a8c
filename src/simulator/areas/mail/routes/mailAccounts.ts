/** 高级功能账号管理. */
import { MailAccountChanges, MailAccountPage, MailAccounts } from "../../../../oa/mail/MailAccounts.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import { findMember } from "../../../engine/World.ts"
import { mailOf } from "../Mails.ts"

const { endpoints } = MailAccounts

/** Does something for each member whom the app sees; names the others. */
const each = (call: AppCall<{ readonly userid_list: ReadonlyArray<string> }>, run: (userid: string) => void) => {
  const known = call.input.userid_list.filter((userid) => isSeenMember(call, userid))
  for (const userid of known) run(findMember(call.corp, userid)?.user.userid ?? userid)
  return new MailAccountChanges({
    succ_userid_list: known,
    fail_userid_list: call.input.userid_list.filter((userid) => !known.includes(userid))
  })
}

export const mailAccounts = [
  route(endpoints.addMany, (call) => each(call, (userid) => void mailOf(call.corp).advanced.add(userid))),

  route(endpoints.removeMany, (call) => each(call, (userid) => void mailOf(call.corp).advanced.delete(userid))),

  route(endpoints.list, (call) => {
    const { cursor, limit = 100 } = call.input
    const all = [...mailOf(call.corp).advanced].filter((userid) => isSeenMember(call, userid))
    const { items, next_cursor } = pageOf(all, cursor, limit)
    return new MailAccountPage({ userid_list: items, has_more: next_cursor !== undefined, next_cursor })
  })
]
