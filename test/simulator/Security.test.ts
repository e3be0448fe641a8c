/** 安全管理, asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import { archiveMember } from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
import { converse } from "../../src/simulator/areas/chat-archive/ChatArchiveActs.ts"
import {
  act,
  captureScreen,
  changeAddresses,
  handleFile,
  logIn,
  operate
} from "../../src/simulator/areas/security/SecurityActs.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { called } from "./raw.ts"

const corp = (app: object = {}) =>
  Effect.provide(
    Layer.provideMerge(
      Simulator.layerHttpClient,
      Simulator.layer({ corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((one) => ({ ...one, ...app })) }] })
    )
  )

const post = (path: string, body: object) => called.post(`/cgi-bin/security/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

/** Something each minute, to the third. */
const happen = Effect.gen(function*() {
  for (const detail_type of [23, 14, 9]) {
    yield* operate({ userid: "zhangsan", operation: { oper_type: detail_type === 23 ? 7 : 3, detail_type } })
    yield* TestClock.adjust("1 minute")
  }
  yield* act({ userid: "lisi", operation: { oper_type: 4 } })
  yield* handleFile({ userid: "lisi", operation: { operation: { type: 103, source: 401 }, file_info: "合同.pdf" } })
  yield* captureScreen({ userid: "lisi", capture: { screen_shot_type: 1, system: "iOS" } })
  yield* TestClock.adjust("1 minute")
})

const records = (path: string, query: object) =>
  Effect.map(
    post(path, { start_time: 0, end_time: 240, ...query }),
    ({ record_list }) => record_list as ReadonlyArray<{ readonly [field: string]: unknown }>
  )

describe("the logs", () => {
  it.effect("have what was done in a time, both ends included, in pages", () =>
    Effect.gen(function*() {
      yield* happen
      const types = (query: object) =>
        Effect.map(records("admin_oper_log/list", query), (list) => list.map(({ detail_type }) => detail_type))
      assert.deepStrictEqual(yield* types({}), [23, 14, 9])
      assert.deepStrictEqual(yield* types({ start_time: 60, end_time: 119 }), [14])
      assert.deepStrictEqual(yield* types({ oper_type: 7 }), [23])
      assert.deepStrictEqual(yield* types({ userid: "lisi" }), [])
      const first = yield* post("admin_oper_log/list", { start_time: 0, end_time: 240, limit: 2 })
      assert.strictEqual(first.has_more, true)
      assert.deepStrictEqual(yield* types({ limit: 2, cursor: first.next_cursor }), [9])
      assert.strictEqual(yield* codeOf("admin_oper_log/list", { start_time: 0, end_time: 9_999 }), 40058)
      yield* TestClock.adjust("181 days")
      assert.strictEqual(yield* codeOf("admin_oper_log/list", { start_time: 0, end_time: 240 }), 40058)
    }).pipe(corp()))

  it.effect("keep to the members whom the app may see, but for those of administrators", () =>
    Effect.gen(function*() {
      yield* happen
      assert.lengthOf(yield* records("admin_oper_log/list", {}), 3)
      assert.deepStrictEqual(yield* records("member_oper_log/list", {}), [])
      assert.deepStrictEqual(yield* records("get_file_oper_record", {}), [])
      assert.deepStrictEqual(yield* records("get_screen_oper_record", {}), [])
    }).pipe(corp({ visible: { members: ["zhangsan"] } })))

  it.effect("are asked for by what was done", () =>
    Effect.gen(function*() {
      yield* happen
      assert.lengthOf(yield* records("member_oper_log/list", { oper_type: 4 }), 1)
      const [file] = yield* records("get_file_oper_record", { operation: { type: 103, source: 401 } })
      assert.deepInclude(file, { userid: "lisi", file_info: "合同.pdf" })
      assert.lengthOf(yield* records("get_file_oper_record", { operation: { type: 103, source: 402 } }), 0)
      assert.lengthOf(yield* records("get_screen_oper_record", { screen_shot_type: 1, userid_list: ["lisi"] }), 1)
      assert.lengthOf(yield* records("get_screen_oper_record", { screen_shot_type: 2 }), 0)
    }).pipe(corp()))

  it.effect("are closed to apps without the permission", () =>
    Effect.gen(function*() {
      assert.strictEqual(yield* codeOf("admin_oper_log/list", { start_time: 0, end_time: 0 }), 48002)
    }).pipe(corp({ powers: ["messages"] })))
})

describe("devices", () => {
  const list = (type: number) =>
    Effect.map(
      post("trustdevice/list", { type }),
      ({ device_list }) =>
        (device_list as ReadonlyArray<{ readonly device_code: string; readonly status: number }>).map((
          { device_code, status }
        ) => [device_code, status])
    )

  it.effect("are imported once, and trusted when somebody logs in on them", () =>
    Effect.gen(function*() {
      const mac = { system: "Mac", seq_no: "C02" }
      const { result } = yield* post("trustdevice/import", { device_list: [mac, mac] })
      const [first, second] = result as ReadonlyArray<{ readonly device_code: string }>
      const device_code = first?.device_code ?? ""
      assert.deepStrictEqual(second as object, { device_index: 2, status: 2, duplicated_device_code: device_code })
      assert.deepStrictEqual(yield* list(1), [[device_code, 1]])
      yield* logIn({ userid: "lisi", device_code, system: "Mac" })
      assert.deepStrictEqual(yield* list(1), [[device_code, 5]])
      const { device_list } = yield* post("trustdevice/get_by_user", { last_login_userid: "lisi", type: 1 })
      assert.lengthOf(device_list as ReadonlyArray<unknown>, 1)
      assert.strictEqual(yield* codeOf("trustdevice/delete", { type: 3, device_code_list: [device_code] }), 40058)
      assert.strictEqual(yield* codeOf("trustdevice/delete", { type: 1, device_code_list: [device_code] }), 0)
      assert.deepStrictEqual(yield* list(1), [])
    }).pipe(corp()))

  it.effect("wait for a decision if a member claims them", () =>
    Effect.gen(function*() {
      const corps = yield* logIn({ userid: "lisi", system: "Windows", claims: "corp" })
      const own = yield* logIn({ userid: "lisi", system: "Mac", claims: "personal" })
      const stranger = yield* logIn({ userid: "zhangsan", system: "Windows" })
      assert.deepStrictEqual(yield* list(2), [[corps, 3], [own, 4], [stranger, 2]])
      const decided = yield* post("trustdevice/approve", { device_code_list: [corps, stranger] })
      assert.deepInclude(decided, { success_list: [corps], fail_list: [stranger] })
      yield* post("trustdevice/reject", { device_code_list: [own] })
      assert.deepStrictEqual(yield* list(1), [[corps, 5]])
      assert.deepStrictEqual(yield* list(2), [[own, 2], [stranger, 2]])
    }).pipe(corp()))
})

describe("advanced functions", () => {
  it.effect("are given to members, and taken from them, by jobs", () =>
    Effect.gen(function*() {
      const added = yield* post("vip/submit_batch_add_job", { userid_list: ["lisi", "nobody"] })
      assert.deepStrictEqual(added.invalid_userid_list, ["nobody"])
      const { jobid } = added
      assert.deepStrictEqual((yield* post("vip/batch_add_job_result", { jobid })).job_result, {
        succ_userid_list: ["lisi"],
        fail_userid_list: []
      })
      assert.strictEqual(yield* codeOf("vip/batch_del_job_result", { jobid }), 40058)
      assert.deepStrictEqual((yield* post("vip/list", {})).userid_list, ["lisi"])
      yield* post("vip/submit_batch_del_job", { userid_list: ["lisi"] })
      assert.deepStrictEqual((yield* post("vip/list", {})).userid_list, [])
    }).pipe(corp()))
})

describe("events", () => {
  it.effect("of addresses and of archived chats reach typed handlers", () => {
    const heard: Array<string> = []
    const hear = (text: string) => Effect.sync(() => void heard.push(text))
    const routes = CallbackRouter.layer({
      ...options,
      handlers: {
        "event/security/change_domain_ip": () => hear("addresses"),
        "event/msgaudit_notify": () => hear("chats")
      },
      fallback: () => Effect.die("an event without a handler")
    })
    return Effect.gen(function*() {
      yield* serve(routes)
      const { world } = yield* Simulator
      yield* changeAddresses()
      assert.match((yield* Effect.flip(converse())).message, /is archived/)
      yield* archiveMember(world, { userid: "lisi", edition: 1 })
      yield* converse()
      assert.deepStrictEqual(heard, ["addresses", "chats"])
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, layerWeCom)))
  })
})
