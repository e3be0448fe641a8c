/**
 * Eyes and hands for the simulator: the page `/_simulator`, the JSON it lives on, the files that messages show, and the
 * login pages to which an app sends a browser.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as ErrorCode from "../../ErrorCode.ts"
import * as Json from "../../internal/kernel/json.ts"
import { oauthPath, webPath } from "../areas/identity/Login.ts"
import { images } from "../areas/media/routes.ts"
import type { Member } from "../areas/members/Member.ts"
import type { SmartRobotChat } from "../areas/robot/SmartRobotChat.ts"
import { NewFault } from "../control/ControlApi.ts"
import { describeFault, injectionOf } from "../control/handlers.ts"
import { type Delivery, SimulatorError } from "../engine/CallbackSender.ts"
import * as Conversation from "../engine/Conversation.ts"
import type * as Fault from "../engine/Fault.ts"
import { guarded } from "../engine/Guard.ts"
import type { Journal } from "../engine/Journal.ts"
import { type App, type Corp, type File, findMember, type Member as WorldMember, type World } from "../engine/World.ts"
import { page } from "./page.ts"
import { script } from "./script.ts"

/** What the page looks at and acts through. */
export interface Subject {
  readonly world: World
  /** The newest entries that are wanted. */
  readonly search: Journal["search"]
  readonly faults: Effect.Effect<ReadonlyArray<Fault.Injection>>
  readonly member: (
    userid: string,
    which?: { readonly corpId?: string | undefined }
  ) => Effect.Effect<Member, SimulatorError>
  readonly expireTokens: (which?: Which) => Effect.Effect<number>
  readonly inject: (injection: Fault.Injection) => Effect.Effect<void>
  readonly clearFaults: Effect.Effect<void>
  readonly clearJournal: Effect.Effect<void>
  readonly verifyUrl: (which?: Which) => Effect.Effect<void, SimulatorError>
}

interface Which {
  readonly corpId?: string | undefined
  readonly agentId?: number | undefined
}

/** Adds the page and all it needs. */
export const addTo = (router: HttpRouter.HttpRouter, subject: Subject): Effect.Effect<void> =>
  Effect.gen(function*() {
    const add = <R>(
      method: "GET" | "POST",
      path: HttpRouter.PathInput,
      answer: (
        request: HttpServerRequest.HttpServerRequest
      ) => Effect.Effect<HttpServerResponse.HttpServerResponse, never, R>
    ) => router.add(method, path, guarded(subject.world.hosts, answer))
    yield* add("GET", "/_simulator", () =>
      Effect.succeed(HttpServerResponse.setHeader(HttpServerResponse.html(page), ...policy)))
    yield* add("GET", "/_simulator/page.js", () =>
      Effect.succeed(HttpServerResponse.text(script, { contentType: "text/javascript" })))
    yield* add("GET", "/_simulator/api/now", () =>
      answer(() =>
        query((params) =>
          now(subject, params)
        )
      ))
    yield* add("POST", "/_simulator/api/act", () => answer(() => input(Act, (act) => perform(subject, act))))
    yield* add("POST", "/_simulator/api/control", () => answer(() => input(Control, (wish) => control(subject, wish))))
    yield* add("GET", "/_simulator/media/:id", (request) => file(request, (id) => mediaOf(subject.world, id)))
    yield* add("GET", "/_simulator/images/:id", (request) => file(request, (id) => imageOf(subject.world, id)))
    for (const path of [oauthPath, webPath] as const) {
      yield* add("GET", path, (request) => login(subject, request))
    }
  })

/** Nothing runs but the page's own script, whatever members write. */
const policy = [
  "content-security-policy",
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src * data:; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
] as const

// ---------------------------------------------------------------------------------------------------------------------
// What there is to see
// ---------------------------------------------------------------------------------------------------------------------

/** How much the page shows at once. */
const shown = 200

/** How many entries of the journal it shows when asked for more. */
const mostShown = 2000

const now = (subject: Subject, params: URLSearchParams) =>
  Effect.gen(function*() {
    const { world } = subject
    const time = yield* Clock.currentTimeMillis
    const corp = world.corps.get(params.get("corp") ?? "") ?? [...world.corps.values()][0]
    const userid = params.get("userid") ?? ""
    const wanted = (params.get("find") ?? "").toLowerCase()
    const found = subject.search({
      text: params.get("filter") ?? "",
      limit: Math.min(Number(params.get("entries") ?? shown) || shown, mostShown)
    })
    const robot = world.robots.get([...world.robots.keys()][Number(params.get("robot") ?? -1)] ?? "")
    return {
      now: time,
      corps: [...world.corps.values()].map((each) =>
        each === corp
          ? describeCorp(world, corp, time, { userid, wanted })
          // The others are only to be chosen from.
          : { id: each.id, name: each.name, apps: [], smartRobots: [], members: [], found: 0, robots: [] }
      ),
      talk: robot === undefined
        ? corp === undefined ? [] : talk(corp, userid)
        : robot.said.slice(-shown).map((said) => ({ side: "app", ...said })),
      journal: found.entries.toReversed().map(({ answer: _, body, ...rest }) => ({
        ...rest,
        about: aboutOf(rest.query, body),
        label: rest.errcode === undefined || rest.errcode === 0 ? undefined : ErrorCode.label(rest.errcode)
      })),
      total: found.total,
      faults: (yield* subject.faults).map(({ fault, ...when }) => ({ ...when, fault: describeFault(fault) }))
    }
  })

/** What a call was about, in a few words: `text zhangsan`. */
const aboutOf = (query: { readonly [name: string]: string }, body: string): string | undefined => {
  let fields: { readonly [name: string]: unknown } = query
  try {
    const parsed = body.startsWith("{") ? Json.parse(body) : undefined
    if (Predicate.isObject(parsed)) fields = { ...query, ...parsed }
  } catch {
    // A body that is no JSON, or was cut, is about nothing that can be told.
  }
  const words = telling.flatMap((name) => {
    const value = fields[name]
    return typeof value === "string" || typeof value === "number"
      ? [`${value}`]
      : Array.isArray(value)
      ? [value.join(" ")]
      : []
  }).filter((word) => word !== "")
  return words.length === 0 ? undefined : words.join(" ").slice(0, 80)
}

/** The fields that tell what a call is about. */
const telling = [
  "msgtype",
  "touser",
  "toparty",
  "chatid",
  "userid",
  "external_userid",
  "open_kfid",
  "chat_id",
  "sp_no",
  "template_id",
  "media_id",
  "name"
]

const describeCorp = (
  world: World,
  corp: Corp,
  time: number,
  { userid, wanted }: { readonly userid: string; readonly wanted: string }
) => {
  const fits = ({ user }: WorldMember): boolean =>
    [user.userid, user.name ?? "", ...user.department.map((id) => corp.departments.get(id)?.name ?? "")]
      .some((text) => text.toLowerCase().includes(wanted))
  const found = wanted === "" ? [...corp.members.values()] : [...corp.members.values()].filter(fits)
  const one = findMember(corp, userid)
  return {
    id: corp.id,
    name: corp.name,
    apps: corp.apps.map((app) => ({
      agentId: app.agentId,
      name: app.name,
      callback: app.callback?.url,
      tokenEndsAt: tokenEnd(world, app, time)
    })),
    smartRobots: [...corp.smartRobots.values()].map(({ callback, id, name }) => ({
      id,
      name,
      callback: callback?.url
    })),
    members: found.slice(0, shown).map((member) => describeMember(corp, member)),
    found: found.length,
    /** The one whose conversation is shown. */
    shown: one && describeMember(corp, one),
    robots: [...world.robots.values()].flatMap((robot, index) =>
      robot.corp === corp ? [{ index, name: robot.name, said: robot.said.length }] : []
    )
  }
}

const describeMember = (corp: Corp, { user }: WorldMember) => ({
  userid: user.userid,
  name: user.name ?? user.userid,
  departments: user.department.map((id) => corp.departments.get(id)?.name ?? `${id}`),
  received: Conversation.received(corp, user.userid)
})

const tokenEnd = (world: World, app: App, time: number): number | undefined => {
  const token = world.newest.get(app)
  return token !== undefined && token.endsAt > time ? token.endsAt : undefined
}

/** What an app and a member said to each other, the oldest first. */
const talk = (corp: Corp, userid: string) =>
  [
    ...Conversation.inbox(corp, userid).slice(-shown).map((message) => ({ side: "app", ...message })),
    ...Conversation.done(corp, userid).slice(-shown).map((done) => ({ side: "member", ...done }))
  ].toSorted((a, b) => a.at - b.at)

// ---------------------------------------------------------------------------------------------------------------------
// What there is to do
// ---------------------------------------------------------------------------------------------------------------------

const to = {
  corp: Schema.String,
  userid: Schema.String,
  agentId: Schema.optionalKey(Schema.Int),
  /** A smart robot, in place of an app. */
  botId: Schema.optionalKey(Schema.String)
}

/** What a member does. */
const Act = Schema.Union([
  Schema.Struct({ act: Schema.Literal("text"), content: Schema.String, ...to }),
  Schema.Struct({
    act: Schema.Literals(["image", "voice", "video"]),
    filename: Schema.String,
    contentType: Schema.String,
    bytes: Schema.Uint8ArrayFromBase64,
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("location"),
    latitude: Schema.Number,
    longitude: Schema.Number,
    label: Schema.String,
    ...to
  }),
  Schema.Struct({
    act: Schema.Literal("link"),
    title: Schema.String,
    description: Schema.String,
    url: Schema.String,
    ...to
  }),
  Schema.Struct({ act: Schema.Literal("enter"), ...to }),
  Schema.Struct({ act: Schema.Literal("click"), key: Schema.String, ...to }),
  Schema.Struct({ act: Schema.Literal("menu"), key: Schema.String, card: Schema.String, ...to }),
  Schema.Struct({
    act: Schema.Literal("press"),
    key: Schema.String,
    card: Schema.String,
    selected: Schema.Record(Schema.String, Schema.Array(Schema.String)),
    ...to
  })
])

const perform = (subject: Subject, act: typeof Act.Type): Effect.Effect<Delivery, SimulatorError> =>
  Effect.flatMap(subject.member(act.userid, { corpId: act.corp }), (member) => {
    if (act.botId !== undefined) return Effect.flatMap(member.smartRobot(act.botId), (chat) => performWith(chat, act))
    const to = { agentId: act.agentId }
    switch (act.act) {
      case "text":
        return member.sendText(act.content, to)
      case "image":
        return member.sendImage(act, to)
      case "voice":
        return member.sendVoice(act, to)
      case "video":
        return member.sendVideo(act, to)
      case "location":
        return member.sendLocation(act, to)
      case "link":
        return member.sendLink(act, to)
      case "enter":
        return member.enter(to)
      case "click":
        return member.chooseMenu(act.key, to)
      case "press":
        return member.press(act.key, { card: act.card, selected: act.selected })
      case "menu":
        return member.chooseCardMenu(act.key, { card: act.card })
    }
  })

const performWith = (chat: SmartRobotChat, act: typeof Act.Type): Effect.Effect<Delivery, SimulatorError> => {
  switch (act.act) {
    case "text":
      return chat.sendText(act.content)
    case "enter":
      return chat.enter
    case "press":
      return chat.press(act.key, { card: act.card, selected: act.selected })
    default:
      return Effect.fail(new SimulatorError({ message: "a simulated smart robot takes texts alone" }))
  }
}

/** What the one who watches wants. */
const Control = Schema.Union([
  Schema.Struct({
    control: Schema.Literals(["expireTokens", "verifyUrl"]),
    corpId: Schema.optionalKey(Schema.String),
    agentId: Schema.optionalKey(Schema.Int)
  }),
  Schema.Struct({ control: Schema.Literals(["clearFaults", "clearJournal"]) }),
  Schema.Struct({ control: Schema.Literal("inject"), ...NewFault.fields })
])

const control = (subject: Subject, wish: typeof Control.Type): Effect.Effect<unknown, SimulatorError> => {
  switch (wish.control) {
    case "expireTokens":
      return Effect.map(subject.expireTokens(wish), (ended) => ({ ended }))
    case "verifyUrl":
      return subject.verifyUrl(wish)
    case "clearFaults":
      return subject.clearFaults
    case "clearJournal":
      return subject.clearJournal
    case "inject": {
      const { control: _, ...fault } = wish
      return subject.inject(injectionOf(fault))
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// Files and login pages
// ---------------------------------------------------------------------------------------------------------------------

const mediaOf = (world: World, id: string): File | undefined => {
  for (const { media } of [...world.corps.values(), ...world.robots.values()]) {
    const found = media.get(id)
    if (found !== undefined) return found.file
  }
  return undefined
}

const imageOf = (world: World, id: string): File | undefined => {
  for (const corp of world.corps.values()) {
    const found = images(corp).get(id)
    if (found !== undefined) return found
  }
  return undefined
}

const file = (
  request: HttpServerRequest.HttpServerRequest,
  find: (id: string) => File | undefined
): Effect.Effect<HttpServerResponse.HttpServerResponse> => {
  const found = find(decodeURIComponent(pathOf(request).split("/").at(-1) ?? ""))
  return Effect.succeed(
    found === undefined
      ? HttpServerResponse.text("There is no such file.", { status: 404 })
      : HttpServerResponse.uint8Array(found.bytes, {
        // Shown, never run: whatever it is, it came from an app.
        contentType: found.contentType.startsWith("image/") && !found.contentType.includes("svg")
          ? found.contentType
          : "application/octet-stream",
        headers: { "x-content-type-options": "nosniff" }
      })
  )
}

/** The page on which a visitor says who he is; with `_member` in the URL he has said it. */
const login = (subject: Subject, request: HttpServerRequest.HttpServerRequest) => {
  const url = urlOf(request)
  const corp = subject.world.corps.get(url.searchParams.get("appid") ?? "")
  if (corp === undefined) return Effect.succeed(problem("appid 无效: no corp of the simulator has this appid"))
  const userid = url.searchParams.get("_member")
  if (userid === null || findMember(corp, userid) === undefined) {
    return Effect.succeed(HttpServerResponse.html(chooser(corp, url)))
  }
  url.searchParams.delete("_member")
  // A browser does not send what stands after `#`.
  if (url.pathname === oauthPath) url.hash = "wechat_redirect"
  return subject.member(userid, { corpId: corp.id }).pipe(
    Effect.flatMap((member) => member.authorize(url.toString())),
    Effect.match({
      onFailure: ({ message }) => problem(message),
      onSuccess: (redirect) => HttpServerResponse.redirect(redirect)
    })
  )
}

const chooser = (corp: Corp, url: URL): string =>
  pageOf(
    "Who is it? 选择成员",
    [...corp.members.values()].slice(0, shown).map(({ user }) => {
      const chosen = new URL(url)
      chosen.searchParams.set("_member", user.userid)
      return `<li><a href="${escape(chosen.pathname + chosen.search)}">${escape(user.name ?? "")} <small>${
        escape(user.userid)
      }</small></a></li>`
    }).join("")
  )

const problem = (message: string): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.setStatus(HttpServerResponse.html(pageOf("WeCom", `<li>${escape(message)}</li>`)), 400)

const pageOf = (title: string, items: string): string =>
  `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>` +
  `<style>body{font:16px/1.6 system-ui;max-width:24rem;margin:3rem auto;padding:0 1rem}ul{list-style:none;padding:0}` +
  `a{display:block;padding:.6rem 1rem;border:1px solid #ddd;border-radius:8px;margin:.4rem 0;text-decoration:none;` +
  `color:inherit}small{color:#888}</style><h1>${title}</h1><ul>${items}</ul>`

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

// ---------------------------------------------------------------------------------------------------------------------
// Requests
// ---------------------------------------------------------------------------------------------------------------------

const urlOf = (request: HttpServerRequest.HttpServerRequest): URL => new URL(request.url, "http://simulator")

const pathOf = (request: HttpServerRequest.HttpServerRequest): string => urlOf(request).pathname

/** An answer in JSON; a failure as its message. */
const answer = <R>(
  run: () => Effect.Effect<unknown, { readonly message: string }, R>
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, R> =>
  Effect.match(Effect.suspend(run), {
    onFailure: ({ message }) => HttpServerResponse.jsonUnsafe({ problem: message }, { status: 400 }),
    onSuccess: (value) => HttpServerResponse.jsonUnsafe(value ?? {})
  })

const query = <A, E, R>(
  run: (params: URLSearchParams) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R | HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => run(urlOf(request).searchParams))

/** A body in JSON, which says so: pages of other sites cannot send that. */
const input = <S extends Schema.Decoder<unknown>, A, E>(
  schema: S,
  run: (input: S["Type"]) => Effect.Effect<A, E>
) =>
  HttpServerRequest.HttpServerRequest.pipe(
    Effect.filterOrFail(
      ({ headers }) => headers["content-type"]?.startsWith("application/json") === true,
      () => new SimulatorError({ message: "expected application/json" })
    ),
    Effect.andThen(HttpServerRequest.schemaBodyJson(schema)),
    Effect.flatMap(run)
  )
