/**
 * The names of methods: a verb first, then what it acts on.
 */
import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { catalogue } from "../../src/catalogue.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import { paging } from "../../src/Paging.ts"
import { services } from "../../src/services.ts"

/** What methods begin with. A new one stands for what none of these says. */
const verbs = new Set(
  `get list search check is sync
  create update delete set rename move clear copy replace
  add remove invite mark remark sort
  send recall remind respond call write
  upload download start finish cancel close schedule book
  transfer convert translate migrate upgrade change correct
   submit apply pass publish approve import release`.split(/\s+/)
)

const methods = services.flatMap(({ endpoints, module }) =>
  Object.entries(endpoints).map(([method, value]) => ({
    service: module.slice(module.lastIndexOf("/") + 1),
    method,
    value
  }))
)

const name = ({ method, service }: { readonly method: string; readonly service: string }) => `${service}.${method}`

/** The official names, by service and method, as the pages of the API list them. */
const officialNames = new Map(
  globSync("docs/api/**/*.md").flatMap((file) =>
    readFileSync(file, "utf8").split(/^## /m).flatMap((section) => {
      const [service = ""] = section.split("\n", 1)
      return [...section.matchAll(/^\| `(\w+)` +\| `(?:GET|POST) [^`]+` +\| ([^|]+?) +\|/gm)].map(
        ([, method = "", official = ""]) => [`${service}.${method}`, official] as const
      )
    })
  )
)

describe("names of methods", () => {
  it("begin with a verb", () => {
    assert.isAbove(methods.length, 350)
    const others = methods.filter(({ method }) => !verbs.has(/^[a-z]+/.exec(method)?.[0] ?? ""))
    assert.deepStrictEqual(others.map(name), [])
  })

  it("have `All` after the verb where they stream the pages of another, and nowhere else", () => {
    const streams = methods.flatMap((entry) => {
      const found = paging(entry.value)
      if (found._tag === "None") return []
      const paged = methods.find(({ service, value }) => service === entry.service && value === found.value.endpoint)
      return [{ entry, paged: paged?.method ?? "no method of the service" }]
    })
    assert.isAbove(streams.length, 30)
    const odd = streams.filter(({ entry: { method }, paged }) => {
      const [verb = ""] = /^[a-z]+/.exec(paged) ?? []
      // What pages may be a part of one thing: `listAllFollowUsers` of the customer that `get` returns.
      return verb === "get"
        ? !method.startsWith("listAll")
        : !method.startsWith(`${verb}All${paged.slice(verb.length)}`)
    })
    assert.deepStrictEqual(odd.map(({ entry, paged }) => `${name(entry)} of ${paged}`), [])
    const all = methods.filter(({ method, value }) => /^[a-z]+All/.test(method) && paging(value)._tag === "None")
    assert.deepStrictEqual(all.map(name), [])
  })

  it("have `Many` at the end for batches", () =>
    assert.deepStrictEqual(
      methods.filter(({ method }) => /Batch|Bulk|OfMany|Many(?!$|Legacy$)/.test(method)).map(name),
      []
    ))

  it("have `Legacy` at the end, and exactly where the official name says 旧", () => {
    const wrong = catalogue.filter(({ method, service }) => {
      const official = officialNames.get(`${service}.${method}`)
      assert.isDefined(official, `docs/api lists no ${service}.${method}: run npm run fix`)
      return official.endsWith("(旧)") !== method.endsWith("Legacy")
    })
    assert.deepStrictEqual(wrong.map(name), [])
    const elsewhere = methods.filter(({ method }) => /Legacy(?!$)/.test(method))
    assert.deepStrictEqual(elsewhere.map(name), [])
  })

  it("say whether they only read", () => {
    const reads = /^(?:list|search|is)(?![a-z])/
    const writes = /^(?:create|update|delete|set|add|remove|send|cancel|pass|transfer)(?![a-z])/
    const wrong = catalogue.filter(({ endpoint, method }) =>
      Endpoint.describe(endpoint).readOnly ? writes.test(method) : reads.test(method)
    )
    assert.deepStrictEqual(wrong.map(name), [])
  })
})
