/** 数据与智能专区, asked in raw JSON; what its programs say reaches typed handlers. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as Acts from "../../src/simulator/areas/data-zone/DataZoneActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { called, upload } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const post = (path: string, body: object) => called.post(`/cgi-bin/chatdata/${path}`, body)
const codeOf = (path: string, body: object) => Effect.map(post(path, body), ({ errcode }) => errcode)

const key = (public_key_ver: number) => ({
  public_key: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n",
  public_key_ver
})

const lisi = { id: "lisi", type: 1 } as const
const wang = { id: "wmwang", type: 2 } as const

const idsOf = (list: unknown): ReadonlyArray<string> =>
  (list as ReadonlyArray<{ readonly msgid: string }>).map(({ msgid }) => msgid)

describe("programs of the data zone", () => {
  it.effect("are called, log as they are told, and are debugged by their token", () =>
    Effect.gen(function*() {
      yield* Acts.installProgram({ program_id: "p", answers: { sum: "{\"sum\":3}" }, debugToken: "t" })
      const call = { program_id: "p", ability_id: "sum", request_data: "{}" }
      assert.strictEqual((yield* post("sync_call_program", call)).response_data, "{\"sum\":3}")
      const { jobid } = yield* post("async_program_task", call)
      assert.deepInclude(yield* post("async_program_result", { jobid }), {
        response_errcode: 0,
        response_data: "{\"sum\":3}"
      })
      assert.strictEqual(yield* codeOf("sync_call_program", { ...call, ability_id: "no" }), 40058)
      assert.strictEqual(yield* codeOf("sync_call_program", { ...call, program_id: "no" }), 40058)

      yield* post("set_log_level", { program_id: "p", log_level: 3 })
      assert.strictEqual((yield* post("get_log_level", { program_id: "p" })).log_level, 3)

      const mode = Effect.map(
        post("check_debug_mode", { program_id: "p" }),
        ({ debug_mode_status }) => debug_mode_status
      )
      assert.strictEqual(yield* codeOf("open_debug_mode", { program_id: "p", debug_token: "no" }), 40058)
      yield* post("open_debug_mode", { program_id: "p", debug_token: "t" })
      assert.strictEqual(yield* mode, 2)
      yield* post("close_debug_mode", { program_id: "p" })
      assert.strictEqual(yield* mode, 1)
    }).pipe(simulated))

  it.effect("notify the app that was set to receive it", () => {
    const heard: Array<number | undefined> = []
    const routes = CallbackRouter.layer({
      ...options,
      handlers: { "event/program_notify": ({ NotifyScene }) => Effect.sync(() => void heard.push(NotifyScene)) },
      fallback: () => Effect.die("an event without a handler")
    })
    return Effect.gen(function*() {
      yield* serve(routes)
      yield* Acts.installProgram({ program_id: "p", answers: {} })
      assert.match((yield* Effect.flip(Acts.notifyApps({ program_id: "p" }))).message, /was set to receive/)
      yield* post("set_receive_callback", { program_id: "p" })
      yield* Acts.notifyApps({ program_id: "p", scene: 7 })
      assert.deepStrictEqual(heard, [7])
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, layerWeCom)))
  })
})

describe("archived conversations", () => {
  it.effect("are there from the first public key on, in pages to go on from", () =>
    Effect.gen(function*() {
      const talk = (text: string) => Acts.converse({ from: wang, to: [lisi], text })
      assert.match((yield* Effect.flip(talk("早"))).message, /no public key/)
      assert.strictEqual(yield* codeOf("set_public_key", key(2)), 0)
      assert.strictEqual(yield* codeOf("set_public_key", key(2)), 40058)
      assert.match((yield* Effect.flip(talk("早"))).message, /archived/)
      yield* Acts.archiveChats({ userid: "lisi", editions: [2] })
      assert.deepStrictEqual((yield* post("get_auth_user_list", {})).auth_user_list, [
        { userid: "lisi", edition_list: [2] }
      ])
      const first = yield* talk("一")
      const second = yield* talk("二")
      const page = yield* post("sync_msg", { limit: 1 })
      assert.deepStrictEqual([idsOf(page.msg_list), page.has_more], [[first], true])
      const next = yield* post("sync_msg", { limit: 1, cursor: page.next_cursor })
      assert.deepStrictEqual([idsOf(next.msg_list), next.has_more], [[second], false])
      const third = yield* talk("三")
      assert.deepStrictEqual(idsOf((yield* post("sync_msg", { cursor: next.next_cursor })).msg_list), [third])
      yield* TestClock.adjust("6 days")
      assert.deepStrictEqual(idsOf((yield* post("sync_msg", {})).msg_list), [])
    }).pipe(simulated))

  it.effect("are searched, and found by rules", () =>
    Effect.gen(function*() {
      yield* post("set_public_key", key(1))
      yield* Acts.archiveChats({ userid: "lisi", editions: [2] })
      const { rule_id } = yield* post("keyword/create_rule", { name: "价格", keyword: { word_list: ["折扣"] } })
      const alone = yield* Acts.converse({ from: wang, to: [lisi], text: "有折扣吗" })
      const together = yield* Acts.converse({
        from: lisi,
        to: [wang],
        text: "折扣九折",
        group: { chatid: "wr1", name: "报价群" }
      })
      yield* Acts.converse({ from: lisi, to: [wang], text: "再见" })
      const found = (query: object) =>
        Effect.map(post("search_msg", { query_word: "折扣", ...query }), ({ msg_list }) => idsOf(msg_list))
      assert.deepStrictEqual(yield* found({}), [together, alone])
      assert.deepStrictEqual(yield* found({ chat_info: { chat_type: 1 } }), [alone])
      assert.deepStrictEqual(yield* found({ chat_info: { chat_type: 2, chat_id: "wr1" } }), [together])
      assert.deepStrictEqual((yield* post("search_chat", { query_word: "报价" })).chat_list, [{ chatid: "wr1" }])

      const hits = yield* post("keyword/get_hit_msg_list", {})
      assert.deepStrictEqual(idsOf(hits.msg_list), [alone, together])
      yield* post("keyword/update_rule", { rule_id, keyword: { word_list: ["再见"] } })
      assert.deepStrictEqual((yield* post("keyword/get_rule_detail", { rule_id })).keyword, { word_list: ["再见"] })
      yield* post("keyword/delete_rule", { rule_id })
      assert.deepStrictEqual((yield* post("keyword/get_rule_list", {})).rule_list, [])
    }).pipe(simulated))

  it.effect("are agreed to by outsiders, and hide what they are told to", () =>
    Effect.gen(function*() {
      yield* Acts.archiveChats({ userid: "lisi", editions: [2] })
      yield* Acts.agree({ open_userid: "lisi", external_userid: "wmwang", status: "Agree" })
      const { agreeinfo } = yield* post("getagreestatus/single", {
        item: [{ open_userid: "lisi", external_userid: "wmwang" }, { open_userid: "lisi", external_userid: "wmno" }]
      })
      assert.deepStrictEqual(agreeinfo, [
        { open_userid: "lisi", external_userid: "wmwang", agree_status: "Agree", status_change_time: 0 }
      ])
      yield* post("set_hide_sensitiveinfo_config", { userid: "lisi", config: { hide_mobile: true } })
      assert.deepStrictEqual((yield* post("get_hide_sensitiveinfo_config", { userid: "lisi" })).config, {
        hide_mobile: true,
        hide_idcard: false,
        hide_bankno: false
      })
    }).pipe(simulated))

  it.effect("take files from 6 bytes on", () =>
    Effect.gen(function*() {
      const send = (text: string) => {
        const content = new TextEncoder().encode(text)
        return upload(
          "file",
          content,
          `name="media";filename="a.txt"; filelength=${content.length}`,
          "/cgi-bin/chatdata/upload_media"
        )
      }
      assert.strictEqual((yield* send("mytext")).type, "file")
      assert.notStrictEqual((yield* send("short")).errcode, 0)
    }).pipe(simulated))
})
