/**
 * The OpenAPI document: valid, and enough for a client in another language.
 */
import { assert, describe, it } from "@effect/vitest"
import { Validator } from "@seriousme/openapi-schema-validator"
import { execFile, spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { account, listen } from "./support.ts"

const path = fileURLToPath(new URL("../../openapi/wecom.json", import.meta.url))
const program = fileURLToPath(new URL("./openapi_client.pl", import.meta.url))
const hasClient = spawnSync("perl", ["-MOpenAPI::Client", "-e", "1"]).status === 0

/** How the client was answered, or answered itself. */
interface Called {
  readonly status: number
  readonly answer: { readonly [key: string]: unknown }
}

interface Document {
  readonly paths: { readonly [path: string]: { readonly [verb: string]: object } }
  readonly components: { readonly schemas: { readonly [name: string]: object } }
}

describe("npm run drift", () => {
  const script = fileURLToPath(new URL("../../scripts/drift.ts", import.meta.url))
  const drift = (...args: ReadonlyArray<string>) =>
    spawnSync(process.execPath, ["--conditions=effect-wecom-source", script, ...args], { encoding: "utf8" })

  it("finds no difference between the catalogue and its own document", () => {
    const { status, stdout } = drift("--complete", path)
    assert.strictEqual(status, 0, stdout)
  })

  it("says what is new, what has another verb, and what is gone", () => {
    const folder = mkdtempSync(join(tmpdir(), "wecom-drift-"))
    try {
      writeFileSync(
        join(folder, "page.md"),
        "**请求方式**：POST（HTTPS）\n**请求地址**：https://qyapi.weixin.qq.com/cgi-bin/user/get?access_token=ACCESS_TOKEN\n\n" +
          "请求方式：GET\nhttps://qyapi.weixin.qq.com/cgi-bin/brand/new?access_token=ACCESS_TOKEN\n"
      )
      const page = drift(folder)
      assert.strictEqual(page.status, 1)
      assert.match(page.stdout, /new \(listed there, not here\): 1\n {2}GET \/cgi-bin\/brand\/new/)
      assert.match(page.stdout, /changed \(another verb\): 1\n {2}\/cgi-bin\/user\/get: POST in/)
      assert.notMatch(page.stdout, /gone/)
      assert.match(drift("--complete", folder).stdout, /gone \(here, not there\): \d{3}/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe("openapi/wecom.json", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    const validator = new Validator()
    const { errors, valid } = await validator.validate(path)
    assert.isTrue(valid, JSON.stringify(errors))
    assert.strictEqual(validator.version, "3.1")
  })

  it("refers to nothing that is not there, and keeps nothing that nobody refers to", () => {
    const text = readFileSync(path, "utf8")
    const { components } = JSON.parse(text) as Document
    const referred = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name = ""]) => name))
    const names = Object.keys(components.schemas)
    assert.deepStrictEqual([...referred].filter((name) => !names.includes(name)), [])
    assert.deepStrictEqual(names.filter((name) => !referred.has(name)), [])
  })

  it("makes a client in another language that sends a message", async (context) => {
    if (!hasClient) {
      const missing = "there is no OpenAPI::Client for Perl (libopenapi-client-perl) on this machine"
      if (process.env["CI"] === "true") throw new Error(`CI=true, and ${missing}`)
      return context.skip(`left out: ${missing}`)
    }
    const folder = mkdtempSync(join(tmpdir(), "wecom-perl-"))
    await using simulator = await listen()
    try {
      // The library looks for this schema on the network. Whether the document is valid is tested above.
      const schema = "https://spec.openapis.org/oas/3.1/schema/2021-05-20"
      const meta = { $id: schema, $schema: "http://json-schema.org/draft-07/schema#", type: "object" }
      writeFileSync(join(folder, createHash("md5").update(schema).digest("hex")), JSON.stringify(meta))
      const { agentId, corpId, secret } = account
      const { stdout } = await promisify(execFile)(
        "perl",
        [program, path, simulator.url, corpId, secret, `${agentId}`],
        { cwd: folder, env: { ...process.env, JSON_VALIDATOR_CACHE_PATH: folder } }
      )
      const { absent, nobody, sent, user, wrong } = JSON.parse(stdout) as Record<string, Called>
      assert.deepInclude(user?.answer, { errcode: 0, name: "张三" })
      assert.deepInclude(sent?.answer, { errcode: 0 })
      assert.isString(sent?.answer["msgid"])
      assert.deepInclude(nobody?.answer, { errcode: 60111 })
      assert.strictEqual(absent?.status, 400)
      assert.match(JSON.stringify(absent?.answer), /\/userid/)
      assert.strictEqual(wrong?.status, 400)
      assert.match(JSON.stringify(wrong?.answer), /\/body\/.*agentid/)
      const messages = await simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/message/send")))
      assert.lengthOf(messages, 1, "what the client refused was not sent")
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
