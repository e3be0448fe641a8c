import { NodeRuntime } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { SimulatorServer } from "effect-wecom/simulator/server"
import { HttpServer } from "effect/http"

/** A WeCom for every program on this machine, in any language: its address takes the place of https://qyapi.weixin.qq.com. */
const server = Layer.unwrap(Effect.gen(function*() {
  const port = yield* Config.withDefault(Config.Port("PORT"), 8788)
  return SimulatorServer.layer({
    port,
    corps: [{
      corpId: "wwdevelopment",
      apps: [{
        agentId: 1000002,
        secret: "development-secret",
        callback: {
          url: "http://127.0.0.1:8080/wecom/callback",
          token: "developmentToken",
          encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
        }
      }],
      departments: [{ id: 2, name: "研发部" }],
      members: [
        { userid: "zhangsan", name: "张三", department: [2] },
        { userid: "lisi", name: "李四", department: [2] }
      ]
    }]
  })
}))

const said = Layer.effectDiscard(HttpServer.addressFormattedWith((url) => Effect.log(`WeCom is simulated at ${url}`)))

Layer.launch(Layer.provide(said, server)).pipe(NodeRuntime.runMain)
