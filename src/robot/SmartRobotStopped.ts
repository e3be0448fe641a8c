/**
 * How the long connection of a 智能机器人 is doing.
 */
import * as Schema from "effect/Schema"

/** The bot no longer connects, for good. */
export class SmartRobotStopped
  extends Schema.TaggedError<SmartRobotStopped>("effect-wecom/SmartRobotStopped")("SmartRobotStopped", {
    botId: Schema.String,
    /**
     * - `Replaced`: a process that does not share the lease has connected as the same bot. Stop it, then `resume`.
     * - `CredentialRejected`: the bot id or the secret is wrong (853000).
     * - `GivenUp`: the schedule of reconnecting has ended.
     */
    reason: Schema.Literals(["Replaced", "CredentialRejected", "GivenUp"]),
    description: Schema.String
  })
{
  override get message(): string {
    return `bot ${this.botId}: ${this.description}`
  }
}

/** How the long connection is doing. */
export type SmartRobotState =
  /** Another process holds the connection, or none yet. */
  | { readonly _tag: "Standby" }
  /** This process holds the lease, and connects. */
  | { readonly _tag: "Connecting"; readonly epoch: number }
  /** WeCom wants to be left alone for some minutes (45009). */
  | { readonly _tag: "Waiting"; readonly epoch: number }
  /** Subscribed, since a moment in milliseconds of the epoch. */
  | { readonly _tag: "Connected"; readonly epoch: number; readonly since: number }
  /** It no longer connects. */
  | { readonly _tag: "Stopped"; readonly error: SmartRobotStopped }
