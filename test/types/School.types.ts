/**
 * What the types of messages to schools and of categories allow, and what they refuse.
 */
import type { GovernmentCategories } from "effect-wecom/government"
import { Message } from "effect-wecom/messages"
import type { SchoolMessages, SchoolUser } from "effect-wecom/school"

declare const messages: SchoolMessages["Service"]
declare const categories: GovernmentCategories["Service"]
declare const user: SchoolUser

messages.send({ ...Message.text("明天放假"), to_party: [3] })
messages.send({ ...Message.image("M1"), toall: true, recv_scope: 1 })

// @ts-expect-error nobody receives it
messages.send({ ...Message.text("明天放假") })
// @ts-expect-error names are filled in in texts alone
messages.send({ msgtype: "image", image: { media_id: "M1" }, toall: true, enable_id_trans: true })
// @ts-expect-error schools have no markdown
messages.send({ msgtype: "markdown", markdown: { content: "好" }, toall: true })

categories.add({ level: 1, category_name: "环境" })
// @ts-expect-error the second level belongs to one of the first
categories.add({ level: 2, category_name: "噪音" })

// What is read is narrowed by its kind.
export const id: string | undefined = user.user_type === 1
  ? user.student.student_userid
  : user.user_type === 2
  ? user.parent.parent_userid
  : undefined
