import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Schema, Stream } from "effect"
import { ChatData, ZoneChatType, type ZoneMessageSearch } from "../../src/data-zone/ChatData.ts"
import { ChatAnalysisTask, ChatJobs } from "../../src/data-zone/ChatJobs.ts"
import { ChatKeywordRules, KeywordSemantics, type NewKeywordRule } from "../../src/data-zone/ChatKeywordRules.ts"
import { DataZone } from "../../src/data-zone/DataZone.ts"
import { DataZoneDebugging } from "../../src/data-zone/DataZoneDebugging.ts"
import { DataZonePrograms } from "../../src/data-zone/DataZonePrograms.ts"
import * as Upload from "../../src/media/Upload.ts"
import { canned, refusal } from "../oa/support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

describe("archived messages", () => {
  it.effect("are a stream up to now, with kinds that are not known yet", () => {
    const { run, sent } = canned(ChatData.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return {
        has_more: cursor === undefined ? 1 : 0,
        next_cursor: cursor === undefined ? "c1" : "c2",
        msg_list: [{ msgid: cursor ?? "m0", msgtype: 99, sender: { type: 1, id: "wo1" }, send_time: 1_668_355_200 }]
      }
    })
    return Effect.gen(function*() {
      const chats = yield* ChatData
      const found = yield* Stream.runCollect(chats.listAllMessages({ token: "t" }))
      assert.deepStrictEqual(found.map(({ msgid, msgtype }) => [msgid, msgtype]), [["m0", 99], ["c1", 99]])
      assert.deepStrictEqual(sent(), [{ token: "t" }, { token: "t", cursor: "c1" }])
    }).pipe(run)
  })

  it.effect("are searched within limits", () => {
    const { run, sent } = canned(ChatData.layer, () => ({ has_more: 0, msg_list: [{ msgid: "m" }] }))
    return Effect.gen(function*() {
      const chats = yield* ChatData
      const says = (wrong: object) =>
        refusal(chats.searchMessages({ query_word: "欢迎", ...wrong } as ZoneMessageSearch))
      assert.deepStrictEqual(yield* says({ query_word: "😀" }), ["query_word: at least 2 characters are needed"])
      assert.deepStrictEqual(yield* says({ end_time: at(9) }), ["start_time: is needed with end_time"])
      assert.deepStrictEqual(yield* says({ start_time: at(9), end_time: at(9) }), [
        "end_time: must be after start_time"
      ])
      assert.deepStrictEqual(yield* says({ start_time: at(0), end_time: at(30 * 86_400 + 1) }), [
        "end_time: at most 30 days after start_time are allowed"
      ])
      assert.deepStrictEqual(yield* says({ chat_info: { chat_type: ZoneChatType.Group, id_list: [] } }), [
        "chat_info.id_list: at least 2 items are needed"
      ])
      assert.deepStrictEqual(yield* says({ chat_info: { chat_id: "wr" } }), [
        "chat_info.chat_id: goes with a chat_type of Group (2) alone"
      ])
      assert.deepStrictEqual(yield* says({ limit: 101 }), ["limit: Expected a value between 1 and 100"])
      assert.deepStrictEqual(sent(), [])
      const scope = { chat_type: 1, id_list: [{ open_userid: "a" }, { external_userid: "b" }] }
      const found = yield* Stream.runCollect(chats.searchAllMessages({ query_word: "欢迎", chat_info: scope }))
      assert.deepStrictEqual(found.map(({ msgid }) => msgid), ["m"])
      assert.deepStrictEqual(sent(), [{ query_word: "欢迎", chat_info: scope }])
    }).pipe(run)
  })
})

describe("keyword rules", () => {
  it.effect("need words or acts", () => {
    const { run, sent } = canned(ChatKeywordRules.layer, () => ({ rule_id: "v1" }))
    return Effect.gen(function*() {
      const rules = yield* ChatKeywordRules
      const says = (rule: object) => refusal(rules.create({ name: "已回复", ...rule } as NewKeywordRule))
      assert.deepStrictEqual(yield* says({ keyword: { word_list: [] } }), [
        "keyword.word_list: at least one word, or one of semantics.semantics_list, is needed"
      ])
      assert.deepStrictEqual(yield* says({ keyword: { word_list: ["好".repeat(33)] } }), [
        "keyword.word_list[0]: at most 32 characters are allowed, got 33"
      ])
      const words = { keyword: { word_list: ["好的"] } }
      const mobile_list = Array(101).fill("1")
      assert.deepStrictEqual(yield* says({ ...words, applicable_range: { exclude_mobile: { mobile_list } } }), [
        "applicable_range.exclude_mobile.mobile_list: at most 100 items are allowed, got 101"
      ])
      const rule = { name: "红包", semantics: { semantics_list: [KeywordSemantics.RedPacket] } }
      assert.strictEqual(yield* rules.create(rule), "v1")
      assert.deepStrictEqual(sent(), [rule])
    }).pipe(run)
  })
})

describe("jobs", () => {
  it.effect("get the keys of messages, which stay secret", () => {
    const { run, sent } = canned(ChatJobs.layer, () => ({
      jobid: "j1",
      fail_list: [{ errcode: 710_601, msgid: "m2", encrypt_info: { secret_key: "hush" } }]
    }))
    return Effect.gen(function*() {
      const jobs = yield* ChatJobs
      const key = (msgid: string) => ({ msgid, encrypt_info: { secret_key: Redacted.make("hush") } })
      const batch = yield* jobs.addToAnalysis({
        analyze_task: ChatAnalysisTask.Sentiment,
        msg_list: [key("m1"), key("m2")]
      })
      assert.notInclude(JSON.stringify(batch), "hush")
      assert.deepStrictEqual(batch.fail_list.map(({ errcode, msgid }) => [errcode, msgid]), [[710_601, "m2"]])
      assert.deepStrictEqual(sent(), [{
        analyze_task: 1,
        msg_list: ["m1", "m2"].map((msgid) => ({ msgid, encrypt_info: { secret_key: "hush" } }))
      }])
      const msg_list = Array.from({ length: 1001 }, (_, index) => key(`m${index}`))
      assert.deepStrictEqual(yield* refusal(jobs.addToAnalysis({ analyze_task: 1, msg_list })), [
        "msg_list: at most 1000 items are allowed, got 1001"
      ])
    }).pipe(run)
  })
})

describe("the data zone", () => {
  it.effect("takes files from 6 bytes to 60 MiB", () => {
    const { calls, run } = canned(DataZone.layer, () => ({ type: "file", media_id: "m1", created_at: "1380000000" }))
    return Effect.gen(function*() {
      const zone = yield* DataZone
      const sized = (size: number) => Upload.stream(Stream.empty, { filename: "a.txt", size })
      const small = yield* refusal(zone.uploadMedia({ media: sized(5) }))
      const large = yield* refusal(zone.uploadMedia({ media: sized(60 * 1024 ** 2 + 1) }))
      assert.match(small[0]!, /^media: /)
      assert.match(large[0]!, /^media: /)
      assert.lengthOf(calls(), 0)
      const media = yield* zone.uploadMedia({ media: Upload.text("mytext", { filename: "wework.txt" }) })
      assert.deepStrictEqual([media.media_id, media.created_at], ["m1", at(1_380_000_000)])
      assert.strictEqual(calls()[0]!.query.get("type"), "file")
    }).pipe(run)
  })

  it.effect("names members by either of two fields, page after page", () => {
    const { run } = canned(DataZone.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { has_more: true, next_cursor: "c", auth_user_list: [{ open_userid: "wo1", edition_list: [1, 9] }] }
        : { has_more: 0, auth_user_list: [{ userid: "wo2", edition_list: "" }] }
    })
    return Effect.gen(function*() {
      const zone = yield* DataZone
      const found = yield* Stream.runCollect(zone.listAllUsers())
      assert.deepStrictEqual(found.map(({ edition_list, id }) => [id, edition_list]), [["wo1", [1, 9]], ["wo2", []]])
    }).pipe(run)
  })

  it.effect("takes public keys as PEM alone", () => {
    const { run } = canned(DataZone.layer)
    return Effect.gen(function*() {
      const zone = yield* DataZone
      assert.deepStrictEqual(yield* refusal(zone.setPublicKey({ public_key: "MIIB", public_key_ver: 1 })), [
        "public_key: expected a public key as PEM: -----BEGIN PUBLIC KEY-----"
      ])
      yield* zone.setPublicKey({
        public_key: "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n",
        public_key_ver: 1
      })
    }).pipe(run)
  })

  it.effect("has programs that take and return JSON as text", () => {
    const Input = Schema.fromJsonString(Schema.Struct({ input: Schema.String }))
    const Output = Schema.fromJsonString(Schema.Struct({ output: Schema.Number }))
    const { run, sent } = canned(DataZonePrograms.layer, () => ({ response_data: `{"output":3}` }))
    return Effect.gen(function*() {
      const programs = yield* DataZonePrograms
      const request_data = yield* Schema.encodeEffect(Input)({ input: "统计" })
      const text = yield* programs.call({ program_id: "p1", ability_id: "a1", request_data })
      assert.deepStrictEqual(yield* Schema.decodeEffect(Output)(text), { output: 3 })
      assert.deepStrictEqual(sent(), [{ program_id: "p1", ability_id: "a1", request_data: `{"input":"统计"}` }])
      assert.deepStrictEqual(
        yield* refusal(programs.start({ program_id: "p1", ability_id: "a1", request_data: "" })),
        ["request_data: must not be blank"]
      )
    }).pipe(run)
  })

  it.effect("debugs programs with a token that stays secret", () => {
    const { run, sent } = canned(DataZoneDebugging.layer, () => ({ debug_mode_status: 2 }))
    return Effect.gen(function*() {
      const debugging = yield* DataZoneDebugging
      const input = { program_id: "p1", debug_token: Redacted.make("hush") }
      yield* debugging.start(input)
      assert.deepStrictEqual(sent(), [{ program_id: "p1", debug_token: "hush" }])
      assert.strictEqual(yield* debugging.check({ program_id: "p1" }), 2)
    }).pipe(run)
  })
})
