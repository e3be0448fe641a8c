/**
 * What goes wrong with any command: wrong flags, no configuration, a network that is down, a permission that is missing,
 * a reader that has had enough.
 */
import { assert, describe, it } from "@effect/vitest"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { account, ended, listen, type Outcome, run, staged, start } from "./support.ts"

describe("every command", () => {
  const stage = staged()

  /** Commands that call as the app, with what they need. */
  const calling: ReadonlyArray<ReadonlyArray<string>> = [
    ["user", "get", "zhangsan"],
    ["user", "list"],
    ["user", "search", "x"],
    ["user", "export", "members.csv"],
    ["user", "export", "ids.jsonl", "--ids"],
    ["department", "tree"],
    ["department", "list"],
    ["message", "send", "--to", "zhangsan", "--text", "x"],
    ["message", "recall", "msgid"],
    ["media", "upload", "package.json"],
    ["media", "get", "media-id"],
    ["customer", "list"],
    ["customer", "export", "customers.jsonl"],
    ["approval", "list"],
    ["approval", "get", "1"],
    ["jssdk", "sign", "https://example.com"],
    ["api", "Users.get", "--userid", "zhangsan"],
    ["api", "Users.listAllIds", "--all"]
  ]

  /** Those of them that differ in how they call. */
  const different = calling.filter(([group = "", name = ""]) =>
    ["list", "export", "send", "upload", "sign", "Users.listAllIds"].includes(name) && group !== "department"
  )

  /** Commands that call nothing, or without a token. */
  const others: ReadonlyArray<ReadonlyArray<string>> = [
    ["robot", "send", "--text", "x"],
    ["errcode", "60020"],
    ["schema", "list"],
    ["schema", "areas"],
    ["schema", "search", "x"],
    ["schema", "get", "Users.get"],
    ["schema", "openapi"],
    ["callback", "listen"],
    ["callback", "decrypt"],
    ["simulator"],
    ["doctor"],
    ["login"],
    ["mcp"]
  ]

  /** Runs commands, two at a time, and checks how each ended. */
  const each = async (
    commands: ReadonlyArray<ReadonlyArray<string>>,
    how: (args: ReadonlyArray<string>) => Promise<Outcome>,
    check: (outcome: Outcome, told: string) => void
  ) => {
    const waiting = [...commands]
    const worker = async () => {
      for (let args = waiting.shift(); args !== undefined; args = waiting.shift()) {
        const outcome = await how(args)
        check(outcome, `${args.join(" ")}: exit code ${outcome.code}, ${outcome.stderr}`)
      }
    }
    await Promise.all([worker(), worker()])
  }

  /** A mistake is told in a few lines on standard error, and leaves no secret there. */
  const isTold = ({ stderr, stdout }: Outcome, told: string) => {
    assert.strictEqual(stdout, "", told)
    assert.match(stderr, /^wecom: /, told)
    assert.isBelow(stderr.trimEnd().split("\n").length, 7, told)
    assert.notInclude(stderr, account.secret, told)
    assert.notMatch(stderr, /access_token=|\n +at /, told)
  }

  /** One command of each group. */
  const groups = [...new Map([...calling, ...others].map((args) => [args[0], args])).values()]

  it("refuses a flag that it does not know, and sends nothing", async () => {
    const before = await stage.simulator.run(Simulator.use(({ journal }) => journal))
    await each(groups, (args) => run(stage.built, stage.simulator.url, [...args, "--nope"]), (outcome, told) => {
      assert.strictEqual(outcome.code, 2, told)
      assert.match(outcome.stderr, /--nope/, told)
      isTold(outcome, told)
    })
    assert.lengthOf(await stage.simulator.run(Simulator.use(({ journal }) => journal)), before.length)
  })

  it("tells what configuration is missing", async () => {
    const env = { WECOM_CORP_ID: undefined, WECOM_CORP_SECRET: undefined, WECOM_AGENT_ID: undefined }
    const home = join(stage.built.folder, "none")
    const without = [...different, ["robot", "send", "--text", "x"], ["login"], ["mcp"]].filter(([, name]) =>
      name !== "export"
    )
    await each(without, (args) => run(stage.built, stage.simulator.url, args, { env, home }), (outcome, told) => {
      assert.strictEqual(outcome.code, 3, told)
      assert.match(outcome.stderr, /WECOM_[A-Z_]+/, told)
      isTold(outcome, told)
    })
  })

  it("tells that the network is down", async () => {
    const env = { WECOM_ROBOT_KEY: "robot-key-of-the-tests" }
    await each(
      [...different.filter(([, name]) => name !== "export"), ["robot", "send", "--text", "x"]],
      (args) => run(stage.built, "http://127.0.0.1:9", args, { env, home: join(stage.built.folder, "down") }),
      (outcome, told) => {
        assert.strictEqual(outcome.code, 6, told)
        assert.match(outcome.stderr, /ECONNREFUSED/, told)
        isTold(outcome, told)
      }
    )
  })

  it("tells which permission is missing", async () => {
    await using restricted = await listen({
      corps: [{ corpId: account.corpId, apps: [{ ...account, powers: [] }], members: [{ userid: "zhangsan" }] }]
    })
    // Files and tickets are open to every app.
    const open = new Set(["media", "jssdk"])
    await each(
      different.filter(([group = ""]) => !open.has(group)),
      (args) => run(stage.built, restricted.url, args, { home: join(stage.built.folder, "restricted") }),
      (outcome, told) => {
        assert.strictEqual(outcome.code, 4, told)
        assert.match(outcome.stderr, /48002|301055/, told)
        isTold(outcome, told)
      }
    )
    const left = readdirSync(stage.built.folder).filter((name) =>
      /^(?:members\.csv|ids\.jsonl|customers\.jsonl)$/.test(name)
    )
    assert.deepStrictEqual(left, [], "an export that failed leaves no file under its name")
  })

  it("ends quietly when its reader has had enough", async () => {
    const lists = [
      ["user", "list", "-r"],
      ["department", "tree"],
      ["customer", "list", "--jsonl"],
      ["approval", "list", "--json"],
      ["api", "Users.listAllIds", "--all"],
      ["schema", "search", "x"],
      ["errcode", "60020"]
    ]
    await each(lists, (args) => {
      const child = start(stage.built, stage.simulator.url, args)
      child.stdout?.destroy()
      return ended(child)
    }, ({ code, stderr }, told) => {
      assert.strictEqual(stderr, "", told)
      assert.include([0, 130], code, told)
    })
  })
})
