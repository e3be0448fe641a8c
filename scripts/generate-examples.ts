/**
 * Writes `docs/examples.md`, its Chinese twin, and the tables of the READMEs after `<!-- tasks -->`: what one wants to do,
 * and the program that does it. Every file under `examples/` has its place here, and every line a file.
 */
import { existsSync, globSync, readFileSync } from "node:fs"
import { emit } from "./generated.ts"

interface Task {
  readonly en: string
  readonly zh: string
  readonly files: ReadonlyArray<string>
  /** Whether the READMEs list it. */
  readonly isFirst?: true
}

const tasks = (
  en: string,
  zh: string,
  list: ReadonlyArray<readonly [en: string, zh: string, files: string, first?: "first"]>
) => ({
  en,
  zh,
  tasks: list.map(([en, zh, files, first]): Task => ({
    en,
    zh,
    files: files.split(" ").map((file) => `examples/${file}`),
    ...(first !== undefined && { isFirst: true })
  }))
})

const groups = [
  tasks("Messages", "消息", [
    [
      "try it without a corp: the first message and callback",
      "没有企业也能试用：第一条消息与回调",
      "quickstart.ts",
      "first"
    ],
    ["send a message", "发送消息", "first-program.ts", "first"],
    [
      "call WeCom from promises: Express, Koa, NestJS",
      "在 async/await 代码中调用：Express、Koa、NestJS",
      "promises.ts",
      "first"
    ],
    ["send to a group robot, below its limit", "群机器人发消息，不超过限制", "rate-limits.ts"],
    [
      "send customers an announcement through their members",
      "企业群发：请成员把消息发给客户",
      "mass-message.ts",
      "first"
    ]
  ]),
  tasks("Callbacks and robots", "回调与机器人", [
    ["answer what members write and click", "回复成员的消息和点击", "callbacks.ts", "first"],
    [
      "the same in Express, on an edge runtime, or in a router of my own",
      "同上：Express、边缘运行时，或自己的路由",
      "callbacks-node-handler.ts callbacks-web-handler.ts callbacks-decode.ts"
    ],
    ["lose no event, handle it for as long as it takes", "事件一个不丢，处理多久都行", "callback-inbox.ts", "first"],
    ["the same in MySQL or MariaDB", "同上：存入 MySQL 或 MariaDB", "mysql-inbox.ts"],
    ["run a smart robot without a callback URL", "无需回调 URL 的智能机器人", "smart-robot.ts", "first"],
    ["let a language model answer and use tools", "让大语言模型回复并使用工具", "ai-bot.ts ai-tools.ts", "first"]
  ]),
  tasks("Address book", "通讯录", [
    ["copy the address book into a database", "把通讯录同步到数据库", "sync-address-book.ts", "first"],
    ["export all members of a large corp", "导出大型企业的全部成员", "export-members.ts"]
  ]),
  tasks("Customers", "客户", [
    ["welcome new customers", "欢迎新客户", "welcome-new-customer.ts", "first"],
    [
      "tag customers, hand them over to a colleague",
      "客户打标签、在职与离职继承",
      "tag-and-transfer-customers.ts",
      "first"
    ],
    ["answer customers of 微信客服, hand over to people", "微信客服机器人，转人工", "customer-service-bot.ts", "first"]
  ]),
  tasks("Office", "OA", [
    ["submit approvals, follow what was decided", "提交审批，跟踪结果", "approvals.ts approval-workflow.ts", "first"],
    ["make a monthly table of checkins", "打卡月报", "check-in-table.ts", "first"],
    ["read journals of the week", "汇总一周的汇报", "journal-digest.ts"],
    ["keep a smart sheet as a small CRM", "用智能表格做小型 CRM", "smart-sheet-crm.ts", "first"],
    ["keep a calendar in step, both ways", "日程双向同步", "team-calendar.ts"],
    ["hold a meeting, book a room, get the recording", "开会、订会议室、取录制", "hold-a-meeting.ts"],
    ["upload a large file to the drive", "上传大文件到微盘", "drive-upload.ts"],
    ["send a red packet to a member", "给成员发红包", "red-packet.ts"],
    ["notify the parents of a class", "通知一个班的家长", "notify-parents.ts"],
    ["find the customers that a chain shares", "上下游的共享客户", "chain-customers.ts"],
    [
      "write a smart document from Markdown, and read it back",
      "用 Markdown 写智能文档，再读回",
      "markdown-document.ts"
    ],
    ["send mail with attachments", "发送带附件的邮件", "mail-with-attachment.ts"],
    ["export a day's audit log", "导出一天的审计日志", "audit-export.ts"],
    ["know who may be archived", "会话存档的成员与同意情况", "chat-archive.ts"]
  ]),
  tasks("Going live", "上线", [
    ["share tokens between processes", "多进程共用 token", "shared-tokens.ts", "first"],
    ["serve many corps", "服务多个企业", "tenants.ts", "first"],
    ["offer a third-party app", "第三方应用", "third-party.ts", "first"],
    ["see which members need a licence, and give it", "接口许可：谁需要、谁将到期", "suite-licences.ts"],
    ["run any number of processes", "多进程部署", "fleet.ts"],
    ["call through a proxy", "通过代理调用", "proxy.ts"],
    ["handle errors, set deadlines and retries", "处理错误，设置超时与重试", "errors.ts", "first"],
    ["see spans, metrics and logs", "查看 span、指标和日志", "observability.ts"],
    ["call an endpoint that is not here", "调用尚未收录的接口", "own-endpoint.ts"]
  ]),
  tasks("Tests and the simulator", "测试与模拟器", [
    ["test without WeCom", "不依赖企业微信的测试", "mock-a-service.ts testing.ts", "first"],
    ["run a WeCom on my machine", "在本机运行企业微信", "simulator-server.ts simulator.Dockerfile"],
    [
      "drive it from TypeScript, Python and Go",
      "用 TypeScript、Python、Go 控制模拟器",
      "control.ts control.py control-go/main.go"
    ],
    ["teach it an area of the API", "为模拟器增加一类接口", "simulated-area.ts"],
    ["see all of it in a minute", "一分钟看完整演示", "demo.ts demo/backend.ts demo/transcript.ts"],
    [
      "read go-workwx's own examples here",
      "go-workwx 的示例在这里的写法",
      "go-workwx/construction.ts go-workwx/send-text-message.ts go-workwx/apply-oa-event.ts"
    ]
  ])
]

const all = groups.flatMap(({ tasks }) => tasks)
const listed = all.flatMap(({ files }) => files)
const root = new URL("../", import.meta.url)
for (const file of listed) if (!existsSync(new URL(file, root))) throw new Error(`${file} does not exist`)
for (const file of globSync("examples/**/*.{ts,py,go,Dockerfile}", { cwd: root })) {
  if (!listed.includes(file)) throw new Error(`${file} has no line in scripts/generate-examples.ts`)
}

type Language = "en" | "zh"

const table = (list: ReadonlyArray<Task>, language: Language, up: string): string =>
  [
    language === "en" ? "| I want to | example |" : "| 我想 | 示例 |",
    "|---|---|",
    ...list.map((task) =>
      `| ${task[language]} | ${
        task.files.map((file) => `[${file.slice("examples/".length)}](${up}${file})`).join(", ")
      } |`
    )
  ].join("\n")

const words = {
  en: [
    "# Examples",
    "[简体中文](examples.zh-CN.md)",
    "Small programs to copy. Each is type-checked, and run by a test against the simulator."
  ],
  zh: ["# 示例", "[English](examples.md)", "可以直接复制的小程序。每个都经过类型检查，并由测试在模拟器上运行。"]
}

for (const language of ["en", "zh"] as const) {
  const suffix = language === "zh" ? ".zh-CN" : ""
  emit(
    `docs/examples${suffix}.md`,
    [
      ...words[language],
      ...groups.flatMap((group) => [`## ${group[language]}`, table(group.tasks, language, "../")])
    ].join("\n\n") + "\n"
  )
  const readme = readFileSync(new URL(`README${suffix}.md`, root), "utf8")
  const mark = "<!-- tasks -->\n\n"
  const start = readme.indexOf(mark)
  if (start === -1) throw new Error(`README${suffix}.md has no <!-- tasks -->`)
  const from = start + mark.length
  const length = readme.slice(from).search(/^(?!\|)/m)
  emit(
    `README${suffix}.md`,
    readme.slice(0, from) + table(all.filter(({ isFirst }) => isFirst), language, "") + "\n" +
      readme.slice(from + length)
  )
}
