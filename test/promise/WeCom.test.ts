/**
 * The promise facade against the simulator: what it returns, rejects with, shares and loads.
 */
import { afterAll, assert, describe, expectTypeOf, it } from "@effect/vitest"
import { Effect, Layer, ManagedRuntime } from "effect"
import { type Endpoint, type Paging, WeComApp, WeComError } from "effect-wecom"
import { CallbackError, CallbackReply } from "effect-wecom/callback"
import { Departments, type Users } from "effect-wecom/contacts"
import { Message } from "effect-wecom/messages"
import { createWeCom, type PromisedMethod, type PromiseServices, type WeCom } from "effect-wecom/promise"
import { Simulator, type SimulatorOptions } from "effect-wecom/simulator"
import { HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
import { execFileSync } from "node:child_process"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { services } from "../../src/services.ts"
import { needsRedis, startRedis } from "../support/redis.ts"

const callback = { url: "http://localhost/callback", token: "aToken", encodingAesKey: "a".repeat(43) }
const members = ["zhangsan", "lisi", "wangwu"].map((userid) => ({ userid, name: userid, department: [1] }))
const corps: SimulatorOptions["corps"] = [
  { corpId: "ww1", apps: [{ agentId: 1000002, secret: "one", callback }], members },
  { corpId: "ww2", apps: [{ agentId: 1000002, secret: "two" }], departments: [{ id: 7, name: "仓库" }], members }
]

const world = ManagedRuntime.make(
  Simulator.layerHttpClient.pipe(Layer.provideMerge(Simulator.layer({ corps })))
)
afterAll(() => world.dispose())

/** The simulator without a socket. */
const http = Layer.effect(HttpClient.HttpClient, Effect.promise(() => world.runPromise(HttpClient.HttpClient)))
const one = { corpId: "ww1", secret: "one", agentId: 1000002, http } as const
const calls = (path: string) => world.runPromise(Simulator.use((simulator) => simulator.calls(path)))

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(() => assert.fail("it did not reject"), (error: unknown) => error)

const collect = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const item of items) all.push(item)
  return all
}

describe("createWeCom", () => {
  it("calls services, and reads all pages", async () => {
    await using wecom = createWeCom(one)
    const sent = await wecom.messages.send(Message.text("上线了").to({ users: ["zhangsan"] }))
    assert.deepStrictEqual(sent.unreached, [])
    assert.isNotEmpty(sent.msgid)
    const ids = (await collect(wecom.users.listAllIds({ limit: 1 }))).map(({ userid }) => userid)
    assert.sameMembers(ids, ["zhangsan", "lisi", "wangwu"])
  })

  it("fetches no page that nobody asks for", async () => {
    await using wecom = createWeCom(one)
    const before = (await calls("/cgi-bin/user/list_id")).length
    for await (const { userid } of wecom.users.listAllIds({ limit: 1 })) {
      assert.isNotEmpty(userid)
      break
    }
    assert.strictEqual((await calls("/cgi-bin/user/list_id")).length - before, 1)
  })

  it("rejects with the WeComError of the call", async () => {
    await using wecom = createWeCom(one)
    const error = await rejection(wecom.users.get({ userid: "nobody" }))
    assert.instanceOf(error, WeComError)
    assert.deepStrictEqual([error.endpoint, error.errcode], ["GET /cgi-bin/user/get", 60111])
    const invalid = await rejection(wecom.departments.create({ name: "", parentid: 1 }))
    assert.instanceOf(invalid, WeComError)
    assert.strictEqual(invalid.reason._tag, "RequestInvalid")
  })

  it("shares the token with whoever has the same Redis, and with nobody else", async (context) => {
    needsRedis(context)
    await using redis = await startRedis()
    const tokens = async () => (await calls("/cgi-bin/gettoken")).length
    const app = { corpId: "ww2", secret: "two", http }
    const before = await tokens()
    await using first = createWeCom({ ...app, redis: redis.url })
    await first.departments.list()
    await using second = createWeCom({ ...app, redis: redis.url })
    await second.departments.list()
    assert.strictEqual(await tokens() - before, 1)
    await using alone = createWeCom(app)
    await alone.departments.list()
    assert.strictEqual(await tokens() - before, 2)
  })

  it("keeps two clients apart, and lets one client call as another app", async () => {
    await using first = createWeCom(one)
    await using second = createWeCom({ corpId: "ww2", secret: "two", http })
    const names = async (wecom: WeCom) => (await wecom.departments.list()).map(({ name }) => name)
    assert.include(await names(second), "仓库")
    assert.notInclude(await names(first), "仓库")
    const { secret } = await world.runPromise(
      Simulator.useSync((simulator) => simulator.app({ corpId: "ww2" }) as Extract<WeComApp, { _tag: "Secret" }>)
    )
    assert.include(await names(first.with({ app: WeComApp.secret({ corpId: "ww2", secret }) })), "仓库")
    assert.notInclude(await names(first), "仓库")
  })

  it("interrupts a call, and a stream, with the reason of its signal", async () => {
    await using wecom = createWeCom(one)
    const reason = new Error("nobody waits any more")
    const aborted = wecom.with({ signal: AbortSignal.abort(reason) })
    assert.strictEqual(await rejection(aborted.departments.list()), reason)
    assert.strictEqual(await rejection(collect(aborted.users.listAllIds())), reason)
  })

  it("runs an effect on the client, and a group robot by its key", async () => {
    await using wecom = createWeCom(one)
    const app = await wecom.run(Effect.provide(Departments.use((departments) => departments.list()), Departments.layer))
    assert.isNotEmpty(app)
    const error = await rejection(wecom.groupRobot({ key: "of-no-robot" }).send(Message.text("上线了")))
    assert.instanceOf(error, WeComError)
    assert.strictEqual(error.errcode, 93000)
  })

  it("refuses what is missing, without the secret in the error", async () => {
    const issue = (options: Parameters<typeof createWeCom>[0]) => {
      try {
        createWeCom(options)
      } catch (error) {
        return String(error)
      }
      return assert.fail("it was made")
    }
    assert.match(issue({ secret: "very-secret" }), /WeComError: createWeCom: RequestInvalid: corpId: is missing/)
    assert.match(issue({ corpId: "ww1", secret: "" }), /secret: is missing/)
    assert.notInclude(issue({ corpId: "", secret: "very-secret" }), "very-secret")
    await using wecom = createWeCom()
    assert.match(String(await rejection(wecom.departments.list())), /no corpId and secret are given, and .*WECOM_CORP/s)
  })

  it("refuses calls once it is closed, and methods that there are not", async () => {
    const wecom = createWeCom(one)
    assert.match(String(await rejection(Reflect.get(wecom.departments, "lst")())), /there is no method lst/)
    await wecom.close()
    await wecom.close()
    for (const work of [() => wecom.departments.list(), () => wecom.run(Effect.void)]) {
      assert.match(String(await rejection(work())), /createWeCom: RequestInvalid: the client was closed/)
    }
    assert.match(String(await rejection(collect(wecom.users.listAllIds()))), /the client was closed/)
  })

  it("has every service, and each of its methods", () => {
    const wecom = createWeCom(one)
    const names = services.map(({ module }) => module.slice(module.lastIndexOf("/") + 1)).map((name) =>
      name[0]!.toLowerCase() + name.slice(1)
    )
    assert.isAbove(names.length, 100)
    assert.deepStrictEqual(names.filter((name) => !(name in wecom)), [])
  })
})

describe("its types", () => {
  it("are those of the services", () => {
    expectTypeOf<WeCom["users"]["get"]>().toEqualTypeOf<
      (input: Endpoint.InputOf<Users["Service"]["get"]>) => Promise<Endpoint.OutputOf<Users["Service"]["get"]>>
    >()
    expectTypeOf<ReturnType<WeCom["users"]["listAllIds"]>>().toEqualTypeOf<
      AsyncIterable<Users["Service"]["listAllIds"] extends Paging.Paged<never, infer Item> ? Item : never>
    >()
    expectTypeOf<PromisedMethod<string>>().toBeNever()
  })

  it("lose no method", () => {
    type Lost = { [S in keyof PromiseServices]: LostOf<PromiseServices[S]> }[keyof PromiseServices]
    type LostOf<Methods> = { [M in keyof Methods]: [Methods[M]] extends [never] ? M : never }[keyof Methods]
    expectTypeOf<Lost>().toBeNever()
  })

  it("refuse a misspelt field, and an event that there is not", () => {
    const wecom = createWeCom(one)
    // @ts-expect-error: no such field
    assert.isFunction(() => wecom.users.get({ userId: "zhangsan" }))
    const rest = { ...callback, fallback: () => {} }
    // @ts-expect-error: no such event
    assert.isFunction(() => wecom.callbacks({ ...rest, handlers: { "event/of-nothing": () => {} } }))
  })
})

describe("callbacks", () => {
  const { encodingAesKey, token } = callback

  const served = (wecom: WeCom, heard: Array<string>) =>
    wecom.callbacks({
      token,
      encodingAesKey,
      path: "/callback",
      handlers: {
        text: async ({ Content, FromUserName }) => {
          const { name } = await wecom.users.get({ userid: FromUserName })
          return CallbackReply.text(`${name} 说：${Content}`)
        }
      },
      fallback: (event) => void heard.push(event.key)
    })

  type Member = Effect.Success<ReturnType<Simulator["Service"]["member"]>>

  /** What the backend answers to a member's act, whose callback is sent to it with `send`. */
  const deliver = (
    send: (request: Request) => Promise<Response>,
    act: (member: Member) => ReturnType<Member["sendText"]>
  ) =>
    world.runPromise(Effect.scoped(Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.connect(HttpClient.make((request) =>
        HttpClientRequest.toWeb(request).pipe(
          Effect.flatMap((web) => Effect.promise(() => send(web))),
          Effect.map((response) => HttpClientResponse.fromWeb(request, response)),
          Effect.orDie
        )
      ))
      return yield* act(yield* simulator.member("zhangsan", { corpId: "ww1" }))
    })))

  it("are served by fetch", async () => {
    await using wecom = createWeCom(one)
    const heard: Array<string> = []
    const callbacks = served(wecom, heard)
    await callbacks.ready()
    const { replyText } = await deliver(callbacks.fetch, (member) => member.sendText("在吗"))
    assert.include(replyText, "zhangsan 说：在吗")
    await deliver(callbacks.fetch, (member) => member.enter())
    assert.deepStrictEqual(heard, ["event/enter_agent"])
    const status = async (url: string, init?: RequestInit) => (await callbacks.fetch(new Request(url, init))).status
    assert.strictEqual(await status("http://localhost/other"), 404)
    assert.strictEqual(await status("http://localhost/callback", { method: "PUT" }), 405)
    assert.strictEqual(await status("http://localhost/callback?msg_signature=x&timestamp=1&nonce=2&echostr=3"), 403)
    await wecom.close()
    assert.strictEqual(await status("http://localhost/callback"), 503)
  })

  it("are served by node:http", async () => {
    await using wecom = createWeCom(one)
    const heard: Array<string> = []
    const server = createServer(served(wecom, heard).node)
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo // it listens on a port
    const send = async (request: Request) => {
      const { pathname, search } = new URL(request.url)
      const body = request.method === "POST" ? { body: await request.text() } : {}
      return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method: request.method, ...body })
    }
    try {
      const { replyText } = await deliver(send, (member) => member.sendText("在吗"))
      assert.include(replyText, "zhangsan 说：在吗")
      await deliver(send, (member) => member.enter())
      assert.deepStrictEqual(heard, ["event/enter_agent"])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it("say what is wrong with their account", async () => {
    await using wecom = createWeCom(one)
    const broken = wecom.callbacks({ token, encodingAesKey: "too-short", handlers: {}, fallback: () => {} })
    const error = await rejection(broken.ready())
    assert.instanceOf(error, CallbackError)
    assert.strictEqual(error.reason._tag, "AccountInvalid")
    assert.notInclude(String(error), "too-short")
    assert.strictEqual((await broken.fetch(new Request("http://localhost/"))).status, 503)
  })
})

describe("importing it", () => {
  it("loads no service; a call loads its own", () => {
    const script = `
      import { registerHooks } from "node:module"
      const loaded = []
      registerHooks({
        load: (url, context, next) => {
          loaded.push(url)
          return next(url, context)
        }
      })
      const { createWeCom } = await import("effect-wecom/promise")
      const services = () => loaded.flatMap((url) => /\\/src\\/(?:contacts|messages|oa|media|node)\\/(\\w+)\\.ts$/.exec(url)?.[1] ?? [])
      const before = services()
      const wecom = createWeCom({ corpId: "ww1", secret: "one", baseUrl: "http://127.0.0.1:1" })
      await wecom.departments.list().catch((error) => console.log(error.reason._tag))
      await wecom.close()
      console.log(JSON.stringify([before, services().sort()]))`
    const [tag, lists = ""] = execFileSync(
      process.execPath,
      ["--conditions=effect-wecom-source", "--input-type=module", "--eval", script],
      { cwd: fileURLToPath(new URL("../..", import.meta.url)), encoding: "utf8" }
    ).trim().split("\n")
    assert.strictEqual(tag, "TransportFailed")
    const [before, after]: [ReadonlyArray<string>, ReadonlyArray<string>] = JSON.parse(lists)
    assert.notIncludeMembers([...before], ["Departments", "Messages", "NodeClient"])
    assert.includeMembers([...after], ["Departments", "NodeClient"])
    assert.notIncludeMembers([...after], ["Users", "Messages"])
  })
})
