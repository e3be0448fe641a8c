/**
 * Every sample goes through the codecs of its endpoint both ways and comes out with equal values: the shared ones beside
 * the project, and the project's own, which stand for them in a lone clone.
 */
import { assert, describe, it } from "@effect/vitest"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { hasShared, needsShared, sharedPath } from "../support/shared.ts"
import { check, ownSamples, refused, sharedSamples, type Source } from "./Samples.ts"

const suite = (source: Source) => {
  const byEndpoint = Map.groupBy(source.samples, ({ method, path }) => `${method} ${path}`)
  const bare: Array<string> = []
  let count = 0
  for (const { endpoint, method, service } of catalogue) {
    const self = describeEndpoint(endpoint)
    const own = byEndpoint.get(self.name) ?? []
    if (own.length === 0) bare.push(`${service}.${method}`)
    for (const sample of own) {
      if (refused[sample.file] !== undefined) continue
      count++
      it(`${service}.${method}: ${sample.file}`, () => {
        assert.deepStrictEqual(check(self, source, sample, own), [])
      })
    }
  }
  it("are counted, and endpoints without any are named", () => {
    console.log(
      `${count} samples of ${catalogue.length} endpoints; without any: ${bare.length === 0 ? "none" : bare.join(", ")}`
    )
    assert.isAbove(count, catalogue.length)
  })
}

describe("our own samples", () => {
  suite(ownSamples())
})

describe.skipIf(!hasShared)("shared samples", () => {
  if (hasShared) suite(sharedSamples(sharedPath("wecom")))
})

it("shared samples are there", (context) => {
  needsShared(context)
  assert.isTrue(hasShared)
})
