/**
 * No schema hides what it does not know: a walk over every schema's wire side finds untyped places.
 */
import type { SchemaAST } from "effect"
import { Schema } from "effect"
import { assert, describe, it } from "vitest"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"

/** Untyped on purpose, each with its reason. */
const reviewed: { readonly [place: string]: string } = {
  "POST /cgi-bin/wedoc/smartsheet/webhook body /schema/*": "titles by the ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/webhook body /add_records/-/values/*": "cells by the ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/webhook success /add_records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/oa/getapprovaldetail success /info/apply_data/contents/-/value/stat_field/-": "in no document",
  "POST /cgi-bin/oa/gettemplatedetail success /template_content/controls/-/config/selector/op_relations/-":
    "in no document"
}

/** Paths of the places of a schema's wire side that are typed by nothing. */
export const untyped = (schema: Schema.Constraint): ReadonlyArray<string> => {
  const found: Array<string> = []
  const seen = new Set<SchemaAST.AST>()
  const walk = (ast: SchemaAST.AST, path: string): void => {
    if (seen.has(ast)) return
    seen.add(ast)
    switch (ast._tag) {
      case "Unknown":
      case "Any":
      case "ObjectKeyword":
        found.push(path)
        break
      case "Declaration":
        if ((ast.annotations?.["representation"] as { readonly id: string } | undefined)?.id.endsWith("Json")) {
          found.push(path)
        }
        break
      case "Objects":
        if (ast.annotations?.["identifier"] === "UnknownVariant") break
        for (const { name, type } of ast.propertySignatures) walk(type, `${path}/${String(name)}`)
        for (const { type } of ast.indexSignatures) {
          found.push(`${path}/*`)
          walk(type, `${path}/*`)
        }
        break
      case "Arrays":
        for (const item of [...ast.elements, ...ast.rest]) walk(item, `${path}/-`)
        break
      case "Union":
        for (const member of ast.types) walk(member, path)
        break
      case "Suspend":
        walk(ast.thunk(), path)
        break
    }
  }
  walk(Schema.toEncoded(schema).ast, "")
  return found
}

describe("schemas", () => {
  it("finds untyped places", () => {
    assert.deepStrictEqual(
      untyped(Schema.Struct({ a: Schema.Array(Schema.Json), b: Schema.Record(Schema.String, Schema.String) })),
      ["/a/-", "/b/*"]
    )
  })

  it("are typed everywhere but at the reviewed places", () => {
    const places = catalogue.flatMap(({ endpoint }) => {
      const self = describeEndpoint(endpoint)
      const { body, query, success } = self.schemas
      return [["query", query], ["body", body], ["success", success]].flatMap(([part, schema]) =>
        schema === undefined
          ? []
          : untyped(schema as Schema.Constraint).map((path) => `${self.name} ${part as string} ${path}`)
      )
    })
    assert.deepStrictEqual(places.filter((place) => reviewed[place] === undefined), [])
    assert.deepStrictEqual(Object.keys(reviewed).filter((place) => !places.includes(place)), [], "no longer there")
  })
})
