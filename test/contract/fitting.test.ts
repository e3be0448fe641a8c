/**
 * What is read and written without Effect's parsers is what they would read and write: for every sample of every endpoint
 * and event, as it is and with one odd value in each of its places.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Redacted, Schema } from "effect"
import { isDeepStrictEqual } from "node:util"
import * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import { catalogue } from "../../src/catalogue.ts"
import { type AnyCodec, describe as describeEndpoint } from "../../src/Endpoint.ts"
import * as Fitting from "../../src/internal/wire/fitting.ts"
import { eventFixtures, fixtures, sharedSamples as sharedEvents } from "../callback/leaves.ts"
import { hasShared, sharedPath } from "../support/shared.ts"
import { type Node, placesOf, replaced } from "./odd.ts"
import { bodyOf, ownSamples, refused, sharedSamples, type Source } from "./Samples.ts"

/** Beside these, a field that no schema has. */
const odd: ReadonlyArray<Node> = ["", " ", "x", "7", 7, 0, -1.5, true, null, [], [null], ["x"], {}, { x: 1 }]

/** The same value in all its places, and all its places odd in turn. */
const variations = (value: Node): ReadonlyArray<Node> => [
  value,
  ...odd,
  ...placesOf(value).flatMap(({ path, value: there }) => [
    ...odd.map((by) => replaced(value, path, by)),
    ...(typeof there === "object" && there !== null && !Array.isArray(there)
      ? [replaced(value, path, { ...there, "x-odd": "x" })]
      : [])
  ])
]

const plain = (value: unknown): unknown =>
  Redacted.isRedacted(value)
    ? { secret: Redacted.value(value) }
    : Array.isArray(value)
    ? value.map(plain)
    : typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
    : value

const same = (one: unknown, other: unknown): boolean =>
  isDeepStrictEqual(one, other) && isDeepStrictEqual(plain(one), plain(other))

interface Tally {
  tried: number
  fitted: number
  readonly differences: Array<string>
}

const tally = (): Tally => ({ tried: 0, fitted: 0, differences: [] })

/** What Effect makes of a value, beside what was made of it without. */
const compare = (
  { differences, ...counts }: Tally,
  place: string,
  effect: () => Exit.Exit<unknown, unknown>,
  fitted: unknown
): Omit<Tally, "differences"> => {
  const exit = effect()
  const fits = fitted !== Fitting.unfit
  if (Exit.isSuccess(exit) !== fits || (Exit.isSuccess(exit) && !same(exit.value, fitted))) {
    differences.push(
      `${place}: ${JSON.stringify(Exit.isSuccess(exit) ? exit.value : "refused")}, not ${
        fits ? JSON.stringify(fitted) : "unfit"
      }`
    )
  }
  return { tried: counts.tried + 1, fitted: counts.fitted + (fits ? 1 : 0) }
}

const reading = (schema: AnyCodec) => {
  const decode = Schema.decodeUnknownExit(schema, { disableChecks: true })
  const fit = Fitting.decoding(schema.ast)
  return (counts: Tally, place: string, value: unknown) =>
    Object.assign(counts, compare(counts, place, () => decode(value), fit(value)))
}

const writing = (schema: AnyCodec) => {
  // A field that would be left out makes it unfit, and is looked for by Effect's slow way.
  const encode = Schema.encodeUnknownExit(schema, { onExcessProperty: "error" })
  const fit = Fitting.encoding(schema.ast)
  return (counts: Tally, place: string, value: unknown) =>
    Object.assign(counts, compare(counts, place, () => encode(value), fit(value)))
}

/** Where the two differ, and whether enough values fitted to tell. */
const outcome = ({ differences, fitted, tried }: Tally) => {
  console.log(`${tried} values, ${fitted} fit`)
  return { differences: differences.slice(0, 10), enough: fitted > tried / 10 }
}

const equal = { differences: [], enough: true }

const entries = catalogue.map(({ endpoint }) => describeEndpoint(endpoint)).filter(({ kind }) => kind !== "download")

const suite = (source: () => Source) => {
  const bodies = (section: "request" | "response") => {
    const { samples, text } = source()
    const byEndpoint = Map.groupBy(samples, ({ method, path }) => `${method} ${path}`)
    return entries.flatMap((self) => {
      const siblings = byEndpoint.get(self.name) ?? []
      return siblings.flatMap((sample) => {
        const isOfSection = sample.kind === section || sample.section === (section === "request" ? "body" : "response")
        return isOfSection && refused[sample.file] === undefined && (sample.placeholders ?? []).length === 0
          ? [{ self, file: sample.file, value: bodyOf({ samples, text }, sample, siblings, self.int64) as Node }]
          : []
      })
    })
  }

  it("answers are read as by Effect", () => {
    const counts = tally()
    for (const { file, self, value } of bodies("response")) {
      const read = reading(self.schemas.success)
      for (const one of variations(value)) read(counts, file, one)
    }
    assert.deepStrictEqual(outcome(counts), equal)
  })

  it("inputs are written as by Effect", () => {
    const counts = tally()
    for (const { file, self, value } of bodies("request")) {
      const { body } = self.schemas
      if (body === undefined) continue
      const write = writing(body)
      const decode = Schema.decodeUnknownExit(body, { disableChecks: true })
      for (const one of variations(value)) {
        write(counts, file, one)
        const input = decode(one)
        if (Exit.isSuccess(input)) write(counts, file, input.value)
      }
    }
    assert.deepStrictEqual(outcome(counts), equal)
  })
}

describe("our own samples", () => {
  suite(ownSamples)
})

describe.skipIf(!hasShared)("shared samples", () => {
  suite(() => sharedSamples(sharedPath("wecom")))
})

it("events are read as by Effect", () => {
  const counts = tally()
  for (const { text } of [...eventFixtures, ...fixtures(""), ...sharedEvents("callback")]) {
    if (/<Encrypt>|"encrypt"/i.test(text)) continue
    const event = Effect.runSync(CallbackEvent.fromText(text.trim()))
    if (event._tag === "Unknown") continue
    const { schema } = event.constructor as unknown as { readonly schema: AnyCodec }
    const read = reading(schema)
    for (const one of variations(event.toFields() as Node)) read(counts, event.key, one)
  }
  assert.deepStrictEqual(outcome(counts), equal)
})
