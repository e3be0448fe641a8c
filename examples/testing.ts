import { Effect, Layer, Redacted } from "effect"
import { CallbackRouter } from "effect-wecom/callback"
import { Departments } from "effect-wecom/contacts"
import { Message, Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { Fault, Simulator } from "effect-wecom/simulator"

const corpId = "ww1234567890abcdef"
const token = "callbackToken"
const encodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

/** The backend that is tested: it acknowledges at once, and sends a message of its own. */
const backend = CallbackRouter.layer({
  path: "/wecom/callback",
  accounts: { token: Redacted.make(token), encodingAesKey: Redacted.make(encodingAesKey), receiveIds: [corpId] },
  handlers: {
    text: Effect.fnUntraced(function*({ Content, FromUserName }) {
      const messages = yield* Messages
      yield* messages.send(Message.text(`已受理：${Content}`).to({ users: [FromUserName] }))
    })
  },
  fallback: () => Effect.void
})

// #region world
/** A corp with an app, and the backend that the app's callbacks reach: no socket in either direction. */
export const wecom = Simulator.layerBackend(backend).pipe(
  Layer.provideMerge(Layer.mergeAll(Messages.layer, Departments.layer)),
  Layer.provideMerge(Simulator.layerTest({
    corps: [{
      corpId,
      apps: [{
        agentId: 1000002,
        secret: "app-secret",
        callback: { url: "http://backend.test/wecom/callback", token, encodingAesKey }
      }],
      departments: [{ id: 2, name: "客服部" }],
      members: [{ userid: "zhangsan", name: "张三", department: [2] }]
    }]
  })),
  Layer.provideMerge(NodeCallbackCrypto.layer)
)
// #endregion

// #region member
/** A member writes to the app, and reads what comes back. */
export const conversation = Effect.gen(function*() {
  const { member } = yield* Simulator
  const zhangsan = yield* member("zhangsan")
  const { acknowledged, reply } = yield* zhangsan.sendText("报修")
  const received = yield* zhangsan.inbox
  return { acknowledged, reply, texts: received.map(({ content }) => content) }
})
// #endregion

// #region faults
/** What goes wrong on purpose: here the next sending is refused, and nothing is sent. */
export const refusal = Effect.gen(function*() {
  const { calls, inject } = yield* Simulator
  yield* inject({ endpoint: "/cgi-bin/message/send", fault: Fault.errcode(48002), times: 1 })
  const messages = yield* Messages
  const error = yield* Effect.flip(messages.send(Message.text("通知").to({ users: ["zhangsan"] })))
  return { reason: error.reason._tag, calls: (yield* calls("/cgi-bin/message/send")).length }
})
// #endregion

// #region tokens
/** All tokens end now: the next call is refused with 42001, fetches a new one, and continues. */
export const renewal = Effect.gen(function*() {
  const { calls, expireTokens } = yield* Simulator
  const departments = yield* Departments
  yield* departments.list()
  yield* expireTokens()
  yield* departments.list()
  return (yield* calls("/cgi-bin/gettoken")).length
})
// #endregion
