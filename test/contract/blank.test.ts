/**
 * Requests with one thing missing that has to be there: every sample, with each text that cannot be left out blank, and
 * each number that counts or identifies below zero. Each refusal names the field.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Cause } from "effect"
import { Effect, Exit, Schema } from "effect"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint, type Description } from "../../src/Endpoint.ts"
import { issuesOf } from "../../src/internal/kernel/issues.ts"
import { hasShared, sharedPath } from "../support/shared.ts"
import { bodyOf, ownSamples, refused, type Sample, sharedSamples, type Source } from "./Samples.ts"

type Leaf = string | number | boolean | null
type Node = Leaf | ReadonlyArray<Node> | { readonly [key: string]: Node }
type Path = ReadonlyArray<string | number>

const requests = (source: Source): ReadonlyArray<{ readonly self: Description; readonly value: Node }> => {
  const byEndpoint = Map.groupBy(source.samples, ({ method, path }) => `${method} ${path}`)
  return catalogue.map(({ endpoint }) => describeEndpoint(endpoint)).flatMap((self) => {
    const siblings: ReadonlyArray<Sample> = byEndpoint.get(self.name) ?? []
    return siblings.filter((sample) =>
      (sample.kind === "request" || sample.section === "body") && refused[sample.file] === undefined &&
      (sample.placeholders ?? []).length === 0
    ).map((sample) => ({ self, value: bodyOf(source, sample, siblings, self.int64) as Node }))
  })
}

/** Where texts stand. */
const textsOf = (value: Node, path: Path = []): ReadonlyArray<Path> =>
  typeof value === "string"
    ? [path]
    : Array.isArray(value)
    ? value.slice(0, 1).flatMap((item, index) => textsOf(item, [...path, index]))
    : typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]))
    : []

/** The value with something else, or nothing, at a place. */
const changed = (value: Node, [head, ...rest]: Path, by: Node | undefined): Node => {
  if (head === undefined) throw new Error("no place")
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      index !== head ? [item] : rest.length > 0 ? [changed(item, rest, by)] : by === undefined ? [] : [by]
    )
  }
  const { [head]: there, ...others } = value as { readonly [key: string]: Node }
  return rest.length > 0
    ? { ...others, [head]: changed(there!, rest, by) }
    : by === undefined
    ? others
    : { ...others, [head]: by }
}

const suite = (source: () => Source) => {
  it("is refused where a text that has to be there is blank", () => {
    const taken = new Set<string>()
    let tried = 0
    for (const { self, value } of requests(source())) {
      const schema = self.method === "GET" ? self.schemas.query : self.schemas.body
      if (schema === undefined) continue
      const decode = (wire: Node) =>
        Schema.decodeUnknownExit(schema as Schema.Codec<unknown, unknown>, { onExcessProperty: "error" })(wire)
      if (Exit.isFailure(decode(value))) continue
      for (const path of textsOf(value)) {
        const isItem = typeof path.at(-1) === "number"
        if (!isItem && Exit.isSuccess(decode(changed(value, path, undefined)))) continue
        tried++
        const exit = decode(changed(value, path, ""))
        const field = path.filter((part) => typeof part === "string").join(".")
        if (Exit.isSuccess(exit)) taken.add(`${self.path} ${field}`)
        else {
          const issues = Effect.runSync(issuesOf(exit.cause as Cause.Cause<never>))
          assert.isTrue(
            issues.some(({ field, message }) =>
              `${field} ${message}`.includes(String(path.find((part) => typeof part === "string")))
            ),
            `${self.name} ${field}: ${JSON.stringify(issues)}`
          )
        }
      }
    }
    console.log(`${tried} tried\n${[...taken].join("\n")}`)
  })
}

describe("own requests with one blank text", () => {
  suite(ownSamples)
})

describe.skipIf(!hasShared)("shared requests with one blank text", () => {
  suite(() => sharedSamples(sharedPath("wecom")))
})
