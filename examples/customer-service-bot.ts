import { NodeHttpClient, NodeHttpServer, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Config, Effect, Layer, Semaphore, Stream } from "effect"
import { TokenCache, WeComClient, WeComError } from "effect-wecom"
import { CallbackRouter } from "effect-wecom/callback"
import {
  KfAccounts,
  KfMessage,
  KfMessages,
  type KfReceived,
  KfServicers,
  KfServicerStatus,
  KfSessions,
  KfSessionState
} from "effect-wecom/customer-service"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter } from "effect/http"
import { KeyValueStore } from "effect/persistence"
import { createServer } from "node:http"

/** Where the bot left off in each account: kept in a store, so that a new start continues from there. */
export const cursors = Effect.map(
  KeyValueStore.KeyValueStore,
  (store) => KeyValueStore.prefix(store, "kf-cursor-")
)

const menu = KfMessage.menu({
  head_content: "您好，请问您要了解什么？",
  list: [KfMessage.click("delivery", "发货时间"), KfMessage.click("human", "转人工")]
})

/** What the bot knows: nothing but this. */
const answerTo = (question: string): KfMessage.KfEventMessage =>
  question.includes("发货") ? KfMessage.text("下单后 48 小时内发货。") : menu

interface Customer {
  readonly open_kfid: string
  readonly external_userid: string
}

/** Hands a customer to a servicer who takes sessions, or to the queue if nobody does. */
const handOver = Effect.fn("handOver")(function*(customer: Customer) {
  const messages = yield* KfMessages
  const servicers = yield* KfServicers
  const sessions = yield* KfSessions
  const all = yield* servicers.list({ open_kfid: customer.open_kfid })
  const servicer_userid = all.find(({ status, userid }) => userid && status === KfServicerStatus.Serving)?.userid
  const code = yield* sessions.changeState(
    servicer_userid === undefined
      ? { ...customer, service_state: KfSessionState.Queued }
      : { ...customer, service_state: KfSessionState.Servicer, servicer_userid }
  )
  if (code === undefined) return
  const wait = servicer_userid === undefined ? "客服正忙，请稍候。" : "正在为您转接。"
  yield* messages.sendOnEvent({ code, ...KfMessage.text(wait) })
})

/** The same reply to the same message: if a page is read again, nobody gets a reply twice. */
const answer = Effect.fn("answer")(function*(customer: Customer, msgid: string, message: KfMessage.KfMessage) {
  const messages = yield* KfMessages
  const { external_userid: touser, open_kfid } = customer
  yield* messages.send({ open_kfid, touser, msgid: `re-${msgid.slice(-29)}`, ...message })
})

/** Replies to what a customer wrote, and greets new ones. */
const react = Effect.fn("react")(function*(received: KfReceived.KfReceived) {
  if (received.msgtype === "event") {
    const { event } = received
    if (event.event_type === "enter_session" && event.welcome_code !== undefined) {
      const messages = yield* KfMessages
      yield* messages.sendOnEvent({ code: event.welcome_code, ...menu })
    }
    return
  }
  if (received.msgtype === "Unknown" || received.servicer_userid !== undefined) return
  const { external_userid = "", msgid, open_kfid = "" } = received
  const customer = { open_kfid, external_userid }
  if (received.msgtype !== "text") return yield* answer(customer, msgid, KfMessage.text("请用文字描述您的问题。"))
  const { content, menu_id } = received.text
  if (menu_id === "human" || content.includes("人工")) return yield* handOver(customer)
  yield* answer(customer, msgid, answerTo(content))
})

/** Answered before, out of time or out of turn: what must not hold up the messages after. */
const settled = [
  41050, // the code was used, or came too late
  95001, // five answers were sent
  95002, // the customer wrote more than 48 hours ago
  95013, // the session has ended
  95016, // the session is where it is to go
  95018, // a servicer answers
  95033 // this very answer was sent
]

/** Reads what is new in an account and answers it. A page counts as read when all of it is answered. */
export const catchUp = Effect.fn("catchUp")(function*(open_kfid: string, token?: string) {
  const { get, set } = yield* cursors
  const messages = yield* KfMessages
  const cursor = yield* get(open_kfid)
  yield* messages.syncAllPages({ open_kfid, token, cursor }).pipe(
    Stream.runForEach(({ msg_list, next_cursor }) =>
      Effect.forEach(
        msg_list,
        (received) =>
          WeComError.catchCode(
            settled,
            (error) => Effect.logDebug(`not answered: ${error.message}`)
          )(react(received)),
        { discard: true }
      ).pipe(
        Effect.andThen(next_cursor === undefined ? Effect.void : set(open_kfid, next_cursor))
      )
    )
  )
})

/** Messages that came while the program was not running: no callback announces them again. */
const catchUpAll = Effect.gen(function*() {
  const accounts = yield* KfAccounts
  yield* accounts.listAll().pipe(
    Stream.filter(({ manage_privilege }) => manage_privilege === true),
    Stream.runForEach(({ open_kfid }) => catchUp(open_kfid))
  )
})

/** The callback URL of the app. One account is read by one fiber at a time, so that nothing is read twice. */
export const callbacks = (options: Pick<CallbackRouter.Options<never, never, never>, "path" | "accounts">) =>
  Layer.unwrap(Effect.gen(function*() {
    const turn = yield* Semaphore.make(1)
    yield* turn.withPermits(1)(catchUpAll).pipe(Effect.ignore({ log: "Warn" }), Effect.forkScoped)
    return CallbackRouter.layer({
      ...options,
      handlers: {
        "event/kf_msg_or_event": ({ OpenKfId, Token }) => turn.withPermits(1)(catchUp(OpenKfId, Token))
      },
      fallback: () => Effect.void
    })
  }))

/** What the handlers call. */
export const services = Layer.mergeAll(KfAccounts.layer, KfMessages.layer, KfServicers.layer, KfSessions.layer)

if (import.meta.main) {
  const account = Config.all({
    token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
    encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
    receiveIds: Config.map(Config.NonEmptyString("WECOM_CORP_ID"), (corpId) => [corpId])
  })
  const routes = Layer.unwrap(Effect.map(account, (accounts) => callbacks({ path: "/wecom/callback", accounts })))
  HttpRouter.serve(routes).pipe(
    Layer.provide([services, KeyValueStore.layerFileSystem("kf-cursors")]),
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
    Layer.provide([TokenCache.layerMemory, NodeCallbackCrypto.layer]),
    Layer.provide(NodeHttpClient.layerUndici),
    Layer.provide([NodeServices.layer, NodeHttpServer.layer(createServer, { port: 8080 })]),
    Layer.launch,
    NodeRuntime.runMain
  )
}
