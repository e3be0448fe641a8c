/** Approvals on the simulator: the example, and in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Layer, Stream } from "effect"
import { TestClock } from "effect/testing"
import { apply, approvedOf, follow } from "../../../examples/approvals.ts"
import { Media } from "../../../src/media/Media.ts"
import * as ApprovalControl from "../../../src/oa/approvals/ApprovalControl.ts"
import { Approvals } from "../../../src/oa/approvals/Approvals.ts"
import type { TemplateControl } from "../../../src/oa/approvals/ApprovalTemplate.ts"
import { Vacations } from "../../../src/oa/approvals/Vacations.ts"
import { comment, decide, revoke } from "../../../src/simulator/areas/approvals/ApprovalActs.ts"
import { addTemplate } from "../../../src/simulator/areas/approvals/Approvals.ts"
import { Simulator } from "../../../src/simulator/Simulator.ts"
import { called } from "../../simulator/raw.ts"

type Services = Layer.Success<ReturnType<typeof Simulator.layerTest>> | Approvals | Vacations | Media

/** On a simulator of its own, on 2024-10-04 at noon in China. */
const simulated = <A, E>(effect: Effect.Effect<A, E, Services>) =>
  Effect.andThen(
    TestClock.setTime(1_728_014_400_000),
    Effect.provide(
      effect,
      Layer.provideMerge(Layer.mergeAll(Approvals.layer, Vacations.layer, Media.layer), Simulator.layerTest())
    )
  )

/** What stands at a place of an answer, such as `info.sp_record.0.sp_status`. */
const at = (answer: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>(
    (value, key) => (value as { readonly [key: string]: unknown } | undefined)?.[key],
    answer
  )

const list = (answer: unknown, path: string): ReadonlyArray<unknown> => {
  const found = at(answer, path)
  return Array.isArray(found) ? found : assert.fail(`no list at ${path}`)
}

const property = <const C extends string>(control: C, id = `${control}-1`, require = false) => ({
  control,
  id,
  title: ApprovalControl.localized(id),
  placeholder: [],
  require
})

const plain: ReadonlyArray<TemplateControl> = [{ property: property("Text", "Text-1", true) }]

/** A template with every control of the example. */
const everything: ReadonlyArray<TemplateControl> = [
  { property: property("Text", "Text-1", true) },
  { property: property("Textarea") },
  { property: property("Number") },
  { property: property("Money") },
  { property: property("Date"), config: { date: { type: "day" } } },
  {
    property: property("Selector"),
    config: {
      selector: {
        type: "single",
        options: [
          { key: "train", value: ApprovalControl.localized("火车", "Train") },
          { key: "plane", value: ApprovalControl.localized("飞机", "Plane") }
        ]
      }
    }
  },
  { property: property("Contact"), config: { contact: { type: "multi", mode: "user" } } },
  { property: property("Tips"), config: { tips: { tips_content: [] } } },
  { property: property("File"), config: { file: { is_only_photo: false } } },
  {
    property: property("Table"),
    config: {
      table: { children: [{ property: property("Text", "Text-2", true) }, { property: property("Money", "Money-2") }] }
    }
  },
  { property: property("DateRange"), config: { date_range: { type: "halfday" } } },
  { property: property("Vacation"), config: { vacation_list: { item: [{ id: 1, name: [] }] } } },
  { property: property("Attendance"), config: { attendance: { type: 3, date_range: { type: "halfday" } } } },
  { property: property("Location"), config: { location: { distance: 100 } } },
  { property: property("RelatedApproval"), config: { related_approval: { template_id: [] } } },
  { property: property("Formula") }
]

/** An application with nothing in it but a text. */
const simple = (template_id: string, text = "申请") => ({
  creator_userid: "zhangsan",
  template_id,
  use_template_approver: 1,
  apply_data: { contents: [{ control: "Text", id: "Text-1", value: { text } }] },
  summary_list: [{ summary_info: [{ text: "摘要", lang: "zh_CN" }] }]
})

const submitRaw = (body: object) => Effect.map(called.post("/cgi-bin/oa/applyevent", body), (answer) => answer)

describe("the example", () => {
  it.effect("applies with every control, and follows the application to its end", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const template = yield* addTemplate(world, { name: "出差申请", controls: everything })
      const earlier = (yield* submitRaw(simple(yield* addTemplate(world, { controls: plain })))).sp_no as string
      const sp_no = yield* apply({ template, applicant: "zhangsan", approvers: ["lisi", "wangwu"], earlier })
      assert.match(sp_no, /^20241004\d{4}$/)

      const outcome = yield* Effect.forkChild(follow(sp_no))
      yield* TestClock.adjust("5 minutes")
      assert.isUndefined(outcome.pollUnsafe())
      yield* decide({ sp_no, userid: "wangwu", approve: true, speech: "一路顺风" })
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* Fiber.join(outcome), { status: "已通过", opinions: ["wangwu：一路顺风"] })

      const [approval] = yield* Stream.runCollect(Stream.drop(approvedOf("zhangsan"), 1))
      assert.strictEqual(approval?.sp_no, sp_no)
      const contents = approval?.apply_data?.contents ?? []
      assert.deepStrictEqual(
        contents.map(({ control }) => control),
        everything.map(({ property }) => property.control)
      )
      const selector = contents.find(({ control }) => control === "Selector")
      assert.deepStrictEqual(
        selector?.control === "Selector" && selector.value.selector?.options,
        [{ key: "train", value: ApprovalControl.localized("火车", "Train") }]
      )
      const related = contents.find(({ control }) => control === "RelatedApproval")
      assert.strictEqual(related?.control === "RelatedApproval" && related.value.related_approval[0]?.sp_no, earlier)
      const [annual] = yield* Vacations.use((vacations) => vacations.listQuotas({ userid: "zhangsan" }))
      assert.deepStrictEqual([annual?.usedduration, annual?.leftduration], [2 * 86_400, 8 * 86_400])
    }).pipe(simulated))
})

describe("applications, in JSON", () => {
  it.effect("are refused where they do not fit the template", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const template = yield* addTemplate(world, { controls: everything })
      const codeOf = (change: object) =>
        Effect.map(submitRaw({ ...simple(template), ...change }), ({ errcode }) => errcode)
      const content = (...contents: ReadonlyArray<object>) => ({
        apply_data: { contents: [...simple(template).apply_data.contents, ...contents] }
      })
      assert.strictEqual(yield* codeOf({}), 0)
      assert.strictEqual(yield* codeOf({ creator_userid: "nobody" }), 301055)
      assert.strictEqual(yield* codeOf({ template_id: "none" }), 301025)
      assert.strictEqual(yield* codeOf({ apply_data: { contents: [] } }), 301025)
      assert.strictEqual(yield* codeOf({ choose_department: 3 }), 301025)
      const cases = [
        { control: "Text", id: "Text-9", value: { text: "无此控件" } },
        { control: "Number", id: "Money-1", value: { new_number: "1" } },
        { control: "Selector", id: "Selector-1", value: { selector: { type: "single", options: [{ key: "boat" }] } } },
        { control: "File", id: "File-1", value: { files: [{ file_id: "none" }] } },
        { control: "Contact", id: "Contact-1", value: { members: [{ userid: "nobody" }] } },
        { control: "RelatedApproval", id: "RelatedApproval-1", value: { related_approval: [{ sp_no: "1" }] } },
        { control: "Table", id: "Table-1", value: { children: [{ list: [] }] } }
      ]
      for (const control of cases) assert.strictEqual(yield* codeOf(content(control)), 301025, control.id)
      const wrong = { control: "Number", id: "Number-1", value: { text: "1" } }
      assert.strictEqual(yield* codeOf(content(wrong)), 40058)
      const own = { use_template_approver: 0, process: { node_list: [{ type: 1, apv_rel: 1, userid: ["nobody"] }] } }
      assert.strictEqual(yield* codeOf(own), 301025)
    }).pipe(simulated))

  it.effect("go through their steps, and are told as the document says", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const template_id = yield* addTemplate(world, { name: "用印", controls: plain })
      const { sp_no } = yield* submitRaw({
        ...simple(template_id),
        use_template_approver: 0,
        process: {
          node_list: [
            { type: 1, apv_rel: 1, userid: ["lisi", "wangwu"] },
            { type: 3, apv_rel: 2, userid: ["zhangsan", "lisi"] },
            { type: 2, userid: ["wangwu"] }
          ]
        }
      })
      const detail = Effect.map(called.post("/cgi-bin/oa/getapprovaldetail", { sp_no }), ({ info }) => info)
      const first = yield* detail
      assert.strictEqual(at(first, "sp_status"), 1)
      assert.deepStrictEqual(at(first, "sp_record.0"), {
        sp_status: 1,
        approverattr: 2,
        details: [
          { approver: { userid: "lisi" }, speech: "", sp_status: 1, sptime: 0, media_id: [] },
          { approver: { userid: "wangwu" }, speech: "", sp_status: 1, sptime: 0, media_id: [] }
        ]
      })
      assert.deepStrictEqual(at(first, "applyer"), { userid: "zhangsan", partyid: "2" })
      assert.deepStrictEqual(at(first, "notifyer"), [{ userid: "wangwu" }])
      assert.deepStrictEqual(at(first, "apply_data.contents"), [
        { control: "Text", id: "Text-1", title: [{ text: "Text-1", lang: "zh_CN" }], value: { text: "申请" } }
      ])
      const approve = (userid: string) => decide({ sp_no: sp_no as string, userid, approve: true })
      assert.match(String(yield* Effect.flip(approve("zhangsan"))), /is not asked/)
      yield* approve("lisi")
      assert.strictEqual(at(yield* detail, "sp_record.0.sp_status"), 1)
      yield* approve("wangwu")
      yield* comment({ sp_no: sp_no as string, userid: "lisi", content: "请尽快" })
      const second = yield* detail
      assert.deepStrictEqual(list(second, "sp_record").map((record) => at(record, "sp_status")), [2, 1])
      assert.strictEqual(at(second, "sp_record.0.details.0.sptime"), 1_728_014_400)
      assert.match(String(at(second, "comments.0.commentid")), /^\d{19}$/)
      yield* approve("lisi")
      const third = yield* detail
      assert.strictEqual(at(third, "sp_status"), 2)
      assert.deepStrictEqual(list(third, "process_list.node_list").map((node) => at(node, "node_type")), [1, 3, 2])
      yield* revoke({ sp_no: sp_no as string })
      assert.strictEqual(at(yield* detail, "sp_status"), 6)
    }).pipe(simulated))

  it.effect("are rejected by one who does not agree", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const template_id = yield* addTemplate(world, { controls: plain, approvers: ["lisi", "wangwu"] })
      const sp_no = (yield* submitRaw(simple(template_id))).sp_no as string
      yield* decide({ sp_no, userid: "LiSi", approve: false, speech: "不急" })
      const approval = yield* Approvals.use((approvals) => approvals.get({ sp_no }))
      assert.isTrue(approval.isSettled)
      assert.deepStrictEqual(approval.sp_record.map(({ sp_status }) => sp_status), [3, 1])
    }).pipe(simulated))

  it.effect("are listed page by page, with both cursors, within 31 days", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const template_id = yield* addTemplate(world, { controls: plain })
      const numbers: Array<unknown> = []
      for (let i = 0; i < 5; i++) numbers.push((yield* submitRaw(simple(template_id))).sp_no)
      const ask = (change: object) =>
        called.post("/cgi-bin/oa/getapprovalinfo", {
          starttime: "1728000000",
          endtime: "1728100000",
          size: 2,
          ...change
        })
      const first = yield* ask({ new_cursor: "" })
      assert.deepStrictEqual(first.sp_no_list, numbers.slice(0, 2))
      const second = yield* ask({ new_cursor: first.new_next_cursor })
      const third = yield* ask({ new_cursor: second.new_next_cursor })
      assert.deepStrictEqual([...list(second, "sp_no_list"), ...list(third, "sp_no_list")], numbers.slice(2))
      assert.isUndefined(third.new_next_cursor)
      const old = yield* ask({ cursor: 0 })
      assert.strictEqual(old.next_cursor, 2)
      assert.deepStrictEqual((yield* ask({ cursor: 4 })).sp_no_list, numbers.slice(4))
      const filter = (key: string, value: string) => ask({ size: 100, filters: [{ key, value }] })
      assert.lengthOf(list(yield* filter("sp_status", "2"), "sp_no_list"), 5)
      assert.lengthOf(list(yield* filter("sp_status", "1"), "sp_no_list"), 0)
      assert.lengthOf(list(yield* filter("creator", "lisi"), "sp_no_list"), 0)
      assert.lengthOf(list(yield* filter("department", "2"), "sp_no_list"), 5)
      assert.strictEqual((yield* ask({ endtime: "1731100000" })).errcode, 301025)
      const legacy = yield* called.post("/cgi-bin/corp/getapprovaldata", { starttime: 1728000000, endtime: 1728100000 })
      assert.strictEqual(legacy.total, 5)
      assert.strictEqual(at(legacy, "data.0.apply_name"), "张三")
    }).pipe(simulated))
})

describe("templates, in JSON", () => {
  it.effect("are created, read and updated by the app that made them", () =>
    Effect.gen(function*() {
      const title = [{ text: "用印", lang: "zh_CN" }]
      const text = { property: { control: "Text", id: "Text-01", title, placeholder: [], require: 1, un_print: 0 } }
      const selector = (value: unknown) => ({
        property: { control: "Selector", id: "Selector-01", title, placeholder: [], require: 0, un_print: 1 },
        config: { selector: { type: "single", options: [{ key: "option-1", value }] } }
      })
      const one = { text: "公章", lang: "zh_CN" }
      const { template_id } = yield* called.post("/cgi-bin/oa/approval/create_template", {
        template_name: title,
        template_content: { controls: [text, selector(one)] }
      })
      const read = called.post("/cgi-bin/oa/gettemplatedetail", { template_id })
      assert.deepStrictEqual(yield* read, {
        errcode: 0,
        errmsg: "ok",
        template_names: title,
        template_content: { controls: [text, selector([one])] }
      })
      const update = (template_id: unknown) =>
        called.post("/cgi-bin/oa/approval/update_template", {
          template_id,
          template_name: title,
          template_content: { controls: [text] }
        })
      assert.strictEqual((yield* update(template_id)).errcode, 0)
      assert.lengthOf(list(yield* read, "template_content.controls"), 1)
      assert.strictEqual((yield* update("none")).errcode, 301025)
      const { world } = yield* Simulator
      assert.strictEqual((yield* update(yield* addTemplate(world, { controls: plain }))).errcode, 301025)
      const copy = called.post("/cgi-bin/oa/approval/copytemplate", { open_template_id: "T" })
      assert.strictEqual((yield* copy).template_id, (yield* copy).template_id)
    }).pipe(simulated))
})

describe("leave, in JSON", () => {
  it.effect("has types, and a quota for every member", () =>
    Effect.gen(function*() {
      const types = yield* called.get("/cgi-bin/oa/vacation/getcorpconf")
      assert.deepStrictEqual(list(types, "lists").map((type) => [at(type, "id"), at(type, "name")]), [[1, "年假"], [
        2,
        "事假"
      ]])
      const set = (change: object) =>
        Effect.map(
          called.post("/cgi-bin/oa/vacation/setoneuserquota", {
            userid: "zhangsan",
            vacation_id: 1,
            leftduration: 8640,
            time_attr: 0,
            ...change
          }),
          ({ errcode }) => errcode
        )
      assert.strictEqual(yield* set({}), 0)
      assert.strictEqual(yield* set({ userid: "nobody" }), 301021)
      assert.strictEqual(yield* set({ vacation_id: 9 }), 301063)
      assert.strictEqual(yield* set({ time_attr: 1 }), 301063)
      assert.strictEqual(yield* set({ leftduration: 1 }), 301063)
      const quotas = yield* called.post("/cgi-bin/oa/vacation/getuservacationquota", { userid: "zhangsan" })
      assert.strictEqual(at(quotas, "lists.0.leftduration"), 8640)
      const nobody = yield* called.post("/cgi-bin/oa/vacation/getuservacationquota", { userid: "nobody" })
      assert.strictEqual(nobody.errcode, 301021)
    }).pipe(simulated))
})
