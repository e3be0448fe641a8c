/** Mail on the simulator: in raw JSON, as any other client would, and what people do with it. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import PostalMime from "postal-mime"
import * as Acts from "../../src/simulator/areas/mail/MailActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { hearing, monday } from "../support/hearing.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.suspend(() => Simulator.layerTest()))

const mail = (path: string, body: object) => called.post(`/cgi-bin/exmail/${path}`, body)

const code = (path: string, body: object) => Effect.map(mail(path, body), ({ errcode }) => errcode)

const domain = `${defaultCorp.corpId.toLowerCase()}.wecom.work`

const address = (name: string) => `${name}@${domain}`

const app = address("app-1000002")

const parsed = (text: string) => Effect.promise(() => PostalMime.parse(text))

const textOf = (content: ArrayBuffer | Uint8Array | string | undefined): string =>
  typeof content === "string" ? content : new TextDecoder().decode(content)

const unreadOf = (userid: string) => Effect.map(mail("mail/get_newcount", { userid }), ({ count }) => count)

const send = (fields: object) => mail("app/compose_send", { subject: "通知", content: "放假", ...fields })

describe("mails of an app", () => {
  it.effect("reach members, each once, with their attachments; others get what goes outside", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const subject = "关于 2026 年国庆节放假安排的通知（请各部门负责人知悉）"
        const sent = yield* send({
          to: { userids: ["LiSi"], emails: [address("zhangsan"), "guest@example.com"] },
          cc: { emails: [address("LISI")] },
          bcc: { userids: ["wangwu"] },
          subject,
          content: "<b>放假</b>",
          attachment_list: [{ file_name: "安排 (终稿).txt", content: btoa("a".repeat(200)) }]
        })
        assert.strictEqual(sent.errcode, 0)
        const [received, ...others] = yield* Acts.inbox({ userid: "lisi" })
        assert.lengthOf(others, 0)
        const read = yield* parsed(received?.mail.text ?? "")
        assert.deepInclude(read, { subject, html: "<b>放假</b>" })
        assert.strictEqual(read.from?.address, app)
        assert.deepStrictEqual(read.to?.map(({ address }) => address), [
          address("zhangsan"),
          "guest@example.com",
          address("lisi")
        ])
        assert.notInclude(received?.mail.text, "wangwu")
        assert.strictEqual(Date.parse(read.date ?? "") / 1000, monday)
        const [attachment] = read.attachments
        assert.strictEqual(attachment?.filename, "安排 (终稿).txt")
        assert.strictEqual(textOf(attachment?.content), "a".repeat(200))
        assert.strictEqual(yield* unreadOf("wangwu"), 1)
        yield* Acts.read({ userid: "wangwu", mail_id: received?.mail.id ?? "" })
        assert.strictEqual(yield* unreadOf("wangwu"), 0)
        assert.lengthOf(yield* Acts.sentTo({ address: "guest@example.com" }), 1)
        assert.deepStrictEqual(heard, [])
        assert.strictEqual((yield* send({ to: { userids: ["nobody"] } })).errcode, 60111)
        assert.strictEqual((yield* send({ to: { emails: ["nobody"] } })).errcode, 60105)
      })
    ))

  it.effect("have names in the place of ids if they say so", () =>
    Effect.gen(function*() {
      const content = "$userName=lisi$，$departmentName=2$，$userAlias=lisi$，$userName=nobody$"
      yield* send({ to: { userids: ["zhangsan"] }, content, content_type: "text", enable_id_trans: 1 })
      yield* send({ to: { userids: ["zhangsan"] }, content, content_type: "text" })
      const inbox = yield* Acts.inbox({ userid: "zhangsan" })
      assert.deepStrictEqual(inbox.map(({ mail }) => mail.content), [
        "李四，研发部，$userAlias=lisi$，$userName=nobody$",
        content
      ])
    }).pipe(simulated))

  it.effect("come back as answers, of which the app is told", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        for (const subject of ["回复：通知", "再次回复"]) {
          yield* Acts.write({
            from: "lisi",
            to: [app],
            subject,
            content: "收到",
            attachments: [{ file_name: "a.txt", content: new TextEncoder().encode("内容") }]
          })
        }
        const window = { begin_time: monday, end_time: monday + 60 }
        const first = yield* mail("app/get_mail_list", { ...window, limit: 1 })
        const second = yield* mail("app/get_mail_list", { ...window, limit: 1, cursor: first.next_cursor })
        assert.deepStrictEqual([first.has_more, second.has_more], [1, 0])
        const [{ mail_id } = { mail_id: "" }] = first.mail_list as ReadonlyArray<{ readonly mail_id: string }>
        const { mail_data } = yield* mail("app/read_mail", { mail_id })
        const read = yield* parsed(mail_data as string)
        assert.deepInclude(read, { subject: "回复：通知", text: "收到" })
        assert.strictEqual(read.from?.address, address("lisi"))
        assert.strictEqual(yield* code("app/read_mail", { mail_id: "none" }), 710004)
        yield* Acts.write({ from: "guest@example.com", to: [app], subject: "你好", content: "" })
        assert.deepStrictEqual(
          heard.map((event) => [event.header.key, "Amount" in event && event.Amount]),
          // One of the three has been read.
          [1, 2, 2].map((amount) => ["event/app_email_change/receive_email", amount])
        )
        assert.lengthOf(
          (yield* mail("app/get_mail_list", { begin_time: 0, end_time: monday - 1 }))
            .mail_list as ReadonlyArray<unknown>,
          0
        )
      })
    ))

  it.effect("have an address that can be changed; the old one still receives", () =>
    Effect.gen(function*() {
      const notice = address("notice")
      assert.deepInclude(yield* mail("app/get_email_alias", {}), { email: app })
      assert.strictEqual(yield* code("app/update_email_alias", { new_email: notice }), 0)
      assert.deepInclude(yield* mail("app/get_email_alias", {}), { email: notice, alias_list: [app] })
      assert.strictEqual(yield* code("app/update_email_alias", { new_email: "notice@example.com" }), 81015)
      assert.strictEqual(yield* code("app/update_email_alias", { new_email: "notice" }), 60105)
      assert.strictEqual(yield* code("app/update_email_alias", { new_email: address("lisi") }), 60106)
      yield* Acts.write({ from: "lisi", to: [app, notice], subject: "你好", content: "" })
      const { mail_list } = yield* mail("app/get_mail_list", { begin_time: 0, end_time: 60 })
      assert.lengthOf(mail_list as ReadonlyArray<unknown>, 1)
    }).pipe(simulated))

  it.effect("make, change and cancel schedules and meetings", () =>
    hearing(() =>
      Effect.gen(function*() {
        const time = { start_time: monday + 3600, end_time: monday + 5400 }
        const to = { userids: ["zhangsan", "lisi"] }
        const meeting = { meeting_admins: { userids: ["zhangsan"] }, option: { auto_record: 2 } }
        const schedule = { ...time, location: "朝霞", reminders: { is_remind: 1, remind_before_event_mins: 15 } }
        assert.strictEqual((yield* send({ to, subject: "评审", schedule, meeting })).errcode, 0)
        const [received] = yield* Acts.inbox({ userid: "lisi" })
        const calendar = (yield* parsed(received?.mail.text ?? "")).attachments
          .find(({ mimeType }) => mimeType === "text/calendar")
        const [, schedule_id = ""] = /UID:(\S+)/.exec(textOf(calendar?.content)) ?? []
        const read = () =>
          Effect.map(
            called.post("/cgi-bin/oa/schedule/get", { schedule_id_list: [schedule_id] }),
            ({ schedule_list }) => (schedule_list as ReadonlyArray<Readonly<Record<string, unknown>>>)[0]
          )
        assert.deepInclude(yield* read(), {
          ...time,
          summary: "评审",
          location: "朝霞",
          status: 0,
          attendees: [{ userid: "zhangsan", response_status: 0 }, { userid: "lisi", response_status: 0 }]
        })
        const { meetingid_list } = yield* called.post("/cgi-bin/meeting/get_user_meetingid", { userid: "lisi" })
        const [meetingid] = meetingid_list as ReadonlyArray<string>
        const held = () => called.post("/cgi-bin/meeting/get_info", { meetingid })
        assert.deepInclude(yield* held(), {
          title: "评审",
          admin_userid: "zhangsan",
          meeting_start: monday + 3600,
          meeting_duration: 1800,
          status: 1
        })
        const update = { schedule: { schedule_id, ...time } }
        assert.strictEqual((yield* called.post("/cgi-bin/oa/schedule/update", update)).errcode, 90497)
        const later = { schedule_id, start_time: monday + 7200, end_time: monday + 9000 }
        yield* send({ to, subject: "评审改期", schedule: later, meeting })
        assert.deepInclude(yield* read(), { summary: "评审改期", start_time: monday + 7200 })
        assert.deepInclude(yield* held(), { title: "评审改期", meeting_start: monday + 7200 })
        yield* send({ to, schedule: { ...later, method: "cancel" }, meeting })
        assert.deepInclude(yield* read(), { status: 1 })
        assert.deepInclude(yield* held(), { status: 4 })
        assert.strictEqual((yield* send({ to, schedule: later })).errcode, 90460)
        const stranger = { meeting_admins: { userids: ["wangwu"] } }
        assert.strictEqual((yield* send({ to, schedule: time, meeting: stranger })).errcode, 730009)
      })
    ))

  it.effect("need the permissions of schedules and meetings for those", () =>
    Effect.gen(function*() {
      const to = { userids: ["zhangsan"] }
      const schedule = { start_time: 3600, end_time: 7200 }
      const meeting = { meeting_admins: { userids: ["zhangsan"] } }
      assert.strictEqual((yield* send({ to })).errcode, 0)
      assert.strictEqual((yield* send({ to, schedule })).errcode, 0)
      assert.strictEqual((yield* send({ to, schedule, meeting })).errcode, 48002)
    }).pipe(Effect.provide(Layer.suspend(() =>
      Simulator.layerTest({
        corps: [{
          ...defaultCorp,
          apps: defaultCorp.apps.map((app) => ({ ...app, powers: ["mail", "calendars"] }))
        }]
      })
    ))))
})

describe("groups", () => {
  it.effect("stand for members, departments and other groups, for those who may write to them", () =>
    Effect.gen(function*() {
      const inner = { groupid: address("dev"), groupname: "研发", department_list: { list: [2] }, allow_type: 2 }
      const outer = {
        groupid: address("all"),
        groupname: "全员",
        email_list: { list: [address("wangwu")] },
        group_list: { list: [inner.groupid] },
        allow_type: 0
      }
      assert.strictEqual(yield* code("group/create", outer), 680004)
      assert.strictEqual(yield* code("group/create", inner), 0)
      assert.strictEqual(yield* code("group/create", outer), 0)
      assert.strictEqual(yield* code("group/create", outer), 680010)
      assert.strictEqual(yield* code("group/create", { ...outer, groupid: "all@example.com" }), 680001)
      assert.strictEqual(yield* code("group/create", { ...outer, groupid: address("all2") }), 680002)
      const { errcode: _, errmsg: __, ...read } = yield* called.get(
        `/cgi-bin/exmail/group/get?groupid=${outer.groupid}`
      )
      assert.deepStrictEqual(read, outer)

      yield* send({ to: { emails: [outer.groupid] } })
      const counts = () => Effect.forEach(["zhangsan", "lisi", "wangwu"], unreadOf)
      assert.deepStrictEqual(yield* counts(), [1, 1, 1])
      // Only those in it may write to it.
      yield* Acts.write({ from: "wangwu", to: [inner.groupid], subject: "x", content: "" })
      assert.deepStrictEqual(yield* counts(), [1, 1, 1])
      yield* Acts.write({ from: "lisi", to: [inner.groupid], subject: "x", content: "" })
      assert.deepStrictEqual(yield* counts(), [2, 2, 1])
      yield* Acts.write({ from: "guest@example.com", to: [outer.groupid], subject: "x", content: "" })
      assert.deepStrictEqual(yield* counts(), [2, 2, 1])

      const search = yield* called.get("/cgi-bin/exmail/group/search?fuzzy=1&groupid=de")
      assert.deepStrictEqual([search.count, search.groups], [1, [{ groupid: inner.groupid, groupname: "研发" }]])
      assert.strictEqual((yield* called.get("/cgi-bin/exmail/group/search?fuzzy=0")).count, 2)
      const clear = { groupid: inner.groupid, department_list: { list: [] } }
      assert.strictEqual(yield* code("group/update", clear), 680008)
      assert.strictEqual(yield* code("group/update", { groupid: inner.groupid, groupname: "研发组" }), 0)
      assert.strictEqual(yield* code("group/delete", { groupid: inner.groupid }), 0)
      assert.strictEqual(yield* code("group/delete", { groupid: inner.groupid }), 680012)
    }).pipe(simulated))
})

describe("public mailboxes", () => {
  it.effect("have passwords that are told once, and aliases; the app that made them is told of their mail", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const service = { email: address("service"), name: "客服", userid_list: { list: ["lisi"] } }
        const made = yield* mail("publicmail/create", { ...service, create_auth_code: 1 })
        const id = made.id as number
        assert.isString(made.auth_code)
        assert.strictEqual(yield* code("publicmail/create", service), 680033)
        assert.strictEqual(yield* code("publicmail/create", { ...service, email: address("other") }), 680040)
        assert.strictEqual(yield* code("publicmail/create", { ...service, email: "service@example.com" }), 680032)
        const { auth_code_list } = yield* mail("publicmail/get_auth_code_list", { id })
        assert.deepStrictEqual(auth_code_list, [
          { auth_code_id: made.auth_code_id, remark: "办公PC", create_time: monday }
        ])
        const help = address("help")
        assert.strictEqual(yield* code("publicmail/update", { id, alias_list: { list: [help] } }), 0)
        assert.strictEqual(yield* code("publicmail/update", { id, alias_list: { list: [address("lisi")] } }), 680048)
        assert.strictEqual(yield* code("publicmail/update", { id, alias_list: { list: ["help@example.com"] } }), 680047)
        assert.strictEqual(yield* code("publicmail/update", { id, userid_list: { list: [] } }), 680000)
        assert.strictEqual(yield* code("publicmail/update", { id: 0, name: "x" }), 680035)
        const { list } = yield* mail("publicmail/get", { id_list: [id] })
        assert.deepStrictEqual(list, [{ id, ...service, alias_list: { list: [help] } }])
        yield* Acts.write({ from: "guest@example.com", to: [help], subject: "咨询", content: "价格" })
        assert.lengthOf(yield* Acts.inbox({ address: service.email }), 1)
        const [event] = heard
        assert.strictEqual(event?.header.key, "event/public_email_change/receive_email")
        assert.deepInclude(event, { Id: id, Amount: 1 })
        const found = yield* called.get(`/cgi-bin/exmail/publicmail/search?fuzzy=1&email=${encodeURIComponent("客")}`)
        assert.deepStrictEqual(found.list, [{ id, email: service.email, name: "客服" }])
        const { auth_code_id } = made
        assert.strictEqual(yield* code("publicmail/delete_auth_code", { id, auth_code_id }), 0)
        assert.strictEqual(yield* code("publicmail/delete_auth_code", { id, auth_code_id }), 680000)
        // Nothing comes into a mailbox that is disabled.
        assert.strictEqual(yield* code("account/act_email", { publicemail_id: id, type: 2 }), 0)
        yield* Acts.write({ from: "guest@example.com", to: [help], subject: "再问", content: "价格" })
        assert.lengthOf(yield* Acts.inbox({ address: service.email }), 1)
        assert.strictEqual(yield* code("publicmail/delete", { id }), 0)
        assert.strictEqual(yield* code("publicmail/delete", { id }), 680035)
      })
    ))
})

describe("mailboxes of members", () => {
  it.effect("are enabled and disabled, have options, and the advanced functions", () =>
    Effect.gen(function*() {
      const userid = "lisi"
      assert.strictEqual(yield* code("account/act_email", { userid, type: 2 }), 0)
      assert.strictEqual(yield* code("account/act_email", { userid, type: 2 }), 680045)
      yield* send({ to: { userids: [userid] } })
      assert.strictEqual(yield* unreadOf(userid), 0)
      assert.strictEqual(yield* code("account/act_email", { userid, type: 1 }), 0)
      yield* send({ to: { userids: [userid] } })
      assert.strictEqual(yield* unreadOf(userid), 1)

      const options = () => Effect.map(mail("useroption/get", { userid, type: [1, 2] }), ({ option }) => option)
      assert.deepStrictEqual(yield* options(), { list: [{ type: 1, value: "0" }, { type: 2, value: "1" }] })
      yield* mail("useroption/update", { userid, option: { list: [{ type: 1, value: "1" }] } })
      assert.deepStrictEqual(yield* options(), { list: [{ type: 1, value: "1" }, { type: 2, value: "1" }] })

      const added = yield* mail("vip/batch_add", { userid_list: ["lisi", "nobody", "zhangsan"] })
      assert.deepInclude(added, { succ_userid_list: ["lisi", "zhangsan"], fail_userid_list: ["nobody"] })
      yield* mail("vip/batch_del", { userid_list: ["lisi"] })
      assert.deepInclude(yield* mail("vip/list", { limit: 1 }), { userid_list: ["zhangsan"], has_more: false })
    }).pipe(simulated))
})
