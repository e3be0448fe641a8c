/**
 * The examples that only the guides show, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Redacted } from "effect"
import { HttpServer } from "effect/http"
import { createServer, request } from "node:http"
import { agreedIn, archived } from "../../examples/chat-archive.ts"
import * as proxy from "../../examples/proxy.ts"
import { ChatArchive } from "../../src/chat-archive/ChatArchive.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { agree, archiveMember } from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

describe("examples/chat-archive.ts", () => {
  it.effect("lists who is archived, and the outsiders who agreed", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      yield* archiveMember(world, { userid: "zhangsan", edition: 1 })
      yield* agree(world, { external_userid: "wm1", status: "Agree", with: { roomid: "wr1" } })
      yield* agree(world, { external_userid: "wm2", status: "Disagree", with: { roomid: "wr1" } })
      yield* agree(world, { external_userid: "wm3", status: "Default_Agree", with: { roomid: "wr1" } })
      assert.deepStrictEqual(yield* archived, ["zhangsan"])
      assert.deepStrictEqual(yield* agreedIn("wr1"), ["wm1", "wm3"])
    }).pipe(Effect.provide(Layer.provideMerge(ChatArchive.layer, Simulator.layerTest()))))
})

/** A proxy that hands requests on, and remembers where they lead. */
const forwarding = Effect.acquireRelease(
  Effect.callback<{ readonly url: string; readonly targets: ReadonlyArray<string>; readonly close: () => void }>(
    (resume) => {
      const targets: Array<string> = []
      // To a server without TLS, a proxy is sent the whole address instead of a CONNECT.
      const server = createServer((incoming, response) => {
        targets.push(incoming.url ?? "")
        const onward = request(incoming.url ?? "", { method: incoming.method, headers: incoming.headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
        })
        onward.on("error", () => response.destroy())
        incoming.pipe(onward)
      })
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        if (address === null || typeof address === "string") throw new Error("no port")
        resume(Effect.succeed({ url: `http://127.0.0.1:${address.port}`, targets, close: () => void server.close() }))
      })
    }
  ),
  ({ close }) => Effect.sync(close)
)

describe("examples/proxy.ts", () => {
  it.live("calls through the proxy", () =>
    Effect.gen(function*() {
      const { targets, url } = yield* forwarding
      const [{ agentId, secret } = assert.fail("the simulated corp has no app")] = defaultCorp.apps
      const list = yield* HttpServer.addressFormattedWith((simulator) =>
        Departments.use((departments) => departments.list()).pipe(
          Effect.provide(proxy.departments),
          Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown({
            WECOM_PROXY: url,
            WECOM_BASE_URL: simulator,
            WECOM_CORP_ID: defaultCorp.corpId,
            WECOM_CORP_SECRET: Redacted.isRedacted(secret) ? Redacted.value(secret) : secret,
            WECOM_AGENT_ID: `${agentId}`
          })))
        )
      )
      assert.isAbove(list.length, 0)
      assert.deepStrictEqual(
        targets.map((target) => new URL(target).pathname),
        ["/cgi-bin/gettoken", "/cgi-bin/department/list"]
      )
    }).pipe(Effect.scoped, Effect.provide(SimulatorServer.layer({ corps: [defaultCorp] }))))
})
