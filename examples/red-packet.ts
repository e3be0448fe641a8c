import { NodeHttpClient, NodeRuntime, NodeServices } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Users } from "effect-wecom/contacts"
import { MerchantCertificate } from "effect-wecom/node"
import { MerchantPayments, RedPacketScene } from "effect-wecom/payments"
import { createHash } from "node:crypto"

// #region birthday
/** The number of a member's packet of a year: another one for each, whatever letters a userid has and how long it is. */
export const numberOf = (userid: string, year: number): string =>
  createHash("sha256").update(`birthday ${year} ${userid.toLowerCase()}`).digest("hex").slice(0, 28)

/**
 * A red packet for a member's birthday. Its number is made of who and when, so that the program may be run again, after
 * whatever failure: the same number is paid once.
 */
export const congratulate = Effect.fn("congratulate")(function*(userid: string, year: number) {
  const users = yield* Users
  const payments = yield* MerchantPayments
  const { openid } = yield* users.convertToOpenid({ userid })
  return yield* payments.settleRedPacket({
    mch_billno: numberOf(userid, year),
    re_openid: openid,
    total_amount: 888,
    wishing: "生日快乐",
    act_name: "生日红包",
    remark: "员工关怀",
    scene_id: RedPacketScene.Welfare
  })
})
// #endregion

if (import.meta.main) {
  const payments = MerchantPayments.layerConfig().pipe( // WECOM_MERCHANT_ID, WECOM_MERCHANT_KEY
    Layer.provide(MerchantCertificate.layerConfig()), // WECOM_MERCHANT_CERT, WECOM_MERCHANT_KEY_FILE
    Layer.provide(NodeServices.layer)
  )
  const users = Users.layer.pipe(
    Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )
  Effect.gen(function*() {
    const sent = yield* congratulate(yield* Config.NonEmptyString("MEMBER"), yield* Config.Int("YEAR"))
    yield* Console.log(`${sent.mch_billno} is sent: ${sent.send_listid}`)
  }).pipe(
    Effect.catchTag(
      "MerchantError",
      (error) =>
        Console.error(
          error.moved === "no" ? `not paid: ${error}` : `may be paid, ask again with the same number: ${error}`
        )
    ),
    Effect.provide(Layer.merge(payments, users)),
    NodeRuntime.runMain
  )
}
