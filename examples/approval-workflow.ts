import { NodeCrypto, NodeHttpClient, NodeHttpServer, NodeRuntime } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { Config, Effect, Layer, Schema } from "effect"
import { WeComClient, WeComError } from "effect-wecom"
import { CallbackInbox } from "effect-wecom/callback"
import { ApprovalEvents } from "effect-wecom/callback/events"
import { Message, Messages } from "effect-wecom/messages"
import { NodeCallbackCrypto } from "effect-wecom/node"
import { ApprovalStatus } from "effect-wecom/oa/approvals"
import { TokenCache } from "effect-wecom/token"
import { ClusterWorkflowEngine, SingleRunner } from "effect/cluster"
import { HttpRouter } from "effect/http"
import { Activity, DurableClock, DurableDeferred, Workflow } from "effect/workflow"
import { createServer } from "node:http"
import { receiving } from "./callback-inbox.ts"

// #region steps
/** One application, from its submission to its end: however long that takes, and however often the process restarts. */
export const Approval = Workflow.make("Approval", {
  payload: { sp_no: Schema.String, applicant: Schema.String },
  success: Schema.Literals(["decided", "forgotten"]),
  error: WeComError,
  idempotencyKey: ({ sp_no }) => sp_no
})

/** What an application was decided to be: an {@link ApprovalStatus}. */
const Decision = DurableDeferred.make("Decision", { success: Schema.Int })

/** What is done about an application. A step that has been done is not done again after a restart. */
export const approvalSteps = Approval.toLayer(Effect.fnUntraced(function*({ applicant, sp_no }) {
  const tell = (step: string, text: string) =>
    Activity.make({
      name: step,
      error: WeComError,
      execute: Effect.gen(function*() {
        const messages = yield* Messages
        // A process that dies right after sending does it again: WeCom then drops the second message.
        yield* messages.send(Message.text(text).to({ users: [applicant] }, { enable_duplicate_check: true }))
      })
    }).pipe(Activity.retry({ times: 5 }))

  const outcome = yield* DurableDeferred.raceAll({
    name: "outcome",
    success: Schema.Union([Schema.Int, Schema.Null]),
    error: Schema.Never,
    effects: [
      DurableDeferred.await(Decision),
      Effect.as(DurableClock.sleep({ name: "patience", duration: "2 days" }), null)
    ]
  })
  if (outcome === null) {
    yield* tell("forgotten", `申请 ${sp_no} 提交两天仍未处理，请联系审批人。`)
    return "forgotten"
  }
  yield* tell("decided", `申请 ${sp_no} ${ApprovalStatus.label(outcome)}。`)
  return "decided"
}))
// #endregion

// #region following
/** Starts the workflow when an application was submitted, and tells it when the application is decided. */
export const following = CallbackInbox.layerWorker({
  handlers: {
    "event/sys_approval_change": Effect.fnUntraced(function*({ ApprovalInfo: info }) {
      const payload = { sp_no: info.SpNoStr ?? info.SpNo ?? "", applicant: info.Applyer?.UserId ?? "" }
      if (info.StatuChangeEvent === ApprovalEvents.ApprovalChange.Submitted) {
        // An application has one workflow, however often this is called.
        yield* Approval.execute(payload, { discard: true })
      } else if (info.SpStatus !== ApprovalStatus.Pending) {
        const token = yield* DurableDeferred.tokenFromPayload(Decision, { workflow: Approval, payload })
        yield* DurableDeferred.succeed(Decision, { token, value: info.SpStatus })
      }
    })
  },
  fallback: (event) => Effect.log(`not handled: ${event}`)
})
// #endregion

/** Workflows in a database. Several processes: `NodeClusterSocket.layer()` in place of `SingleRunner.layer()`. */
export const engine = ClusterWorkflowEngine.layer.pipe(Layer.provideMerge(SingleRunner.layer()))

if (import.meta.main) {
  const account = Config.all({
    token: Config.Redacted("WECOM_CALLBACK_TOKEN"),
    encodingAesKey: Config.Redacted("WECOM_CALLBACK_AES_KEY"),
    receiveIds: Config.map(Config.NonEmptyString("WECOM_CORP_ID"), (corpId) => [corpId])
  })
  const routes = Layer.unwrap(Effect.map(account, (accounts) => receiving({ path: "/wecom/callback", accounts })))
  Layer.mergeAll(HttpRouter.serve(routes), following, approvalSteps).pipe(
    Layer.provide([engine, CallbackInbox.layerSql(), Messages.layer]),
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
    Layer.provide([TokenCache.layerMemory, NodeCallbackCrypto.layer, NodeCrypto.layer]),
    Layer.provide(PgClient.layerConfig({ url: Config.Redacted("DATABASE_URL") })),
    Layer.provide(NodeHttpClient.layerUndici),
    Layer.provide(NodeHttpServer.layerConfig(createServer, { port: Config.withDefault(Config.Port("PORT"), 8080) })),
    Layer.launch,
    NodeRuntime.runMain
  )
}
