/**
 * Values made from schemas alone: the same ones every time, optional fields included, and fit for every check. They
 * answer the endpoints of which no area keeps state.
 */
import * as Exit from "effect/Exit"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import * as Endpoint from "../../Endpoint.ts"
import { Recent } from "./Recent.ts"
import type { Route } from "./Route.ts"
import * as State from "./State.ts"
import { type Corp, type File, keepMedia, type World } from "./World.ts"

/** No value was found: what `examples` of the field's schema would say. */
export class Unsampled extends Error {
  readonly _tag = "Unsampled"
}

/**
 * A value of a schema. The same `name` gives the same value. Texts of fields named in `int64` are digits.
 *
 * @throws Unsampled if no value was found that fits the checks: annotate the schema of that field with `examples`.
 */
export const make = <S extends Schema.Constraint>(
  schema: S,
  name: string,
  int64: ReadonlySet<string> = none
): S["Type"] => {
  const decoded = decode(schema.ast, pick(schema.ast, { path: name, field: "", depth: 0, int64 }))
  if (Exit.isFailure(decoded)) throw new Unsampled(name)
  return decoded.value
}

const none: ReadonlySet<string> = new Set()

/** An input of an endpoint, without the file of an upload and the agent id that the client fills in. */
export const input = ({ agent, name, schemas: { body, query } }: Endpoint.Description): object => {
  const { agentid, ...rest }: { readonly agentid?: unknown } = {
    ...(query === undefined ? {} : make(query, `${name} request`)),
    ...(body === undefined ? {} : make(body, `${name} request`) as object) // bodies are objects
  }
  return agent || agentid === undefined ? rest : { ...rest, agentid }
}

/** Serves an endpoint with a sample; a file that is uploaded is kept, and comes back if a download names its id. */
export const route = <I, A>(endpoint: Endpoint.Endpoint<I, A>): Route => {
  const self = Endpoint.describe(endpoint)
  let answer: { readonly value: unknown } | undefined
  return {
    endpoint: self,
    source: "sample",
    codes: {},
    run: ({ corp, input, now, raw, world }: SampleCall) => {
      if (self.kind === "download") {
        const named = Object.values(input).map((value) => uploads(world).get(`${value}`))
        return named.find((file) => file !== undefined) ?? sampleFile(self.name)
      }
      answer ??= { value: make(self.schemas.success, self.name, self.int64) }
      if (Number(raw.offset ?? raw.start ?? 0) > 0) return withoutItems(answer.value)
      if (self.kind !== "upload") return answer.value
      const file = input[self.part] as File // what the gateway has read
      const id = corp === undefined ? world.id("file-") : keepMedia(world, corp, "file", file, now)
      uploads(world).set(id, file)
      return withId(answer.value, id)
    }
  }
}

interface SampleCall {
  readonly input: { readonly [field: string]: unknown }
  readonly raw: { readonly [field: string]: unknown }
  readonly corp?: Corp
  readonly world: World
  readonly now: number
}

const uploads = State.make(
  "engine/sample-uploads",
  (_: World) => new Recent<string, File>(({ bytes }) => bytes.length)
)

const sampleFile = (name: string): File => ({
  filename: "sample.txt",
  contentType: "text/plain",
  bytes: new TextEncoder().encode(`A sample of ${name}.\n`)
})

/** The page after the last: the same answer with empty lists. */
const withoutItems = (answer: unknown): unknown =>
  Array.isArray(answer)
    ? []
    : Predicate.isObject(answer)
    ? withFields(
      answer,
      Object.fromEntries(Object.entries(answer).filter(([, value]) => Array.isArray(value)).map(([name]) => [name, []]))
    )
    : answer

/** The same instance of a model with other fields. */
const withFields = (value: object, fields: object): object =>
  Object.assign(Object.create(Object.getPrototypeOf(value)), value, fields)

/** An answer that names what was uploaded by the id under which it is kept. */
const withId = (answer: unknown, id: string): unknown => {
  if (!Predicate.isObject(answer)) return typeof answer === "string" ? id : answer
  const field = ["media_id", "fileid", "file_id"].find((name) => typeof answer[name] === "string")
  return field === undefined
    ? answer
    : withFields(answer, { [field]: id })
}

// ---------------------------------------------------------------------------------------------------------------------
// Values on the wire: the first of several candidates that decodes, with every check
// ---------------------------------------------------------------------------------------------------------------------

/** Where a value stands. */
interface Place {
  /** The endpoint and the fields that lead there: what the value is made of. */
  readonly path: string
  /** The name of the nearest field. */
  readonly field: string
  readonly depth: number
  /** Fields that are unquoted on the wire, digits in the program. */
  readonly int64: ReadonlySet<string>
}

/** Schemas that contain themselves end here. */
const maxDepth = 12

const maxCandidates = 200

const pick = (ast: SchemaAST.AST, place: Place): unknown => {
  let tried = 0
  for (const candidate of candidates(ast, place)) {
    if (Exit.isSuccess(decode(ast, candidate))) return candidate
    if (++tried > maxCandidates) break
  }
  throw new Unsampled(`${place.path}: no sample fits, annotate the schema of the field with examples`)
}

const decoders = new WeakMap<SchemaAST.AST, (value: unknown) => Exit.Exit<unknown, unknown>>()

const decode = (ast: SchemaAST.AST, value: unknown): Exit.Exit<unknown, unknown> => {
  const decoder = decoders.get(ast) ??
    // The schemas of endpoints need no services.
    Schema.decodeUnknownExit(Schema.make<Schema.Codec<unknown, unknown>>(ast))
  decoders.set(ast, decoder)
  return decoder(value)
}

function* candidates(ast: SchemaAST.AST, place: Place): Iterable<unknown> {
  yield* examplesOf(ast)
  const encoded = ast.encoding?.at(-1)?.to
  if (encoded === undefined) return yield* ownCandidates(ast, place)
  if (ast._tag === "Declaration" && isTime(ast)) yield* times
  // One end of a list may have lost what is known of its items: any list rather than an empty one.
  const empty: Array<unknown> = []
  for (const candidate of attempt(() => candidates(encoded, place))) {
    if (Array.isArray(candidate) && candidate.length === 0) empty.push(candidate)
    else yield candidate
  }
  if (ast._tag === "Objects" || ast._tag === "Arrays" || ast._tag === "Union") {
    for (const candidate of attempt(() => ownCandidates(ast, place))) {
      if (Array.isArray(candidate) && candidate.length === 0) continue
      // JSON in a text.
      yield endOf(encoded)._tag === "String" ? JSON.stringify(candidate) : candidate
    }
  }
  yield* empty
}

/** The wire's end of a schema. */
const endOf = (ast: SchemaAST.AST): SchemaAST.AST => {
  const encoded = ast.encoding?.at(-1)?.to
  return encoded === undefined ? ast : endOf(encoded)
}

function* ownCandidates(ast: SchemaAST.AST, place: Place): Iterable<unknown> {
  switch (ast._tag) {
    case "String":
      return yield* texts(place)
    case "Number":
      return yield* numbers(place)
    case "Boolean":
      return yield* ends(place) ? [false, true] : [true, false]
    case "Literal":
      return yield ast.literal
    case "Enum":
      return yield* ast.enums.map(([, value]) => value)
    case "Null":
      return yield null
    case "Undefined":
    case "Void":
      return yield undefined
    case "Union":
      // A value rather than none.
      for (const member of ast.types.toSorted((a, b) => Number(isNone(a)) - Number(isNone(b)))) {
        yield* attempt(() => candidates(member, place))
      }
      return
    case "Suspend":
      if (place.depth < maxDepth) yield* candidates(ast.thunk(), { ...place, depth: place.depth + 1 })
      return
    case "Arrays":
      return yield* lists(ast, place)
    case "Objects":
      return yield* objects(ast, place)
    case "TemplateLiteral":
      return yield* texts(place)
    default:
      yield* texts(place)
      yield* numbers(place)
      return yield {}
  }
}

const isNone = ({ _tag }: SchemaAST.AST): boolean => _tag === "Undefined" || _tag === "Null" || _tag === "Void"

/** The candidates of one of several ways, none where it leads nowhere. */
function* attempt(of: () => Iterable<unknown>): Iterable<unknown> {
  try {
    yield* of()
  } catch (error) {
    if (!(error instanceof Unsampled)) throw error
  }
}

/** What the schema, or one of its checks, is annotated with. */
const examplesOf = ({ annotations, checks }: SchemaAST.AST): ReadonlyArray<unknown> =>
  [annotations, ...(checks ?? []).map((check) => check.annotations)].flatMap((each) =>
    Array.isArray(each?.examples) ? each.examples : []
  )

function* lists(ast: SchemaAST.Arrays, place: Place): Iterable<unknown> {
  const [rest] = ast.rest
  const elements = ast.elements.map((element, index) => pick(element, inside(place, `${index}`)))
  if (rest === undefined) return yield elements
  for (const length of place.depth < maxDepth ? lengths : []) {
    for (
      const items of attempt(function*() {
        yield Array.from({ length }, (_, index) => pick(rest, inside(place, `${elements.length + index}`)))
      })
    ) yield [...elements, ...items as ReadonlyArray<unknown>] // made just above
  }
  yield elements
}

/** How many items a list has: the first number that is allowed. */
const lengths = [1, 2, 3, 4, 5, 6, 7, 10, 24]

function* objects(ast: SchemaAST.Objects, place: Place): Iterable<object> {
  const required: Record<string, unknown> = {}
  const optional: Record<string, unknown> = {}
  for (const { name, type } of ast.propertySignatures) {
    const at = { ...inside(place, `${String(name)}`), field: String(name) }
    if (!isOptional(type)) required[String(name)] = pick(type, at)
    else if (place.depth < maxDepth) {
      for (
        const value of attempt(function*() {
          yield pick(type, at)
        })
      ) optional[String(name)] = value
    }
  }
  for (const { parameter, type } of ast.indexSignatures) {
    required[String(pick(parameter, inside(place, "key")))] = pick(type, inside(place, "value"))
  }
  yield { ...required, ...optional }
  // Where fields exclude each other: without one of them, with one of them alone, with none.
  for (const [name] of Object.entries(optional)) {
    const { [name]: _, ...others } = optional
    yield { ...required, ...others }
  }
  for (const [name, value] of Object.entries(optional)) yield { ...required, [name]: value }
  yield required
}

const inside = (place: Place, name: string): Place => ({
  ...place,
  path: `${place.path} ${name}`,
  depth: place.depth + 1
})

/** Whether the field may be absent on the wire. */
const isOptional = (ast: SchemaAST.AST): boolean =>
  ast.encoding === undefined ? ast.context?.isOptional === true : isOptional(ast.encoding.at(-1)?.to ?? ast)

const isTime = ({ annotations }: SchemaAST.Declaration): boolean =>
  Predicate.hasProperty(annotations?.representation, "id") &&
  annotations.representation.id === "effect/schema/DateTimeUtc"

/** 2026-01-05, a Monday, at noon in China; and what counts otherwise. */
const noon = 1_767_585_600

const times = [noon, `${noon}`, "2026-01-05 12:00:00"]

/** Whether a field says that there is more to come: samples are the last page. */
const ends = ({ field }: Place): boolean => /^has_(more|next)/.test(field)

function* numbers(place: Place): Iterable<number> {
  const { field } = place
  if (ends(place) || /^(?:offset|start)$/.test(field)) yield 0
  if (/total|count|_num$/.test(field)) yield 1
  if (/duration/.test(field)) yield 86_400
  if (/time|date|timestamp|expire/.test(field)) yield noon
  yield 1 + hash(place.path) % 100
  yield* [1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 50, 60, 100, 300, 600, 1000, 3600, 86_400, 1_000_000, 0.5, -1]
}

function* texts(place: Place): Iterable<string> {
  const { field } = place
  const number = 1 + hash(place.path) % 100
  if (/cursor|next_key|next_id/.test(field)) yield ""
  if (place.int64.has(field)) yield `${number}`
  for (const [names, text] of wellKnown) if (names.test(field)) yield text
  yield `${field || "text"}-${number}`
  yield* [`${number}`, "1", "0", "a", "A1", "zhangsan", "13800000001", "zhangsan@example.com", "https://example.com/"]
  yield* ["2026-01-05", "20260105", "2026-01", "202601", "12:00", "12:00:00", "2026-01-05 12:00:00", `${noon}`]
  yield* ["10000000000000001", "c2FtcGxl", "#336699", "zh_CN", "true", "{}", "[]", "", "a".repeat(32), "0".repeat(32)]
  yield* ["a".repeat(43), "0".repeat(18), "ww5a1d0e5c0ffee001", "ww5a1d0e5c0ffee001/1"]
}

/** Texts that say what they are, by the name of the field. */
const wellKnown: ReadonlyArray<readonly [names: RegExp, text: string]> = [
  [/external_?user_?id/, "wmSample0000000000000000000000001"],
  [/(?<!open_?)user_?id$|^userid_list$|_userid$|operator|creator|owner|inviter/, "zhangsan"],
  [/mobile|phone|telephone/, "13800000001"],
  [/email|mail$/, "zhangsan@example.com"],
  [/url$|link$|avatar|qr_?code|^href$/, "https://example.com/sample"],
  [/date$|day$/, "2026-01-05"]
]

/** FNV-1a. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
