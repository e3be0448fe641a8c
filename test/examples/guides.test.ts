/**
 * The examples that only the guides show, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Redacted } from "effect"
import { HttpServer } from "effect/http"
import { createServer } from "node:http"
import { connect } from "node:net"
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

/** A proxy that only hands connections on, and remembers to where. */
const connecting = Effect.acquireRelease(
  Effect.callback<{ readonly url: string; readonly targets: ReadonlyArray<string>; readonly close: () => void }>(
    (resume) => {
      const targets: Array<string> = []
      const server = createServer()
      server.on("connect", ({ url = "" }, socket, head) => {
        targets.push(url)
        const { hostname, port } = new URL(`http://${url}`)
        const onward = connect(Number(port), hostname, () => {
          socket.write("HTTP/1.1 200 Connection Established\r\n\r\n")
          onward.write(head)
          onward.pipe(socket).pipe(onward)
        })
        onward.on("error", () => socket.destroy())
        socket.on("error", () => onward.destroy())
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
      const { targets, url } = yield* connecting
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
      assert.isAbove(targets.length, 0)
    }).pipe(Effect.scoped, Effect.provide(SimulatorServer.layer({ corps: [defaultCorp] }))))
})
