/**
 * The endpoints of WeChat Pay against the list, their samples (XML) and their field trees. What signs a request, and what
 * tells that an answer is one, is no part of the schemas.
 */
import { assert, describe, it } from "@effect/vitest"
import { Exit, Result, Schema, SchemaAST } from "effect"
import { readFileSync } from "node:fs"
import { merchantCatalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import * as Xml from "../../src/internal/callback/xml.ts"
import { lenient } from "../../src/internal/wire/mend.ts"
import { needsShared, sharedPath, sharedText } from "../support/shared.ts"

const envelope = new Set(
  "appid wxappid mch_id nonce_str sign workwx_sign return_code return_msg result_code err_code err_code_des".split(" ")
)
const entries = merchantCatalogue.map((entry) => ({ ...entry, self: describeEndpoint(entry.endpoint) }))

/** A sample's own fields; the full-width colons of times are the documents' typography. */
const fieldsOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Result.getOrThrow(Xml.parse(readFileSync(sharedPath(`wecom/samples/${file}`), "utf8"))))
      .filter(([name]) => !envelope.has(name))
      .map(([name, value]) => [name, String(value).replaceAll("：", ":")])
  )

const codecOf = (schema: unknown) => schema as Schema.Codec<unknown, unknown> // those of endpoints need no services

const namesOf = (schema: { readonly ast: SchemaAST.AST }): ReadonlySet<string> => {
  const ast = SchemaAST.toEncoded(schema.ast)
  return new Set(ast._tag === "Objects" ? ast.propertySignatures.map(({ name }) => String(name)) : [])
}

describe("the endpoints of WeChat Pay", () => {
  it("are those of the list", (context) => {
    needsShared(context)
    const rows = sharedText("wecom/endpoints.tsv").trimEnd().split("\n").map((line) => line.split("\t"))
    const listed = rows.filter(([, , , , auth]) => auth === "mch_cert")
    assert.sameMembers(
      entries.map(({ area, self }) => `${area} ${self.name} ${self.credential}`),
      listed.map(([area, method, path]) => `${area} ${method} ${path} merchant`)
    )
    assert.lengthOf(listed, 4)
  })

  it("take their samples both ways", (context) => {
    needsShared(context)
    const samples: ReadonlyArray<{ readonly file: string; readonly kind: string; readonly path?: string }> = JSON.parse(
      sharedText("wecom/samples/index.json")
    )
    const seen = entries.flatMap(({ self }) =>
      samples.filter(({ path }) => path === self.path).map(({ file, kind }) => {
        const fields = fieldsOf(file)
        const schema = codecOf(kind === "request" ? self.schemas.body : self.schemas.success)
        const decoded = kind === "request"
          ? Schema.decodeUnknownExit(schema)(fields, { onExcessProperty: "error" })
          : lenient(schema)(fields).exit
        assert.isTrue(Exit.isSuccess(decoded), `${file}: ${JSON.stringify(decoded)}`)
        const encoded = Exit.isSuccess(decoded) && Schema.encodeUnknownExit(schema)(decoded.value)
        assert.isTrue(encoded !== false && Exit.isSuccess(encoded), file)
        const written = encoded !== false && Exit.isSuccess(encoded) ? encoded.value as Record<string, unknown> : {}
        const texts = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, String(value)]))
        for (const name in fields) {
          // A payment has a device_info in its answer; other models may leave out what they do not know.
          assert.strictEqual(texts[name], fields[name], `${file}: ${name}`)
        }
        return file
      })
    )
    assert.lengthOf(seen, 8)
  })

  it("have every field of the trees", (context) => {
    needsShared(context)
    const trees: {
      readonly [endpoint: string]: { readonly body: object; readonly response: object }
    } = JSON.parse(sharedText("wecom/fields/mmpaymkttransfers.json"))
    for (const { self } of entries) {
      const tree = trees[self.name]
      const parts = [[self.schemas.body, tree?.body], [self.schemas.success, tree?.response]] as const
      for (const [schema, fields] of parts) {
        assert.isDefined(schema)
        if (schema === undefined) continue
        const names = namesOf(schema)
        assert.deepStrictEqual(
          Object.keys(fields ?? {}).filter((name) => !envelope.has(name) && !names.has(name)),
          [],
          self.name
        )
      }
    }
  })
})
