/** What people do outside the API, by what a user imports. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { ApprovalActs, ChatArchiveActs, CustomerActs, KfPeople, OutreachActs, Simulator } from "effect-wecom/simulator"
import { OpenApi } from "effect/http-api"
import { globSync, readFileSync } from "node:fs"
import { basename } from "node:path"
import { areas } from "../../src/simulator/areas/index.ts"
import { apiOf, controlsOf } from "../../src/simulator/control/acts.ts"
import { ControlApi } from "../../src/simulator/control/ControlApi.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

/** Acts of a control that was written by hand: a shape of its own, or several acts in one. */
const byHand: { readonly [act: string]: string } = {
  "checkin/checkIn": "/attendance/check-in",
  "customers/appear": "/customers/add",
  "customers/changeGroupOwner": "/customer-groups/change",
  "customers/createGroup": "/customer-groups/create",
  "customers/deleteCustomer": "/customers/delete",
  "customers/deleteFollowUser": "/customers/delete",
  "customers/dismissGroup": "/customer-groups/dismiss",
  "customers/editCustomer": "/customers/edit",
  "customers/inboxOf": "/customers/{external_userid}/inbox",
  "customers/joinGroup": "/customer-groups/join",
  "customers/leaveGroup": "/customer-groups/leave",
  "customers/openLink": "/customers/open-link",
  "customers/postGroupNotice": "/customer-groups/change",
  "customers/publishMoment": "/customers/publish-moment",
  "customers/react": "/customers/react",
  "customers/refuseHandover": "/customers/refuse-handover",
  "customers/renameGroup": "/customer-groups/change",
  "customers/sendMassMessage": "/customers/send-mass-message",
  "customer-service/customer": "/kf/customer",
  "customer-service/servicer": "/kf/servicer",
  "meetings/answerPhoneCall": "/meetings/act",
  "meetings/answerRoomCall": "/meetings/act",
  "meetings/cancelEnrollment": "/meetings/act",
  "meetings/end": "/meetings/act",
  "meetings/enroll": "/meetings/act",
  "meetings/join": "/meetings/act",
  "meetings/leave": "/meetings/act",
  "meetings/pauseRecording": "/meetings/act",
  "meetings/share": "/meetings/act",
  "meetings/startRecording": "/meetings/act",
  "meetings/stopRecording": "/meetings/act"
}

/** What stands among acts, and is nothing that anybody does. */
const noActs: { readonly [act: string]: string } = {
  "payments/credentials": "returns secrets, which no control does"
}

describe("acts", () => {
  it("have a control over HTTP, all of them", async () => {
    const paths: { readonly [path: string]: { readonly post?: { readonly description?: string } } } =
      OpenApi.fromApi(ControlApi.addHttpApi(apiOf(areas))).paths
    const served = new Set(Object.keys(paths))
    const derived = new Map<string, string>(
      areas.flatMap((area) => controlsOf(area).map(({ name, path }) => [`${area.name}/${name}`, path] as const))
    )
    const acts = (await Promise.all(
      globSync("src/simulator/areas/*/*{Acts,People}.ts").map(async (file) => {
        const module: object = await import(`../../${file}`)
        const [, , , area] = file.split("/")
        return Object.entries(module).flatMap(([name, value]) => typeof value === "function" ? [`${area}/${name}`] : [])
      })
    )).flat()
    assert.isAbove(derived.size, 90)
    const pathOf = (act: string) => derived.get(act) ?? byHand[act]
    assert.deepStrictEqual(
      acts.filter((act) => !(act in noActs) && !served.has(`/_simulator/api${pathOf(act)}`)),
      []
    )
    // Neither list has what is not there, or what needs no mention.
    const listed = [...Object.keys(byHand), ...Object.keys(noActs)]
    assert.deepStrictEqual(listed.filter((act) => !acts.includes(act) || derived.has(act)), [])
    // The description of each says what it does.
    const undescribed = [...derived.values()].filter((path) => {
      const description = paths[`/_simulator/api${path}`]?.post?.description
      return description === undefined || description === ""
    })
    assert.deepStrictEqual(undescribed, [])
  })

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
