/** 邮件. */
import type { Area } from "../../engine/Area.ts"
import * as MailActs from "./MailActs.ts"
import { appMails } from "./routes/appMails.ts"
import { mailAccounts } from "./routes/mailAccounts.ts"
import { mailGroups } from "./routes/mailGroups.ts"
import { memberMailboxes } from "./routes/memberMailboxes.ts"
import { publicMailboxes } from "./routes/publicMailboxes.ts"

export const mail: Area = {
  name: "mail",
  acts: MailActs,
  routes: [...appMails, ...mailAccounts, ...mailGroups, ...memberMailboxes, ...publicMailboxes],
  access: { "oa/mail": { powers: ["mail"] } }
}
