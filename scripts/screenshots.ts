/**
 * Draws `docs/images/wecom-*.svg`: what commands print against a simulator. `node --conditions=effect-wecom-source
 * scripts/screenshots.ts`; needs no terminal.
 */
import * as CliOutput from "effect/cli/CliOutput"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import { execFile } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as SimulatorServer from "../src/simulator/server/SimulatorServer.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const columns = 108
const cell = { width: 8.4, height: 19 }

const scenes: ReadonlyArray<readonly [name: string, args: ReadonlyArray<string>, lines?: number]> = [
  ["user-list", ["user", "list", "--department", "1", "--recursive"]],
  ["department-tree", ["department", "tree"]],
  ["message-send", ["message", "send", "--to", "zhangsan,nobody", "--text", "v2.1 已上线"]],
  ["api-dry-run", [
    "api",
    "Messages.send",
    "--touser",
    "zhangsan",
    "--msgtype",
    "text",
    "--text.content",
    "你好",
    "--dry-run"
  ]],
  ["schema-get", ["schema", "get", "Users.create"], 24],
  ["doctor", ["doctor"]]
]

const corps = [{
  corpId: "ww5a1d0e5c0ffee001",
  apps: [{ agentId: 1000002, name: "运维助手", secret: "secret-of-the-screenshots" }],
  departments: [
    { id: 2, name: "研发部", order: 3 },
    { id: 3, name: "平台组", parentid: 2 },
    { id: 4, name: "测试组", parentid: 2 },
    { id: 5, name: "市场部", order: 1 }
  ],
  members: [
    { userid: "zhangsan", name: "张三", position: "架构师", department: [2], mobile: "13800000001" },
    { userid: "lisi", name: "李四", position: "Backend engineer", department: [3, 4], mobile: "13800000002" },
    { userid: "wangwu", name: "王五", position: "测试工程师", department: [4] },
    { userid: "zhaoliu", name: "赵六", position: "市场经理", department: [5], mobile: "13800000004" }
  ]
}]

const runtime = ManagedRuntime.make(SimulatorServer.layer({ corps }))
const url = await runtime.runPromise(HttpServer.addressFormattedWith(Effect.succeed))
const home = mkdtempSync(join(tmpdir(), "wecom-screenshots-"))

const run = (args: ReadonlyArray<string>): Promise<string> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--conditions=effect-wecom-source", join(root, "src/cli/bin.ts"), ...args],
      {
        env: {
          PATH: process.env["PATH"],
          HOME: home,
          WECOM_BASE_URL: url,
          WECOM_CORP_ID: "ww5a1d0e5c0ffee001",
          WECOM_CORP_SECRET: "secret-of-the-screenshots",
          WECOM_AGENT_ID: "1000002"
        }
      },
      (_, stdout, stderr) => resolve(`${stdout}${stderr}`.replaceAll(url, "http://127.0.0.1:8788"))
    )
  })

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const fitted = (line: string): string => {
  let result = ""
  for (const character of line) {
    if (CliOutput.displayWidth(result + character) > columns - 1) return `${result}…`
    result += character
  }
  return result
}

/** A line in runs of narrow and of wide characters, each where its column begins. */
const drawn = (line: string, y: number, colour: string): string => {
  let column = 0
  return (line.match(/[\u1100-\uffff]+|[^\u1100-\uffff]+/g) ?? []).map((run) => {
    const at = column
    const width = CliOutput.displayWidth(run)
    column += width
    return run.trim() === ""
      ? ""
      : `<text x="${(16 + at * cell.width).toFixed(1)}" y="${y}" fill="${colour}" textLength="${
        (width * cell.width).toFixed(1)
      }" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escaped(run)}</text>`
  }).join("")
}

for (const [name, args, limit = 40] of scenes) {
  const shown = args.map((arg) => /[\s,]/.test(arg) && arg.includes(" ") ? `"${arg}"` : arg).join(" ")
  const output = (await run(args)).trimEnd().split("\n")
  const lines = output.length > limit ? [...output.slice(0, limit), "…"] : output
  const height = 52 + (lines.length + 1) * cell.height
  const width = Math.round(32 + columns * cell.width)
  const text = [
    drawn(`$ wecom ${shown}`, 58, "#7ee787"),
    ...lines.map((line, index) => drawn(fitted(line), 58 + (index + 1) * cell.height, "#e6edf3"))
  ].join("\n")
  writeFileSync(
    join(root, `docs/images/wecom-${name}.svg`),
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="wecom ${
      escaped(shown).replaceAll("\"", "&quot;")
    }">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace" font-size="14">
${text}
</g>
</svg>
`
  )
  console.log(`docs/images/wecom-${name}.svg written`)
}

await runtime.dispose()
rmSync(home, { recursive: true })
