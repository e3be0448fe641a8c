import { NodeHttpClient, NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { Config, DateTime, Effect, Layer, Schedule } from "effect"
import { TokenCache, WeComClient, WeComError } from "effect-wecom"
import { type CallbackEvent, CallbackRouter } from "effect-wecom/callback"
import { Attachment, Customers, WelcomeMessages } from "effect-wecom/customers"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { HttpRouter } from "effect/http"
import { createServer } from "node:http"

type Added = CallbackEvent.ByKey["event/change_external_contact/add_external_contact"]

/** A customer may be greeted this long after the event. */
const window = { seconds: 20 }

/** The customer's name, if it is known in time. */
const nameOf = Effect.fn("nameOf")(
  function*(external_userid: string) {
    const customers = yield* Customers
    const { external_contact } = yield* customers.get({ external_userid })
    return external_contact.name
  },
  Effect.timeoutOrElse({ duration: "3 seconds", orElse: () => Effect.undefined }),
  Effect.orElseSucceed(() => undefined)
)

/** Greets a new customer, unless somebody else does or it is too late. Says whether it did. */
export const greet = Effect.fn("greet")(function*({ CreateTime, ExternalUserID, State, WelcomeCode }: Added) {
  if (WelcomeCode === undefined) return false // the member has a greeting of their own
  const welcome = yield* WelcomeMessages
  const name = yield* nameOf(ExternalUserID)
  const left = DateTime.distance(yield* DateTime.now, DateTime.addDuration(CreateTime, window))

  return yield* welcome.send({
    welcome_code: WelcomeCode,
    text: { content: `${name ?? ""}您好！${State === "fair" ? "很高兴在展会上认识您。" : "有问题随时找我。"}` },
    attachments: [
      Attachment.link({
        title: "新客户指南",
        desc: "五分钟了解我们",
        url: "https://example.com/guide"
      })
    ]
  }).pipe(
    // Another app is at it, and may yet fail.
    Effect.retry({ while: ({ errcode }) => errcode === 41096, schedule: Schedule.spaced("1 second") }),
    Effect.as(true),
    // Another app did it, or the customer has begun to write.
    WeComError.catchCode(41051, () => Effect.succeed(false)),
    Effect.timeoutOrElse({ duration: left, orElse: () => Effect.succeed(false) }),
    Effect.tapError((error) => Effect.logWarning(`${ExternalUserID} is not greeted`, error))
  )
})

/** The callback URL of the app. */
export const callbacks = (options: Pick<CallbackRouter.Options<never, never, never>, "path" | "accounts">) =>
  CallbackRouter.layer({
    ...options,
    handlers: { "event/change_external_contact/add_external_contact": (event) => Effect.asVoid(greet(event)) },
    fallback: () => Effect.void
  })

/** What the handlers call. */
export const services = Layer.mergeAll(Customers.layer, WelcomeMessages.layer)

if (import.meta.main) {
  const account = Config.all({
    token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
    encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
    receiveIds: Config.map(Config.NonEmptyString("WECOM_CORP_ID"), (corpId) => [corpId])
  })
  const routes = Layer.unwrap(
    Effect.map(account, (accounts) => callbacks({ path: "/wecom/callback", accounts }))
  )
  HttpRouter.serve(routes).pipe(
    Layer.provide(services),
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
    Layer.provide([TokenCache.layerMemory, NodeCallbackCrypto.layer]),
    Layer.provide(NodeHttpClient.layerUndici),
    Layer.provide(NodeHttpServer.layer(createServer, { port: 8080 })),
    Layer.launch,
    NodeRuntime.runMain
  )
}
