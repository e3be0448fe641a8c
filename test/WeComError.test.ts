/**
 * What a user sees of a call that failed, wherever it is printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Layer, Logger, Redacted, Schema } from "effect"
import { inspect } from "node:util"
import { Departments } from "../src/contacts/Departments.ts"
import * as Message from "../src/messages/Message.ts"
import { Messages } from "../src/messages/Messages.ts"
import { TokenCache } from "../src/token/TokenCache.ts"
import { WeComApp } from "../src/WeComApp.ts"
import { WeComClient } from "../src/WeComClient.ts"
import { WeComError } from "../src/WeComError.ts"
import { type Answer, cannedClient, json } from "./support/canned.ts"

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s"), agentId: 1 })
const token = { errcode: 0, access_token: "T", expires_in: 7200 }

/** The error of a call to a server that answers like this. */
const failing = <A>(
  call: Effect.Effect<A, WeComError, Departments | Messages>,
  answer: Answer,
  as: WeComApp = app
) =>
  Effect.flip(call).pipe(
    Effect.provideService(WeComClient.RetryPolicy, undefined),
    Effect.provide(
      Layer.mergeAll(Departments.layer, Messages.layer).pipe(
        Layer.provide(WeComClient.layer(as)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(cannedClient((call) => call.path === "/cgi-bin/gettoken" ? token : answer(call)).layer)
      )
    )
  )

const list = Departments.use((departments) => departments.list())
const send = Messages.use((messages) => messages.send(Message.text("hello").to({ users: ["a"] })))

const page = (errcode: number) => `https://open.work.weixin.qq.com/devtool/query?e=${errcode}`
const tail = "hint: [1576065934_28_e0fae0], from ip: 9.30.0.138, more info at "

describe("the message of a WeComError", () => {
  const refusals: ReadonlyArray<readonly [what: string, answer: object, message: string]> = [
    [
      "which address to trust, and what to tell the vendor's support",
      { errcode: 60020, errmsg: `not allow to access from your ip, ${tail}${page(60020)}` },
      "PermissionDenied: errcode 60020 不安全的访问IP: not allow to access from your ip " +
      `(from ip 9.30.0.138, hint 1576065934_28_e0fae0, ${page(60020)})`
    ],
    [
      "a code that nobody knows",
      { errcode: 98765432, errmsg: "novel" },
      `ApiFailed: errcode 98765432: novel (${page(98765432)})`
    ],
    ["a code that comes without a text", { errcode: -1, errmsg: "" }, `ServiceBusy: errcode -1 系统繁忙 (${page(-1)})`]
  ]
  for (const [what, answer, message] of refusals) {
    it.effect(`says ${what}`, () =>
      Effect.gen(function*() {
        const error = yield* failing(list, () => answer)
        assert.strictEqual(error.message, `GET /cgi-bin/department/list: ${message}`)
      }))
  }

  it.effect("says everything that is wrong with an input, and of very much the beginning", () =>
    Effect.gen(function*() {
      const create = (input: object) => Departments.use((departments) => departments.create(input as never))
      const several = yield* failing(create({ name: 1, parent: 2 }), () => ({}))
      assert.strictEqual(
        several.message,
        "POST /cgi-bin/department/create: RequestInvalid: " +
          "parent: the endpoint has no such field; name: Expected string; parentid: is required"
      )
      const keys = Array.from({ length: 100 }, (_, index) => [`wrong${index}`, 1])
      const many = yield* failing(create({ name: "a", parentid: 1, ...Object.fromEntries(keys) }), () => ({}))
      assert.match(many.message, /wrong9: the endpoint has no such field; and 90 more$/)
      assert.lengthOf(many.reason._tag === "RequestInvalid" ? many.reason.issues : [], 100)
    }))

  it.live("says whether what was not answered may have been done", () =>
    Effect.gen(function*() {
      const hasty = WeComClient.withOptions({ deadline: "50 millis" })
      const message = "POST /cgi-bin/message/send: TransportFailed: no answer within 50ms"
      const late = yield* failing(hasty(send), () => Effect.never)
      assert.strictEqual(late.message, `${message}; WeCom may have done it all the same`)
      const read = yield* failing(hasty(list), () => Effect.never)
      assert.strictEqual(read.message, "GET /cgi-bin/department/list: TransportFailed: no answer within 50ms")
    }))

  it.effect("says of a gateway's page its status, and nothing of its text", () =>
    Effect.gen(function*() {
      const error = yield* failing(list, () => new Response("<html>secret</html>", { status: 502 }))
      assert.strictEqual(
        error.message,
        "GET /cgi-bin/department/list: ResponseInvalid: HTTP 502, text/plain from qyapi.weixin.qq.com: the body is not JSON " +
          "(19 characters); is a gateway, proxy or login page in between?"
      )
    }))

  it.effect("says what kind of app an endpoint needs, in the endpoint's name", () =>
    Effect.gen(function*() {
      const suite = WeComApp.suite({
        suiteId: "tj1",
        suiteSecret: Redacted.make("s"),
        suiteTicket: Effect.succeed(Redacted.make("t"))
      })
      assert.match(
        (yield* failing(list, () => ({}), suite)).message,
        /^GET \/cgi-bin\/department\/list: RequestInvalid: app: a Suite app has no access_token: call as an app of a corp/
      )
    }))

  it.live("says that the base URL is wrong, once and for all", () =>
    Effect.gen(function*() {
      const provider = { get: Effect.succeed(Redacted.make("T")) }
      const error = yield* Effect.flip(list).pipe(
        Effect.provide(Departments.layer.pipe(
          Layer.provide(WeComClient.layer(WeComApp.provided({
            corpId: "ww1",
            baseUrl: "qyapi.weixin.qq.com",
            tokens: { app: provider }
          }))),
          Layer.provide(TokenCache.layerMemory),
          Layer.provide(cannedClient(() => json({})).layer)
        ))
      )
      assert.match(error.message, /RequestInvalid: baseUrl: the app's base URL is not one/)
      assert.isFalse(error.isRetryable)
    }))
})

describe("a WeComError that is printed", () => {
  it.effect("is the same line everywhere, with all that it says", () =>
    Effect.gen(function*() {
      const errmsg = `not allow to access from your ip, ${tail}${page(60020)}`
      const error = yield* failing(list, () => ({ errcode: 60020, errmsg }))
      const line = `effect-wecom/WeComError: ${error.message}`
      assert.strictEqual(String(error), line)
      assert.strictEqual(inspect(error), line)
      assert.strictEqual(inspect({ error }), `{\n  error: ${line}\n}`)
      assert.strictEqual(Cause.pretty(Cause.fail(error)).split("\n")[0], line)
      const rejection: unknown = yield* Effect.promise(() =>
        Effect.runPromise(Effect.fail(error)).catch((cause) => cause)
      )
      assert.strictEqual(String(rejection), line)
      let logged = ""
      const logger = Logger.map(Logger.formatJson, (text) => {
        logged = text
      })
      yield* Effect.logError(Cause.fail(error)).pipe(Effect.provide(Logger.layer([logger])))
      assert.include(JSON.parse(logged).cause, line)
    }))

  it.effect("goes to JSON and back with its fields", () =>
    Effect.gen(function*() {
      const error = yield* failing(list, () => ({ errcode: 60020, errmsg: `no, ${tail}${page(60020)}` }))
      const text = JSON.stringify(error)
      assert.deepStrictEqual(JSON.parse(text), {
        _tag: "WeComError",
        endpoint: "GET /cgi-bin/department/list",
        reason: {
          _tag: "PermissionDenied",
          errcode: 60020,
          errmsg: "no",
          label: "不安全的访问IP",
          hint: "1576065934_28_e0fae0",
          fromIp: "9.30.0.138",
          helpLink: page(60020)
        }
      })
      const codec = Schema.toCodecJson(WeComError)
      const again = Schema.decodeUnknownSync(codec)(JSON.parse(text))
      assert.strictEqual(again.message, error.message)
    }))
})
