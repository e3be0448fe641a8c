/**
 * `wecom simulator`: a WeCom that runs on this machine.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Seed from "../../simulator/Seed.ts"
import * as SimulatorServer from "../../simulator/server/SimulatorServer.ts"
import { CliFailure, ExitCode, notServed, unreadable, usage } from "../failure.ts"
import { say, write } from "../output.ts"
import { settings } from "../settings.ts"

const text = (name: string, metavar: string, description: string) =>
  Flag.optional(Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description)))

/** The seed in a file, with what is wrong in it told by the name of the file. */
const load = (file: string) =>
  Effect.mapError(Seed.load(file), (error) =>
    error._tag === "SimulatorError"
      ? usage(`${file}: ${error.message}`, "docs/simulator-seed.schema.json in the package describes seeds.")
      : unreadable(file, error))

/** What to start with: the state of the last run, or the seed, or a corp worth looking at. */
const startOf = (seed: Option.Option<string>, state: Option.Option<string>) =>
  Effect.gen(function*() {
    const fs = yield* FileSystem.FileSystem
    if (Option.isSome(state) && (yield* Effect.orElseSucceed(fs.exists(state.value), () => false))) {
      yield* say(`Continuing from ${state.value}.`)
      return yield* load(state.value)
    }
    return Option.isSome(seed) ? yield* load(seed.value) : Seed.example()
  })

type Corp = Seed.Seed["corps"][number]
type Callback = NonNullable<Corp["apps"][number]["callback"]>

/** The callback that the flags name: its Token and EncodingAESKey may come from the environment or the profile. */
const callbackOf = (url: Option.Option<string>, token: Option.Option<string>, aesKey: Option.Option<string>) =>
  Effect.gen(function*(): Effect.fn.Return<Callback | undefined, CliFailure, Effect.Services<typeof settings>> {
    if (Option.isNone(url)) {
      return Option.isSome(token) || Option.isSome(aesKey)
        ? yield* Effect.fail(usage("--token and --aes-key belong to --callback URL"))
        : undefined
    }
    if (!URL.canParse(url.value)) return yield* Effect.fail(usage(`--callback: ${url.value} is not a URL`))
    const given = Option.isSome(token) && Option.isSome(aesKey) ? undefined : yield* settings
    const plain = (flag: Option.Option<string>, setting: Redacted.Redacted | undefined) =>
      Option.getOrElse(flag, () => setting && Redacted.value(setting))
    const own = plain(token, given?.callbackToken)
    const encodingAesKey = plain(aesKey, given?.callbackAesKey)
    if (own === undefined || encodingAesKey === undefined) {
      return yield* Effect.fail(
        usage(
          "--callback needs a Token and an EncodingAESKey",
          "Add --token and --aes-key, or set WECOM_CALLBACK_TOKEN and WECOM_CALLBACK_AES_KEY."
        )
      )
    }
    if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) {
      return yield* Effect.fail(usage("--aes-key: 43 letters and digits are expected"))
    }
    return { url: url.value, token: own, encodingAesKey }
  })

/** The lines that point a program, and this command, at a simulator. */
const environment = (address: string, { apps, corpId, robots = [] }: Corp): string => {
  const [app] = apps
  const lines = {
    WECOM_BASE_URL: address,
    WECOM_CORP_ID: corpId,
    WECOM_CORP_SECRET: app?.secret,
    WECOM_AGENT_ID: app?.agentId,
    WECOM_ROBOT_KEY: robots[0]?.key,
    WECOM_CALLBACK_TOKEN: app?.callback?.token,
    WECOM_CALLBACK_AES_KEY: app?.callback?.encodingAesKey
  }
  return Object.entries(lines).flatMap(([name, value]) => value === undefined ? [] : [`export ${name}=${value}\n`])
    .join("")
}

/** How other SDKs are pointed at a server, as their sources have it. */
const otherSdks = (address: string): string =>
  [
    "To point other SDKs at it:",
    `  go-workwx         workwx.New(corpID, workwx.WithQYAPIHost("${address}"))`,
    `  PowerWeChat       &work.UserConfig{Http: work.Http{BaseURI: "${address}/"}, ...}`,
    `  WxJava            config.setBaseApiUrl("${address}");`,
    `  EasyWeChat        'http' => ['base_uri' => '${address}/']`,
    `  node-easywechat   http: { baseURL: "${address}/" }`
  ].join("\n")

/** `wecom simulator`. */
export const command = Command.make("simulator", {
  port: Flag.Int("port").pipe(Flag.withDefault(8788), Flag.withDescription("Default: 8788; 0 for a free one.")),
  host: Flag.String("host").pipe(
    Flag.withMetavar("ADDRESS"),
    Flag.withDefault("127.0.0.1"),
    Flag.withDescription("Where to listen. Default: 127.0.0.1, this machine alone; 0.0.0.0 in a container.")
  ),
  seed: text(
    "seed",
    "FILE",
    "Corps, departments, members, apps, customers and more as JSON. Default: one small corp with some of each."
  ),
  state: text(
    "state",
    "FILE",
    "Keep people, departments, apps, customers and templates in FILE, with their secrets, and continue from it next time."
  ),
  callback: text("callback", "URL", "The callback URL of the first app."),
  token: text("token", "TOKEN", "The callback's Token (WECOM_CALLBACK_TOKEN)."),
  aesKey: text("aes-key", "KEY", "The callback's EncodingAESKey: 43 letters and digits (WECOM_CALLBACK_AES_KEY).")
}, ({ aesKey, callback, host, port, seed, state, token }) =>
  Effect.gen(function*() {
    const target = yield* callbackOf(callback, token, aesKey)
    const start = yield* startOf(seed, state)
    const [first, ...others] = start.corps
    const app = first?.apps[0]
    if (first === undefined || app === undefined) return yield* Effect.fail(usage("the seed has no corp with an app"))
    const corp = target === undefined
      ? first
      : { ...first, apps: [{ ...app, callback: target }, ...first.apps.slice(1)] }
    const telling = Layer.effectDiscard(HttpServer.addressFormattedWith((formatted) => {
      const address = formatted.replace("0.0.0.0", "127.0.0.1")
      return say(`The page of the simulator: ${address}/_simulator\n`).pipe(
        Effect.andThen(write(environment(address, corp))),
        Effect.andThen(say(`\n${otherSdks(address)}`))
      )
    }))
    const keeping = Option.isNone(state) ? Layer.empty : Layer.effectDiscard(
      Effect.mapError(Seed.persist(state.value), (error) =>
        new CliFailure({
          what: `${state.value}: ${error.message}`,
          advice: "Check the path and its permissions.",
          code: ExitCode.file
        }))
    )
    yield* Layer.launch(
      Layer.provide(telling, keeping).pipe(
        Layer.provide(SimulatorServer.layer({ port, host, ...Seed.options({ ...start, corps: [corp, ...others] }) }))
      )
    )
  }).pipe(
    Effect.catchTag("ServeError", (error) => Effect.fail(notServed(host, port, error)))
  )).pipe(
    Command.withDescription(
      "Run a WeCom on this machine: the API, login pages, and a page that shows every call and callback.\n\nPrints the " +
        "environment variables for programs and for this command, and the base-URL settings of other SDKs."
    ),
    Command.withShortDescription("Run a WeCom on this machine")
  )
