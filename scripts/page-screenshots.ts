/**
 * Takes the pictures of the simulator's page in docs/images: `node --conditions=effect-wecom-source scripts/page-screenshots.ts`.
 */
import { Context, Effect, Layer } from "effect"
import { HttpServer } from "effect/http"
import { mkdirSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { BrowserContextOptions, Page } from "playwright-core"
import * as Seed from "../src/simulator/seed/Seed.ts"
import * as SimulatorServer from "../src/simulator/server/SimulatorServer.ts"
import { openPage } from "../test/support/browser.ts"

const folder = fileURLToPath(new URL("../docs/images/", import.meta.url))

const size = { width: 1280, height: 800 }

/** The pictures, and what is shown in each. */
const pictures: ReadonlyArray<
  readonly [name: string, options: BrowserContextOptions, prepare: (page: Page) => Promise<void>]
> = [
  ["simulator-light.png", { colorScheme: "light", viewport: size }, async (page) => {
    await page.locator(".entry").filter({ hasText: "template_card" }).getByRole("button").click()
    await page.locator(".detail").getByRole("button", { name: "Replay" }).waitFor()
    await page.locator(".turn").last().hover()
    await page.waitForTimeout(300)
  }],
  ["simulator-dark.png", { colorScheme: "dark", locale: "zh-CN", viewport: size }, async (page) => {
    await page.getByRole("button", { name: "审批" }).click()
    await page.locator(".sheet .people").waitFor()
  }],
  [
    "simulator-phone.png",
    { colorScheme: "light", locale: "zh-CN", viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true },
    (page) => page.locator("#talk .card").last().waitFor()
  ]
]

const card = {
  card_type: "button_interaction",
  source: { desc: "采购" },
  main_title: { title: "采购申请", desc: "显示器 2 台" },
  horizontal_content_list: [{ keyname: "申请人", value: "王五" }, { keyname: "金额", value: "¥3,998" }],
  task_id: "purchase-1",
  button_list: [{ text: "批准", style: 1, key: "approve" }, { text: "拒绝", style: 2, key: "reject" }]
}

const messages = [
  { msgtype: "text", text: { content: "会议室 301 已预订，请准时参加" } },
  {
    msgtype: "markdown",
    markdown: {
      content: "**日报** 已生成\n> 新增客户 <font color=\"info\">12</font>\n> 待跟进 <font color=\"warning\">3</font>"
    }
  },
  {
    msgtype: "textcard",
    textcard: { title: "领奖通知", description: "恭喜你抽中一台显示器", url: "https://example.com" }
  },
  { msgtype: "template_card", template_card: card }
]

mkdirSync(folder, { recursive: true })

await Effect.gen(function*() {
  const server = yield* Layer.build(SimulatorServer.layer(Seed.options(Seed.example())))
  const url = HttpServer.formatAddress(Context.get(server, HttpServer.HttpServer).address)
  yield* Effect.promise(async () => {
    const ask = async (path: string, body?: object) => {
      const response = await fetch(url + path, body && { method: "POST", body: JSON.stringify(body) })
      return await response.json() as Record<string, unknown>
    }
    const { access_token } = await ask(
      "/cgi-bin/gettoken?corpid=ww5a1d0e5c0ffee001&corpsecret=simulated-app-secret-0123456789abcdefghijkl"
    )
    const token = `access_token=${access_token}`
    for (const message of messages) {
      await ask(`/cgi-bin/message/send?${token}`, { touser: "zhangsan", agentid: 1000002, ...message })
    }
    await ask(`/cgi-bin/message/send?${token}`, { touser: "nobody", agentid: 1000002, ...messages[0] })
    await ask(`/cgi-bin/user/get?userid=lisi&colour=red&${token}`)
    for (const content of ["请假两天，回家探亲", "参加培训"]) {
      await ask(`/cgi-bin/oa/applyevent?${token}`, {
        creator_userid: "lisi",
        template_id: "leave",
        use_template_approver: 1,
        apply_data: { contents: [{ control: "Textarea", id: "Textarea-1", value: { text: content } }] },
        summary_list: [{ summary_info: [{ text: content, lang: "zh_CN" }] }]
      })
    }
    for (const [name, options, prepare] of pictures) {
      await using opened = await openPage(`${url}/_simulator`, options)
      await opened.page.locator("#talk .card").first().waitFor()
      await prepare(opened.page)
      await opened.page.screenshot({ path: folder + name })
    }
  })
}).pipe(Effect.scoped, Effect.runPromise)
