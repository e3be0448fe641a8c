/**
 * Who calls: flags first, then the environment, then a profile of the profile file.
 */
import * as Flag from "effect/cli/Flag"
import * as GlobalFlag from "effect/cli/GlobalFlag"
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Option from "effect/Option"
import * as Path from "effect/Path"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type CliFailure, misconfigured } from "./failure.ts"

/** Which profile of the file to take. */
export const ProfileFlag = GlobalFlag.Setting("profile")({
  flag: Flag.optional(
    Flag.String("profile").pipe(
      Flag.withMetavar("NAME"),
      Flag.withDescription("The profile to use (WECOM_PROFILE). Default: the profile of the last `wecom login`.")
    )
  )
})

/** The corp. */
export const CorpIdFlag = GlobalFlag.Setting("corp-id")({
  flag: Flag.optional(
    Flag.String("corp-id").pipe(
      Flag.withMetavar("ID"),
      Flag.withDescription("The corp id, 企业ID (WECOM_CORP_ID).")
    )
  )
})

/** The app. */
export const AgentIdFlag = GlobalFlag.Setting("agent-id")({
  flag: Flag.optional(
    Flag.Int("agent-id").pipe(
      Flag.withMetavar("ID"),
      Flag.withDescription("The app's agent id, AgentId (WECOM_AGENT_ID).")
    )
  )
})

/** The server. */
export const BaseUrlFlag = GlobalFlag.Setting("base-url")({
  flag: Flag.optional(
    Flag.String("base-url").pipe(
      Flag.withMetavar("URL"),
      Flag.withDescription("The server (WECOM_BASE_URL). Default: https://qyapi.weixin.qq.com")
    )
  )
})

/** All flags that say who calls. */
export const settingFlags = [ProfileFlag, CorpIdFlag, AgentIdFlag, BaseUrlFlag] as const

const secret = Schema.optionalKey(Schema.RedactedFromValue(Schema.String))

/** What a profile may hold: all of it may come from the environment instead. */
export class Profile extends Schema.Opaque<Profile>()(Schema.Struct({
  corpId: Schema.optionalKey(Schema.String),
  secret,
  agentId: Schema.optionalKey(Schema.Int),
  baseUrl: Schema.optionalKey(Schema.String),
  /** The key of a group robot's webhook. */
  robotKey: secret,
  /** 接收消息服务器配置: of the app's callback. */
  callbackToken: secret,
  callbackAesKey: secret,
  /** Of a third-party suite. */
  suiteId: Schema.optionalKey(Schema.String),
  suiteSecret: secret,
  suiteTicket: secret,
  /** Of a service provider. */
  providerCorpId: Schema.optionalKey(Schema.String),
  providerSecret: secret,
  /** With which a provider's calls about orders of the pay tool are signed. */
  paymentKey: secret
})) {}

/** The profile file. */
export class Profiles extends Schema.Opaque<Profiles>()(Schema.Struct({
  /** The profile that is taken if none is named. */
  current: Schema.optionalKey(Schema.String),
  profiles: Schema.Record(Schema.String, Profile)
})) {}

const variables: { readonly [K in keyof Profile]-?: string } = {
  corpId: "WECOM_CORP_ID",
  secret: "WECOM_CORP_SECRET",
  agentId: "WECOM_AGENT_ID",
  baseUrl: "WECOM_BASE_URL",
  robotKey: "WECOM_ROBOT_KEY",
  callbackToken: "WECOM_CALLBACK_TOKEN",
  callbackAesKey: "WECOM_CALLBACK_AES_KEY",
  suiteId: "WECOM_SUITE_ID",
  suiteSecret: "WECOM_SUITE_SECRET",
  suiteTicket: "WECOM_SUITE_TICKET",
  providerCorpId: "WECOM_PROVIDER_CORP_ID",
  providerSecret: "WECOM_PROVIDER_SECRET",
  paymentKey: "WECOM_PAYMENT_KEY"
}

/** What a setting is called in the environment. */
export const variableOf = (name: keyof Profile): string => variables[name]

const folder = (variable: string, fallback: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const path = yield* Path.Path
    const base = yield* optionOf(Config.NonEmptyString(variable))
    if (base !== undefined) return path.join(base, "effect-wecom")
    const home = (yield* optionOf(Config.NonEmptyString("HOME"))) ??
      (yield* optionOf(Config.NonEmptyString("USERPROFILE"))) ?? "."
    return path.join(home, ...fallback, "effect-wecom")
  })

const optionOf = <A>(config: Config.Config<A>): Effect.Effect<A | undefined, CliFailure> =>
  Effect.mapBoth(Config.option(config), {
    onFailure: (error) => misconfigured(`the environment: ${error.message}`, "Correct the variable, or unset it."),
    onSuccess: Option.getOrUndefined
  })

/** Where profiles are kept: `$XDG_CONFIG_HOME/effect-wecom/profiles.json`. */
export const profilesPath = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join(yield* folder("XDG_CONFIG_HOME", [".config"]), "profiles.json")
})

/** Where tokens are kept between invocations: `$XDG_CACHE_HOME/effect-wecom/tokens`. */
export const tokensPath = Effect.gen(function*() {
  const path = yield* Path.Path
  return path.join(yield* folder("XDG_CACHE_HOME", [".cache"]), "tokens")
})

const decodeProfiles = Schema.decodeUnknownEffect(Schema.fromJsonString(Profiles), { onExcessProperty: "error" })
const encodeProfiles = Schema.encodeEffect(Schema.fromJsonString(Profiles))

const none: Profiles = { profiles: {} }

/** The profiles of this user. A file that others may read is refused. */
export const readProfiles = Effect.gen(function*() {
  const fs = yield* FileSystem.FileSystem
  const { sep } = yield* Path.Path
  const file = yield* profilesPath
  const info = yield* fs.stat(file).pipe(
    Effect.asSome,
    Effect.catchTag(
      "PlatformError",
      (error) => error.reason._tag === "NotFound" ? Effect.succeedNone : Effect.fail(unreadable(file))
    )
  )
  if (Option.isNone(info)) return none
  if ((info.value.mode & 0o077) !== 0 && sep === "/") {
    return yield* Effect.fail(
      misconfigured(`${file}: other users may read the secrets in it`, `Run: chmod 600 ${file}`)
    )
  }
  const text = yield* Effect.mapError(fs.readFileString(file), () => unreadable(file))
  return yield* Effect.mapError(decodeProfiles(text), (error) =>
    // Paths and expectations; the values stay untold.
    misconfigured(`${file}: ${error.message}`, "Correct the file, or move it away and run `wecom login`."))
})

const unreadable = (file: string) => misconfigured(`${file}: cannot be read`, `Run: chmod 600 ${file}, as its owner.`)

/** Writes the profiles, for their owner alone to read. */
export const writeProfiles = (profiles: Profiles) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    const path = yield* Path.Path
    const file = yield* profilesPath
    const text = yield* Effect.orDie(encodeProfiles(profiles))
    const beside = `${file}.new`
    yield* fs.makeDirectory(path.dirname(file), { recursive: true, mode: 0o700 })
    yield* Effect.ignore(fs.remove(beside, { force: true }))
    yield* fs.writeFile(beside, new TextEncoder().encode(`${text}\n`), { flag: "wx", mode: 0o600 })
    yield* fs.rename(beside, file)
    return file
  }).pipe(
    Effect.catchTag("PlatformError", (error) =>
      Effect.fail(misconfigured(`the profile cannot be written: ${error.message}`, "Check the folder's permissions.")))
  )

/** What is set, and where each setting came from. */
export interface Settings extends Profile {
  /** The name of the profile that was read, if any. */
  readonly profile: string | undefined
  readonly from: { readonly [K in keyof Profile]?: string }
}

const text = (name: string) => optionOf(Config.NonEmptyString(name))

/** A secret of the environment. */
export const hidden = (name: string): Effect.Effect<Redacted.Redacted | undefined, CliFailure> =>
  Effect.map(optionOf(Config.NonEmptyString(name)), (value) => value === undefined ? undefined : Redacted.make(value))

const agentIdOf = (text: string | undefined): Effect.Effect<number | undefined, CliFailure> =>
  text === undefined || /^\d+$/.test(text)
    ? Effect.succeed(text === undefined ? undefined : Number(text))
    : Effect.fail(misconfigured(
      `${variables.agentId}: expected digits, such as 1000002, got ${text}`,
      "Find it in the admin console: 应用管理 > the app > AgentId."
    ))

/** Flags, environment and profile put together. */
export const settings = Effect.gen(function*() {
  const flags = {
    corpId: Option.getOrUndefined(yield* CorpIdFlag),
    agentId: Option.getOrUndefined(yield* AgentIdFlag),
    baseUrl: Option.getOrUndefined(yield* BaseUrlFlag)
  }
  const environment = {
    corpId: yield* text(variables.corpId),
    secret: yield* hidden(variables.secret),
    agentId: yield* agentIdOf(yield* text(variables.agentId)),
    baseUrl: yield* text(variables.baseUrl),
    robotKey: yield* hidden(variables.robotKey),
    callbackToken: yield* hidden(variables.callbackToken),
    callbackAesKey: yield* hidden(variables.callbackAesKey),
    suiteId: yield* text(variables.suiteId),
    suiteSecret: yield* hidden(variables.suiteSecret),
    suiteTicket: yield* hidden(variables.suiteTicket),
    providerCorpId: yield* text(variables.providerCorpId),
    providerSecret: yield* hidden(variables.providerSecret),
    paymentKey: yield* hidden(variables.paymentKey)
  }
  const named = Option.getOrUndefined(yield* ProfileFlag) ?? (yield* text("WECOM_PROFILE"))
  const complete = environment.corpId !== undefined && environment.secret !== undefined && named === undefined
  // What is all in the environment needs no file.
  const file: Profiles = complete ? { profiles: {} } : yield* readProfiles
  const name = named ?? file.current ?? (file.profiles["default"] === undefined ? undefined : "default")
  const profile = name === undefined ? undefined : file.profiles[name]
  if (named !== undefined && profile === undefined) {
    const known = Object.keys(file.profiles)
    return yield* Effect.fail(misconfigured(
      `there is no profile ${named}`,
      known.length === 0 ? "Run `wecom login` to make one." : `There are: ${known.join(", ")}.`
    ))
  }
  const layers = [["a flag", flags], ["the environment", environment], [`the profile ${name}`, profile ?? {}]] as const
  const result: Record<string, unknown> = {}
  const from: Record<string, string> = {}
  for (const [source, values] of layers) {
    for (const [key, value] of Object.entries(values)) {
      if (value === undefined || key in result) continue
      result[key] = value
      from[key] = source
    }
  }
  const { baseUrl } = result
  if (typeof baseUrl === "string" && !/^https?:\/\//.test(baseUrl)) {
    return yield* Effect.fail(misconfigured(
      `the base URL of ${from["baseUrl"]}: expected http:// or https://, got ${baseUrl}`,
      `Correct --base-url or ${variables.baseUrl}, or unset it for https://qyapi.weixin.qq.com.`
    ))
  }
  // Each key comes from a layer whose type says the same of it.
  return { ...result, profile: profile === undefined ? undefined : name, from } as Settings
})

/** What `wecom login` asks for. */
const asked: ReadonlySet<keyof Profile> = new Set(["corpId", "secret", "agentId"])

/** A setting that a command cannot do without. */
export const required = <K extends keyof Profile>(
  settings: Settings,
  key: K,
  what: string
): Effect.Effect<NonNullable<Profile[K]>, CliFailure> => {
  const value = settings[key]
  return value === undefined
    ? Effect.fail(misconfigured(
      `${what} is missing`,
      asked.has(key) ? `Run \`wecom login\`, or set ${variables[key]}.` : `Set ${variables[key]}.`
    ))
    : Effect.succeed(value)
}
