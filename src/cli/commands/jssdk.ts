/**
 * `wecom jssdk`: what a page needs for the JS-SDK.
 */
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { JsSdk } from "../../identity/JsSdk.ts"
import { withClient } from "../client.ts"
import { json } from "../output.ts"

const sign = Command.make("sign", {
  url: Argument.String("url").pipe(Argument.withDescription("The page's own, as the browser shows it.")),
  agent: Flag.Boolean("agent").pipe(
    Flag.withDefault(false),
    Flag.withDescription("For wx.agentConfig, with the app's ticket. Default: for wx.config.")
  )
}, ({ agent, url }) =>
  Effect.gen(function*() {
    const { signAgentConfig, signConfig } = yield* JsSdk
    yield* json(yield* agent ? signAgentConfig(url) : signConfig(url))
  }).pipe(Effect.provide(JsSdk.layer), withClient())).pipe(
    Command.withDescription("Sign a page for wx.config or wx.agentConfig")
  )

/** `wecom jssdk`. */
export const command = Command.make("jssdk").pipe(
  Command.withDescription("JS-SDK: sign a page"),
  Command.withSubcommands([sign])
)
