/**
 * What the simulator remembers of requests: no secrets, and no more than it is told to.
 */
import { assert, describe, it } from "@effect/vitest"
import type { SchemaAST } from "effect"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import * as Journal from "../../src/simulator/engine/Journal.ts"

/** The names of the fields below a schema that hold secrets, in the program or on the wire. */
const secretsOf = (ast: SchemaAST.AST, name = ""): ReadonlyArray<string> => [
  ...inside(ast, name),
  ...(ast.encoding ?? []).flatMap(({ to }) => secretsOf(to, name))
]

const inside = (ast: SchemaAST.AST, name: string): ReadonlyArray<string> => {
  switch (ast._tag) {
    case "Declaration":
      return isRedacted(ast) ? [name] : ast.typeParameters.flatMap((parameter) => secretsOf(parameter, name))
    case "Objects":
      return ast.propertySignatures.flatMap((property) => secretsOf(property.type, String(property.name)))
    case "Arrays":
      return [...ast.elements, ...ast.rest].flatMap((item) => secretsOf(item, name))
    case "Union":
      return ast.types.flatMap((member) => secretsOf(member, name))
    default:
      return []
  }
}

const isRedacted = ({ annotations }: SchemaAST.Declaration): boolean => {
  const representation = annotations?.representation
  return typeof representation === "object" && representation !== null && "id" in representation &&
    representation.id === "effect/schema/Redacted"
}

const secrets = (place: "query" | "body" | "success"): ReadonlySet<string> =>
  new Set(catalogue.flatMap(({ endpoint }) => {
    const schema = describeEndpoint(endpoint).schemas[place]
    return schema === undefined ? [] : secretsOf(schema.ast)
  }))

describe("the journal", () => {
  it("hides every field that is a secret to some endpoint", () => {
    const fields = new Set([...secrets("body"), ...secrets("success")])
    assert.includeMembers([...fields], ["encodingaeskey", "permanent_code", "access_token", "user_ticket"])
    const shown = [...fields].filter((name) =>
      // The name of a plucked field is found on the wire.
      name !== "" && Journal.redact(`{"${name}":"hidden-value"}`).includes("hidden-value")
    )
    // The only secret in the link to an export is in its query.
    assert.deepStrictEqual(shown, ["url"])
    assert.notInclude(Journal.redact(`{"url":"http://x/export?corp=c&file=hidden-value"}`), "hidden-value")
  })

  it("hides the parameters of a query that are secrets to some endpoint", () => {
    const journal = Journal.make(10)
    const query = Object.fromEntries([...secrets("query"), "access_token"].map((name) => [name, "hidden-value"]))
    assert.isAbove(Object.keys(query).length, 3)
    const entry = journal.open("call", 0, "GET", "/cgi-bin/gettoken", query)
    assert.notInclude(JSON.stringify(entry), "hidden-value")
  })

  it("hides a secret that is cut off", () => {
    const text = JSON.stringify({ text: "x".repeat(3950), corpsecret: "hidden-value".repeat(20) })
    assert.notInclude(Journal.redact(text), "hidden-value")
  })

  it("counts what callers make up together", () => {
    const journal = Journal.make(10)
    for (let i = 0; i < 5000; i++) journal.count(journal.open("call", 0, "GET", `/cgi-bin/${i}`, {}), true)
    const counts = journal.counts()
    assert.isAtMost(Object.keys(counts).length, 2001)
    assert.deepStrictEqual(counts.others, { Aborted: 3000 })
    assert.strictEqual(journal.entries().length, 10)
  })

  it("finds words as they are written, in any case, in whatever an entry has", () => {
    const journal = Journal.make(10)
    const entry = journal.open("call", 0, "POST", "/cgi-bin/message/send", { agentid: "7" })
    entry.body = "{\"content\":\"Costs $5 (a+b) [c]\"}"
    entry.errcode = 45009
    const found = (text: string) => journal.search({ text }).total
    const hits = ["costs $5", "(A+B)", "[c]", "agentid=7", "MESSAGE/send 45009", "接口调用超过限制"]
    assert.deepStrictEqual(hits.filter((text) => found(text) !== 1), [])
    assert.deepStrictEqual(["costs.", "(a|b)", "$6", "send 45010"].filter((text) => found(text) !== 0), [])
    assert.strictEqual(journal.search({ failed: true }).total, 1)
    assert.strictEqual(journal.search({ failed: false }).total, 0)
  })

  it("hides the secrets of headers", () =>
    assert.deepStrictEqual(Journal.redactHeaders({ authorization: "Bearer x", cookie: "a=b", accept: "*/*" }), {
      authorization: "<redacted>",
      cookie: "<redacted>",
      accept: "*/*"
    }))
})
