/**
 * The OpenAPI document: valid, and enough for a client in another language.
 */
import { assert, describe, it } from "@effect/vitest"
import { Validator } from "@seriousme/openapi-schema-validator"
import { spawnSync } from "node:child_process"
import { execFile } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { account, listen } from "./support.ts"

const path = fileURLToPath(new URL("../../openapi/wecom.json", import.meta.url))
const generator = fileURLToPath(new URL("./generate_client.py", import.meta.url))
const hasPython = spawnSync("python3", ["--version"]).status === 0

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

  it("makes a client in Python that sends a message", async (context) => {
    if (!hasPython) {
      if (process.env["CI"] === "true") throw new Error("CI=true, and there is no python3")
      return context.skip("left out: there is no python3 on this machine")
    }
    const folder = mkdtempSync(join(tmpdir(), "wecom-python-"))
    await using simulator = await listen()
    const python = (...args: ReadonlyArray<string>) => promisify(execFile)("python3", args, { cwd: folder })
    try {
      await python(generator, path, join(folder, "client.py"))
      writeFileSync(
        join(folder, "main.py"),
        `import client
client.BASE = ${JSON.stringify(simulator.url)}
token = client.Credential_getToken(corpid=${JSON.stringify(account.corpId)}, corpsecret=${
          JSON.stringify(account.secret)
        })
client.TOKENS["access_token"] = token["access_token"]
print(client.Users_get(userid="zhangsan")["name"])
sent = client.Messages_send(touser="zhangsan", msgtype="text", text={"content": "来自 Python"}, agentid=${account.agentId})
print(sent["msgid"])
try:
    client.Users_get(userid="nobody")
except client.WeComError as error:
    print(error.errcode)
try:
    client.Users_get()
except TypeError as error:
    print(error)
`
      )
      const { stdout } = await python("main.py")
      const [name, msgid, errcode, missing] = stdout.trim().split("\n")
      assert.strictEqual(name, "张三")
      assert.isNotEmpty(msgid)
      assert.strictEqual(errcode, "60111")
      assert.match(missing ?? "", /userid/)
      const sent = await simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/message/send")))
      assert.lengthOf(sent, 1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
