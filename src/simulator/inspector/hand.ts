/** What is done by hand on the page: calls in the name of an app, files, and what is shown when asked for alone. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SimulatorError } from "../engine/CallbackSender.ts"
import * as Conversation from "../engine/Conversation.ts"
import type { Gateway } from "../engine/Gateway.ts"
import type { Entry, Journal } from "../engine/Journal.ts"
import { type App, type Corp, findCorp, grant, keepMedia, type World } from "../engine/World.ts"
import { typeOf } from "./look/turns.ts"
import type { Called, Fact, Secrets } from "./View.ts"

/** Who is meant. */
const Which = { corp: Schema.String, agentId: Schema.optionalKey(Schema.Int) }

/** A call in the name of an app: its token is added, or its secret where the call fetches one. */
export const Call = Schema.Struct({
  ...Which,
  method: Schema.Literals(["GET", "POST"]),
  path: Schema.String,
  query: Schema.Record(Schema.String, Schema.String),
  body: Schema.String
})

/** What the page works with. */
export interface Hands {
  readonly world: World
  readonly journal: Journal
  readonly handle: Gateway
}

const fail = (message: string) => Effect.fail(new SimulatorError({ message }))

const corpOf = (world: World, id: string): Effect.Effect<Corp, SimulatorError> => {
  const corp = findCorp(world, id)
  return corp === undefined ? fail(`there is no corp ${id}`) : Effect.succeed(corp)
}

const appOf = (corp: Corp, agentId: number | undefined): Effect.Effect<App, SimulatorError> => {
  const app = corp.apps.find((app) => app.agentId === agentId)
  return app === undefined ? fail(`${corp.id} has no app ${agentId ?? ""}`) : Effect.succeed(app)
}

/** The header by which the journal's entry of a call is found. */
const requestId = "x-simulator-page"

/** Calls in the name of an app. */
export const call = (
  { handle, journal, world }: Hands,
  { agentId, body, corp: id, method, path, query }: typeof Call.Type
): Effect.Effect<Called, SimulatorError> =>
  Effect.gen(function*() {
    if (!path.startsWith("/cgi-bin/")) return yield* fail("path: it begins with /cgi-bin/")
    const corp = yield* corpOf(world, id)
    const app = yield* appOf(corp, agentId)
    const { access_token: _, ...others } = query
    const credential = path === "/cgi-bin/gettoken"
      ? { corpid: corp.id, corpsecret: Redacted.value(app.secret) }
      : { access_token: grant(world, { kind: "app", corp, app }, yield* Clock.currentTimeMillis).value }
    const callId = world.id("page-")
    const request = HttpClientRequest.make(method)(new URL(path, world.origin), {
      urlParams: { ...others, ...credential },
      headers: { [requestId]: callId }
    })
    const response = yield* Effect.catch(
      handle(HttpServerRequest.fromClientRequest(
        method === "GET" ? request : HttpClientRequest.bodyText(request, body, "application/json")
      )),
      () => fail("the connection was reset")
    )
    const answer = yield* Effect.orElseSucceed(
      HttpServerResponse.toClientResponse(response, { request }).text,
      () => ""
    )
    const entry = journal.search({ limit: 1000 }).entries.find(({ headers }) => headers?.[requestId] === callId)
    return { entry: entry?.id ?? 0, status: response.status, answer: entry?.answer ?? answer }
  })

/** Why an entry cannot be sent again; nothing where it can. */
export const finalityOf = ({ body, kind, method, path, query }: Entry): string | undefined =>
  kind !== "call" || method === "WS"
    ? "only calls of the API can be sent again"
    : path.includes("/webhook/") ||
        Object.entries(query).some(([name, value]) => name !== "access_token" && value === "<redacted>")
    ? "the journal hides what it was called with: edit the call, or copy it as curl"
    : body.includes("\"<redacted>\"")
    ? "the journal hides a secret of the body: fill it in by hand"
    : body.length >= 4000
    ? "the journal has only the first 4,000 characters of the body"
    : method !== "GET" && body !== "" && !body.startsWith("{")
    ? "files cannot be sent again"
    : undefined

/** The call of an entry, once more. */
export const replay = (hands: Hands, id: number): Effect.Effect<Called, SimulatorError> => {
  const entry = hands.journal.find(id)
  if (entry === undefined) return fail(`the journal has no entry ${id}`)
  const final = finalityOf(entry)
  if (final !== undefined) return fail(final)
  const { corpId, query } = entry
  if (corpId === undefined) return fail("nobody's call: its token was not known")
  return call(hands, {
    corp: corpId,
    ...(entry.agentId === undefined ? {} : { agentId: entry.agentId }),
    method: entry.method === "GET" ? "GET" : "POST",
    path: entry.path,
    query,
    body: entry.body
  })
}

/** Whose secrets are asked for. */
export const SecretsOf = Schema.Union([
  Schema.Struct(Which),
  Schema.Struct({ robot: Schema.Int }),
  Schema.Struct({ suite: Schema.String }),
  Schema.Struct({ corp: Schema.String, bot: Schema.String })
])

/** The secrets of an app, a robot or a suite: to be shown when somebody asks, and never else. */
export const secretsOf = (
  world: World,
  whose: typeof SecretsOf.Type,
  /** Where the page was asked for. */
  origin: string
): Effect.Effect<Secrets, SimulatorError> =>
  Effect.gen(function*() {
    if ("robot" in whose) {
      const key = [...world.robots.keys()][whose.robot]
      return key === undefined
        ? yield* fail(`there is no robot ${whose.robot}`)
        : [["webhook", `${origin}/cgi-bin/webhook/send?key=${key}`]]
    }
    if ("suite" in whose) {
      const suite = world.suites.get(whose.suite)
      return suite === undefined
        ? yield* fail(`there is no suite ${whose.suite}`)
        : [["suite_id", suite.id], ["suite_secret", Redacted.value(suite.secret)], ...targetOf(suite)]
    }
    const corp = yield* corpOf(world, whose.corp)
    if ("bot" in whose) {
      const bot = corp.smartRobots.get(whose.bot)
      return bot === undefined ? yield* fail(`there is no smart robot ${whose.bot}`) : [
        ["botId", bot.id],
        ...(bot.secret === undefined ? [] : [["secret", Redacted.value(bot.secret)] as const]),
        ...targetOf(bot)
      ]
    }
    const app = yield* appOf(corp, whose.agentId)
    return [
      ["WECOM_BASE_URL", origin],
      ["WECOM_CORP_ID", corp.id],
      ["WECOM_CORP_SECRET", Redacted.value(app.secret)],
      ...(app.agentId === undefined ? [] : [["WECOM_AGENT_ID", `${app.agentId}`] as const]),
      ...targetOf(app)
    ]
  })

const targetOf = ({ callback }: Pick<App, "callback">): ReadonlyArray<Fact> =>
  callback === undefined ? [] : [
    ["WECOM_CALLBACK_TOKEN", Redacted.value(callback.token)],
    ["WECOM_ENCODING_AES_KEY", Redacted.value(callback.encodingAesKey)]
  ]

/** Which card's code is asked for. */
export const CodeOf = Schema.Struct({ corp: Schema.String, msgid: Schema.String })

/** The `response_code` with which a card may still be changed. */
export const codeOf = (world: World, { corp: id, msgid }: typeof CodeOf.Type) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(world, id)
    const code = Conversation.openResponseCode(corp, msgid, yield* Clock.currentTimeMillis)
    return code === undefined ? yield* fail("the card has no code that is still good") : { response_code: code }
  })

/** A file to be kept. */
export const Upload = Schema.Struct({
  corp: Schema.String,
  type: Schema.Literals(["image", "voice", "video", "file"]),
  filename: Schema.String,
  contentType: Schema.String,
  bytes: Schema.Uint8ArrayFromBase64
})

/** Keeps a file as if an app had uploaded it. */
export const upload = (world: World, { bytes, contentType, corp: id, filename, type }: typeof Upload.Type) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(world, id)
    const file = { filename, contentType: typeOf({ contentType, filename }), bytes }
    return { media_id: keepMedia(world, corp, type, file, yield* Clock.currentTimeMillis) }
  })
