/**
 * What comes back: a body of bounded size, parsed once, believed only if it is an answer of WeCom's, its errcode, then its
 * payload.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Metric from "effect/Metric"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import type { Description } from "../../Endpoint.ts"
import type { Issue, WeComError } from "../../WeComError.ts"
import { type Lenient, lenient } from "../wire/mend.ts"
import { misfit, transport } from "./failure.ts"
import * as Failure from "./failure.ts"
import { issuesOf } from "./issues.ts"
import * as Json from "./json.ts"

/** Answers that did not fit their schema and were mended, by `endpoint`. */
export const mendedAnswers = Metric.counter("wecom_answers_mended_total", {
  description: "Answers with values that had to be mended",
  incremental: true
})

/** How large an answer may be where nothing else is said: 32 MiB. */
export const maxAnswerSize = 32 * 1024 * 1024

/** How an answer is read. */
export interface Reading {
  /** The input, whose secrets an error message may repeat. */
  readonly input: unknown
  /** How many bytes an answer may have. */
  readonly maxSize: number
  /** Whether the answer is left as it came, once its errcode is 0. */
  readonly raw?: boolean
}

type Answer = Effect.Effect<unknown, WeComError>

type Fields = { readonly [key: string]: unknown }

/** Reads the JSON answer of an endpoint: the errcode first, then the payload. */
export const read = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  reading: Reading
): Answer => Effect.flatMap(textOf(self, response, reading.maxSize), (text) => parse(self, response, text, reading))

/** The body as text, refused before it fills memory. */
export const textOf = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  maxSize: number
): Effect.Effect<string, WeComError> => {
  const failed = (error: Parameters<typeof transport>[1]) => transport(self, error)
  const tooLarge = () =>
    Effect.fail(misfit(self, response, [{ field: "", message: `the body is larger than ${maxSize} bytes` }]))
  const { "content-encoding": coding, "content-length": length } = response.headers
  if (length !== undefined && Number(length) > maxSize) return tooLarge()
  if (length !== undefined && coding === undefined) return Effect.mapErrorEager(response.text, failed)
  return Effect.suspend(() => {
    const decoder = new TextDecoder()
    let seen = 0
    return response.stream.pipe(
      Stream.mapError(failed),
      Stream.mapEffect((chunk) => (seen += chunk.length) > maxSize ? tooLarge() : Effect.succeed(chunk)),
      Stream.runFold(() => "", (text, chunk) => text + decoder.decode(chunk, { stream: true })),
      Effect.map((text) => text + decoder.decode())
    )
  })
}

/** The same from the text of the answer. */
export const parse = (
  self: Description,
  response: HttpClientResponse.HttpClientResponse,
  text: string,
  { input, raw = false }: Omit<Reading, "maxSize">
): Answer => {
  const foreign = (field: string, message: string) =>
    Effect.fail(misfit(self, response, [{ field, message }], { foreign: true }))
  const { status } = response
  let json: unknown
  try {
    json = Json.parse(text, self.int64)
  } catch (error) {
    return error instanceof RangeError
      ? Effect.fail(misfit(self, response, [nestedTooDeeply]))
      : foreign("", text.trim() === "" ? "the body is empty" : `the body is not JSON (${text.length} characters)`)
  }
  if (!Predicate.isObject(json)) return foreign("", "the body is not a JSON object")
  const { errcode, errmsg } = json as Fields
  const code = codeOf(errcode)
  if (
    code === undefined && !(self.withoutErrcode !== undefined && self.withoutErrcode in json && errcode === undefined)
  ) {
    return errcode === undefined
      ? foreign("errcode", "it is missing, as in no answer of WeCom's")
      : foreign("errcode", "expected an integer")
  }
  if (code !== undefined && code !== 0 && !tellsOfItems(self, json as Fields)) {
    const message = typeof errmsg === "string" ? scrub(errmsg.slice(0, longestMessage), secretsOf(response, input)) : ""
    return Effect.fail(Failure.fromErrcode(self.name, code, message))
  }
  if (status < 200 || status > 299) return foreign("", "an HTTP error without an errcode")
  return raw ? Effect.succeed(json) : decode(self, response, json)
}

const decode = (self: Description, response: HttpClientResponse.HttpClientResponse, json: object): Answer => {
  let decoded: ReturnType<Lenient>
  try {
    decoded = decoderOf(self)(json)
  } catch (defect) {
    return defect instanceof RangeError
      ? Effect.fail(misfit(self, response, [nestedTooDeeply], { done: true }))
      : Effect.die(defect)
  }
  const { exit, mended } = decoded
  if (Exit.isFailure(exit)) {
    return Effect.flatMap(issuesOf(exit.cause), (issues) => Effect.fail(misfit(self, response, issues, { done: true })))
  }
  return mended.length === 0 ? Effect.succeed(exit.value) : Effect.as(report(self, mended), exit.value)
}

const decoders = new WeakMap<Description, Lenient>()

const decoderOf = (self: Description): Lenient => {
  let found = decoders.get(self)
  if (found === undefined) {
    found = lenient(self.schemas.success)
    decoders.set(self, found)
  }
  return found
}

/** Places that have been told of, by endpoint. */
const told = new WeakMap<Description, Set<string>>()

/** Counts a mended answer, and tells of each place once, so that a change of WeCom's is seen. */
const report = (self: Description, mended: ReadonlyArray<string>): Effect.Effect<void> =>
  Effect.suspend(() => {
    let known = told.get(self)
    if (known === undefined) told.set(self, known = new Set())
    const fresh = mended.filter((place) => !known.has(place) && known.size < maxPlaces)
    for (const place of fresh) known.add(place)
    const counted = Metric.update(Metric.withAttributes(mendedAnswers, { endpoint: self.name }), 1)
    return fresh.length === 0
      ? counted
      : Effect.andThen(
        counted,
        Effect.logWarning(`${self.name}: the answer differs from what is documented, and was read all the same`).pipe(
          Effect.annotateLogs({ "wecom.endpoint": self.name, "wecom.places": fresh.join(", ") })
        )
      )
  })

const maxPlaces = 1000

/** Whether an answer with an errcode tells which items it is of. */
const tellsOfItems = ({ itemResults }: Description, json: Fields): boolean => {
  const items = itemResults === undefined ? undefined : json[itemResults]
  return Array.isArray(items) && items.length > 0
}

/** An errcode is a number, or the digits of one. */
const codeOf = (errcode: unknown): number | undefined => {
  const code = typeof errcode === "string" && /^-?\d+$/.test(errcode.trim()) ? Number(errcode) : errcode
  return typeof code === "number" && Number.isSafeInteger(code) ? code : undefined
}

/** Of an error message, only so much is looked at. */
const longestMessage = 4096

const nestedTooDeeply: Issue = { field: "", message: "the body is nested too deeply" }

/** What the request held that must not be told, in case WeCom's text repeats it. */
const secretsOf = (response: HttpClientResponse.HttpClientResponse, input: unknown): ReadonlyArray<string> =>
  [
    ...response.request.urlParams.params.map(([, value]) => value),
    ...(Predicate.isObject(input) ? Object.values(input) : [])
  ].flatMap((value) => Redacted.isRedacted(value) ? [String(Redacted.value(value))] : [])

const scrub = (text: string, secrets: ReadonlyArray<string>): string =>
  secrets.reduce((text, secret) => secret === "" ? text : text.replaceAll(secret, "<redacted>"), text)
