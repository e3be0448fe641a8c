/**
 * The first ten minutes without a corp: a simulated WeCom with its page, a first message, a first callback. Ends by itself, or with
 * `--stay` when you end it.
 */
// #region quickstart
import { Effect, ManagedRuntime } from "effect"
import { CallbackReply } from "effect-wecom/callback"
import { Message } from "effect-wecom/messages"
import { createWeCom } from "effect-wecom/promise"
import { Simulator } from "effect-wecom/simulator"
import { SimulatorServer } from "effect-wecom/simulator/server"
import { HttpServer } from "effect/http"
import { createServer } from "node:http"

const callback = { token: "aToken", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" }
const port = Number(process.env["PORT"] ?? 8080)
const stay = process.argv.includes("--stay")

// A WeCom on this machine: a corp with an app, whose callbacks go to `port`, and a member.
const simulator = ManagedRuntime.make(SimulatorServer.layer({
  port: stay ? 8788 : 0,
  corps: [{
    corpId: "ww1",
    apps: [{ agentId: 1000002, secret: "a-secret", callback: { ...callback, url: `http://127.0.0.1:${port}/wecom` } }],
    members: [{ userid: "zhangsan", name: "张三", department: [1] }]
  }]
}))
const baseUrl = await simulator.runPromise(HttpServer.addressFormattedWith(Effect.succeed))
const page = await fetch(`${baseUrl}/_simulator`)
console.log(`1. WeCom is simulated. Its page: ${baseUrl}/_simulator (HTTP ${page.status})`)

// The client: without `baseUrl`, and with the values of your app, it calls the real WeCom.
const wecom = createWeCom({ corpId: "ww1", secret: "a-secret", agentId: 1000002, baseUrl })
const { msgid } = await wecom.messages.send(Message.text("你好").to({ users: ["zhangsan"] }))
console.log(`2. The first message: ${msgid}`)

// The callback URL: the member writes, and is answered.
const callbacks = wecom.callbacks({
  ...callback,
  handlers: { text: ({ Content }) => CallbackReply.text(`收到：${Content}`) },
  fallback: (event) => console.log(`not handled: ${event}`)
})
const backend = createServer(callbacks.node)
await new Promise<void>((resolve) => void backend.listen(port, "127.0.0.1", resolve))
const { replyText } = await simulator.runPromise(
  Simulator.use(({ member }) => Effect.flatMap(member("zhangsan"), (zhangsan) => zhangsan.sendText("在吗")))
)
console.log(`3. The first callback was answered: ${/<Content><!\[CDATA\[(.*?)\]\]>/.exec(replyText ?? "")?.[1]}`)
// #endregion

if (!stay) {
  backend.close()
  backend.closeAllConnections()
  await wecom.close()
  await simulator.dispose()
}
