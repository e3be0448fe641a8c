/**
 * Every shared sample goes through the codecs of its endpoint both ways and comes out with equal values.
 */
import { Exit, Schema } from "effect"
import { assert, describe, it } from "vitest"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { hasShared, needsShared, sharedPath } from "../support/shared.ts"
import { at, differences, embed, readSample, readSamples, refused, type Sample } from "./Samples.ts"

type Schemas = Record<"body" | "query" | "success", Schema.Codec<unknown, unknown>>

describe("shared samples", () => {
  if (!hasShared) {
    it("round-trip", needsShared)
    return
  }
  const shared = sharedPath("wecom")
  const samples = readSamples(shared).filter((sample) =>
    sample.kind === "request" || sample.kind === "response" || sample.kind === "fragment"
  )
  const byEndpoint = Map.groupBy(samples, (sample) => `${sample.method} ${sample.path}`)
  const bare: Array<string> = []

  for (const { endpoint, method, service } of catalogue) {
    const self = describeEndpoint(endpoint)
    const own = byEndpoint.get(self.name) ?? []
    if (own.length === 0) {
      bare.push(`${service}.${method} (${self.name})`)
      continue
    }

    const body = (sample: Sample): unknown => {
      const value = readSample(shared, sample, self.int64)
      if (sample.kind !== "fragment") return value
      const base = own.find((other) => other.kind === sample.section && other.errcode === undefined)
      return embed(base === undefined ? {} : readSample(shared, base, self.int64), sample.pointer!, value)
    }

    const pointers = (sample: Sample) => (sample.placeholders ?? []).map((pointer) => pointer.replace(/^\w+ /, ""))

    const roundTrip = (sample: Sample, schema: Schema.Codec<unknown, unknown>, options: object): void => {
      const value = body(sample)
      // A word stands there where a number belongs.
      for (const pointer of pointers(sample)) at(value, pointer, (parent, key) => parent[key] = 1)
      const decoded = Schema.decodeUnknownExit(schema, options)(value)
      if (Exit.isFailure(decoded)) assert.fail(String(decoded.cause))
      const encoded = Schema.encodeUnknownExit(schema, options)(decoded.value)
      if (Exit.isFailure(encoded)) assert.fail(String(encoded.cause))
      const { errcode: _, errmsg: __, ...expected } = value as Record<string, unknown>
      assert.deepStrictEqual(differences(expected, encoded.value ?? {}), [])
    }

    describe(`${service}.${method}: ${self.name}`, () => {
      for (const sample of own) {
        const request = sample.kind === "request" || sample.section === "request"
        if (refused[sample.file] !== undefined) continue
        it(sample.file, () => {
          const { body, query, success } = self.schemas as unknown as Schemas
          if (!request) {
            if (sample.errcode !== undefined && sample.errcode !== 0) {
              assert.strictEqual(
                (readSample(shared, sample, self.int64) as { errcode: number }).errcode,
                sample.errcode
              )
              return
            }
            if (self.kind === "download") return
            roundTrip(sample, success, { disableChecks: true })
          } else {
            const schema = self.method === "GET" ? query : body
            assert.isDefined(schema, `${self.name} takes no ${self.method === "GET" ? "query" : "body"}`)
            roundTrip(sample, schema, { onExcessProperty: "error" })
          }
        })
      }
    })
  }

  it("says which endpoints have no sample", () => {
    console.log(
      `${samples.length} samples in all; endpoints without any: ${bare.length === 0 ? "none" : bare.join(", ")}`
    )
    assert.isTrue(bare.length < catalogue.length)
  })
})
