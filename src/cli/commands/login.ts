/**
 * `wecom login`: asks for an app's credentials, verifies them, and keeps them in a profile.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Prompt from "effect/cli/Prompt"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stdio from "effect/Stdio"
import { TokenCache } from "../../token/TokenCache.ts"
import { WeComApp } from "../../WeComApp.ts"
import { WeComClient } from "../../WeComClient.ts"
import { failing, layerHttp } from "../client.ts"
import { misconfigured } from "../failure.ts"
import { say } from "../output.ts"
import { ProfileFlag, readProfiles, settings, writeProfiles } from "../settings.ts"

const validate = (value: string) =>
  value.trim() === "" ? Effect.fail("A value is needed.") : Effect.succeed(value.trim())

/** `wecom login`. */
export const command = Command.make("login", {
  noVerify: Flag.Boolean("no-verify").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Keep the credentials without asking WeCom for a token.")
  )
}, ({ noVerify }) =>
  Effect.gen(function*() {
    const { stdinIsTerminal } = yield* Stdio.Stdio
    const interactive = yield* stdinIsTerminal
    const name = Option.getOrElse(yield* ProfileFlag, () => "default")
    // Read first: a file that is not safe is told before anything is asked.
    const profiles = yield* readProfiles
    const known = yield* settings.pipe(
      Effect.provideService(ProfileFlag, profiles.profiles[name] === undefined ? Option.none() : Option.some(name))
    )
    const fresh = (key: "corpId" | "secret" | "agentId") => known.from[key]?.startsWith("the profile") !== true
    if (!interactive && (known.corpId === undefined || known.secret === undefined)) {
      return yield* Effect.fail(
        misconfigured(
          "credentials are missing, and standard input is not a terminal to ask on",
          "Set WECOM_CORP_ID, WECOM_CORP_SECRET and WECOM_AGENT_ID, then run `wecom login` again."
        )
      )
    }
    const corpId = known.corpId !== undefined && fresh("corpId")
      ? known.corpId
      : interactive
      ? yield* Prompt.run(Prompt.String({ message: "Corp id (我的企业 > 企业信息 > 企业ID)", validate }))
      : known.corpId ?? ""
    const agentId = known.agentId !== undefined && fresh("agentId")
      ? known.agentId
      : interactive
      ? yield* Effect.map(
        Prompt.run(Prompt.String({
          message: "Agent id (应用管理 > the app > AgentId; empty for 通讯录同步 and its like)",
          validate: (value) =>
            /^\d*$/.test(value.trim()) ? Effect.succeed(value.trim()) : Effect.fail("Digits are expected.")
        })),
        (text) => text === "" ? undefined : Number(text)
      )
      : known.agentId
    const secret = known.secret !== undefined && fresh("secret")
      ? known.secret
      : yield* Prompt.run(Prompt.Hidden({ message: "Secret (it is not shown)", validate }))
    const { baseUrl } = known
    if (!noVerify) {
      yield* WeComClient.verify(WeComApp.secret({ corpId, secret, agentId, baseUrl })).pipe(
        Effect.provide(Layer.merge(TokenCache.layerMemory, layerHttp)),
        failing
      )
    }
    const file = yield* writeProfiles({
      current: name,
      profiles: {
        ...profiles.profiles,
        [name]: {
          ...profiles.profiles[name],
          corpId,
          secret,
          ...(agentId !== undefined && { agentId }),
          ...(baseUrl !== undefined && { baseUrl }),
          ...(known.robotKey !== undefined && { robotKey: known.robotKey }),
          ...(known.callbackToken !== undefined && { callbackToken: known.callbackToken }),
          ...(known.callbackAesKey !== undefined && { callbackAesKey: known.callbackAesKey })
        }
      }
    })
    yield* say(`${noVerify ? "Kept" : "Verified and kept"} as the profile ${name} in ${file}, for you alone to read.`)
  })).pipe(
    Command.withDescription(
      "Keep an app's credentials in a profile, after verifying them.\n\nAsks for what is not set by flags or the environment. " +
        "--profile names the profile. Default: default."
    ),
    Command.withShortDescription("Keep an app's credentials in a profile")
  )
