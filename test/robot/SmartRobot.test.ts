import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { SmartRobot, type SmartRobotResponse } from "../../src/robot/SmartRobot.ts"
import { cannedClient } from "../support/canned.ts"

const url = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=CODE%2B7"
const hello: SmartRobotResponse = { msgtype: "markdown", markdown: { content: "**好**", feedback: { id: "f1" } } }

const setup = (answer: object = { errcode: 0, errmsg: "ok" }) => {
  const client = cannedClient(() => answer)
  return {
    ...client,
    respond: (...input: Parameters<SmartRobot["Service"]["respond"]>) =>
      SmartRobot.use(({ respond }) => respond(...input)).pipe(
        Effect.provide(Layer.provide(SmartRobot.layer, client.layer))
      )
  }
}

describe("a smart robot", () => {
  it.effect("answers where the callback says, with markdown or a card", () =>
    Effect.gen(function*() {
      const { calls, respond } = setup()
      yield* respond(url, hello)
      yield* respond(Redacted.make("http://localhost:8080/wecom/cgi-bin/aibot/response?response_code=C8"), {
        msgtype: "template_card",
        template_card: {
          card_type: "text_notice",
          main_title: { title: "已查到" },
          card_action: { type: 1, url: "https://example.com" },
          jump_list: [{ type: 3, title: "再问", question: "明天呢" }],
          feedback: { id: "f2" }
        }
      })
      assert.deepStrictEqual(calls.map(({ query, request }) => [request.url, query.get("response_code")]), [
        ["https://qyapi.weixin.qq.com/cgi-bin/aibot/response", "CODE+7"],
        ["http://localhost:8080/wecom/cgi-bin/aibot/response", "C8"]
      ])
      assert.deepStrictEqual(calls[0]?.body, hello)
      assert.deepInclude(calls[1]?.body, { msgtype: "template_card" })
    }))

  it.effect("refuses what is no response_url, and answers that are too long", () =>
    Effect.gen(function*() {
      const { calls, respond } = setup()
      const refused = (...input: Parameters<typeof respond>) =>
        Effect.map(Effect.flip(respond(...input)), ({ message }) => message)
      for (
        const text of ["", "nonsense", "https://example.com/", url.slice(0, -8), "https://example.com/?response_code=C"]
      ) {
        assert.strictEqual(
          yield* refused(text, hello),
          "POST /cgi-bin/aibot/response: RequestInvalid: response_url: expected the response_url of a callback"
        )
      }
      assert.include(
        yield* refused(url, { msgtype: "markdown", markdown: { content: "a".repeat(20481) } }),
        "markdown.content: at most 20480 bytes of UTF-8 are allowed"
      )
      assert.lengthOf(calls, 0)
    }))

  it.effect("fails with the errcode of the answer", () =>
    Effect.gen(function*() {
      const { respond } = setup({ errcode: 40058, errmsg: "invalid response_code CODE+7" })
      const error = yield* Effect.flip(respond(url, hello))
      assert.strictEqual(error.errcode, 40058)
      assert.notInclude(JSON.stringify(error), "CODE+7")
    }))
})
