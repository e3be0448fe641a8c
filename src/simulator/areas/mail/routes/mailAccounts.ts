/** 高级功能账号管理. */
import { MailAccountChanges, MailAccountPage, MailAccounts } from "../../../../oa/mail/MailAccounts.ts"
import { route } from "../../../engine/Route.ts"
import { each, page } from "../../accounts/Accounts.ts"
import { mailOf } from "../Mails.ts"

const { endpoints } = MailAccounts

export const mailAccounts = [
  route(
    endpoints.addMany,
    (call) => new MailAccountChanges(each(call, (userid) => void mailOf(call.corp).advanced.add(userid)))
  ),

  route(
    endpoints.removeMany,
    (call) => new MailAccountChanges(each(call, (userid) => void mailOf(call.corp).advanced.delete(userid)))
  ),

  route(endpoints.list, (call) => new MailAccountPage(page(call, mailOf(call.corp).advanced)))
]
