/**
 * The examples of go-workwx as they read here, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { HttpServer } from "effect/http"
import * as applyOAEvent from "../../examples/go-workwx/apply-oa-event.ts"
import * as construction from "../../examples/go-workwx/construction.ts"
import * as sendTextMessage from "../../examples/go-workwx/send-text-message.ts"
import { Tags } from "../../src/contacts/Tags.ts"
import { AppChats } from "../../src/messages/AppChats.ts"
import { Messages } from "../../src/messages/Messages.ts"
import * as ApprovalControl from "../../src/oa/approvals/ApprovalControl.ts"
import type { FilledControl } from "../../src/oa/approvals/ApprovalDetail.ts"
import { Approvals } from "../../src/oa/approvals/Approvals.ts"
import type { TemplateControl } from "../../src/oa/approvals/ApprovalTemplate.ts"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

describe("examples/go-workwx/construction.ts", () => {
  const { agentId, corpId, secret } = construction.app
  const simulated = SimulatorServer.layer({ corps: [{ ...defaultCorp, corpId, apps: [{ agentId, secret }] }] })

  it.live("makes a client with another host and its own HTTP client, which fetches its token", () =>
    HttpServer.addressFormattedWith((url) =>
      Effect.gen(function*() {
        const departments = yield* Effect.provide(construction.program, construction.clientWithOptions(url))
        assert.deepStrictEqual(departments.map(({ name }) => name), ["示例企业", "研发部", "市场部"])
        const { calls } = yield* Simulator
        assert.lengthOf(yield* calls("/cgi-bin/gettoken"), 1)
      })
    ).pipe(Effect.provide(simulated)))

  it.live("makes one with none of it, and calls nobody before it is used", () =>
    Effect.scoped(Effect.asVoid(Layer.build(construction.client))))
})

describe("examples/go-workwx/send-text-message.ts", () => {
  const corp = {
    ...defaultCorp,
    members: [
      { userid: "testuser", department: [1] },
      { userid: "colleague", department: [2] },
      { userid: "tagged", department: [3] }
    ]
  }
  const services = Layer.mergeAll(Messages.layer, AppChats.layer, Tags.layer)

  it.effect("reaches members, departments, tags and a chat, once as a message that cannot be shared", () =>
    Effect.gen(function*() {
      const { calls, member } = yield* Simulator
      const tags = yield* Tags
      const appChats = yield* AppChats
      assert.strictEqual(yield* tags.create({ tagname: "值班" }), 1)
      yield* tags.addMembers({ tagid: 1, userlist: ["tagged"] })
      yield* appChats.create({ chatid: "testchat", userlist: ["testuser", "colleague"] })

      const sent = yield* sendTextMessage.program
      assert.deepStrictEqual(sent.map(({ unreached }) => unreached), [[], [], [], []])
      assert.strictEqual(new Set(sent.map(({ msgid }) => msgid)).size, 4)
      const inboxOf = (userid: string) =>
        Effect.map(
          Effect.flatMap(member(userid), ({ inbox }) => inbox),
          (received) => received.map(({ content }) => content)
        )
      assert.deepStrictEqual(yield* inboxOf("testuser"), [
        { content: "发给成员" },
        { content: "保密消息" },
        { content: "发给群聊" }
      ])
      assert.deepStrictEqual(yield* inboxOf("colleague"), [{ content: "发给部门" }, { content: "发给群聊" }])
      assert.deepStrictEqual(yield* inboxOf("tagged"), [{ content: "发给标签" }])
      assert.lengthOf(yield* calls("/cgi-bin/message/send"), 4)
      assert.lengthOf(yield* calls("/cgi-bin/appchat/send"), 1)
    }).pipe(Effect.provide(Layer.provideMerge(services, Simulator.layerTest({ corps: [corp] })))))
})

describe("examples/go-workwx/apply-oa-event.ts", () => {
  const corp = {
    ...defaultCorp,
    departments: [{ id: 39, name: "甲部" }, { id: 40, name: "乙部" }],
    members: [{ userid: "your_userid", name: "申请人", department: [39] }]
  }
  const property = <const C extends string>(control: C, id: string) => ({
    control,
    id,
    title: ApprovalControl.localized(id),
    placeholder: [],
    require: true
  })
  const option = (key: string) => ({ key, value: ApprovalControl.localized(key) })
  const options = [option("option-1"), option("option-2")]
  const controls: ReadonlyArray<TemplateControl> = [
    { property: property("Text", "Text-1") },
    { property: property("Textarea", "Textarea-1") },
    { property: property("Number", "Number-1") },
    { property: property("Money", "Money-1") },
    { property: property("Formula", "Formula-1") },
    { property: property("Date", "Date-1"), config: { date: { type: "day" } } },
    { property: property("Date", "Date-2"), config: { date: { type: "hour" } } },
    { property: property("DateRange", "DateRange-1"), config: { date_range: { type: "hour" } } },
    { property: property("Selector", "Selector-1"), config: { selector: { type: "single", options } } },
    { property: property("Selector", "Selector-2"), config: { selector: { type: "multi", options } } },
    { property: property("Contact", "Contact-1"), config: { contact: { type: "single", mode: "user" } } },
    { property: property("Contact", "Contact-2"), config: { contact: { type: "multi", mode: "department" } } },
    { property: property("Location", "Location-1"), config: { location: { distance: 100 } } },
    { property: property("RelatedApproval", "RelatedApproval-1"), config: { related_approval: { template_id: [] } } },
    {
      property: property("Table", "Table-1"),
      config: {
        table: { children: [{ property: property("Text", "Text-2") }, { property: property("Text", "Text-3") }] }
      }
    },
    { property: property("Vacation", "Vacation-1"), config: { vacation_list: { item: [{ id: 1, name: [] }] } } }
  ]

  const idOf = (control: FilledControl) => control.control === "Unknown" ? undefined : control.id

  it.effect("fills every control of the form in", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const approvals = yield* Approvals
      yield* addTemplate(world, { template_id: "your_templateid", controls, approvers: ["your_userid"] })
      const template_id = yield* addTemplate(world, { controls: controls.slice(0, 1) })
      const earlier = yield* approvals.submit({
        creator_userid: "your_userid",
        template_id,
        use_template_approver: 1,
        apply_data: { contents: [ApprovalControl.text("Text-1", "先前")] },
        summary_list: [{ summary_info: ApprovalControl.localized("先前") }]
      })

      const sp_no = yield* applyOAEvent.apply(earlier)
      const { apply_data, applyer } = yield* approvals.get({ sp_no })
      assert.strictEqual(applyer?.userid, "your_userid")
      const contents = apply_data?.contents ?? []
      assert.deepStrictEqual(contents.map(idOf), controls.map((control) => control.property.id))
      const multi = contents.find((content) => idOf(content) === "Selector-2")
      assert.deepStrictEqual(multi?.control === "Selector" && multi.value.selector?.options, options)
      const rows = contents.find(({ control }) => control === "Table")
      assert.deepStrictEqual(
        rows?.control === "Table" &&
          rows.value.children.map(({ list }) =>
            list.map((cell) => cell.control === "Text" ? cell.value.text : cell.control)
          ),
        [["甲一", "甲二"], ["乙一", "乙二"]]
      )
    }).pipe(Effect.provide(Layer.provideMerge(Approvals.layer, Simulator.layerTest({ corps: [corp] })))))
})
