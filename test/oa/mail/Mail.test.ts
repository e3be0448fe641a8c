import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import { AppMails } from "../../../src/oa/mail/AppMails.ts"
import { type Mail, mailMembers } from "../../../src/oa/mail/Mail.ts"
import { MailGroupAllowType, MailGroups } from "../../../src/oa/mail/MailGroups.ts"
import { MailboxState, MemberMailboxes } from "../../../src/oa/mail/MemberMailboxes.ts"
import { PublicMailboxes } from "../../../src/oa/mail/PublicMailboxes.ts"
import { canned, refusal } from "../support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const mail = { to: { userids: ["zhangsan"] }, subject: "周报", content: "见附件" } satisfies Mail

const schedule = { start_time: at(1_700_000_000), end_time: at(1_700_003_600) }

describe("a mail", () => {
  it.effect("travels with attachments, a schedule or a meeting", () => {
    const { run, sent } = canned(AppMails.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const mails = yield* AppMails
      const content = new TextEncoder().encode("abc")
      yield* mails.send({ ...mail, attachment_list: [{ file_name: "a.txt", content }], enable_id_trans: true })
      yield* mails.send({ ...mail, schedule, meeting: { meeting_admins: mailMembers("zhangsan") } })
      assert.deepStrictEqual(sent(), [
        { ...mail, attachment_list: [{ file_name: "a.txt", content: "YWJj" }], enable_id_trans: 1 },
        {
          ...mail,
          schedule: { start_time: 1_700_000_000, end_time: 1_700_003_600 },
          meeting: { meeting_admins: { userids: ["zhangsan"] } }
        }
      ])
    }).pipe(run)
  })

  it.effect("that cannot be is refused, by field", () => {
    const { run } = canned(AppMails.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const mails = yield* AppMails
      const says = (wrong: object) => refusal(mails.send({ ...mail, ...wrong } as Mail))
      assert.deepStrictEqual(yield* says({ to: {} }), ["to.emails: at least one of emails, userids is needed"])
      assert.deepStrictEqual(yield* says({ subject: " " }), ["subject: must not be blank"])
      assert.deepStrictEqual(yield* says({ meeting: { meeting_admins: mailMembers("a") } }), [
        "schedule: is needed for a meeting"
      ])
      assert.deepStrictEqual(yield* says({ schedule: { ...schedule, method: "cancel" } }), [
        "schedule.schedule_id: is needed to cancel"
      ])
      assert.deepStrictEqual(yield* says({ schedule: { ...schedule, end_time: at(1) } }), [
        "schedule.end_time: must not be before start_time"
      ])
      const meeting = { meeting_admins: mailMembers("a", "b") }
      assert.deepStrictEqual(yield* says({ schedule, meeting }), [
        "meeting.meeting_admins.userids: at most 1 items are allowed, got 2"
      ])
      const large = { file_name: "a", content: new Uint8Array(50 * 1024 ** 2) }
      assert.deepStrictEqual(yield* says({ attachment_list: [large] }), [
        "attachment_list: at most 50 MiB are allowed, the content included"
      ])
    }).pipe(run)
  })

  it.effect("is found in the inbox, page after page", () => {
    const { run } = canned(AppMails.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return {
        errcode: 0,
        has_more: cursor === undefined ? 1 : 0,
        next_cursor: "c",
        mail_list: [{ mail_id: cursor ?? "a" }]
      }
    })
    return Effect.gen(function*() {
      const mails = yield* AppMails
      const found = yield* Stream.runCollect(mails.listAll({ begin_time: at(1), end_time: at(2) }))
      assert.deepStrictEqual(found.map(({ mail_id }) => mail_id), ["a", "c"])
    }).pipe(run)
  })
})

describe("mailboxes", () => {
  it.effect("of groups have somebody in them, and name who may write where that is asked for", () => {
    const { run } = canned(MailGroups.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const groups = yield* MailGroups
      const group = { groupid: "g@example.com", groupname: "组", email_list: { list: ["a@example.com"] } }
      yield* groups.create(group)
      assert.deepStrictEqual(yield* refusal(groups.create({ ...group, email_list: { list: [] } })), [
        "email_list: at least one of email_list, group_list, department_list, tag_list is needed"
      ])
      assert.lengthOf(yield* refusal(groups.create({ ...group, allow_type: MailGroupAllowType.Named })), 1)
      yield* groups.create({
        ...group,
        allow_type: MailGroupAllowType.Named,
        allow_departmentlist: { list: [1] }
      })
    }).pipe(run)
  })

  it.effect("tell their password once, as a secret", () => {
    const { run } = canned(PublicMailboxes.layer, () => ({ errcode: 0, id: 7, auth_code_id: 1, auth_code: "PASS" }))
    return Effect.gen(function*() {
      const mailboxes = yield* PublicMailboxes
      const made = yield* mailboxes.create({
        email: "p@example.com",
        name: "公共",
        userid_list: { list: ["zhangsan"] },
        create_auth_code: true
      })
      assert.strictEqual(made.auth_code && Redacted.value(made.auth_code), "PASS")
      assert.notInclude(JSON.stringify(made), "PASS")
    }).pipe(run)
  })

  it.effect("are switched off by member or by id", () => {
    const { run, sent } = canned(MemberMailboxes.layer, () => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const mailboxes = yield* MemberMailboxes
      assert.lengthOf(yield* refusal(mailboxes.setState({ type: MailboxState.Disabled })), 1)
      yield* mailboxes.setOptions({ userid: "zhangsan", option: { list: [{ type: 2, value: 1 }] } })
      assert.deepStrictEqual(sent(), [{ userid: "zhangsan", option: { list: [{ type: 2, value: "1" }] } }])
    }).pipe(run)
  })
})
