/**
 * The command `wecom`, built and run as a process, against a simulator that listens.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { once } from "node:events"
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { account, ended, listen, type Outcome, run, type RunOptions, staged, start } from "./support.ts"

describe("wecom", () => {
  const stage = staged()

  const wecom = (args: ReadonlyArray<string>, options?: RunOptions): Promise<Outcome> =>
    run(stage.built, stage.simulator.url, args, options)

  /** What a command prints when all is well. */
  const printed = async (args: ReadonlyArray<string>, options?: RunOptions): Promise<string> => {
    const { code, stderr, stdout } = await wecom(args, options)
    assert.strictEqual(code, 0, stderr)
    return stdout
  }

  const parsed = async (args: ReadonlyArray<string>, options?: RunOptions): Promise<unknown> =>
    JSON.parse(await printed(args, options))

  const inFolder = (name: string) => join(stage.built.folder, name)

  describe("commands for people", () => {
    it("shows a member, as a table and as JSON", async () => {
      const table = await printed(["user", "get", "zhangsan"])
      assert.match(table, /^FIELD +VALUE\n(?:.+\n)*name +张三$/m)
      assert.deepInclude(await parsed(["user", "get", "zhangsan", "--json"]), { userid: "zhangsan", name: "张三" })
      assert.deepInclude(await parsed(["user", "get", "13800000001", "--mobile", "--json"]), { userid: "zhangsan" })
    })

    it("lists members with Chinese aligned, as JSON and as lines of it", async () => {
      const lines = (await printed(["user", "list", "-d", "2", "-r"])).trimEnd().split("\n")
      assert.lengthOf(lines, 3)
      const widths = lines.map((line) =>
        // Chinese characters take two columns.
        Array.from(line.slice(0, line.search(/2|3|部门/))).reduce((sum, char) => sum + (char > "\u2e80" ? 2 : 1), 0)
      )
      assert.strictEqual(new Set(widths).size, 1, lines.join("\n"))
      assert.lengthOf(await parsed(["user", "list", "-d", "2", "-r", "--json"]) as ReadonlyArray<unknown>, 2)
      assert.lengthOf((await printed(["user", "list", "-d", "2", "-r", "--jsonl"])).trimEnd().split("\n"), 2)
      assert.match(await printed(["user", "search", "李"]), /lisi/)
    })

    it("draws the tree of departments", async () => {
      const tree = await printed(["department", "tree"])
      assert.match(tree, /└─ 研发部 \(2\)\n {3}└─ 测试组 \(3\)\n/)
      assert.match(await printed(["department", "list"]), /^2 +研发部 +1$/m)
    })

    it("sends texts, files, cards and any message, and takes them back", async () => {
      const sent = await parsed(["message", "send", "--to", "zhangsan,nobody", "--text", "上线了"]) as { msgid: string }
      assert.isString(sent.msgid)
      assert.strictEqual(await printed(["message", "recall", sent.msgid]), "")
      await printed(["message", "send", "--to", "zhangsan", "--markdown", "-"], { input: "**完成**" })
      const file = inFolder("report.txt")
      writeFileSync(file, "a report of some bytes")
      await printed(["message", "send", "--party", "2", "--file", file])
      const card = {
        card_type: "text_notice",
        main_title: { title: "通知" },
        card_action: { type: 1, url: "https://example.com" }
      }
      await printed(["message", "send", "--to", "@all", "--card", "-"], { input: JSON.stringify(card) })
      const any = { msgtype: "textcard", textcard: { title: "标题", description: "内容", url: "https://example.com" } }
      await printed(["message", "send", "--to", "lisi", "--json", "-"], { input: JSON.stringify(any) })
      const messages = await stage.simulator.run(Simulator.use(({ calls }) => calls("/cgi-bin/message/send")))
      assert.isAtLeast(messages.length, 5)
    })

    it("splits a long text only where it is asked to", async () => {
      const text = "一二三四五六七八九十\n".repeat(200)
      const refused = await wecom(["message", "send", "--to", "zhangsan", "--text", "-"], { input: text })
      assert.strictEqual(refused.code, 2)
      assert.match(refused.stderr, /--split/)
      const sent = await printed(["message", "send", "--to", "zhangsan", "--text", "-", "--split"], { input: text })
      assert.lengthOf(sent.trimEnd().split("\n"), 4)
    })

    it("sends through a group robot, whose key stays unseen", async () => {
      const env = { WECOM_ROBOT_KEY: "robot-key-of-the-tests" }
      assert.strictEqual(await printed(["robot", "send", "--text", "构建完成", "--mention", "@all"], { env }), "")
      const { code, stderr } = await wecom(["robot", "send", "--text", "x"], { env: { WECOM_ROBOT_KEY: "wrong-key" } })
      assert.isAbove(code ?? 0, 0)
      assert.notInclude(stderr, "wrong-key")
      assert.strictEqual((await wecom(["robot", "send", "--text", "x"])).code, 3)
    })

    it("uploads a file and downloads it", async () => {
      const file = inFolder("photo.txt")
      writeFileSync(file, "some bytes of a file")
      const { media_id } = await parsed(["media", "upload", file]) as { media_id: string }
      assert.strictEqual(await printed(["media", "get", media_id]), "some bytes of a file")
      await printed(["media", "get", media_id, "-o", inFolder("copy.txt")])
      assert.strictEqual(readFileSync(inFolder("copy.txt"), "utf8"), "some bytes of a file")
    })

    it("lists no customers and no approvals where there are none", async () => {
      assert.match(await printed(["customer", "list"]), /^EXTERNAL_USERID/)
      assert.deepStrictEqual(await parsed(["approval", "list", "--json"]), [])
      assert.strictEqual((await wecom(["approval", "list", "--days", "60"])).code, 2)
    })

    it("signs a page, and explains an errcode", async () => {
      const signed = await parsed(["jssdk", "sign", "https://example.com/page"])
      assert.hasAllKeys(signed as object, ["appId", "timestamp", "nonceStr", "signature"])
      assert.hasAnyKeys(await parsed(["jssdk", "sign", "https://example.com/page", "--agent"]) as object, ["agentid"])
      assert.match(await printed(["errcode", "60020"]), /企业可信IP/)
      assert.deepInclude(await parsed(["errcode", "45009", "--json"]), { reason: "RateLimited" })
      assert.strictEqual((await wecom(["errcode", "123"])).code, 2)
    })

    it("examines what a call needs", async () => {
      const findings = await parsed(["doctor", "--json"]) as ReadonlyArray<{ what: string; state: string }>
      assert.deepStrictEqual(
        findings.map(({ state, what }) => `${what} ${state}`),
        ["configuration", "network", "clock", "address", "credentials", "app", "contacts", "customers"].map((what) =>
          `${what} ok`
        )
      )
      const wrong = await wecom(["doctor"], { env: { WECOM_CORP_SECRET: "not-the-secret" } })
      assert.strictEqual(wrong.code, 3)
      assert.match(wrong.stdout, /✗ {2}credentials/)
      assert.match(wrong.stderr, /Secret/)
      assert.notInclude(wrong.stdout + wrong.stderr, "not-the-secret")
    })
  })

  describe("callbacks", () => {
    const callback = { token: "TokenOfTheTests", encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C" }
    const env = { WECOM_CALLBACK_TOKEN: callback.token, WECOM_CALLBACK_AES_KEY: callback.encodingAesKey }

    it("prints events as they come, and decrypts recorded ones", async () => {
      const child = start(stage.built, stage.simulator.url, ["callback", "listen", "--port", "0"], { env })
      const output = ended(child)
      const [line] = await once(child.stderr!, "data") as [Buffer] // the first thing that it says
      const url = /http:\S+/.exec(line.toString())?.[0] ?? ""
      const recorded: Array<{ query: string; body: string }> = []
      const relay = createServer((request, response) => {
        const chunks: Array<Buffer> = []
        request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", async () => {
          const body = Buffer.concat(chunks).toString()
          recorded.push({ query: request.url ?? "", body })
          const answer = await fetch(
            url + (request.url ?? "").slice(1),
            request.method === "POST"
              ? { method: "POST", body, headers: { "content-type": "text/xml" } }
              : {}
          )
          response.writeHead(answer.status).end(await answer.text())
        })
      }).listen(0)
      await once(relay, "listening")
      const address = `http://127.0.0.1:${(relay.address() as AddressInfo).port}/`
      await using other = await listen({
        corps: [{
          corpId: account.corpId,
          apps: [{ ...account, callback: { url: address, ...callback } }],
          members: [{ userid: "zhangsan" }]
        }]
      })
      await other.run(Simulator.use(({ verifyUrl }) => verifyUrl()))
      await other.run(
        Simulator.use((simulator) => Effect.flatMap(simulator.member("zhangsan"), (member) => member.sendText("你好")))
      )
      const checked = await parsed(["doctor", "--json", "--callback", url], { env }) as ReadonlyArray<
        { what: string; state: string }
      >
      assert.deepInclude(checked.find(({ what }) => what === "callback URL") ?? {}, { state: "ok" })
      const event = recorded.find(({ body }) => body !== "")
      assert.isDefined(event)
      const decrypt = ["callback", "decrypt", "--url", event?.query ?? "", "--body", "-"]
      assert.deepInclude(await parsed(decrypt, { env, input: event?.body }), { Content: "你好" })
      assert.match(await printed([...decrypt, "--raw"], { env, input: event?.body }), /^<xml>/)
      const wrong = await wecom(decrypt, { env: { ...env, WECOM_CALLBACK_TOKEN: "another" }, input: event?.body })
      assert.strictEqual(wrong.code, 3)
      child.kill("SIGINT")
      relay.close()
      const { code, stdout } = await output
      assert.strictEqual(code, 130)
      assert.deepInclude(JSON.parse(stdout), { key: "text", Content: "你好" })
    })
  })

  describe("any endpoint", () => {
    it("takes fields as flags, nested ones, lists and JSON", async () => {
      assert.deepInclude(await parsed(["api", "users.get", "--userid", "zhangsan"]), { name: "张三" })
      assert.deepInclude(await parsed(["api", "GET", "/cgi-bin/user/get", "--userid", "zhangsan"]), { name: "张三" })
      const flags = ["--touser", "zhangsan", "--touser", "lisi", "--msgtype", "text", "--text.content", "hi"]
      const request = await printed(["api", "Messages.send", ...flags, "--safe", "no", "--dry-run"])
      assert.match(request, /message\/send\?access_token=<redacted>/)
      assert.include(request, "\"touser\":\"zhangsan|lisi\"")
      assert.include(request, "\"safe\":0")
      const dates = ["--starttime", "2026-01-01", "--endtime", "2026-01-02T00:00:00+08:00", "--size", "10"]
      assert.include(await printed(["api", "Approvals.listNumbers", ...dates, "--dry-run"]), "\"1767225600\"")
      assert.deepInclude(await parsed(["api", "Users.get", "--json", "-"], { input: "{\"userid\": \"lisi\"}" }), {
        name: "李四"
      })
    })

    it("prints the answer as it came, and the items of all pages", async () => {
      assert.deepInclude(await parsed(["api", "Users.get", "--userid", "lisi", "--raw"]), {
        errcode: 0,
        userid: "lisi"
      })
      const lines = (await printed(["api", "Users.listAllIds", "--all", "--limit", "1"])).trimEnd().split("\n")
      assert.deepStrictEqual(lines.map((line) => (JSON.parse(line) as { userid: string }).userid).toSorted(), [
        "lisi",
        "zhangsan"
      ])
    })

    it("shows secrets in no request", async () => {
      const shown = await printed([
        "api",
        "Credential.getToken",
        "--corpid",
        "ww1",
        "--corpsecret",
        "a-secret-value",
        "--dry-run"
      ])
      assert.notInclude(shown, "a-secret-value")
      const token = await parsed([
        "api",
        "Credential.getToken",
        "--corpid",
        account.corpId,
        "--corpsecret",
        account.secret
      ])
      assert.deepInclude(token, { access_token: "<redacted>" })
    })

    it("is found and described, in Chinese and English", async () => {
      assert.match(await printed(["schema", "search", "读取成员"]), /Users\.get/)
      assert.match(await printed(["schema", "search", "recall"]), /Messages\.recall/)
      assert.match(await printed(["schema", "list", "通讯录·部门"]), /Departments\.create/)
      const page = await printed(["schema", "get", "Users.create"])
      assert.match(page, /mobile {2}string, at most 32 bytes/)
      assert.include(page, "document/path/90195")
      assert.deepInclude(await parsed(["schema", "get", "Users.create", "--json-schema"]), {
        $schema: "https://json-schema.org/draft/2020-12/schema"
      })
      assert.deepInclude(await parsed(["schema", "openapi"]), { openapi: "3.1.0" })
      assert.match((await wecom(["schema", "get", "User.gett"])).stderr, /Users\.get/)
    })
  })

  describe("mistakes", () => {
    it("tells wrong flags, fields and commands with exit code 2", async () => {
      const mistakes = [
        ["user", "get", "zhangsan", "--nope"],
        ["nope"],
        ["api", "Users.get"],
        ["api", "Users.nope"],
        ["api", "Users.get", "--userid", "x", "--all"],
        ["message", "send", "--text", "x"],
        ["api", "Users.list", "--department_id", "many"]
      ]
      const outcomes = await Promise.all(mistakes.map((args) => wecom(args).then((outcome) => ({ ...outcome, args }))))
      for (const { args, code, stderr, stdout } of outcomes) {
        assert.strictEqual(code, 2, `${args.join(" ")}: ${stderr}`)
        assert.strictEqual(stdout, "", args.join(" "))
        assert.match(stderr, /^wecom: /)
        assert.isBelow(stderr.length, 600, "not the whole help")
      }
    })

    it("tells what WeCom refuses", async () => {
      const nobody = await wecom(["user", "get", "nobody"])
      assert.strictEqual(nobody.code, 1)
      assert.match(nobody.stderr, /60111/)
      const rejected = await wecom(["user", "get", "lisi"], { env: { WECOM_CORP_SECRET: "not-the-secret" } })
      assert.strictEqual(rejected.code, 3)
      assert.notInclude(rejected.stderr, "not-the-secret")
    })

    it("goes through the proxy that the environment names", async () => {
      const asked: Array<string> = []
      const proxy = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`)
        // Not as a proxy should: what matters is who is asked.
        response.writeHead(502).end("no")
      }).on("connect", (request, socket) => {
        asked.push(`${request.method} ${request.url}`)
        socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n")
      }).listen(0)
      await once(proxy, "listening")
      const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
      const env = { HTTPS_PROXY: address, WECOM_BASE_URL: "https://qyapi.example.com" }
      const { code } = await wecom(["user", "get", "lisi"], { env, home: inFolder("proxied") })
      proxy.close()
      assert.strictEqual(code, 6)
      assert.include(asked, "CONNECT qyapi.example.com:443")
    })

    it("prints no colours where they are not wanted", async () => {
      const { stdout } = await wecom(["user", "list", "-d", "2"], { env: { NO_COLOR: "1" } })
      assert.notInclude(stdout, "\u001b")
    })
  })

  describe("profiles", () => {
    const home = () => inFolder("profiles")
    const file = () => join(home(), ".config/effect-wecom/profiles.json")
    const none = {
      WECOM_CORP_ID: undefined,
      WECOM_CORP_SECRET: undefined,
      WECOM_AGENT_ID: undefined,
      WECOM_BASE_URL: undefined
    }

    it("keeps verified credentials for their owner alone, and uses them", async () => {
      const { code, stderr } = await wecom(["login", "--profile", "work"], { home: home() })
      assert.strictEqual(code, 0, stderr)
      assert.notInclude(stderr, account.secret)
      assert.strictEqual(statSync(file()).mode & 0o777, 0o600)
      assert.deepInclude(await parsed(["user", "get", "lisi", "--json"], { home: home(), env: none }), { name: "李四" })
      const unknown = await wecom(["user", "get", "lisi", "--profile", "nope"], { home: home(), env: none })
      assert.strictEqual(unknown.code, 3)
      assert.match(unknown.stderr, /work/)
    })

    it("does not keep credentials that WeCom refuses", async () => {
      const other = inFolder("refused")
      const { code } = await wecom(["login"], { home: other, env: { WECOM_CORP_SECRET: "not-the-secret" } })
      assert.strictEqual(code, 3)
      assert.isFalse(existsSync(join(other, ".config/effect-wecom/profiles.json")))
    })

    it("refuses a file that others may read, or that is none", async () => {
      chmodSync(file(), 0o640)
      const readable = await wecom(["user", "get", "lisi"], { home: home(), env: none })
      assert.strictEqual(readable.code, 3)
      assert.match(readable.stderr, /chmod 600/)
      writeFileSync(file(), "{ not json")
      chmodSync(file(), 0o600)
      const broken = await wecom(["user", "get", "lisi"], { home: home(), env: none })
      assert.strictEqual(broken.code, 3)
      assert.notInclude(broken.stderr, account.secret)
    })
  })

  describe("processes", () => {
    it("fetches one token for ten commands on a cold store, and keeps it for its owner alone", async () => {
      await using cold = await listen()
      const home = inFolder("ten")
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => run(stage.built, cold.url, ["user", "get", "zhangsan", "--json"], { home }))
      )
      assert.deepStrictEqual(outcomes.map(({ code }) => code), Array.from({ length: 10 }, () => 0))
      assert.lengthOf(await cold.run(Simulator.use(({ calls }) => calls("/cgi-bin/gettoken"))), 1)
      const tokens = join(home, ".cache/effect-wecom/tokens")
      assert.strictEqual(statSync(tokens).mode & 0o777, 0o700)
      const files = readdirSync(tokens)
      assert.lengthOf(files, 1, files.join(", "))
      assert.strictEqual(statSync(join(tokens, files[0] ?? "")).mode & 0o777, 0o600)
    })

    it("ends quietly when its reader has had enough", async () => {
      const child = start(stage.built, stage.simulator.url, ["schema", "list", "--jsonl"])
      const output = ended(child)
      await once(child.stdout!, "data")
      child.stdout?.destroy()
      const { code, stderr } = await output
      assert.strictEqual(stderr, "")
      assert.include([0, 130], code)
    })

    it("exports in constant memory, ends cleanly on Ctrl-C, and goes on after it and after a crash", async () => {
      const members = 100_000
      const page = 10_000
      // A server of its own: a simulator with so many members would be what is measured.
      let served = 0
      const server = createServer((request, response) => {
        const chunks: Array<Buffer> = []
        request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => {
          response.setHeader("content-type", "application/json")
          if (request.url?.startsWith("/cgi-bin/gettoken")) {
            response.end(JSON.stringify({ errcode: 0, errmsg: "ok", access_token: "token", expires_in: 7200 }))
            return
          }
          const { cursor = "0" } = JSON.parse(Buffer.concat(chunks).toString()) as { cursor?: string }
          const from = Number(cursor)
          const dept_user = Array.from(
            { length: page },
            (_, index) => ({ userid: `user${from + index}`, department: 1 })
          )
          const next = from + page < members ? { next_cursor: `${from + page}` } : {}
          served += 1
          setTimeout(() => response.end(JSON.stringify({ errcode: 0, errmsg: "ok", dept_user, ...next })), 150)
        })
      }).listen(0)
      await once(server, "listening")
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const target = inFolder("members.jsonl")
      const args = ["user", "export", target, "--ids"]
      const started = async (after: number) => {
        const child = start(stage.built, url, args, { env: { NODE_OPTIONS: "--max-old-space-size=64" } })
        const output = ended(child)
        const enough = served + after
        // Each request that comes is looked at, so that nothing waits for longer than it must.
        await new Promise<void>((resolve) => {
          const look = () => {
            if (served < enough) return
            server.off("request", look)
            resolve()
          }
          server.on("request", look)
        })
        return { child, output }
      }
      const first = await started(3)
      first.child.kill("SIGINT")
      const interrupted = await first.output
      assert.strictEqual(interrupted.code, 130)
      assert.match(interrupted.stderr, /again to go on/)
      assert.isFalse(existsSync(target))
      const second = await started(3)
      second.child.kill("SIGKILL")
      await second.output
      const before = served
      const { code, stderr } = await run(stage.built, url, args, { env: { NODE_OPTIONS: "--max-old-space-size=64" } })
      server.close()
      assert.strictEqual(code, 0, stderr)
      assert.match(stderr, /Going on after/)
      assert.isBelow(served - before, members / page - 2, "what was written is not fetched again")
      const lines = readFileSync(target, "utf8").trimEnd().split("\n")
      assert.strictEqual(lines.length, members)
      assert.strictEqual(new Set(lines).size, members)
      assert.isFalse(existsSync(`${target}.part`) || existsSync(`${target}.state`))
    })

    it("writes members as CSV that a spreadsheet reads, without formulas", async () => {
      const target = inFolder("members.csv")
      await printed(["user", "export", target])
      assert.match(readFileSync(target, "utf8"), /^\ufeffuserid,姓名/)
      assert.match(readFileSync(target, "utf8"), /zhangsan,张三/)
    })

    it("completes in three shells", async () => {
      const scripts = await Promise.all(["bash", "zsh", "fish"].map((shell) => printed(["--completions", shell])))
      for (const script of scripts) assert.match(script, /department/)
    })
  })

  it("tells its version without loading anything, and one group loads no other area", async () => {
    const version = (JSON.parse(readFileSync(inFolder("package.json"), "utf8")) as { version: string }).version
    assert.strictEqual(await printed(["--version"]), `${version}\n`)
    const loaded = async (args: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
      const hooks = inFolder("hooks.mjs")
      writeFileSync(
        hooks,
        `import { appendFileSync } from "node:fs"
         import { registerHooks } from "node:module"
         registerHooks({ load: (url, context, next) => {
           appendFileSync(process.env.LOADED, url + "\\n")
           return next(url, context)
         } })`
      )
      const log = inFolder("loaded.txt")
      rmSync(log, { force: true })
      await printed(args, { env: { NODE_OPTIONS: `--import ${hooks}`, LOADED: log } })
      return readFileSync(log, "utf8").split("\n").flatMap((url) => /\/dist\/(.*)\.js$/.exec(url)?.[1] ?? [])
    }
    assert.deepStrictEqual(await loaded(["--version"]), ["cli/bin"])
    const domains = (files: ReadonlyArray<string>) =>
      files.filter((file) =>
        /^(?:contacts|customers|messages|oa|apps|robot|customer-service|media)\/[A-Z]\w+s$/.test(file)
      )
    assert.deepStrictEqual(domains(await loaded(["errcode", "60020"])), [])
    assert.deepStrictEqual(domains(await loaded(["schema", "search", "成员"])), [])
    const contacts = domains(await loaded(["api", "Departments.list"]))
    assert.deepStrictEqual(contacts, ["contacts/Departments"])
  })
})
