/** What people do outside the API, by what a user imports. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { ApprovalActs, ChatArchiveActs, CustomerActs, KfPeople, OutreachActs, Simulator } from "effect-wecom/simulator"
import { globSync, readFileSync } from "node:fs"
import { basename } from "node:path"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

describe("acts", () => {
  it("are public, those of every area", () => {
    const barrel = readFileSync("src/simulator/index.ts", "utf8")
    const names = globSync("src/simulator/areas/*/*{Acts,People}.ts").map((file) => basename(file, ".ts"))
    assert.isAbove(names.length, 7)
    assert.deepStrictEqual(names.filter((name) => !barrel.includes(`export * as ${name} from`)), [])
  })

  it.effect("change what the API answers", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      const { contact } = yield* OutreachActs.appear({ userid: "zhangsan", name: "客户" })
      const { external_userid } = contact
      const { group } = yield* CustomerActs.createGroup({ owner: "zhangsan", customers: [external_userid] })
      const { group_chat } = yield* called.post("/cgi-bin/externalcontact/groupchat/get", { chat_id: group.id })
      assert.strictEqual(Object(group_chat).owner, "zhangsan")

      yield* ChatArchiveActs.archiveMember(world, { userid: "zhangsan", edition: 1 })
      assert.deepStrictEqual((yield* called.post("/cgi-bin/msgaudit/get_permit_user_list", {})).ids, ["zhangsan"])

      const template_id = yield* ApprovalActs.addTemplate(world, { approvers: ["lisi"], controls: [] })
      const { sp_no } = yield* called.post("/cgi-bin/oa/applyevent", {
        creator_userid: "zhangsan",
        template_id,
        use_template_approver: 1,
        apply_data: { contents: [] },
        summary_list: [{ summary_info: [{ text: "假", lang: "zh_CN" }] }]
      })
      yield* ApprovalActs.decide({ sp_no: `${sp_no}`, userid: "lisi", approve: true })
      const { info } = yield* called.post("/cgi-bin/oa/getapprovaldetail", { sp_no })
      assert.strictEqual(Object(info).sp_status, 2)

      const refused = yield* Effect.flip(KfPeople.customer({ open_kfid: "wkNone" }))
      assert.include(refused.message, "wkNone")
    }).pipe(simulated))
})
