/**
 * What clients in other languages send for fields that were not set, for every endpoint: fields that it does not have are
 * overlooked and named, empty values stand for absent ones, and pages are no larger than they may be.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Layer, Schema } from "effect"
import { catalogue } from "../../src/catalogue.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import { areas } from "../../src/simulator/areas/index.ts"
import * as Lenience from "../../src/simulator/engine/Lenience.ts"
import * as Sample from "../../src/simulator/engine/Sample.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { get, token } from "./raw.ts"

type Codec = Schema.Codec<unknown, unknown>

const codes = new Map(areas.flatMap(({ routes }) => routes.map((route) => [route.endpoint.name, route.codes] as const)))

interface Asked {
  readonly name: string
  readonly take: (body: unknown) => {
    readonly fits: boolean
    readonly taken: boolean
    readonly warnings: ReadonlyArray<string>
    readonly value: unknown
  }
  readonly body: { readonly [field: string]: unknown }
}

/** Every endpoint with a JSON body, and a body of each. */
const asked: ReadonlyArray<Asked> = catalogue.flatMap(({ endpoint }) => {
  const self = Endpoint.describe(endpoint)
  const body = self.schemas.body as Codec | undefined // the schemas of endpoints need no services
  if (body === undefined || self.kind !== "json") return []
  const decode = Schema.decodeUnknownExit(body, { onExcessProperty: "error" })
  const sample = Schema.encodeUnknownSync(body)(Sample.make(body, self.name))
  return [{
    name: self.name,
    body: Object(sample) as Asked["body"],
    take: (given) => {
      const { value, warnings } = Lenience.forgive(body, given, codes.get(self.name) ?? {})
      return { fits: Exit.isSuccess(decode(given)), taken: Exit.isSuccess(decode(value)), value, warnings }
    }
  }]
})

describe("a request to any endpoint", () => {
  it("has no fields that the endpoint does not know: they are overlooked, and named", () => {
    assert.isAbove(asked.length, 550)
    const wrong = asked.flatMap(({ body, name, take }) => {
      const { taken, warnings } = take({ ...body, a_field_of_no_endpoint: 1 })
      const free = warnings.length === 0
      return taken && (free || warnings.some((warning) => warning.startsWith("a_field_of_no_endpoint"))) ? [] : [name]
    })
    assert.deepStrictEqual(wrong, [])
  })

  it("may have null, an empty text or 0 in place of what is absent", () => {
    let tried = 0
    const wrong = asked.flatMap(({ body, name, take }) =>
      places(body).flatMap(([place, without, set]) => {
        if (!take(without).taken) return []
        tried += 1
        return [null, "", 0, [], {}].flatMap((empty) =>
          take(set(empty)).taken ? [] : [`${name} ${place}: ${JSON.stringify(empty)}`]
        )
      })
    )
    assert.isAbove(tried, 1500)
    assert.deepStrictEqual(wrong, [])
  })

  it("may ask for pages that are too large: the default counts", () => {
    const sizes = asked.filter(({ body }) => typeof body.limit === "number")
    assert.isAbove(sizes.length, 80)
    const wrong = sizes.flatMap(({ body, name, take }) => {
      const { fits, taken, value } = take({ ...body, limit: 1_000_000_000 })
      return taken && (fits || Object(value).limit !== 1_000_000_000) ? [] : [name]
    })
    assert.deepStrictEqual(wrong, [])
  })

  it.effect("may have such parameters, too", () =>
    Effect.gen(function*() {
      const value = yield* token
      const { calls } = yield* Simulator
      const wrong: Array<string> = []
      for (const { credential, query, path, name } of queries) {
        if (credential !== "app") continue
        const ask = (parameters: object) =>
          get(
            `${path}?${new URLSearchParams({ access_token: value, ...parameters })}`
          )
        const plain = yield* ask(query)
        const odd = yield* ask({ ...query, a_parameter_of_no_endpoint: "1" })
        const [entry] = (yield* calls(path)).slice(-1)
        if (plain.errcode !== 40058 && odd.errcode === 40058) wrong.push(`${name}: ${odd.errmsg}`)
        if (entry?.warnings[0]?.startsWith("a_parameter_of_no_endpoint") !== true) wrong.push(`${name}: no warning`)
      }
      assert.isAbove(queries.length, 70)
      assert.deepStrictEqual(wrong, [])
    }).pipe(Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))))
})

/** Every endpoint that is asked by GET and answers with JSON, and the parameters of each. */
const queries = catalogue.flatMap(({ endpoint }) => {
  const self = Endpoint.describe(endpoint)
  const { query } = self.schemas
  if (self.method !== "GET" || self.kind !== "json") return []
  const codec = query as Schema.Codec<unknown> | undefined // the schemas of endpoints need no services
  const sample = codec === undefined ? {} : Schema.encodeUnknownSync(codec)(Sample.make(codec, self.name))
  return [{ ...self, query: Object(sample) as object }]
})

type Place = readonly [place: string, without: unknown, set: (value: unknown) => unknown]

/** The fields of a body and of the objects in it, each with the body without it, and one with another value. */
const places = (body: unknown, at = ""): ReadonlyArray<Place> => {
  if (Array.isArray(body)) {
    return places(body[0], `${at}[]`).map(([place, without, set]) => [
      place,
      [without, ...body.slice(1)],
      (value) => [set(value), ...body.slice(1)]
    ])
  }
  if (typeof body !== "object" || body === null) return []
  return Object.entries(body).flatMap(([name, field]): ReadonlyArray<Place> => {
    const { [name]: _, ...without } = body as Record<string, unknown> // its entries were just read
    const inside = places(field, `${at}.${name}`).map(([place, inner, set]): Place => [
      place,
      { ...body, [name]: inner },
      (value) => ({ ...body, [name]: set(value) })
    ])
    return [[`${at}.${name}`, without, (value) => ({ ...body, [name]: value })], ...inside]
  })
}
