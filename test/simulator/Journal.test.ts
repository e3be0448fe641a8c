/**
 * What the simulator remembers of requests: no secrets, and no more than it is told to.
 */
import { assert, describe, it } from "@effect/vitest"
import type { SchemaAST } from "effect"
import "../../src/labels/index.ts"
import { Menus } from "../../src/apps/Menus.ts"
import * as Events from "../../src/callback/events/catalogue.ts"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { GroupRobot } from "../../src/robot/GroupRobot.ts"
import * as Journal from "../../src/simulator/engine/Journal.ts"
import * as Secrets from "../../src/simulator/engine/Secrets.ts"

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

/** The names of all fields below a schema. */
const fieldsOf = (ast: SchemaAST.AST, seen = new Set<SchemaAST.AST>()): ReadonlyArray<string> => {
  if (seen.has(ast)) return []
  seen.add(ast)
  const below = (() => {
    switch (ast._tag) {
      case "Declaration":
        return ast.typeParameters
      case "Objects":
        return ast.propertySignatures.map(({ type }) => type)
      case "Arrays":
        return [...ast.elements, ...ast.rest]
      case "Union":
        return ast.types
      default:
        return []
    }
  })()
  return [
    ...(ast._tag === "Objects" ? ast.propertySignatures.map(({ name }) => String(name)) : []),
    ...[...below, ...(ast.encoding ?? []).map(({ to }) => to)].flatMap((part) => fieldsOf(part, seen))
  ]
}

/** A text of JSON with a value for each of these fields. */
const holding = (names: Iterable<string>) =>
  JSON.stringify(Object.fromEntries(Array.from(names, (name) => [name, "hidden-value"])))

describe("the journal", () => {
  it("hides the secrets of every endpoint, in requests and answers", () => {
    const names = new Set<string>()
    const shown = catalogue.flatMap(({ endpoint }) => {
      const self = describeEndpoint(endpoint)
      const { body, query, success } = self.schemas
      const own = [body, query, success].flatMap((schema) => schema === undefined ? [] : secretsOf(schema.ast))
        // The name of a plucked field is found on the wire.
        .filter((name) => name !== "")
      for (const name of own) names.add(name)
      const secrets = Secrets.ofEndpoint(self)
      const entry = Journal.make(1).open(
        "call",
        0,
        self.method,
        self.path,
        Object.fromEntries(own.map((name) => [name, "hidden-value"])),
        secrets
      )
      return `${JSON.stringify(entry)} ${Journal.redact(holding(own), secrets)}`.includes("hidden-value")
        ? [self.name]
        : []
    })
    assert.deepStrictEqual(shown, [])
    assert.isAbove(names.size, 45)
    assert.includeMembers([...names], ["corpsecret", "encodingaeskey", "permanent_code", "user_ticket", "pmi_pwd"])
  })

  it("hides everywhere what is a secret to one endpoint, unless its name is a common word", () => {
    const all = new Set(catalogue.flatMap(({ endpoint }) => [...Secrets.ofEndpoint(describeEndpoint(endpoint))]))
    const shown = new Set(catalogue.flatMap(({ endpoint }) => {
      const self = describeEndpoint(endpoint)
      const secrets = Secrets.ofEndpoint(self)
      const { body, query, success } = self.schemas
      return [body, query, success].flatMap((schema) => schema === undefined ? [] : fieldsOf(schema.ast))
        .filter((name) => all.has(name) && !secrets.has(name))
    }))
    // Keys of menus and cards, links, and rights to documents.
    assert.deepStrictEqual([...shown].toSorted(), ["auth", "key", "url"])
  })

  it("shows what is a secret elsewhere", () => {
    const secrets = Secrets.ofEndpoint(describeEndpoint(Menus.endpoints.create))
    assert.include(Journal.redact(holding(["key"]), secrets), "hidden-value")
    assert.notInclude(Journal.redact(holding(["access_token", "corpsecret"]), secrets), "hidden-value")
    const robot = Secrets.ofEndpoint(describeEndpoint(GroupRobot.endpoints.send))
    assert.notInclude(
      JSON.stringify(Journal.make(1).open("call", 0, "POST", "/", { key: "hidden-value" }, robot)),
      "-value"
    )
  })

  it("hides the secrets of callbacks", () => {
    const names = Object.values(Events).flatMap((event) =>
      "schema" in event && "ast" in event.schema ? secretsOf(event.schema.ast) : []
    )
    assert.includeMembers(names, ["SuiteTicket", "AuthCode", "AccessToken", "aeskey", "response_url"])
    const xml = [...names, "WelcomeCode", "Token"].map((name) => `<${name}><![CDATA[hidden-value]]></${name}>`).join("")
    assert.notInclude(Journal.redact(`<xml>${xml}</xml>`, Secrets.ofCallbacks()), "hidden-value")
    assert.notInclude(Journal.redact(holding(names), Secrets.ofCallbacks()), "hidden-value")
  })

  it("hides a secret that is cut off", () => {
    const text = JSON.stringify({ text: "x".repeat(3950), corpsecret: "hidden-value".repeat(20) })
    assert.notInclude(Journal.redact(text, Secrets.always), "hidden-value")
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
