import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted } from "effect"
import { AgreeStatus, ArchiveEdition, ChatArchive } from "../../src/chat-archive/ChatArchive.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const answering = (answer: Answer) => {
  const client = cannedClient((call) =>
    call.path === "/cgi-bin/gettoken" ? { errcode: 0, access_token: "T", expires_in: 7200 } : answer(call)
  )
  const layer = ChatArchive.layer.pipe(
    Layer.provide(WeComClient.layer(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") }))),
    Layer.provide([TokenCache.layerMemory, client.layer])
  )
  return {
    sent: () => client.calls.filter(({ path }) => path !== "/cgi-bin/gettoken"),
    run: <A, E>(effect: Effect.Effect<A, E, ChatArchive>) => Effect.provide(effect, layer)
  }
}

describe("the chat archive", () => {
  it.effect("lists members of one edition or of all", () => {
    const { run, sent } = answering(() => ({ errcode: 0, ids: ["zhangsan"] }))
    return run(Effect.gen(function*() {
      const archive = yield* ChatArchive
      assert.deepStrictEqual(yield* archive.listPermittedUsers(), ["zhangsan"])
      yield* archive.listPermittedUsers({ type: ArchiveEdition.Enterprise })
      assert.deepStrictEqual(sent().map(({ body }) => body), [{}, { type: 3 }])
    }))
  })

  it.effect("tells who has agreed, for up to 100 pairs at once", () => {
    const pair = { userid: "zhangsan", exteranalopenid: "wm1" }
    const { run, sent } = answering(() => ({
      errcode: 0,
      agreeinfo: [
        { ...pair, agree_status: "Default_Agree", status_change_time: 0 },
        { ...pair, agree_status: "Disagree", status_change_time: 1562766651 },
        { ...pair, agree_status: "Later", status_change_time: 1562766651 }
      ]
    }))
    return run(Effect.gen(function*() {
      const archive = yield* ChatArchive
      const agreements = yield* archive.checkSingleAgree({ info: [pair] })
      assert.deepStrictEqual(
        agreements.map(({ agree_status, status_change_time }) => [AgreeStatus.label(agree_status), status_change_time]),
        [
          ["默认同意", undefined],
          ["不同意", DateTime.makeUnsafe(1562766651_000)],
          [undefined, DateTime.makeUnsafe(1562766651_000)]
        ]
      )
      for (const info of [[], Array.from({ length: 101 }, () => pair)]) {
        const error = yield* Effect.flip(archive.checkSingleAgree({ info }))
        assert.match(error.message, /^POST \/cgi-bin\/msgaudit\/check_single_agree: RequestInvalid: info: /)
      }
      assert.lengthOf(sent(), 1)
    }))
  })
})
