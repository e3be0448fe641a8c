/**
 * What the simulator writes is of the types that the documents name: a client in a language with fixed types reads it.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { catalogue } from "../../src/catalogue.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import * as Json from "../../src/internal/kernel/json.ts"
import * as Sample from "../../src/simulator/engine/Sample.ts"
import { needsShared, sharedPath, sharedText } from "../support/shared.ts"

/** A field, as the reference data describes it. */
interface Node {
  readonly type: string
  readonly anyOf?: ReadonlyArray<string>
  readonly fields?: Fields
  readonly items?: Node
  /** An integer beyond 2^53: unquoted on the wire, text in the program. */
  readonly exceedsDouble?: boolean
}

interface Fields {
  readonly [name: string]: Node
}

const trees = (): ReadonlyMap<string, Fields> =>
  new Map(
    readdirSync(sharedPath("wecom/fields")).filter((file) => file.endsWith(".json")).flatMap((file) =>
      Object.entries(
        JSON.parse(readFileSync(join(sharedPath("wecom/fields"), file), "utf8")) as {
          [name: string]: { response: Fields }
        }
      ).map(([name, { response }]) => [name, response] as const)
    )
  )

const typeOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
    ? "array"
    : typeof value === "number"
    ? Number.isInteger(value) ? "integer" : "number"
    : typeof value

/** The official sample answers of an endpoint. */
const samples = (): ReadonlyMap<string, ReadonlyArray<unknown>> => {
  const entries = JSON.parse(sharedText("wecom/samples/index.json")) as ReadonlyArray<
    { readonly file: string; readonly kind: string; readonly method: string; readonly path: string }
  >
  const found = new Map<string, Array<unknown>>()
  for (const { file, kind, method, path } of entries) {
    if (kind !== "response" || !file.endsWith(".json")) continue
    const name = `${method} ${path}`
    const own = found.get(name) ?? []
    found.set(name, [...own, Json.parse(sharedText(`wecom/samples/${file}`))])
  }
  return found
}

/** The types that samples have at a place, whose steps are fields and `[]` for any item. */
const typesAt = (values: ReadonlyArray<unknown>, steps: ReadonlyArray<string>): ReadonlySet<string> =>
  new Set(
    steps.reduce<ReadonlyArray<unknown>>(
      (values, step) =>
        values.flatMap((value) => step === "[]" ? (Array.isArray(value) ? value : []) : [Object(value)[step]]),
      values
    ).map(typeOf)
  )

/** The fields whose values are of another type than the one that is named first. */
const misfits = (node: Node, value: unknown, path: string): ReadonlyArray<string> => {
  const type = typeOf(value)
  if (node.type === "unknown" || value === undefined) return []
  if (type !== node.type && !(type === "integer" && node.type === "number")) {
    return [
      `${path}: ${type}, not ${[node.type, ...(node.anyOf ?? []).filter((other) => other !== node.type)].join(" or ")}`
    ]
  }
  if (type === "array") {
    return (value as Array<unknown>).flatMap((item) => misfits(node.items ?? any, item, `${path}[]`))
  }
  return type === "object" ? ofFields(node.fields ?? {}, value as object, path) : []
}

const any: Node = { type: "unknown" }

const ofFields = (fields: Fields, value: object, path: string): ReadonlyArray<string> =>
  Object.entries(value).flatMap(([name, field]) => misfits(fields[name] ?? any, field, `${path} ${name}`))

describe("an answer of the simulator", () => {
  it("is of the types that the documents name", (context) => {
    needsShared(context)
    const known = trees()
    let compared = 0
    const wrong = catalogue.flatMap(({ endpoint }) => {
      const { int64, kind, name, schemas } = Endpoint.describe(endpoint)
      const fields = known.get(name)
      if (kind === "download" || fields === undefined) return []
      compared += 1
      const codec = schemas.success as Schema.Codec<unknown> // endpoints' schemas need no services
      const encoded = Schema.encodeUnknownSync(codec, { disableChecks: true })(
        Sample.make(schemas.success, name, int64)
      )
      return ofFields(fields, JSON.parse(Json.stringify(encoded ?? {}, int64)), name)
    })
    assert.isAbove(compared, 250)
    // Where the field trees name another type first, an official sample has the one that is written here.
    const own = samples()
    const unlike = wrong.filter((line) => {
      const [, name = "", place = "", type = ""] = /^(\S+ \S+) (.*): (\w+), not/.exec(line) ?? []
      return !typesAt(own.get(name) ?? [], place.split(/ |(?=\[\])/)).has(type)
    })
    assert.deepStrictEqual(unlike, [
      // The same id is text where rules are made, listed, changed and deleted.
      "POST /cgi-bin/externalcontact/get_intercept_rule rule rule_id: string, not integer or string",
      // A list in the other three endpoints that answer with the same corp.
      "POST /cgi-bin/service/v2/get_auth_info auth_corp_info corp_ex_name name_list: array, not string"
    ])
  })
})
