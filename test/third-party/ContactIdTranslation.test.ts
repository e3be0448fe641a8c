import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import { HttpClient, HttpClientResponse } from "effect/http"
import { TestClock } from "effect/testing"
import * as Upload from "../../src/media/Upload.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import {
  ContactIdTranslation,
  MatchField,
  SearchType,
  SortField,
  SortOrder,
  TranslationStatus
} from "../../src/third-party/ContactIdTranslation.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, install, provider, providerId, refusal, simulated } from "./support.ts"

const asProvider = WeComApp.use(provider)

describe("ContactIdTranslation", () => {
  it.effect("finds members and departments by their names, page by page", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const translation = yield* ContactIdTranslation
      const auth_corpid = "ww1"
      const page = yield* translation.search({ auth_corpid, query_word: "张" })
      assert.deepStrictEqual(page.query_result.user?.userid, ["ZhangSan"])
      assert.strictEqual(page.is_last, true)
      const both = yield* Stream.runCollect(
        translation.searchAll({ auth_corpid, query_word: "s", query_type: SearchType.Users, limit: 1 })
      )
      assert.deepStrictEqual(both.flatMap(({ user }) => user?.userid ?? []), ["ZhangSan"])
      const exact = yield* translation.search({
        auth_corpid,
        query_word: "研发",
        full_match_field: MatchField.Name
      })
      assert.deepStrictEqual(exact.query_result.party?.department_id, [])
      const results = yield* translation.searchMany({
        auth_corpid,
        query_request_list: [{ query_word: "研发" }, { query_word: "四", query_type: SearchType.Users }]
      })
      assert.deepStrictEqual(
        results.map(({ query_request, query_result }) => [
          query_request.query_word,
          query_result.user?.userid,
          query_result.party?.department_id
        ]),
        [["研发", [], [2]], ["四", ["lisi"], []]]
      )
    }).pipe(asProvider, simulated))

  it.effect("goes on while there are further pages, and no longer", () => {
    let page = 0
    const { layer, sent } = canned(() => ({
      query_result: { user: { userid: [`u${page}`] } },
      is_last: ++page === 3,
      next_cursor: `c${page}`
    }))
    return Effect.gen(function*() {
      const { searchAll } = yield* ContactIdTranslation
      const found = yield* Stream.runCollect(searchAll({ auth_corpid: "ww1", query_word: "u" }))
      assert.deepStrictEqual(found.flatMap(({ user }) => user?.userid ?? []), ["u0", "u1", "u2"])
      assert.deepStrictEqual(sent().map(({ body }) => (body as { cursor?: string }).cursor), [undefined, "c1", "c2"])
      assert.deepStrictEqual(sent().map(({ query }) => query.get("provider_access_token")), ["P", "P", "P"])
    }).pipe(asProvider, Effect.provide(layer))
  })

  it.effect("ends where the cursor does not move", () => {
    const { layer, sent } = canned(() => ({ query_result: {}, is_last: false, next_cursor: "stuck" }))
    return Effect.gen(function*() {
      const { searchAll } = yield* ContactIdTranslation
      const pages = searchAll({ auth_corpid: "ww1", query_word: "u" })
      assert.lengthOf(yield* Stream.runCollect(Stream.take(pages, 10)), 2)
      assert.lengthOf(sent(), 2)
    }).pipe(asProvider, Effect.provide(layer))
  })

  it.effect("sorts userids by name", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const { sort } = yield* ContactIdTranslation
      const useridlist = ["ZhangSan", "wangwu", "lisi"]
      assert.deepStrictEqual(yield* sort({ auth_corpid: "ww1", useridlist }), ["lisi", "wangwu", "ZhangSan"])
      const sort_options = [{ sort_field: SortField.Name, sort_type: SortOrder.Descending }]
      assert.deepStrictEqual(yield* sort({ auth_corpid: "ww1", useridlist, sort_options }), [
        "ZhangSan",
        "wangwu",
        "lisi"
      ])
    }).pipe(asProvider, simulated))

  it.effect("writes names in place of ids", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      yield* install("ww2")
      const translation = yield* ContactIdTranslation
      const { departmentName, userAlias, userAliasOrName, userName } = ContactIdTranslation
      const cells = [
        userName("lisi"),
        userAlias("lisi"),
        userAliasOrName("ZhangSan"),
        userAliasOrName("lisi"),
        departmentName(2),
        userName("lisi", "ww2"),
        userName("nobody")
      ]
      assert.strictEqual(cells[5], "$userName=ww2/lisi$")
      const { media_id, type } = yield* translation.upload({
        type: "file",
        media: Upload.bytes(new TextEncoder().encode(cells.join()), {
          filename: "members.csv",
          contentType: "text/csv"
        })
      })
      assert.strictEqual(type, "file")
      const jobid = yield* translation.translate({ auth_corpid: "ww1", media_id_list: [media_id] })
      const running = yield* translation.getResult({ jobid })
      const { connect, journal } = yield* Simulator
      yield* connect(
        HttpClient.make((request) => Effect.succeed(HttpClientResponse.fromWeb(request, new Response("success"))))
      )
      assert.deepStrictEqual([running.status, running.url], [TranslationStatus.Running, undefined])
      yield* TestClock.adjust("2 seconds")
      const told = (yield* journal).filter(({ kind, path }) => kind === "callback" && path.endsWith("/provider"))
      assert.deepStrictEqual(told.map(({ query }) => query), [{ event: "InfoType/batch_job_result" }])
      assert.include(told[0]?.body, jobid)
      const done = yield* translation.getResult({ jobid })
      assert.strictEqual(done.status, TranslationStatus.Finished)
      const file = yield* HttpClient.get(done.url ?? assert.fail("no link"))
      assert.strictEqual(
        yield* file.text,
        "李四,$userAlias=lisi$,小张,李四,研发部,李四四,$userName=nobody$"
      )
      assert.strictEqual(yield* errcode(translation.getResult({ jobid: "invented" })), 40088)
      const gone = translation.translate({ auth_corpid: "ww1", media_id_list: ["invented"] })
      assert.strictEqual(yield* errcode(gone), 40007)
    }).pipe(Effect.scoped, asProvider, simulated))

  it.effect("serves corps that have one of the provider's suites", () =>
    Effect.gen(function*() {
      const { search } = yield* ContactIdTranslation
      assert.strictEqual(yield* errcode(search({ auth_corpid: "ww1", query_word: "张" })), 48004)
      const wrong = WeComApp.provider({ corpId: providerId, providerSecret: Redacted.make("wrong") })
      const error = yield* Effect.flip(search({ auth_corpid: "ww1", query_word: "张" }).pipe(WeComApp.use(wrong)))
      assert.deepStrictEqual([error.errcode, error.reason._tag], [40001, "CredentialRejected"])
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/service/get_provider_token"), 2)
    }).pipe(asProvider, simulated))

  it.effect("refuses what the document does not allow, before it is sent", () => {
    const { layer, sent } = canned(() => ({}))
    return Effect.gen(function*() {
      const translation = yield* ContactIdTranslation
      const auth_corpid = "ww1"
      assert.deepStrictEqual(yield* refusal(translation.search({ auth_corpid, query_word: "张".repeat(65) })), [
        "query_word: at most 64 characters are allowed, got 65"
      ])
      const query_request_list = Array.from({ length: 51 }, () => ({ query_word: "a" }))
      assert.deepStrictEqual(yield* refusal(translation.searchMany({ auth_corpid, query_request_list })), [
        "query_request_list: at most 50 items are allowed, got 51"
      ])
      assert.deepStrictEqual(
        yield* refusal(translation.sort({ auth_corpid, useridlist: Array.from({ length: 1001 }, () => "a") })),
        ["useridlist: at most 1000 items are allowed, got 1001"]
      )
      assert.deepStrictEqual(yield* refusal(translation.translate({ auth_corpid, media_id_list: ["a", "b"] })), [
        "output_file_name: several files go into an archive, which needs a name"
      ])
      const tiny = Upload.bytes(new Uint8Array(5), { filename: "a.csv", contentType: "text/csv" })
      const [issue] = yield* refusal(translation.upload({ type: "file", media: tiny }))
      assert.match(issue ?? "", /^media: /)
      assert.deepStrictEqual(sent(), [])
    }).pipe(asProvider, Effect.provide(layer))
  })
})
