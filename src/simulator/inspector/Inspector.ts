/**
 * Eyes and hands for the simulator: the page `/_simulator`, the JSON it lives on, the files that messages show, and the
 * login pages to which an app sends a browser. What the page does to the simulator goes through the control API.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Schema from "effect/Schema"
import { errorCodes } from "../../internal/errorCodes.ts"
import * as EndpointIndex from "../../internal/reflect/endpoints.ts"
import { oauthPath, webPath } from "../areas/identity/Login.ts"
import { images } from "../areas/media/routes.ts"
import type { Member } from "../areas/members/Member.ts"
import { describeFault } from "../control/handlers.ts"
import { SimulatorError } from "../engine/CallbackSender.ts"
import type { Engine } from "../engine/Engine.ts"
import type * as Fault from "../engine/Fault.ts"
import { guarded } from "../engine/Guard.ts"
import { type Corp, type File, findMember, type World } from "../engine/World.ts"
import { script, style } from "./bundle.ts"
import * as Hand from "./hand.ts"
import { apps, bots } from "./look/apps.ts"
import { entryView, linksOf } from "./look/journal.ts"
import { counts, list } from "./look/lists.ts"
import { type Look, shownAtOnce } from "./look/names.ts"
import { show } from "./look/shown.ts"
import { typeOf } from "./look/turns.ts"
import type { Catalogue, EntryDetail, Kind, Now } from "./View.ts"

/** What the page looks at and acts through. */
export interface Subject extends Hand.Hands {
  readonly faults: Effect.Effect<ReadonlyArray<Fault.Injection & { readonly id: number }>>
  readonly inTime: Engine["Service"]["inTime"]
  readonly member: (
    userid: string,
    which?: { readonly corpId?: string | undefined }
  ) => Effect.Effect<Member, SimulatorError>
}

/** Adds the page and all it needs. */
export const addTo = (router: HttpRouter.HttpRouter, subject: Subject): Effect.Effect<void> =>
  Effect.gen(function*() {
    const { world } = subject
    const add = (
      method: "GET" | "POST",
      path: HttpRouter.PathInput,
      answer: (
        request: HttpServerRequest.HttpServerRequest
      ) => Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest>
    ) => router.add(method, path, guarded(world.hosts, (request) => subject.inTime(answer(request))))
    const shows = (name: string, run: (params: URLSearchParams) => Effect.Effect<unknown, SimulatorError>) =>
      add("GET", `/_simulator/api/page/${name}`, (request) => answer(run(urlOf(request).searchParams)))
    const does = <A>(
      name: string,
      schema: Schema.Decoder<A>,
      run: (input: A, origin: string) => Effect.Effect<unknown, SimulatorError>
    ) =>
      add("POST", `/_simulator/api/page/${name}`, (request) =>
        answer(input(request, schema, (value) =>
          run(value, `http://${request.headers["host"] ?? "localhost"}`))))
    yield* add("GET", "/_simulator", () =>
      Effect.succeed(HttpServerResponse.setHeader(HttpServerResponse.html(page), ...policy)))
    yield* add("GET", "/_simulator/page.js", () =>
      Effect.succeed(HttpServerResponse.text(script, { contentType: "text/javascript" })))
    yield* add("GET", "/_simulator/page.css", () =>
      Effect.succeed(HttpServerResponse.text(style, { contentType: "text/css" })))
    yield* shows("now", (params) =>
      now(subject, params))
    yield* shows("entry", (params) =>
      entry(subject, params))
    yield* shows("catalogue", () =>
      Effect.succeed(catalogue))
    yield* does("call", Hand.Call, (call) =>
      Hand.call(subject, call))
    yield* does("replay", Schema.Struct({ id: Schema.Int }), ({ id }) =>
      Hand.replay(subject, id))
    yield* does("secrets", Hand.SecretsOf, (whose, origin) =>
      Hand.secretsOf(world, whose, origin))
    yield* does("code", Hand.CodeOf, (which) =>
      Hand.codeOf(world, which))
    yield* does("upload", Hand.Upload, (file) =>
      Hand.upload(world, file))
    yield* add("GET", "/_simulator/media/:id", (request) =>
      file(request, (id) =>
        mediaOf(world, id)))
    yield* add("GET", "/_simulator/images/:id", (request) =>
      file(request, (id) => imageOf(world, id)))
    for (const path of [oauthPath, webPath] as const) {
      yield* add("GET", path, (request) => login(subject, request))
    }
  })

/** Nothing runs but the page's own script, whatever members write. */
const policy = [
  "content-security-policy",
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src * data:; media-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
] as const

/** The document, which the script fills. */
const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WeCom simulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_simulator/page.css">
</head>
<body>
<noscript>This page needs JavaScript.</noscript>
<script src="/_simulator/page.js"></script>
</body>
</html>
`

// ---------------------------------------------------------------------------------------------------------------------
// What there is to see
// ---------------------------------------------------------------------------------------------------------------------

/** How much of the journal is shown at once. */
const pageSize = 100

const kinds: ReadonlyArray<Kind> = [
  "members",
  "groups",
  "customers",
  "kf",
  "robots",
  "approvals",
  "meetings",
  "documents",
  "suites"
]

const lookOf = ({ world }: Subject, params: URLSearchParams): Effect.Effect<Look, SimulatorError> => {
  const corp = world.corps.get(params.get("corp") ?? "") ?? [...world.corps.values()][0]
  const language = params.get("language") === "zh" ? 1 : 0
  return corp === undefined
    ? Effect.fail(new SimulatorError({ message: "the simulator has no corp" }))
    : Effect.succeed({ world, corp, t: (both) => both.split("|")[language] ?? both })
}

const now = (subject: Subject, params: URLSearchParams): Effect.Effect<Now, SimulatorError> =>
  Effect.gen(function*() {
    const { journal, world } = subject
    const time = yield* Clock.currentTimeMillis
    const look = yield* lookOf(subject, params)
    const { corp } = look
    const kind = kinds.find((kind) => kind === params.get("kind")) ?? "members"
    const { found, items } = list(look, kind, params.get("find") ?? "")
    const id = params.get("id") ?? ""
    const failed = params.get("failed")
    const only = params.get("only")
    const before = Number(params.get("before") ?? 0)
    const searched = journal.search({
      text: params.get("text") ?? "",
      failed: failed === null ? undefined : failed === "true",
      kind: only === "call" || only === "callback" ? only : undefined,
      before: before > 0 ? before : undefined,
      offset: Math.max(0, Number(params.get("offset") ?? 0) || 0),
      limit: pageSize
    })
    return {
      now: time,
      corps: [...world.corps.values()].map(({ id, name }) => ({ id, name })),
      corp: { id: corp.id, name: corp.name, apps: apps(look, time), bots: bots(look) },
      suites: [...world.suites.keys()],
      counts: counts(look),
      items,
      found,
      shown: id === "" ? undefined : show(look, kind, id),
      journal: searched.entries.map(entryView),
      total: searched.total,
      faults: (yield* subject.faults).map(({ fault, ...when }) => ({ ...when, fault: describeFault(fault) }))
    }
  })

/** An entry by its id, or the call that sent a message. */
const entry = (subject: Subject, params: URLSearchParams): Effect.Effect<EntryDetail, SimulatorError> =>
  Effect.gen(function*() {
    const { journal, world } = subject
    const msgid = params.get("msgid")
    const found = msgid === null
      ? journal.find(Number(params.get("id") ?? 0))
      : journal.search({ text: msgid, kind: "call", limit: Infinity }).entries.findLast(({ answer }) =>
        answer.includes(`"${msgid}"`)
      )
    if (found === undefined) return yield* new SimulatorError({ message: "the journal has no such entry any more" })
    const look = yield* lookOf(subject, params)
    const corp = world.corps.get(found.corpId ?? "")
    return {
      ...entryView(found),
      headers: found.headers,
      body: found.body,
      answer: found.answer,
      corpId: found.corpId,
      links: linksOf(corp === undefined ? look : { ...look, corp }, found),
      final: Hand.finalityOf(found)
    }
  })

const catalogue: Catalogue = {
  endpoints: EndpointIndex.endpoints().map(({ official, request }) => {
    const [method = "", path = ""] = request.split(" ")
    return { method, path, title: official }
  }),
  errcodes: errorCodes.trim().split("\n").map((line) => {
    const space = line.indexOf(" ")
    return { code: Number(line.slice(0, space)), label: line.slice(space + 1) }
  })
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
        // Shown or played, never run: whatever it is, it came from an app.
        contentType: /^(?:image|audio|video)\/(?!svg)[\w.+-]+$/.test(typeOf(found))
          ? typeOf(found)
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
    [...corp.members.values()].slice(0, shownAtOnce).map(({ user }) => {
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
  run: Effect.Effect<unknown, { readonly message: string }, R>
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, R> =>
  Effect.match(run, {
    onFailure: ({ message }) => HttpServerResponse.jsonUnsafe({ problem: message }, { status: 400 }),
    onSuccess: (value) => HttpServerResponse.jsonUnsafe(value ?? {})
  })

/** A body in JSON, which says so: pages of other sites cannot send that. */
const input = <I, A, E>(
  { headers }: HttpServerRequest.HttpServerRequest,
  schema: Schema.Decoder<I>,
  run: (input: I) => Effect.Effect<A, E>
) =>
  headers["content-type"]?.startsWith("application/json") === true
    ? Effect.flatMap(HttpServerRequest.schemaBodyJson(schema), run)
    : Effect.fail(new SimulatorError({ message: "expected application/json" }))
