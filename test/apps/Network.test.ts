import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { Network } from "../../src/apps/Network.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { cannedClient } from "../support/canned.ts"

describe("addresses", () => {
  it("are compared part by part, with * for any", () => {
    const list = ["101.226.103.*", "10.*.0.1", "163.177.87.246"]
    for (const address of ["101.226.103.0", "101.226.103.255", "10.9.0.1", "163.177.87.246"]) {
      assert.isTrue(Network.isWithin(address, list), address)
    }
    for (const address of ["101.226.104.1", "10.9.0.2", "163.177.87.24", "101.226.103", "::1", ""]) {
      assert.isFalse(Network.isWithin(address, list), address)
    }
    assert.isFalse(Network.isWithin("101.226.103.1", []))
  })

  it.effect("come without an errcode from older servers, and with a fresh token where it has ended", () => {
    let tokens = 0
    const client = cannedClient(({ path, query }) =>
      path === "/cgi-bin/gettoken"
        ? { errcode: 0, access_token: `T${++tokens}`, expires_in: 7200 }
        : query.get("access_token") === "T1"
        ? { ip_list: [], errcode: 42001, errmsg: "access_token expired" }
        : { ip_list: ["101.226.103.*"] }
    )
    const layer = Network.layer.pipe(
      Layer.provide(WeComClient.layer(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("hush") }))),
      Layer.provide([TokenCache.layerMemory, client.layer])
    )
    return Effect.gen(function*() {
      const network = yield* Network
      assert.deepStrictEqual(yield* network.getCallbackIps(), ["101.226.103.*"])
      assert.deepStrictEqual(yield* network.getApiIps(), ["101.226.103.*"])
      assert.strictEqual(tokens, 2)
    }).pipe(Effect.provide(layer))
  })
})

it.effect("the simulator's own address is one of its callbacks' addresses", () =>
  Effect.gen(function*() {
    const addresses = yield* Network.use((network) => network.getCallbackIps())
    assert.isTrue(Network.isWithin("127.0.0.1", addresses))
    assert.isNotEmpty(yield* Network.use((network) => network.getApiIps()))
  }).pipe(Effect.provide(Layer.provideMerge(Network.layer, Simulator.layerTest()))))
