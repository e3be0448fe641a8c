/**
 * The catalogue against the list of the API's endpoints: nothing that the Go SDK calls is missing, and every endpoint has
 * the verb, the area, the credential and the document that are listed.
 */
import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { needsShared, sharedPath, sharedText } from "../support/shared.ts"
import { verbs } from "./Samples.ts"

interface Listed {
  readonly area: string
  readonly auth: string
  readonly documents: ReadonlySet<string>
  /** The methods of go-workwx that call it. */
  readonly seedMethods: ReadonlyArray<string>
}

/** Endpoints whose document is not the listed one, each looked up. */
const reviewedDocuments: { readonly [endpoint: string]: string } = {
  "POST /cgi-bin/contactrule/create": "none is listed; 101536 is 创建规则",
  "POST /cgi-bin/contactrule/list": "none is listed; 101537 is 读取规则列表",
  "POST /cgi-bin/contactrule/update": "none is listed; 101539 is 修改规则",
  "POST /cgi-bin/contactrule/delete": "none is listed; 101540 is 删除规则",
  "POST /cgi-bin/wedoc/smartsheet/webhook": "101260 is of third-party apps; 101240 is 添加记录 for the corp's own",
  "GET /cgi-bin/crm/get_external_contact": "superseded, and none is listed; 91556 was its document",
  "POST /cgi-bin/user/get_mobile_hashcode": "withdrawn, and none is listed; 92790 was its document",
  "POST /cgi-bin/externalcontact/transfer": "superseded, and none is listed; its place is now 92125",
  "POST /cgi-bin/externalcontact/get_transfer_result": "superseded, and none is listed; 92973 was its document",
  "POST /cgi-bin/externalcontact/get_groupmsg_list": "superseded, and none is listed; its place is now 93338",
  "POST /cgi-bin/externalcontact/get_group_msg_result": "superseded, and none is listed; 92136 was its document",
  "POST /cgi-bin/service/get_admin_list": "90605 is 获取企业凭证; 90606 is its own",
  "GET /cgi-bin/service/miniprogram/jscode2session": "92423 is code2Session of third-party apps",
  "POST /cgi-bin/report/sitecode/list":
    "93514 is 获取配置的网格及网格负责人; its own is withdrawn, as is 95461 beside it",
  "POST /cgi-bin/service/media/upload": "99310 is 服务商上传临时素材"
}

/** Endpoints whose document calls for another credential than the list. */
const reviewedCredentials: { readonly [endpoint: string]: string } = {
  // The document calls it with a model_access_token, and names the device in the body.
  "POST /cgi-bin/openhw/device/gen_id_dynamic_qrcode": "device"
}

/** What the list calls each kind of credential. A response code is part of the input, as a key is. */
const auth: { readonly [credential: string]: ReadonlyArray<string> } = {
  app: ["access_token"],
  none: ["none"],
  suite: ["suite"],
  provider: ["provider"],
  model: ["model"],
  device: ["device"],
  key: ["key", "response_code"]
}

const entries = catalogue.map((entry) => ({ ...entry, self: describeEndpoint(entry.endpoint) }))

const nameOf = (method = "", path = ""): string => `${verbs[path] ?? method} ${path}`

/** The list, with the documents that its rows, the field trees and the samples name. */
const listed = (): ReadonlyMap<string, Listed> => {
  const documents = new Map<string, Set<string>>()
  const name = (endpoint: string, ids: ReadonlyArray<number | string>) => {
    const known = documents.get(endpoint) ?? new Set()
    for (const id of ids) known.add(`${id}`)
    documents.set(endpoint, known)
  }
  for (const file of globSync(sharedPath("wecom/fields/*.json"))) {
    const trees: { readonly [endpoint: string]: { readonly docs?: ReadonlyArray<number> } } = JSON.parse(
      readFileSync(file, "utf8")
    )
    for (const [endpoint, { docs = [] }] of Object.entries(trees)) {
      const [method, path] = endpoint.split(" ")
      name(nameOf(method, path), docs)
    }
  }
  const samples: ReadonlyArray<{ readonly method?: string; readonly path?: string; readonly docs?: Array<number> }> =
    JSON.parse(sharedText("wecom/samples/index.json"))
  for (const { docs = [], method, path } of samples) name(nameOf(method, path), docs)

  const rows = sharedText("wecom/endpoints.tsv").trimEnd().split("\n").slice(1).map((line) => line.split("\t"))
  return new Map(rows.map(([area = "", method, path, , auth = "", ids = "", seed = ""]) => {
    const endpoint = nameOf(method, path)
    name(endpoint, ids.split(",").filter((id) => id !== ""))
    return [endpoint, {
      area,
      auth,
      documents: documents.get(endpoint) ?? new Set(),
      seedMethods: seed === "-" ? [] : seed.split(",").filter((method) => method !== "")
    }]
  }))
}

describe("the catalogue", () => {
  it("has every endpoint that the Go SDK calls", (context) => {
    needsShared(context)
    const called = [...listed()].filter(([, { seedMethods }]) => seedMethods.length > 0)
    const names = new Set(entries.map(({ self }) => self.name))
    assert.isAbove(called.length, 70)
    assert.deepStrictEqual(called.filter(([endpoint]) => !names.has(endpoint)), [])
  })

  it("has endpoints of the list alone, with the same verb, area and credential, but for reviewed ones", (context) => {
    needsShared(context)
    const list = listed()
    const differing = entries.flatMap(({ area, self }) => {
      const row = list.get(self.name)
      const listedAuth = auth[reviewedCredentials[self.name] ?? self.credential]
      return row?.area === area && listedAuth?.includes(row.auth)
        ? []
        : [`${self.name}: ${area}, ${self.credential}; listed: ${row?.area}, ${row?.auth}`]
    })
    assert.deepStrictEqual(differing, [])
  })

  it("names the listed document of every endpoint, but for reviewed ones", (context) => {
    needsShared(context)
    const list = listed()
    const differing = entries.filter(({ self }) => list.get(self.name)?.documents.has(`${self.doc}`) !== true)
    assert.sameMembers(
      differing.map(({ self }) => self.name),
      Object.keys(reviewedDocuments)
    )
  })

  it("links the document of every endpoint", () => {
    for (const { method, module, self, service } of entries) {
      const source = readFileSync(new URL(`../../src/${module}.ts`, import.meta.url), "utf8")
      assert.include(source, `/document/path/${self.doc}`, `${service}.${method}`)
    }
  })
})
