import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import * as ApprovalControl from "../../../src/oa/approvals/ApprovalControl.ts"
import { type Application, Approvals } from "../../../src/oa/approvals/Approvals.ts"
import { ApprovalStatus } from "../../../src/oa/approvals/ApprovalStatus.ts"
import { ApprovalTemplate } from "../../../src/oa/approvals/ApprovalTemplate.ts"
import { answering } from "./support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const span = { type: "halfday", begin: at(1_700_000_000), end: at(1_700_086_400), duration: 86_400 } as const

const controls = [
  ApprovalControl.text("Text-1", "出差说明"),
  ApprovalControl.textarea("Textarea-1", "第一行\n第二行"),
  ApprovalControl.number("Number-1", 12.5),
  ApprovalControl.money("Money-1", "1200.00"),
  ApprovalControl.date("Date-1", at(1_700_000_000)),
  ApprovalControl.selector("Selector-1", "option-1"),
  ApprovalControl.selector("Selector-2", ["option-1", "option-2"]),
  ApprovalControl.members("Contact-1", ["zhangsan"]),
  ApprovalControl.departments("Contact-2", [2, "3"]),
  ApprovalControl.tips("Tips-1"),
  ApprovalControl.files("File-1", ["M1"]),
  ApprovalControl.table("Table-1", [
    [ApprovalControl.text("Text-2", "机票"), ApprovalControl.money("Money-2", 900)],
    [ApprovalControl.text("Text-2", "酒店"), ApprovalControl.money("Money-2", 300)]
  ]),
  ApprovalControl.dateRange("DateRange-1", span),
  ApprovalControl.vacation("Vacation-1", 3, { ...span, type: "hour" }),
  ApprovalControl.attendance("Attendance-1", 4, span),
  ApprovalControl.location("Location-1", {
    latitude: 30.547239,
    longitude: 104.063291,
    title: "园区一号楼",
    address: "示例路 1 号",
    time: at(1_700_000_000)
  }),
  ApprovalControl.relatedApprovals("RelatedApproval-1", ["202311150001"]),
  ApprovalControl.formula("Formula-1"),
  ApprovalControl.bankAccount("BankAccount-1", {
    account_type: 1,
    account_name: "示例公司",
    account_number: "6200000000000000001",
    remark: "",
    bank: { bank_alias: "示例银行" }
  })
]

/** The same on the wire. */
const wire = [
  { control: "Text", id: "Text-1", value: { text: "出差说明" } },
  { control: "Textarea", id: "Textarea-1", value: { text: "第一行\n第二行" } },
  { control: "Number", id: "Number-1", value: { new_number: "12.5" } },
  { control: "Money", id: "Money-1", value: { new_money: "1200.00" } },
  { control: "Date", id: "Date-1", value: { date: { type: "day", s_timestamp: "1700000000" } } },
  { control: "Selector", id: "Selector-1", value: { selector: { type: "single", options: [{ key: "option-1" }] } } },
  {
    control: "Selector",
    id: "Selector-2",
    value: { selector: { type: "multi", options: [{ key: "option-1" }, { key: "option-2" }] } }
  },
  { control: "Contact", id: "Contact-1", value: { members: [{ userid: "zhangsan" }] } },
  { control: "Contact", id: "Contact-2", value: { departments: [{ openapi_id: "2" }, { openapi_id: "3" }] } },
  { control: "Tips", id: "Tips-1" },
  { control: "File", id: "File-1", value: { files: [{ file_id: "M1" }] } },
  {
    control: "Table",
    id: "Table-1",
    value: {
      children: [
        {
          list: [
            { control: "Text", id: "Text-2", value: { text: "机票" } },
            { control: "Money", id: "Money-2", value: { new_money: "900" } }
          ]
        },
        {
          list: [
            { control: "Text", id: "Text-2", value: { text: "酒店" } },
            { control: "Money", id: "Money-2", value: { new_money: "300" } }
          ]
        }
      ]
    }
  },
  {
    control: "DateRange",
    id: "DateRange-1",
    value: {
      date_range: { type: "halfday", new_begin: 1700000000, new_end: 1700086400, new_duration: 86400 }
    }
  },
  {
    control: "Vacation",
    id: "Vacation-1",
    value: {
      vacation: {
        selector: { type: "single", options: [{ key: "3" }] },
        attendance: {
          type: 1,
          date_range: { type: "hour", new_begin: 1700000000, new_end: 1700086400, new_duration: 86400 }
        }
      }
    }
  },
  {
    control: "Attendance",
    id: "Attendance-1",
    value: {
      attendance: {
        type: 4,
        date_range: { type: "halfday", new_begin: 1700000000, new_end: 1700086400, new_duration: 86400 }
      }
    }
  },
  {
    control: "Location",
    id: "Location-1",
    value: {
      location: {
        latitude: "30.547239",
        longitude: "104.063291",
        title: "园区一号楼",
        address: "示例路 1 号",
        time: 1700000000
      }
    }
  },
  { control: "RelatedApproval", id: "RelatedApproval-1", value: { related_approval: [{ sp_no: "202311150001" }] } },
  { control: "Formula", id: "Formula-1" },
  {
    control: "BankAccount",
    id: "BankAccount-1",
    value: {
      bank_account: {
        account_type: 1,
        account_name: "示例公司",
        account_number: "6200000000000000001",
        remark: "",
        bank: { bank_alias: "示例银行" }
      }
    }
  }
]

const application: Application = {
  creator_userid: "zhangsan",
  template_id: "T1",
  use_template_approver: 0,
  process: {
    node_list: [
      { type: 1, apv_rel: 2, userid: ["lisi", "wangwu"] },
      { type: 2, userid: ["zhaoliu"] }
    ]
  },
  apply_data: { contents: controls },
  summary_list: [{ summary_info: ApprovalControl.localized("出差 2 天", "2 days away") }]
}

describe("submitting", () => {
  it.effect("writes every control as the document says", () => {
    const { run, sent } = answering(() => ({ errcode: 0, sp_no: "202311160001" }))
    return run(Effect.gen(function*() {
      assert.strictEqual(yield* (yield* Approvals).submit(application), "202311160001")
      assert.deepStrictEqual(sent()[0]?.body, {
        creator_userid: "zhangsan",
        template_id: "T1",
        use_template_approver: 0,
        process: {
          node_list: [
            { type: 1, apv_rel: 2, userid: ["lisi", "wangwu"] },
            { type: 2, userid: ["zhaoliu"] }
          ]
        },
        apply_data: { contents: wire },
        summary_list: [
          { summary_info: [{ text: "出差 2 天", lang: "zh_CN" }, { text: "2 days away", lang: "en" }] }
        ]
      })
      assert.strictEqual(new Set(wire.map(({ control }) => control)).size, ApprovalControl.ControlType.values.length)
    }))
  })

  it.effect("refuses what does not fit, naming endpoint and field", () => {
    const { run, sent } = answering(() => ({ errcode: 0, sp_no: "1" }))
    const line = { summary_info: ApprovalControl.localized("一行") }
    const cases: ReadonlyArray<readonly [change: object, field: RegExp, message: RegExp]> = [
      [{ summary_list: [line, line, line, line] }, /^summary_list$/, /at most 3 items/],
      [
        { summary_list: [{ summary_info: ApprovalControl.localized("字".repeat(21)) }] },
        /^summary_list\[0\].summary_info\[0\].text$/,
        /at most 20 characters/
      ],
      [
        { apply_data: { contents: [ApprovalControl.files("F", ["1", "2", "3", "4", "5", "6", "7"])] } },
        /^apply_data.contents$/,
        /at most 6 files/
      ],
      [
        {
          apply_data: {
            contents: [
              ApprovalControl.files("F", ["1", "2", "3", "4"]),
              ApprovalControl.table("T", [[ApprovalControl.files("F", ["5", "6", "7"])]])
            ]
          }
        },
        /^apply_data.contents$/,
        /at most 6 files/
      ],
      [
        { apply_data: { contents: [{ control: "Number", id: "N", value: { text: "7" } }] } },
        /^apply_data.contents\[0\].value.text$/,
        /./
      ],
      [{ apply_data: { contents: [{ control: "Colour", id: "N", value: {} }] } }, /^apply_data.contents\[0\]/, /./],
      [
        { apply_data: { contents: [ApprovalControl.text("T", "第一行\n第二行")] } },
        /^apply_data.contents\[0\].value.text$/,
        /a Textarea may have them/
      ],
      [
        { apply_data: { contents: [ApprovalControl.table("T", [])] } },
        /^apply_data.contents\[0\].value.children$/,
        /at least one row/
      ],
      [
        { process: { node_list: [{ type: 1, userid: ["lisi"] }] } },
        /^process.node_list\[0\].apv_rel$/,
        /./
      ],
      [
        { process: { node_list: [{ type: 2, apv_rel: 1, userid: ["lisi"] }] } },
        /^process.node_list\[0\].apv_rel$/,
        /no such field/
      ],
      [
        { process: { node_list: [{ type: 4, apv_rel: 1, userid: ["lisi"] }] } },
        /^process.node_list\[0\]$/,
        /Expected .*1.*3.*2/
      ],
      [{ process: undefined }, /^process$/, /at least one of process, approver/],
      [{ creator_userid: undefined }, /^creator_userid$/, /./]
    ]
    return run(Effect.gen(function*() {
      const approvals = yield* Approvals
      for (const [change, field, message] of cases) {
        const wrong = { ...application, ...change } as Application // what a program without types would pass
        const { endpoint, reason } = yield* Effect.flip(approvals.submit(wrong))
        assert.strictEqual(endpoint, "POST /cgi-bin/oa/applyevent")
        if (reason._tag !== "RequestInvalid") return assert.fail(reason._tag)
        assert.match(reason.issues[0]?.field ?? "", field)
        assert.match(reason.issues[0]?.message ?? "", message)
      }
      assert.lengthOf(sent(), 0)
    }))
  })
})

describe("a file of an application", () => {
  it.effect("may be described", () => {
    const { run, sent } = answering(() => ({ errcode: 0, sp_no: "1" }))
    const file = { file_id: "M1", file_name: "行程.txt", file_size: 12, file_type: "txt", file_url: "" }
    const contents = [{ control: "File", id: "File-1", value: { files: [file] } }] as const
    return run(Effect.gen(function*() {
      yield* (yield* Approvals).submit({ ...application, apply_data: { contents } })
      assert.deepNestedInclude(sent()[0]?.body, { "apply_data.contents[0].value.files[0]": file })
    }))
  })
})

describe("an application", () => {
  const detail = {
    sp_no: "202311160001",
    sp_name: "出差申请",
    sp_status: 1,
    template_id: "T1",
    apply_time: 1700000000,
    applyer: { userid: "zhangsan", partyid: "2" },
    sp_record: [{
      sp_status: 1,
      approverattr: 1,
      details: [
        { approver: { userid: "lisi" }, speech: "同意", sp_status: 2, sptime: 1700000100, media_id: [] },
        { approver: { userid: "wangwu" }, speech: "", sp_status: 1, sptime: "", media_id: [] }
      ]
    }],
    notifyer: [{ userid: "zhaoliu" }],
    apply_data: {
      contents: [
        ...wire.map((control) => ({
          title: [{ text: "标题", lang: "zh_CN" }],
          ...control,
          value: control.value ?? {}
        })),
        { control: "Date", id: "Date-9", title: [], value: { date: { type: "day", s_timestamp: "" } } },
        {
          control: "PunchCorrection",
          id: "P",
          title: [],
          value: { punch_correction: { state: "缺卡", time: 1700000000 } }
        },
        { control: "Signature", id: "S", title: [], value: { strokes: [[1, 2]] } }
      ]
    },
    comments: [{
      commentUserInfo: { userid: "lisi" },
      commenttime: 1700000200,
      commentcontent: "请补充行程",
      commentid: "6741314136717778040",
      media_id: []
    }],
    process_list: {
      node_list: [
        {
          node_type: 1,
          sp_status: 1,
          apv_rel: 2,
          sub_node_list: [
            { userid: "lisi", speech: "同意", sp_yj: 2, sptime: 1700000100, media_ids: [] },
            { userid: "wangwu", sp_yj: 1, sptime: 0, media_ids: [] }
          ]
        },
        { node_type: 2, sub_node_list: [{ userid: "zhaoliu" }] }
      ]
    }
  }

  it.effect("is read with its steps and its controls", () => {
    const { run } = answering(() => ({ errcode: 0, info: detail }))
    return run(Effect.gen(function*() {
      const approval = yield* (yield* Approvals).get({ sp_no: "202311160001" })
      assert.strictEqual(ApprovalStatus.label(approval.sp_status), "审批中")
      assert.isFalse(approval.isSettled)
      assert.deepStrictEqual(
        approval.sp_record[0]?.details.map(({ approver, sptime }) => [approver?.userid, sptime]),
        [["lisi", at(1_700_000_100)], ["wangwu", undefined]]
      )
      assert.deepStrictEqual(
        approval.process_list?.node_list.flatMap((node) => node.sub_node_list.map(({ sptime }) => sptime)),
        [at(1_700_000_100), undefined, undefined]
      )
      assert.strictEqual(approval.comments[0]?.commentid, "6741314136717778040")
      const contents = approval.apply_data?.contents ?? []
      const byId = new Map(contents.flatMap((control) => control.control === "Unknown" ? [] : [[control.id, control]]))
      const money = byId.get("Money-1")
      assert.deepStrictEqual(money?.control === "Money" && money.value, { new_money: "1200.00" })
      const place = byId.get("Location-1")
      assert.strictEqual(place?.control === "Location" && place.value.location?.latitude, 30.547239)
      const table = byId.get("Table-1")
      assert.deepStrictEqual(
        table?.control === "Table" &&
          table.value.children.map(({ list }) => list.map((cell) => cell.control === "Money" && cell.value.new_money)),
        [[false, "900"], [false, "300"]]
      )
      const empty = byId.get("Date-9")
      assert.isUndefined(empty?.control === "Date" && empty.value.date?.s_timestamp)
    }))
  })

  it.effect("keeps a control that this version does not know", () => {
    const { run } = answering(() => ({ errcode: 0, info: detail }))
    return run(Effect.gen(function*() {
      const { apply_data } = yield* (yield* Approvals).get({ sp_no: "1" })
      assert.deepStrictEqual(apply_data?.contents.at(-1), {
        control: "Unknown",
        value: { control: "Signature", id: "S", title: [], value: { strokes: [[1, 2]] } }
      })
    }))
  })
})

describe("numbers", () => {
  const period = { starttime: at(1_700_000_000), endtime: at(1_700_086_400), size: 2 }

  it.effect("come page by page, as they are consumed", () => {
    const numbers = ["1", "2", "3", "4", "5"]
    const { run, sent } = answering(({ body }) => {
      const { new_cursor, size } = body as { readonly new_cursor?: string; readonly size: number }
      const start = Number(new_cursor ?? 0)
      const end = start + size
      return {
        errcode: 0,
        sp_no_list: numbers.slice(start, end),
        ...(end < numbers.length ? { new_next_cursor: `${end}` } : {})
      }
    })
    return run(Effect.gen(function*() {
      const approvals = yield* Approvals
      const filters = [{ key: "sp_status", value: 2 }, { key: "department", value: "7" }] as const
      const all = approvals.listAllNumbers({ ...period, filters })
      assert.deepStrictEqual(yield* Stream.runCollect(Stream.take(all, 2)), ["1", "2"])
      assert.lengthOf(sent(), 1)
      assert.deepStrictEqual(sent()[0]?.body, {
        starttime: "1700000000",
        endtime: "1700086400",
        new_cursor: "",
        size: 2,
        filters: [{ key: "sp_status", value: "2" }, { key: "department", value: "7" }]
      })
      assert.deepStrictEqual(yield* Stream.runCollect(all), numbers)
      assert.deepStrictEqual(
        sent().slice(1).map(({ body }) => (body as { readonly new_cursor?: string }).new_cursor),
        ["", "2", "4"]
      )
    }))
  })

  it.effect("can be paged with the older cursor, too", () => {
    const { run, sent } = answering(() => ({ errcode: 0, sp_no_list: ["1"], next_cursor: 8 }))
    return run(Effect.gen(function*() {
      const page = yield* (yield* Approvals).listNumbers({ ...period, cursor: 7 })
      assert.strictEqual(page.next_cursor, 8)
      assert.deepInclude(sent()[0]?.body, { cursor: 7 })
      assert.notProperty(sent()[0]?.body, "new_cursor")
    }))
  })

  it.effect("are asked for a hundred at a time at most, of 31 days at most", () => {
    const { run, sent } = answering(() => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const approvals = yield* Approvals
      const { starttime } = period
      const days = (count: number) => ({ starttime, endtime: DateTime.add(starttime, { days: count }) })
      const tooMany = yield* Effect.flip(approvals.listNumbers({ ...period, size: 101 }))
      assert.match(tooMany.message, /^POST \/cgi-bin\/oa\/getapprovalinfo: RequestInvalid: size: /)
      const tooLong = yield* Effect.flip(approvals.listNumbers({ ...days(32), size: 2 }))
      assert.match(tooLong.message, /RequestInvalid: endtime: at most 31 days after starttime are allowed/)
      const tooLongBefore = yield* Effect.flip(approvals.listLegacy(days(31)))
      assert.match(tooLongBefore.message, /RequestInvalid: endtime: at most 30 days after starttime are allowed/)
      assert.lengthOf(sent(), 0)
      yield* approvals.listNumbers({ ...days(31), size: 2 })
      assert.lengthOf(sent(), 1)
    }))
  })
})

describe("a template", () => {
  const property = (control: string) => ({
    control,
    id: `${control}-1`,
    title: [{ text: "标题", lang: "zh_CN" }],
    placeholder: [],
    require: 1,
    un_print: 0
  })
  const controls = [
    { property: property("Text") },
    {
      property: property("Selector"),
      config: {
        selector: {
          type: "single",
          options: [{ key: "option-1", value: [{ text: "是", lang: "zh_CN" }] }],
          op_relations: [{ key: "option-1", relation_list: [{ related_control_id: "Text-1", action: 1 }] }]
        }
      }
    },
    { property: property("Signature"), config: { signature: { width: 300 } } },
    { property: property("Table"), config: { table: { children: [{ property: property("Text") }], stat_field: [] } } }
  ]

  it.effect("tells its controls and their options", () => {
    const { run } = answering(() => ({ errcode: 0, template_names: [], template_content: { controls } }))
    return run(Effect.gen(function*() {
      const template = yield* (yield* Approvals).getTemplate({ template_id: "T1" })
      const all = template.template_content.controls
      assert.deepStrictEqual(all.map(({ property }) => [property.id, property.require]), [
        ["Text-1", true],
        ["Selector-1", true],
        ["Signature-1", true],
        ["Table-1", true]
      ])
      const selectors = all.filter(ApprovalTemplate.isKind("Selector"))
      assert.deepStrictEqual(
        selectors.flatMap(({ config }) => config?.selector.options.map(({ key }) => key)),
        ["option-1"]
      )
      assert.deepStrictEqual(all[2]?.config, { signature: { width: 300 } })
      assert.lengthOf(all.filter(ApprovalTemplate.isKind("Table")), 1)
    }))
  })

  it.effect("is created and updated", () => {
    const { run, sent } = answering(() => ({ errcode: 0, template_id: "T2" }))
    const title = ApprovalControl.localized("用印申请")
    const content = {
      template_name: title,
      template_content: {
        controls: [
          { property: { control: "Text", id: "Text-01", title, require: true } },
          { property: { control: "File", id: "File-01", title }, config: { file: { is_only_photo: true } } }
        ]
      }
    } as const
    return run(Effect.gen(function*() {
      const approvals = yield* Approvals
      assert.strictEqual(yield* approvals.createTemplate(content), "T2")
      yield* approvals.updateTemplate({ template_id: "T2", ...content })
      const text = [{ text: "用印申请", lang: "zh_CN" }]
      assert.deepStrictEqual(sent()[1]?.body, {
        template_id: "T2",
        template_name: text,
        template_content: {
          controls: [
            { property: { control: "Text", id: "Text-01", title: text, require: 1 } },
            { property: { control: "File", id: "File-01", title: text }, config: { file: { is_only_photo: 1 } } }
          ]
        }
      })
      const odd = { property: { control: "Signature", id: "S", title }, config: {} } as never // without types
      const error = yield* Effect.flip(
        approvals.createTemplate({ template_name: title, template_content: { controls: [odd] } })
      )
      assert.match(error.message, /template_content\.controls\[0\]/)
    }))
  })

  it.effect("is refused where it does not keep to the documented limits", () => {
    const { run, sent } = answering(() => ({ errcode: 0, template_id: "T2" }))
    const title = ApprovalControl.localized("标题")
    const long = (count: number) => ApprovalControl.localized("字".repeat(count))
    const property = <const Control extends string>(control: Control, id = `${control}-1`) => ({ control, id, title })
    const tips = (...sub_text: ReadonlyArray<object>) => ({
      property: property("Tips"),
      config: { tips: { tips_content: [{ lang: "zh_CN", text: { sub_text } }] } }
    })
    const plain = (content: string) => ({ type: 1, content: { plain_text: { content } } })
    const link = (url: string) => ({ type: 2, content: { link: { title: "说明", url } } })
    const trip = { type: 3, date_range: { type: "hour", perday_duration: 86_400 } } as const
    const cases: ReadonlyArray<readonly [controls: ReadonlyArray<object>, message: RegExp]> = [
      [[{ property: { ...property("Text"), title: long(41) } }], /title\[0\].text: at most 40 characters/],
      [[{ property: { ...property("Text"), placeholder: long(81) } }], /placeholder\[0\].text: at most 80 characters/],
      [[{ property: property("Text", "Number-1") }], /property.id: expected Text-DIGITS/],
      [[{ property: property("Text") }, { property: property("Text") }], /controls: the controls must differ in id/],
      [
        [{ property: property("Location"), config: { location: { distance: 50 } } }],
        /distance: expected 100, 200 or 300 metres/
      ],
      [
        [{ property: property("DateRange"), config: { date_range: { type: "hour", perday_duration: 0 } } }],
        /perday_duration: /
      ],
      [[{ property: property("Table"), config: { table: { children: [] } } }], /children: at least one control/],
      [
        [{
          property: property("Table"),
          config: { table: { children: [{ property: property("Attendance"), config: { attendance: trip } }] } }
        }],
        /children\[0\]\.property\.control: Expected "Text" \| "Textarea" \| .* \| "BankAccount"$/
      ],
      [
        [{ property: property("Signature") }],
        /controls\[0\]\.property\.control: Expected "Text" \| .* \| "Vacation" \| "Table"$/
      ],
      [
        [{ property: property("Vacation") }, { property: property("Attendance"), config: { attendance: trip } }],
        /controls: a template has a Vacation or an Attendance, not both/
      ],
      [[tips(link("https://example.com/1"), link("https://example.com/2"))], /sub_text: at most one link/],
      [[tips(link(`https://example.com/${"a".repeat(600)}`))], /sub_text: a URL of at most 600 characters/],
      [[tips(plain("字".repeat(799)), link("https://example.com"))], /sub_text: at most 800 characters/]
    ]
    return run(Effect.gen(function*() {
      const { createTemplate } = yield* Approvals
      const create = (controls: ReadonlyArray<object>, template_name = title) =>
        createTemplate({ template_name, template_content: { controls: controls as never } }) // without types
      for (const [controls, message] of cases) {
        const { message: said, reason } = yield* Effect.flip(create(controls))
        assert.match(said, message)
        assert.lengthOf(reason._tag === "RequestInvalid" ? reason.issues : [], 1, said)
      }
      assert.match((yield* Effect.flip(create([], long(41)))).message, /template_name\[0\].text: at most 40/)
      assert.lengthOf(sent(), 0)
      yield* create([
        { property: { ...property("Text"), title: long(40), placeholder: long(80) } },
        { property: property("PhoneNumber") },
        { property: property("BankAccount"), config: {} },
        { property: property("Vacation") },
        tips(plain("字".repeat(798)), link("https://example.com"))
      ])
      assert.lengthOf(sent(), 1)
    }))
  })
})
