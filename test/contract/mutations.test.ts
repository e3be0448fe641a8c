/**
 * Answers with one odd value: every sample, changed in one place at a time, as servers have been seen to send it. What is
 * still refused is what identifies, and each refusal names the field.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Option } from "effect"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { issuesOf } from "../../src/internal/kernel/issues.ts"
import { lenient } from "../../src/internal/wire/mend.ts"
import { hasShared, sharedPath } from "../support/shared.ts"
import { type Node, placesOf, replaced } from "./odd.ts"
import { bodyOf, ownSamples, refused, type Sample, sharedSamples, type Source } from "./Samples.ts"

interface Mutation {
  readonly name: string
  /** The share of answers that may be refused. */
  readonly ceiling: number
  readonly of: (value: Node) => ReadonlyArray<Node>
}

const isObject = (value: Node): boolean => typeof value === "object" && value !== null && !Array.isArray(value)

const mutations: ReadonlyArray<Mutation> = [
  { name: "a quoted number", ceiling: 0.005, of: (value) => typeof value === "number" ? [String(value)] : [] },
  {
    name: "a text for a number, or a number for a text",
    ceiling: 0.02,
    of: (value) =>
      typeof value === "number" ? [String(value)] : typeof value === "string" && value !== "" ? [10_086] : []
  },
  {
    name: "a boolean as 0 or 1, or the other way round",
    ceiling: 0.01,
    of: (value) =>
      typeof value === "boolean" ? [value ? 1 : 0, value ? "1" : "0"] : value === 0 || value === 1 ? [value === 1] : []
  },
  { name: "nothing for a list", ceiling: 0.01, of: (value) => Array.isArray(value) ? ["", null] : [] },
  { name: "an item of null", ceiling: 0.01, of: (value) => Array.isArray(value) ? [[...value, null], [null]] : [] },
  {
    name: "nothing for a number, a text or an object",
    ceiling: 0.12,
    of: (value) =>
      typeof value === "number" || typeof value === "string" || isObject(value)
        ? ["", null, [], {}].filter((odd) => JSON.stringify(odd) !== JSON.stringify(value))
        : []
  }
]

const entries = catalogue.map(({ endpoint }) => describeEndpoint(endpoint)).filter(({ kind }) => kind !== "download")

const suite = (source: () => Source) => {
  const answers = () => {
    const { samples, text } = source()
    const byEndpoint = Map.groupBy(samples, ({ method, path }) => `${method} ${path}`)
    return entries.flatMap((self) => {
      const siblings: ReadonlyArray<Sample> = byEndpoint.get(self.name) ?? []
      return siblings.flatMap((sample) => {
        const isAnswer = (sample.kind === "response" || sample.section === "response") &&
          (sample.errcode ?? 0) === 0 && refused[sample.file] === undefined && (sample.placeholders ?? []).length === 0
        return isAnswer
          ? [{ self, file: sample.file, value: bodyOf({ samples, text }, sample, siblings, self.int64) as Node }]
          : []
      })
    }).filter(({ self, value }) => Exit.isSuccess(lenient(self.schemas.success)(value).exit))
  }

  it.each(mutations)("$name is read", ({ ceiling, of }) => {
    const failed: Array<string> = []
    let tried = 0
    for (const { file, self, value } of answers()) {
      const decode = lenient(self.schemas.success)
      for (const { path, value: there } of placesOf(value)) {
        if (path[0] === "errcode" || path[0] === "errmsg") continue
        for (const odd of of(there)) {
          tried++
          const { exit } = decode(replaced(value, path, odd))
          if (Exit.isSuccess(exit)) continue
          failed.push(`${self.name} ${path.map((part) => typeof part === "number" ? "[]" : `.${part}`).join("")}`)
          assert.isTrue(Option.isSome(Cause.findErrorOption(exit.cause)), `${file}: a defect`)
          const issues = Effect.runSync(issuesOf(exit.cause))
          assert.isTrue(
            issues.some(({ field, message }) =>
              `${field} ${message}`.includes(String(path.find((part) => typeof part === "string")))
            ),
            `${file} ${path.join(".")}: ${JSON.stringify(issues)}`
          )
        }
      }
    }
    const share = failed.length / tried
    if (process.env["MUTATIONS"] !== undefined) {
      console.log([...Map.groupBy(failed, (one) => one)].map(([one, all]) => `${all.length} ${one}`).join("\n"))
    }
    console.log(`${failed.length} of ${tried} refused: ${(share * 100).toFixed(2)} %`)
    assert.isAbove(tried, 50)
    assert.isAtMost(share, ceiling)
  })
}

describe("own samples with one odd value", () => {
  suite(ownSamples)
})

describe.skipIf(!hasShared)("shared samples with one odd value", () => {
  suite(() => sharedSamples(sharedPath("wecom")))
})
