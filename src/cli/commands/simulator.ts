/**
 * `wecom simulator`: a WeCom that runs on this machine.
 */
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { type CorpOptions, defaultCorp } from "../../simulator/engine/Options.ts"
import * as SimulatorServer from "../../simulator/server/SimulatorServer.ts"
import { usage } from "../failure.ts"
import { say, write } from "../output.ts"
import { readText } from "../sources.ts"

const optional = Schema.optionalKey

/** What a seed file holds: corps as the simulator's options have them. */
const Seed = Schema.fromJsonString(Schema.Struct({
  corps: Schema.Array(Schema.Struct({
    corpId: Schema.String,
    name: optional(Schema.String),
    apps: Schema.Array(Schema.Struct({
      agentId: optional(Schema.Int),
      name: optional(Schema.String),
      secret: Schema.String,
      callback: optional(Schema.Struct({ url: Schema.String, token: Schema.String, encodingAesKey: Schema.String }))
    })),
    departments: optional(Schema.Array(Schema.Struct({
      id: Schema.Int,
      name: Schema.String,
      parentid: optional(Schema.Int),
      order: optional(Schema.Int)
    }))),
    members: optional(Schema.Array(Schema.Struct({
      userid: Schema.String,
      name: optional(Schema.String),
      mobile: optional(Schema.String),
      email: optional(Schema.String),
      position: optional(Schema.String),
      department: optional(Schema.Array(Schema.Int))
    }))),
    robots: optional(Schema.Array(Schema.Struct({ key: Schema.String, name: optional(Schema.String) })))
  }))
}))

const text = (name: string, metavar: string, description: string) =>
  Flag.optional(Flag.String(name).pipe(Flag.withMetavar(metavar), Flag.withDescription(description)))

const seedOf = (file: Option.Option<string>) =>
  Effect.gen(function*() {
    if (Option.isNone(file)) return [defaultCorp]
    const content = yield* readText(file.value)
    const decoded = Schema.decodeUnknownEffect(Seed, { onExcessProperty: "error", errors: "all" })(content)
    const { corps } = yield* Effect.mapError(decoded, (error) => usage(`${file.value}: ${error.message}`))
    return corps as ReadonlyArray<CorpOptions> // the same, but for what is left out
  })

/** `wecom simulator`. */
export const command = Command.make("simulator", {
  port: Flag.Int("port").pipe(Flag.withDefault(8080), Flag.withDescription("Default: 8080; 0 for a free one.")),
  seed: text("seed", "FILE", "Corps, apps, departments and members as JSON. Default: one corp with three members."),
  callback: text("callback", "URL", "Where the first app's messages and events go."),
  token: text("token", "TOKEN", "The callback's Token."),
  aesKey: text("aes-key", "KEY", "The callback's EncodingAESKey: 43 letters and digits.")
}, ({ aesKey, callback, port, seed, token }) =>
  Effect.gen(function*() {
    const corps = yield* seedOf(seed)
    const [first, ...others] = corps
    const app = first?.apps[0]
    if (first === undefined || app === undefined) return yield* Effect.fail(usage("the seed has no corp with an app"))
    const given = [callback, token, aesKey].filter(Option.isSome)
    if (given.length > 0 && given.length < 3) {
      return yield* Effect.fail(usage("a callback needs --callback, --token and --aes-key"))
    }
    const target = given.length === 0 ? app.callback : {
      url: Option.getOrElse(callback, () => ""),
      token: Option.getOrElse(token, () => ""),
      encodingAesKey: Option.getOrElse(aesKey, () => "")
    }
    const started = { ...first, apps: [{ ...app, callback: target }, ...first.apps.slice(1)] }
    const plain = (secret: string | Redacted.Redacted) => Redacted.isRedacted(secret) ? Redacted.value(secret) : secret
    yield* Layer.launch(
      Layer.effectDiscard(HttpServer.addressFormattedWith((address) =>
        Effect.andThen(
          say(`The page of the simulator: ${address}/_simulator\n`),
          write(
            [
              `export WECOM_BASE_URL=${address}`,
              `export WECOM_CORP_ID=${first.corpId}`,
              `export WECOM_CORP_SECRET=${plain(app.secret)}`,
              ...(app.agentId === undefined ? [] : [`export WECOM_AGENT_ID=${app.agentId}`]),
              ...(first.robots ?? []).slice(0, 1).map(({ key }) => `export WECOM_ROBOT_KEY=${plain(key)}`),
              ...(target === undefined ? [] : [
                `export WECOM_CALLBACK_TOKEN=${plain(target.token)}`,
                `export WECOM_CALLBACK_AES_KEY=${plain(target.encodingAesKey)}`
              ])
            ].map((line) => `${line}\n`).join("")
          )
        )
      )).pipe(Layer.provide(SimulatorServer.layer({ port, corps: [started, ...others] })))
    )
  }).pipe(
    Effect.catchTag("ServeError", (error) =>
      Effect.fail(usage(`port ${port}: ${String(error.cause)}`, "Choose another --port.")))
  )).pipe(
    Command.withDescription(
      "Run a WeCom on this machine: the API, login pages, and a page that shows what goes on.\n\nPrints the lines of the " +
        "environment that point programs, and this command, at it."
    ),
    Command.withShortDescription("Run a WeCom on this machine")
  )
