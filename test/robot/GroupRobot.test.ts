import { assert, describe, it } from "@effect/vitest"
import { Cause, ConfigProvider, Effect, Fiber, Layer, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import * as Upload from "../../src/media/Upload.ts"
import * as Message from "../../src/messages/Message.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import * as RobotMessage from "../../src/robot/RobotMessage.ts"
import { type AttemptMiddleware, WeComClient } from "../../src/WeComClient.ts"
import { type Answer, cannedClient } from "../support/canned.ts"

const key = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"

const setup = (answer: Answer = () => ({ errcode: 0, errmsg: "ok" })) => {
  const client = cannedClient(answer)
  return { ...client, robot: GroupRobot.make({ key: Redacted.make(key) }).pipe(Effect.provide(client.layer)) }
}

const sends = (message: RobotMessage.RobotMessage) => {
  const { calls, robot } = setup()
  return Effect.flatMap(robot, ({ send }) => send(message)).pipe(Effect.map(() => calls[0]?.body))
}

const refused = (message: RobotMessage.RobotMessage) => {
  const { calls, robot } = setup()
  return Effect.flatMap(robot, ({ send }) => Effect.flip(send(message))).pipe(
    Effect.map(({ endpoint, reason }) => {
      assert.strictEqual(endpoint, "POST /cgi-bin/webhook/send")
      assert.lengthOf(calls, 0)
      return reason._tag === "RequestInvalid" ? reason.issues.map(({ field, message }) => `${field}: ${message}`) : []
    })
  )
}

/** Runs an effect while the clock moves on, so that retries and deadlines pass. */
const hurried = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const fiber = yield* Effect.forkChild(effect, { startImmediately: true })
    while (fiber.pollUnsafe() === undefined) {
      yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
      yield* TestClock.adjust("200 millis")
    }
    return yield* Fiber.join(fiber)
  })

describe("a group robot", () => {
  it.effect("needs its key alone: no app, no token", () =>
    Effect.gen(function*() {
      const { calls, robot } = setup()
      yield* (yield* robot).send(Message.text("上线了", { mentioned_list: ["@all"] }))
      assert.lengthOf(calls, 1)
      const [call] = calls
      assert.strictEqual(call?.request.url, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send")
      assert.deepStrictEqual([...call?.query.entries() ?? []], [["key", key]])
      assert.deepStrictEqual(call?.body, {
        msgtype: "text",
        text: { content: "上线了", mentioned_list: ["@all"] }
      })
    }))

  it.effect("sends every type of message that it takes", () =>
    Effect.gen(function*() {
      const expected = (msgtype: string, content: unknown) => ({ msgtype, [msgtype]: content })
      const article = { title: "周报", url: "www.example.com", description: "本周" }
      const notice = { main_title: { title: "上线" }, card_action: { type: 1, url: "https://example.com" } } as const
      const card_image = { url: "https://example.com/a.png" }
      assert.deepStrictEqual(yield* sends(Message.markdown("**好**")), expected("markdown", { content: "**好**" }))
      assert.deepStrictEqual(
        yield* sends(RobotMessage.markdownV2("| a |\n| - |")),
        expected("markdown_v2", { content: "| a |\n| - |" })
      )
      assert.deepStrictEqual(yield* sends(Message.news([article])), expected("news", { articles: [article] }))
      assert.deepStrictEqual(yield* sends(Message.file("M")), expected("file", { media_id: "M" }))
      assert.deepStrictEqual(yield* sends(Message.voice("M")), expected("voice", { media_id: "M" }))
      assert.deepStrictEqual(
        yield* sends(Message.textNotice(notice)),
        expected("template_card", { card_type: "text_notice", ...notice })
      )
      assert.deepStrictEqual(
        yield* sends(Message.newsNotice({ ...notice, card_image })),
        expected("template_card", { card_type: "news_notice", ...notice, card_image })
      )
    }))

  it.effect("sends images inside the message, with their MD5", () =>
    Effect.gen(function*() {
      const png = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
      assert.deepStrictEqual(yield* sends(RobotMessage.image(png)), {
        msgtype: "image",
        image: {
          base64: Buffer.from(png).toString("base64"),
          md5: createHash("md5").update(png).digest("hex")
        }
      })
      const largest = new Uint8Array(2 * 1024 * 1024)
      assert.isDefined(yield* sends(RobotMessage.image(largest)))
      assert.deepStrictEqual(yield* refused(RobotMessage.image(new Uint8Array(largest.length + 3))), [
        "image.base64: an image of at most 2 MiB is allowed"
      ])
    }))

  it.effect("refuses what is too long, and cards that would call back", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* refused(Message.text("好".repeat(683))), [
        "text.content: at most 2048 bytes of UTF-8 are allowed, got 2049"
      ])
      assert.isDefined(yield* sends(Message.markdown("a".repeat(4096))))
      assert.deepStrictEqual(yield* refused(Message.markdown("a".repeat(4097))), [
        "markdown.content: at most 4096 bytes of UTF-8 are allowed, got 4097"
      ])
      const card = Message.textNotice({
        sub_title_text: "a",
        card_action: { type: 1, url: "b" },
        task_id: "t",
        action_menu: { action_list: [{ text: "停", key: "stop" }] }
      })
      assert.sameMembers([...yield* refused(card)], [
        "template_card.action_menu: the endpoint has no such field",
        "template_card.task_id: the endpoint has no such field"
      ])
    }))

  it.effect("fails with the errcode of the answer, and says nothing of the key", () =>
    Effect.gen(function*() {
      const { robot } = setup(() => ({ errcode: 93000, errmsg: `invalid webhook url ${key}` }))
      const exit = yield* Effect.exit(Effect.flatMap(robot, ({ send }) => send(Message.text("好"))))
      const error = exit._tag === "Failure" ? Cause.squash(exit.cause) : undefined
      assert.strictEqual((error as { errcode?: number }).errcode, 93000)
      for (
        const text of [inspect(error, { depth: 20 }), JSON.stringify(error), Cause.pretty((exit as never)["cause"])]
      ) {
        assert.notInclude(text, key)
      }
    }))

  it.effect("goes the way of every call: retries, deadline, middlewares", () =>
    Effect.gen(function*() {
      const busy = setup(() => ({ errcode: -1, errmsg: "system busy" }))
      const failed = yield* hurried(Effect.flip(Effect.flatMap(busy.robot, ({ send }) => send(Message.text("好")))))
      assert.strictEqual(failed.reason._tag, "ServiceBusy")
      assert.lengthOf(busy.calls, 4)

      const silent = setup(() => Effect.never)
      const late = yield* hurried(Effect.flip(Effect.flatMap(silent.robot, ({ send }) => send(Message.text("好")))))
      assert.deepInclude(late.reason, { _tag: "TransportFailed", timedOut: true })

      const seen: Array<unknown> = []
      const middleware: AttemptMiddleware = ({ app, endpoint, input }, run) => {
        seen.push([app, endpoint.path, Redacted.isRedacted((input as { key?: unknown }).key)])
        return run
      }
      yield* Effect.flatMap(setup().robot, ({ send }) => send(Message.text("好"))).pipe(
        WeComClient.around(middleware)
      )
      assert.deepStrictEqual(seen, [[undefined, "/cgi-bin/webhook/send", true]])
    }))

  it.effect("uploads files and voices for itself", () =>
    Effect.gen(function*() {
      const { calls, robot } = setup(() => ({
        errcode: 0,
        type: "file",
        media_id: "M7",
        created_at: "1380000000"
      }))
      const { uploadMedia } = yield* robot
      const media = Upload.text("abcdef", { filename: "周报.txt" })
      const uploaded = yield* uploadMedia({ type: "file", media })
      assert.strictEqual(uploaded.media_id, "M7")
      const [call] = calls
      assert.strictEqual(call?.path, "/cgi-bin/webhook/upload_media")
      assert.deepStrictEqual([...call?.query.entries() ?? []], [["key", key], ["type", "file"]])
      assert.strictEqual(call?.request.body._tag, "Uint8Array")
      for (const file of [Upload.text("short", { filename: "a" }), Upload.bytes(new Uint8Array(2 ** 21 + 1), media)]) {
        const error = yield* Effect.flip(uploadMedia({ type: "voice", media: file }))
        assert.strictEqual(error.reason._tag, "RequestInvalid")
      }
      assert.lengthOf(calls, 1)
    }))

  it.effect("is one of many in a process, on a server of one's own", () =>
    Effect.gen(function*() {
      const { calls, layer } = cannedClient(() => ({ errcode: 0 }))
      const robots = yield* Effect.forEach(["a", "b", "c"], (name) =>
        GroupRobot.make({ key: Redacted.make(`key-${name}`), baseUrl: `https://${name}.example.com/wecom/` })).pipe(
          Effect.provide(layer)
        )
      yield* Effect.forEach([...robots, ...robots], ({ send }) =>
        send(Message.text("好")), {
        concurrency: "unbounded"
      })
      const urls = calls.map(({ query, request }) => `${request.url}?${query}`).toSorted()
      assert.deepStrictEqual(
        urls,
        ["a", "a", "b", "b", "c", "c"].map((name) =>
          `https://${name}.example.com/wecom/cgi-bin/webhook/send?key=key-${name}`
        )
      )
    }))

  it.effect("is a service of its own layer, also from configuration", () =>
    Effect.gen(function*() {
      const { calls, layer } = cannedClient(() => ({ errcode: 0 }))
      const config = ConfigProvider.layer(
        ConfigProvider.fromEnv({ env: { WECOM_ROBOT_KEY: "key-env", WECOM_BASE_URL: "https://example.com" } })
      )
      const greet = GroupRobot.use(({ send }) => send(Message.text("好")))
      yield* greet.pipe(Effect.provide(Layer.provide(GroupRobot.layer({ key: Redacted.make(key) }), layer)))
      yield* greet.pipe(Effect.provide(Layer.provide(GroupRobot.layerConfig(), [layer, config])))
      assert.deepStrictEqual(calls.map(({ query }) => query.get("key")), [key, "key-env"])
      assert.strictEqual(calls[1]?.request.url, "https://example.com/cgi-bin/webhook/send")
      const missing = yield* Effect.flip(
        greet.pipe(
          Effect.provide(Layer.provide(GroupRobot.layerConfig(), [
            layer,
            ConfigProvider.layer(ConfigProvider.fromEnv({ env: {} }))
          ]))
        )
      )
      assert.include(String(missing), "WECOM_ROBOT_KEY")
    }))

  it.effect("is mocked like any service", () =>
    Effect.gen(function*() {
      const said: Array<string> = []
      const mock = Layer.mock(GroupRobot, { send: ({ msgtype }) => Effect.sync(() => void said.push(msgtype)) })
      yield* GroupRobot.use(({ send }) => send(Message.text("好"))).pipe(Effect.provide(mock))
      assert.deepStrictEqual(said, ["text"])
    }))
})
