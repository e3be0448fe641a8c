/**
 * `wecom simulator`, and the commands that need a corp with customers and approvals in it: its own.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import * as Seed from "../../src/simulator/Seed.ts"
import { build, type Built, ended, type Outcome, run, start } from "./support.ts"

interface Started {
  readonly child: ChildProcess
  readonly output: Promise<Outcome>
  /** The lines of the environment that it printed. */
  readonly env: { readonly [name: string]: string }
}

describe("wecom simulator", () => {
  let built: Built
  beforeAll(() => {
    built = build()
  })
  afterAll(() => built[Symbol.dispose]())

  const launch = async (args: ReadonlyArray<string> = []): Promise<Started> => {
    const child = start(built, "http://127.0.0.1:9", ["simulator", "--port", "0", ...args])
    const output = ended(child)
    const [lines] = await once(child.stdout!, "data") as [Buffer] // the lines of the environment
    const env = Object.fromEntries(
      [...lines.toString().matchAll(/export (\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value])
    )
    return { child, output, env }
  }

  const stop = async ({ child, output }: Started): Promise<Outcome> => {
    child.kill("SIGINT")
    const outcome = await output
    assert.strictEqual(outcome.code, 130, outcome.stderr)
    return outcome
  }

  const printed = async ({ env }: Started, args: ReadonlyArray<string>, input?: string): Promise<string> => {
    const { code, stderr, stdout } = await run(built, "", args, { env, input })
    assert.strictEqual(code, 0, stderr)
    return stdout
  }

  const parsed = async (simulator: Started, args: ReadonlyArray<string>, input?: string): Promise<unknown> =>
    JSON.parse(await printed(simulator, args, input))

  it("is a corp worth looking at, which commands list and export", async () => {
    const simulator = await launch()
    assert.strictEqual((await fetch(`${simulator.env["WECOM_BASE_URL"]}/_simulator`)).status, 200)
    assert.match(await printed(simulator, ["department", "tree"]), /研发部 \(2\)/)

    const customers = (await printed(simulator, ["customer", "list"])).trimEnd().split("\n")
    assert.match(customers[0] ?? "", /^EXTERNAL_USERID +姓名 +企业 +跟进人 +备注$/)
    // One line for each member who follows a customer.
    assert.lengthOf(customers, 1 + 3)
    assert.lengthOf(customers.filter((line) => /^wmCustomer2 +客户乙 .*(?:wangwu|lisi)/.test(line)), 2)
    const listed = await parsed(simulator, ["customer", "list", "--user", "lisi", "--json"]) as ReadonlyArray<object>
    assert.lengthOf(listed, 1)
    assert.deepInclude((listed[0] as { external_contact: object }).external_contact, {
      external_userid: "wmCustomer2",
      name: "客户乙"
    })
    const target = join(built.folder, "customers.jsonl")
    await printed(simulator, ["customer", "export", target])
    const lines = readFileSync(target, "utf8").trimEnd().split("\n").map((line) => JSON.parse(line) as object)
    assert.lengthOf(lines, 3)
    assert.isFalse(existsSync(`${target}.part`) || existsSync(`${target}.state`))

    const application = {
      creator_userid: "lisi",
      template_id: "leave",
      use_template_approver: 1,
      apply_data: { contents: [{ control: "Textarea", id: "Textarea-1", value: { text: "回家" } }] },
      summary_list: [{ summary_info: [{ text: "回家", lang: "zh_CN" }] }]
    }
    const number = await parsed(simulator, ["api", "Approvals.submit", "--json", "-"], JSON.stringify(application))
    const approvals = (await printed(simulator, ["approval", "list"])).trimEnd().split("\n")
    assert.lengthOf(approvals, 2)
    assert.match(approvals[1] ?? "", new RegExp(`^${number} +事假 +lisi +\\d{4}-.+审批中$`))
    const [first] = await parsed(simulator, ["approval", "list", "--status", "pending", "--json"]) as ReadonlyArray<
      object
    >
    assert.deepInclude(first ?? {}, { sp_no: number })
    assert.strictEqual(await printed(simulator, ["approval", "list", "--status", "approved", "--jsonl"]), "")
    assert.deepInclude(await parsed(simulator, ["approval", "get", `${number}`]) as object, { sp_no: number })

    const { stderr, stdout } = await stop(simulator)
    assert.match(stderr, /_simulator/)
    for (const sdk of ["go-workwx", "PowerWeChat", "WxJava", "EasyWeChat", "node-easywechat"]) {
      assert.include(stderr, sdk)
    }
    assert.match(stdout, /^(?:export \w+=\S+\n)+$/)
  })

  it("goes on where it stopped", async () => {
    const file = join(built.folder, "state.json")
    const seed = join(built.folder, "seed.json")
    writeFileSync(seed, Seed.toJson(Seed.generate({ members: 30 })))
    const first = await launch(["--seed", seed, "--state", file])
    await printed(first, ["api", "Departments.create", "--name", "测试组", "--parentid", "1", "--id", "99"])
    await stop(first)
    assert.strictEqual(statSync(file).mode & 0o777, 0o600)
    // What is in the state comes before the seed.
    const second = await launch(["--seed", seed, "--state", file])
    assert.match(await printed(second, ["department", "list"]), /^99 +测试组/m)
    assert.lengthOf((await printed(second, ["api", "Users.listAllIds", "--all"])).trimEnd().split("\n"), 30)
    assert.match((await stop(second)).stderr, /Continuing from/)
  })

  it("calls back the first app, as the flags or the environment say", async () => {
    const [token, key] = ["TokenOfTheTests", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"]
    const called: Array<string> = []
    const backend = createServer((request, response) => {
      called.push(`${request.method} ${request.url?.replace(/\?.*/, "")}`)
      response.end()
    }).listen(0)
    await once(backend, "listening")
    const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/callback`
    const simulator = await launch(["--callback", url, "--token", token, "--aes-key", key])
    assert.deepInclude(simulator.env, { WECOM_CALLBACK_TOKEN: token, WECOM_CALLBACK_AES_KEY: key })
    const sent = await fetch(`${simulator.env["WECOM_BASE_URL"]}/_simulator/api/members/zhangsan/act`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ act: "text", content: "你好" })
    })
    assert.strictEqual(sent.status, 200, await sent.text())
    assert.include(called, "POST /callback")
    backend.close()
    await stop(simulator)
  })

  it("tells what is wrong with its flags and files", async () => {
    const wrong = join(built.folder, "wrong.json")
    writeFileSync(wrong, JSON.stringify({ corps: [{ corpId: "ww1", apps: [{ secret: 1 }] }] }))
    const cases: ReadonlyArray<readonly [ReadonlyArray<string>, number, RegExp]> = [
      [["--seed", wrong], 2, /wrong\.json: .*corps\[0\]\.apps\[0\]\.secret/],
      [["--seed", join(built.folder, "none.json")], 7, /there is no such file/],
      [["--token", "x"], 2, /--callback/],
      [["--callback", "http://127.0.0.1:9/", "--token", "x", "--aes-key", "short"], 2, /43/],
      [["--host", "203.0.113.1"], 2, /--host/],
      [["--state", join(built.folder, "no/such/folder.json")], 7, /folder\.json/]
    ]
    for (const [args, code, told] of cases) {
      const outcome = await run(built, "", ["simulator", "--port", "0", ...args])
      assert.strictEqual(outcome.code, code, outcome.stderr)
      assert.match(outcome.stderr, told)
      assert.strictEqual(outcome.stdout, "", args.join(" "))
    }
  })
})
