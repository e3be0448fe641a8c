/**
 * The command on a terminal: what it asks, what it does not echo, and what it shows of long work.
 */
import { assert, describe, it } from "@effect/vitest"
import { once } from "node:events"
import { existsSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { dirname, join } from "node:path"
import { account, hasTerminal, run, staged, startOnTerminal } from "./support.ts"

if (!hasTerminal && process.env["CI"] === "true") throw new Error("CI=true, and there is no `script` of util-linux")

// Left out where nothing lends a terminal.
describe.skipIf(!hasTerminal)("wecom on a terminal", () => {
  const stage = staged()

  const unset = { WECOM_CORP_ID: undefined, WECOM_CORP_SECRET: undefined, WECOM_AGENT_ID: undefined }
  const profiles = (home: string) => join(home, ".config/effect-wecom/profiles.json")

  const login = (home: string) => startOnTerminal(stage.built, stage.simulator.url, ["login"], { home, env: unset })

  it("asks for credentials, verifies them, and keeps them for their owner alone, the secret unseen", async () => {
    const home = join(stage.built.folder, "asked")
    const terminal = login(home)
    await terminal.type("Corp id", `${account.corpId}\r`)
    await terminal.type("Agent id", `${account.agentId}\r`)
    await terminal.type("Secret", `${account.secret}\r`)
    const { code, screen } = await terminal.ended
    assert.strictEqual(code, 0, screen)
    assert.match(screen, /Verified and kept as the profile default/)
    assert.notInclude(screen, account.secret)
    assert.notInclude(screen, "**", "nor how long it is")
    assert.strictEqual(statSync(profiles(home)).mode & 0o777, 0o600)
    assert.strictEqual(statSync(dirname(profiles(home))).mode & 0o777, 0o700)
    const used = await run(stage.built, stage.simulator.url, ["user", "get", "zhangsan", "--json"], {
      home,
      env: unset
    })
    assert.strictEqual(used.code, 0, used.stderr)
    assert.deepInclude(JSON.parse(used.stdout), { name: "张三" })
  })

  it("asks again for what is empty, and keeps nothing that WeCom refuses", async () => {
    const home = join(stage.built.folder, "wrong")
    const terminal = login(home)
    await terminal.type("Corp id", "\r")
    await terminal.type("A value is needed", `${account.corpId}\r`)
    await terminal.type("Agent id", "\r")
    await terminal.type("Secret", "not-the-secret\r")
    const { code, screen } = await terminal.ended
    assert.strictEqual(code, 3, screen)
    assert.notInclude(screen, "not-the-secret")
    assert.isFalse(existsSync(profiles(home)))
  })

  it("keeps nothing after Ctrl-C", async () => {
    const home = join(stage.built.folder, "left")
    const terminal = login(home)
    await terminal.type("Corp id", "\u0003")
    assert.strictEqual((await terminal.ended).code, 130)
    assert.isFalse(existsSync(profiles(home)))
  })

  it("fits tables to its width and colours them, unless NO_COLOR is set", async () => {
    const list = ["user", "list", "-d", "2", "-r"]
    const { screen } = await startOnTerminal(stage.built, stage.simulator.url, list).ended
    assert.include(screen, "\u001b[1mUSERID")
    const plain = await startOnTerminal(stage.built, stage.simulator.url, list, { env: { NO_COLOR: "1" } }).ended
    assert.notInclude(plain.screen, "\u001b")
    assert.include(plain.screen, "张三")
    assert.isTrue(plain.screen.split(/\r?\n/).every((line) => line.length <= 100))
  })

  it("shows how far an export is, which goes on after SIGKILL", async () => {
    const pages = 6
    const answered: Array<number> = []
    let killed = false
    const server = createServer((request, response) => {
      response.setHeader("content-type", "application/json")
      if (request.url?.startsWith("/cgi-bin/gettoken")) {
        response.end(JSON.stringify({ errcode: 0, errmsg: "ok", access_token: "token", expires_in: 7200 }))
        return
      }
      const chunks: Array<Buffer> = []
      request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
        const { cursor = "0" } = JSON.parse(Buffer.concat(chunks).toString()) as { cursor?: string }
        const page = Number(cursor)
        const dept_user = Array.from(
          { length: 100 },
          (_, index) => ({ userid: `u${page * 100 + index}`, department: 1 })
        )
        const next = page + 1 < pages ? { next_cursor: `${page + 1}` } : {}
        // The fourth page is under way when the command is killed.
        if (page === 3 && !killed) return
        answered.push(page)
        response.end(JSON.stringify({ errcode: 0, errmsg: "ok", dept_user, ...next }))
      })
    }).listen(0)
    try {
      await once(server, "listening")
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on a port
      const target = join(stage.built.folder, "members.jsonl")
      const args = ["user", "export", target, "--ids"]
      const first = startOnTerminal(stage.built, url, args)
      await first.type("300 items", "")
      first.kill("SIGKILL")
      await first.ended
      killed = true
      assert.isFalse(existsSync(target))
      const second = await startOnTerminal(stage.built, url, args).ended
      assert.strictEqual(second.code, 0, second.screen)
      assert.include(second.screen, "Going on after 300 items.")
      // One line, written over.
      const written = ["400 items", "500 items", "600 items"].join("\n\u001b[1A\u001b[2K")
      assert.include(second.screen.replaceAll("\r", ""), written)
      const lines = readFileSync(target, "utf8").trimEnd().split("\n")
      assert.strictEqual(new Set(lines).size, pages * 100)
      assert.strictEqual(lines.length, pages * 100)
      assert.deepStrictEqual(answered, [0, 1, 2, 3, 4, 5], "what was written is not fetched again")
    } finally {
      server.close()
    }
  })
})
