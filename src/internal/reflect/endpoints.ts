/**
 * Every endpoint without its code: found by name, path or words, loaded when it is needed.
 */
import * as Effect from "effect/Effect"
import { type Description, description, type Endpoint } from "../../Endpoint.ts"
import type { Paged } from "../../Paging.ts"
import type { Texts } from "./documentation.ts"
import { lines, modules, texts as textModules } from "./endpointIndex.ts"
import { type EndpointSchemas, type Form, type JsonSchema, ofEndpoint } from "./jsonSchema.ts"

/** What is known of an endpoint before it is loaded. */
export interface EndpointEntry {
  /** `Service.method`, such as `Users.get`. */
  readonly name: string
  readonly service: string
  readonly method: string
  /** The module, such as `contacts/Users`. */
  readonly module: string
  /** Verb and path, such as `GET /cgi-bin/user/get`. */
  readonly request: string
  /** Whether it changes anything. */
  readonly writes: boolean
  readonly credential: Description["credential"]
  readonly kind: Description["kind"]
  /** The id of the official document. */
  readonly doc: number
  /** The method that streams the items of all pages, where there is one. */
  readonly stream: string | undefined
  /** The area of the official documentation, such as `通讯录·成员`. */
  readonly area: string
  /** The official name, such as `读取成员`. */
  readonly official: string
  /** One sentence on what it does. */
  readonly summary: string
}

let parsed: ReadonlyArray<EndpointEntry> | undefined

/** Every endpoint, in the order of the official areas. */
export const endpoints = (): ReadonlyArray<EndpointEntry> => parsed ??= lines.trim().split("\n").map(ofLine)

const ofLine = (line: string): EndpointEntry => {
  const [
    name = "",
    module = "",
    request = "",
    access,
    credential,
    kind,
    doc,
    stream,
    area = "",
    official = "",
    ...rest
  ] = line.split("\t")
  const [service = "", method = ""] = name.split(".")
  return {
    name,
    service,
    method,
    module,
    request,
    writes: access === "w",
    // The generator wrote what the endpoints say.
    credential: credential as Description["credential"],
    kind: kind as Description["kind"],
    doc: Number(doc),
    stream: stream === "" ? undefined : stream,
    area,
    official,
    summary: rest.join("\t")
  }
}

/** The official page of an endpoint. */
export const documentOf = ({ doc }: EndpointEntry): string =>
  `https://developer.work.weixin.qq.com/document/path/${doc}`

/**
 * Finds an endpoint by `Service.method` (or its stream), `METHOD /path`, or `/path`, in any case. Where two have a path,
 * the first counts.
 */
export const find = (name: string): EndpointEntry | undefined => {
  const wanted = name.trim().toLowerCase().replace(/\s+/g, " ")
  return endpoints().find((entry) => entry.name.toLowerCase() === wanted) ??
    endpoints().find((entry) => `${entry.service}.${entry.stream ?? ""}`.toLowerCase() === wanted) ??
    endpoints().find(({ request }) => request.toLowerCase() === wanted || pathOf(request).toLowerCase() === wanted)
}

const pathOf = (request: string): string => request.slice(request.indexOf(" ") + 1)

/** The endpoints that have all words in their names, path, area or summary; those that have them in a name come first. */
export const search = (words: string): ReadonlyArray<EndpointEntry> => {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word !== "")
  const scored = endpoints().map((entry) => {
    const names = `${entry.name} ${entry.official}`.toLowerCase()
    const all = `${names} ${entry.request} ${entry.area} ${entry.summary}`.toLowerCase()
    const score = wanted.every((word) => all.includes(word))
      ? 1 + wanted.filter((word) => names.includes(word)).length
      : 0
    return { entry, score }
  })
  return scored.filter(({ score }) => score > 0).toSorted((a, b) => b.score - a.score).map(({ entry }) => entry)
}

/** Endpoints whose names are most like a misspelt one. */
export const suggestions = (name: string): ReadonlyArray<string> => {
  const wanted = name.toLowerCase()
  const last = wanted.split(/[./]/).at(-1) ?? ""
  return endpoints().map((entry) => {
    const own = entry.name.toLowerCase()
    const distance = Math.min(
      ...[entry.name, `${entry.service}.${entry.stream ?? entry.method}`, entry.request, pathOf(entry.request)]
        .map((candidate) => editDistance(wanted, candidate.toLowerCase()))
    )
    return { name: entry.name, distance: last !== "" && own.includes(last) ? distance / 2 : distance }
  }).toSorted((a, b) => a.distance - b.distance).slice(0, 5).map(({ name }) => name)
}

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(at(next, j - 1) + 1, at(row, j) + 1, at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return at(row, b.length)
}

const at = (row: ReadonlyArray<number>, index: number): number => row[index] ?? Infinity

/** An endpoint with its code. */
export interface LoadedEndpoint extends EndpointEntry {
  readonly endpoint: Endpoint<unknown, unknown>
  readonly description: Description
  /** Streams the items of all pages. */
  readonly paged: Paged<unknown, unknown> | undefined
}

/** Loads the module of an endpoint, and no other. */
export const load = (entry: EndpointEntry): Effect.Effect<LoadedEndpoint> =>
  Effect.map(Effect.promise(modules[entry.module] ?? (() => Promise.resolve({}))), (module) => {
    const members = module as { readonly [name: string]: unknown }
    const service = members[entry.service] as { readonly endpoints: { readonly [name: string]: unknown } } | undefined
    const found = service?.endpoints ?? members
    const endpoint = found[entry.method] as Endpoint<unknown, unknown>
    const self = description(endpoint)
    if (self._tag === "None") throw new Error(`${entry.module} has no endpoint ${entry.method}: run npm run fix`)
    return {
      ...entry,
      endpoint,
      description: self.value,
      paged: entry.stream === undefined ? undefined : found[entry.stream] as Paged<unknown, unknown>
    }
  })

/** An endpoint with its texts and the schemas of its input and answer. */
export interface EndpointPage extends EndpointSchemas {
  readonly endpoint: LoadedEndpoint
  /** What it does, in full. */
  readonly text: string
  readonly definitions: ReadonlyMap<string, JsonSchema>
}

/** All about an endpoint. */
export const page = (entry: EndpointEntry, form: Form): Effect.Effect<EndpointPage> =>
  Effect.gen(function*() {
    const endpoint = yield* load(entry)
    const texts = yield* textsOf(entry)
    const definitions = new Map<string, JsonSchema>()
    const own = texts.endpoints[entry.name]
    const schemas = ofEndpoint(endpoint.description, {
      form,
      definitions,
      reference: (name) => `#/$defs/${name}`,
      textOf: (owner, path) => owner === "" ? own?.fields?.[path] : texts.models[owner]?.[path]
    })
    return { ...schemas, definitions, endpoint, text: own?.text ?? entry.summary }
  })

const textsOf = ({ module }: EndpointEntry): Effect.Effect<Texts> =>
  Effect.map(
    Effect.promise(textModules[module.split("/")[0] ?? ""] ?? (() => Promise.resolve({ texts: none }))),
    ({ texts }) => texts
  )

const none: Texts = { endpoints: {}, models: {} }
