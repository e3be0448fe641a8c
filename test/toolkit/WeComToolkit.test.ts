import { assert, describe, it } from "@effect/vitest"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { ask } from "../../examples/ai-tools.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import * as WeComToolkit from "../../src/toolkit/WeComToolkit.ts"

/** A model that calls one tool. */
const model = (name: string, params: object) =>
  Layer.effect(
    LanguageModel.LanguageModel,
    LanguageModel.make({
      generateText: () => Effect.succeed([{ type: "tool-call", id: "call-1", name, params }]),
      streamText: () => Stream.empty
    })
  )

const discovered = (
  policy: WeComToolkit.Policy,
  name: "call_endpoint",
  params: { name: string; input?: object; offset?: number }
) =>
  Effect.gen(function*() {
    const toolkit = yield* WeComToolkit.Discovery
    const results = yield* toolkit.handle(name, params as never) // what a model may send
    return yield* Stream.runLast(results).pipe(Effect.flatMap(Effect.fromOption))
  }).pipe(Effect.provide(WeComToolkit.layer(policy)), Effect.provide(Simulator.layerTest()))

describe("the tools in a model's hands", () => {
  it.effect("look a member up, and return it as plain JSON", () =>
    Effect.gen(function*() {
      const answer = yield* ask("Who is zhangsan?")
      const [returned] = answer.toolResults
      const { result } = (returned?.result ?? assert.fail("the tool returned nothing")) as { readonly result: object }
      assert.deepInclude(result, {
        userid: "zhangsan",
        name: "张三",
        department: [2],
        is_leader_in_dept: [false],
        status: 1
      })
    }).pipe(
      Effect.provide(model("call_endpoint", { name: "Users.get", input: { userid: "zhangsan" } })),
      Effect.provide(Simulator.layerTest())
    ))

  it.effect("find endpoints of what the policy leaves, and no others", () =>
    Effect.gen(function*() {
      const answer = yield* ask("How do I send a message?")
      const [result] = answer.toolResults
      assert.deepInclude(result?.result as object, { total: 0 })
    }).pipe(
      Effect.provide(model("search_endpoints", { query: "message/send" })),
      Effect.provide(Simulator.layerTest())
    ))
})

describe("a policy", () => {
  const endpoint = {
    name: "Messages.send",
    request: "POST /cgi-bin/message/send",
    area: "消息",
    module: "messages/Messages",
    writes: true,
    official: "发送应用消息"
  }

  it("allows reads, and the writes that it names", () => {
    assert.isTrue(WeComToolkit.allows({}, { ...endpoint, writes: false }))
    assert.isFalse(WeComToolkit.allows({}, endpoint))
    for (const name of ["Messages.send", "messages", "Messages", "消息", "*"]) {
      assert.isTrue(WeComToolkit.allows({ allowWrites: [name] }, endpoint), name)
    }
    assert.isFalse(WeComToolkit.allows({ allowWrites: ["contacts", ""] }, endpoint))
    assert.isFalse(WeComToolkit.allows({ allowWrites: ["*"], only: ["contacts"] }, endpoint))
  })

  it.effect("refuses without calling, and asks before what cannot be undone", () =>
    Effect.gen(function*() {
      const input = { name: "Users.delete", input: { userid: "lisi" } }
      const refused = yield* discovered({}, "call_endpoint", input)
      assert.isTrue(refused.isFailure)
      const declined = yield* discovered({ allowWrites: ["Users"] }, "call_endpoint", input).pipe(
        Effect.provideService(WeComToolkit.Confirmation, () => Effect.succeed(false))
      )
      assert.match(JSON.stringify(declined.encodedResult), /not confirmed/)
      const done = yield* discovered({ allowWrites: ["Users"] }, "call_endpoint", input)
      assert.isFalse(done.isFailure, JSON.stringify(done.encodedResult))
    }))

  it.effect("keeps tokens to itself", () =>
    Effect.gen(function*() {
      const { encodedResult } = yield* discovered({}, "call_endpoint", {
        name: "Credential.getToken",
        input: { corpid: "ww5a1d0e5c0ffee001", corpsecret: "simulated-app-secret-0123456789abcdefghijkl" }
      })
      assert.deepInclude((encodedResult as { result: object }).result, { access_token: "<redacted>" })
    }))

  it.effect("cuts long lists, says what is left out, and goes on from there", () =>
    Effect.gen(function*() {
      const call = (offset: number) => discovered({ items: 2 }, "call_endpoint", { name: "Departments.list", offset })
      const first = (yield* call(0)).encodedResult as { result: ReadonlyArray<object>; omitted?: ReadonlyArray<string> }
      assert.lengthOf(first.result, 2)
      assert.match(first.omitted?.[0] ?? "", /items 2 to 2 of 3/)
      const rest = (yield* call(2)).encodedResult as { result: ReadonlyArray<object>; omitted?: ReadonlyArray<string> }
      assert.lengthOf(rest.result, 1)
      assert.isUndefined(rest.omitted)
    }))
})

describe("a tool for each endpoint", () => {
  it.effect("takes the endpoint's fields, and refuses wrong ones with a reason", () =>
    Effect.gen(function*() {
      const { layer, toolkit } = yield* WeComToolkit.endpointTools(["Users.get", "Media.get"])
      assert.sameMembers(Object.keys(toolkit.tools), ["Users_get", "Media_get"])
      const built = yield* Effect.provide(toolkit, layer)
      const call = (params: unknown) =>
        Effect.flatMap(built.handle("Users_get", params as never), (results) =>
          // what a model may send
          Stream.runLast(results).pipe(
            Effect.flatMap(Effect.fromOption),
            Effect.map(({ encodedResult }) => JSON.stringify(encodedResult))
          ))
      assert.include(yield* call({ userid: "zhangsan" }), "张三")
      assert.include(yield* call({ user: "zhangsan" }), "describe_endpoint")
    }).pipe(Effect.provide(Simulator.layerTest())))
})
