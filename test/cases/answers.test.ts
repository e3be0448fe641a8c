/**
 * Answers and requests that public bug reports have brought, each with its right value. Callbacks among them are tested
 * where callbacks are.
 */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Redacted } from "effect"
import { FetchHttpClient } from "effect/http"
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { JsSdk } from "../../src/identity/JsSdk.ts"
import { Media } from "../../src/media/Media.ts"
import * as Upload from "../../src/media/Upload.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { cannedClient } from "../support/canned.ts"
import { hasShared, needsShared, sharedPath } from "../support/shared.ts"

interface Case {
  readonly target: string
  readonly service?: string
  readonly method?: string
  readonly input: unknown
  readonly answer?: string
}

const read = (file: string): Case => JSON.parse(readFileSync(sharedPath(`wecom/cases/answers/${file}`), "utf8"))

const suite = WeComApp.suite({
  suiteId: "ww-suite",
  suiteSecret: Redacted.make("s"),
  suiteTicket: Effect.succeed(Redacted.make("t"))
})

const app = WeComApp.secret({ corpId: "ww1", secret: Redacted.make("s"), agentId: 1 })

const clientOf = (answer: string, init: ResponseInit = { headers: { "content-type": "application/json" } }) =>
  WeComClient.layer(app).pipe(
    Layer.provideMerge(TokenCache.layerMemory),
    Layer.provideMerge(
      cannedClient(({ path }) =>
        path === "/cgi-bin/gettoken"
          ? { access_token: "T", expires_in: 7200 }
          : path === "/cgi-bin/service/get_suite_token"
          ? { suite_access_token: "T", expires_in: 7200 }
          : new Response(answer, init)
      ).layer
    )
  )

/** What the library makes of a case's answer. */
const outcome = (file: string): Effect.Effect<unknown, WeComError> => {
  const { answer, input, target } = read(file)
  const entry = catalogue.find(({ endpoint }) => describeEndpoint(endpoint).name === target)
  if (entry === undefined) return Effect.die(new Error(`${target} is not in the catalogue`))
  const text = answer ?? JSON.stringify((input as { readonly answer: unknown }).answer)
  return Effect.flatMap(WeComClient, (client) => client.execute(entry.endpoint)((inputs[file] ?? input) as never)).pipe(
    describeEndpoint(entry.endpoint).credential === "suite" ? WeComApp.use(suite) : (self) => self,
    Effect.provide(clientOf(text)),
    WeComClient.withOptions({ deadline: "1 second" })
  )
}

/** The input in the library's own types, where the case has it as it travels. */
const inputs: { readonly [file: string]: unknown } = {
  "31-permanent-code-lost-over-a-side-field.json": { auth_code: Redacted.make("A") }
}

const user = (answer: unknown, index: number) => (answer as ReadonlyArray<Record<string, unknown>>)[index]

const approval = (answer: unknown) => answer as { readonly [field: string]: unknown }

const control = (answer: unknown) =>
  (approval(answer)["apply_data"] as { readonly contents: ReadonlyArray<Record<string, unknown>> }).contents[0]

const right: { readonly [file: string]: (answer: unknown) => void } = {
  "07-raw-line-break-in-a-remark.json": (answer) => assert.include(JSON.stringify(answer), "\"description\":\"a\\nb\""),
  "10-attribute-of-type-web-without-content.json": (answer) => {
    assert.strictEqual(user(answer, 0)?.["userid"], "good")
    assert.include(JSON.stringify(user(answer, 1)), "Unknown")
  },
  "11-attribute-of-type-text-without-text.json": (answer) => assert.include(JSON.stringify(user(answer, 1)), "Unknown"),
  "13-gender-empty.json": (answer) => assert.isUndefined(user(answer, 1)?.["gender"]),
  "14-main-department-empty.json": (answer) => assert.isUndefined(user(answer, 1)?.["main_department"]),
  "16-extattr-empty-list.json": (answer) => assert.isUndefined(user(answer, 1)?.["extattr"]),
  "17-wechat-channels-as-text.json": (answer) =>
    assert.isUndefined(
      (user(answer, 1)?.["external_profile"] as { wechat_channels?: unknown } | undefined)?.wechat_channels
    ),
  "19-userid-as-number.json": (answer) => assert.strictEqual(user(answer, 1)?.["userid"], "10086"),
  "20-deleted-as-0.json": (answer) => assert.include(JSON.stringify(answer), "\"deleted\":false"),
  "22-formula-as-number.json": (answer) => assert.deepInclude(control(answer), { value: { formula: { value: "5" } } }),
  "23-location-left-empty.json": (answer) => assert.include(["Location", "Unknown"], control(answer)?.["control"]),
  "25-bank-account-without-remark.json": (answer) => {
    assert.strictEqual(control(answer)?.["control"], "BankAccount")
    assert.include(JSON.stringify(control(answer)), "\"account_number\":\"6\"")
  },
  "26-process-list-as-array.json": (answer) => assert.isUndefined(approval(answer)["process_list"]),
  "28-invaliduser-as-array.json": (answer) => assert.deepStrictEqual(approval(answer)["invaliduser"], ["a"]),
  "29-message-sent-without-msgid.json": (answer) => assert.isUndefined(approval(answer)["msgid"]),
  "31-permanent-code-lost-over-a-side-field.json": (answer) =>
    assert.strictEqual(Redacted.value(approval(answer)["permanent_code"] as Redacted.Redacted), "P"),
  "32-member-read-as-outsider-userid.json": (answer) => assert.deepInclude(answer, { userid: "zhangsan" }),
  "34-outsider-read-as-member-without-id.json": (answer) => assert.deepInclude(answer, { openid: "o1" }),
  "35-64-bit-comment-id-loses-digits.json": (answer) =>
    assert.include(JSON.stringify(approval(answer)["comments"]), "\"6750538708562308221\"")
}

const foreign = [
  "01-gateway-json-read-as-an-empty-address-book.json",
  "02-gateway-json-read-as-no-members.json",
  "04-null-read-as-a-deletion-done.json",
  "05-gateway-json-read-as-an-outside-visitor.json",
  "59-gateway-page.json"
]

describe("answers of public bug reports", () => {
  it.effect.each(Object.keys(right))("%s is read", (file) =>
    Effect.gen(function*() {
      if (!hasShared) return
      right[file]?.(yield* outcome(file))
    }))

  it.effect.each(foreign)("%s is no answer", (file) =>
    Effect.gen(function*() {
      if (!hasShared) return
      const error = yield* Effect.flip(outcome(file))
      assert.strictEqual(error.reason._tag, "ResponseInvalid")
      assert.include(error.message, "is a gateway, proxy or login page in between?")
    }))

  it("are all tested, here or with callbacks", (context) => {
    needsShared(context)
    const index: ReadonlyArray<{ readonly file: string; readonly kind: string }> = JSON.parse(
      readFileSync(sharedPath("wecom/cases/answers/index.json"), "utf8")
    )
    const responses = index.filter(({ kind }) => kind === "response").map(({ file }) => file)
    assert.sameMembers(responses, [...Object.keys(right), ...foreign])
  })
})

describe("files of public bug reports", () => {
  const download = (init: ResponseInit, body = "<html>login</html>") =>
    Effect.flatMap(WeComClient, (client) => client.execute(Media.endpoints.get)({ media_id: "M" })).pipe(
      Effect.provide(clientOf(body, init))
    )

  it.effect("a portal's page is no file", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(download({ headers: { "content-type": "text/html" } }))
      assert.strictEqual(error.reason._tag, "ResponseInvalid")
      assert.include(error.message, "a page where a file was expected")
    }))

  it.effect("a name has no folders, on the way down and on the way up", () =>
    Effect.gen(function*() {
      for (const path of ["../../etc/passwd", "..\\..\\etc\\passwd", "passwd", "/passwd"]) {
        const headers = { "content-disposition": `attachment; filename="${path}"` }
        assert.strictEqual((yield* download({ headers }, "x")).filename, "passwd")
      }
    }))

  it.live("bytes in memory carry a Content-Length over fetch", () =>
    Effect.gen(function*() {
      const seen: Array<string | undefined> = []
      const bodies: Array<string> = []
      const server = createServer((request, response) => {
        const chunks: Array<Buffer> = []
        request.on("data", (chunk: Buffer) => chunks.push(chunk))
        request.on("end", () => {
          if (request.method === "POST") {
            seen.push(request.headers["content-length"])
            bodies.push(Buffer.concat(chunks).toString())
          }
          response.setHeader("content-type", "application/json")
          response.end(JSON.stringify(
            request.method === "POST"
              ? { errcode: 0, type: "file", media_id: "M", created_at: "1" }
              : { errcode: 0, access_token: "T", expires_in: 7200 }
          ))
        })
      })
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
        () => Effect.sync(() => server.close())
      )
      const { port } = server.address() as AddressInfo
      const layer = WeComClient.layer(WeComApp.secret({ ...app, baseUrl: `http://127.0.0.1:${port}` })).pipe(
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(FetchHttpClient.layer)
      )
      const media = Upload.bytes(new Uint8Array(11).fill(97), { filename: "/tmp/考勤.xlsx" })
      yield* Effect.flatMap(WeComClient, (client) => client.execute(Media.endpoints.upload)({ type: "file", media }))
        .pipe(Effect.provide(layer))
      assert.strictEqual(seen[0], String(Buffer.byteLength(bodies[0] ?? "")))
      assert.include(bodies[0], "filename=\"考勤.xlsx\"")
    }).pipe(Effect.scoped))
})

describe("requests of public bug reports", () => {
  it.effect("a page to sign is an absolute URL as the browser shows it", () =>
    Effect.gen(function*() {
      const jssdk = yield* JsSdk
      for (const url of ["/x?y=1", "", "https://a.com/x?y=1&amp;z=2", "https%3A%2F%2Fa.com%2Fx", "https://a.com/ b"]) {
        const error = yield* Effect.flip(jssdk.signConfig(url))
        assert.strictEqual(error.reason._tag, "RequestInvalid", url)
        assert.include(error.message, "url: expected an absolute http or https URL")
      }
      assert.include(yield* jssdk.signConfig("https://a.com/x?y=1#top"), { appId: "ww1" })
    }).pipe(
      Effect.provide(Layer.provide(JsSdk.layer, clientOf("{\"errcode\":0,\"ticket\":\"t\",\"expires_in\":7200}")))
    ))

  it.effect("white space around ids and secrets is told of", () =>
    Effect.gen(function*() {
      for (
        const [field, odd] of [
          ["corpid", { WECOM_CORP_ID: " ww1", WECOM_CORP_SECRET: "s" }],
          ["corpsecret", { WECOM_CORP_ID: "ww1", WECOM_CORP_SECRET: "s\r" }]
        ] as const
      ) {
        const layer = WeComClient.layerConfig().pipe(
          Layer.provideMerge(TokenCache.layerMemory),
          Layer.provideMerge(cannedClient(() => ({ access_token: "T" })).layer),
          Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: odd })))
        )
        const message = String(
          yield* Effect.flip(Effect.provide(Effect.flatMap(WeComClient, (client) => client.token()), layer))
        )
        assert.include(message, `${field}: there is white space around it`)
        assert.notInclude(message, "s\r")
      }
    }))

  it.effect("a robot's key may be its whole address", () => {
    const client = cannedClient(() => ({}))
    return Effect.gen(function*() {
      const address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx"
      const robot = yield* GroupRobot.make({ key: Redacted.make(address) })
      yield* robot.send({ msgtype: "text", text: { content: "上线了" } })
      assert.strictEqual(client.calls[0]?.query.get("key"), "693a91f6-7xxx")
    }).pipe(Effect.provide(client.layer))
  })

  it.effect("a card without a title or a text is refused, also with an empty one", () =>
    Effect.gen(function*() {
      if (!hasShared) return
      const { input } = read("52-card-with-an-empty-title.json")
      const entry = catalogue.find(({ method, service }) => service === "Messages" && method === "send")
      const client = yield* WeComClient
      const error = yield* Effect.flip(client.execute(entry!.endpoint)(input as never))
      assert.strictEqual(error.reason._tag, "RequestInvalid")
      assert.include(error.message, "a title or a sub_title_text is needed")
    }).pipe(Effect.provide(clientOf("{\"errcode\":0}"))))
})
