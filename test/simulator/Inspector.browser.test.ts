import { NodeHttpClient, NodeHttpServer } from "@effect/platform-node"
import { afterAll, assert, describe, it } from "@effect/vitest"
import { Context, Effect, Layer, Redacted } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { createServer } from "node:http"
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core"
import type { TestContext } from "vitest"
import * as CallbackReply from "../../src/callback/CallbackReply.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as Message from "../../src/messages/Message.ts"
import { type AddressedMessage, Messages } from "../../src/messages/Messages.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { addTemplate } from "../../src/simulator/areas/approvals/Approvals.ts"
import { addAccount, customerServiceOf } from "../../src/simulator/areas/customer-service/CustomerService.ts"
import { addCustomer, addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import * as Conversation from "../../src/simulator/engine/Conversation.ts"
import { Engine } from "../../src/simulator/engine/Engine.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as SimulatorServer from "../../src/simulator/server/SimulatorServer.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { launch, needsBrowser, openPage } from "../support/browser.ts"

const agentId = 1000002

const secret = "inspected-app-secret"

const callback = {
  token: Redacted.make("inspectedCallbackToken"),
  encodingAesKey: Redacted.make("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
}

/** What a test works with: the page on the one side, the backend on the other. */
interface Stage {
  readonly page: Page
  readonly send: (message: AddressedMessage) => Promise<unknown>
  /** What the backend's handlers were called with, the oldest first. */
  readonly heard: ReadonlyArray<string>
  readonly engine: Engine["Service"]
  /** Calls the API as the app, as the page does. */
  readonly call: (
    path: string,
    body?: object,
    query?: { readonly [name: string]: string }
  ) => Promise<{ readonly [field: string]: unknown }>
  /** Asks the control API. */
  readonly control: (path: string, body?: object) => Promise<{ readonly [field: string]: unknown }>
}

let browser: Browser | undefined

afterAll(() => browser?.close())

/** Serves routes on a free port until the scope ends. */
const serve = <E>(routes: Layer.Layer<never, E, HttpRouter.HttpRouter>) =>
  Effect.gen(function*() {
    const server = yield* NodeHttpServer.make(createServer, { port: 0, host: "127.0.0.1" })
    yield* Layer.build(HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true })).pipe(
      Effect.provideService(HttpServer.HttpServer, server)
    )
    return HttpServer.formatAddress(server.address)
  })

/** A simulator and a backend, two HTTP servers, and the simulator's page in a browser that has no problem at the end. */
const staged = (
  options: BrowserContextOptions,
  run: (stage: Stage) => Promise<void>,
  more: { readonly suite?: boolean } = {}
) =>
async (context: TestContext) => {
  needsBrowser(context)
  browser ??= await launch()
  const shared = browser
  const heard: Array<string> = []
  await Effect.gen(function*() {
    const backend = yield* serve(
      CallbackRouter.layer({
        path: "/callback",
        accounts: { ...callback, receiveIds: [defaultCorp.corpId, "wwsuite1"] },
        handlers: {
          text: ({ Content, FromUserName }) => {
            heard.push(`${FromUserName} wrote ${Content}`)
            return Effect.succeed(CallbackReply.text(`收到：${Content}`))
          },
          "event/template_card_event": ({ EventKey, FromUserName }) => {
            heard.push(`${FromUserName} pressed ${EventKey}`)
            return Effect.succeed(CallbackReply.updateButton("已批准"))
          },
          "event/template_card_menu_event": ({ EventKey, FromUserName }) =>
            Effect.sync(() => void heard.push(`${FromUserName} chose ${EventKey}`))
        },
        fallback: ({ key }) => Effect.sync(() => void heard.push(key))
      }).pipe(Layer.provide(NodeCallbackCrypto.layer))
    )
    const simulator = yield* Layer.build(
      SimulatorServer.layer({
        corps: [{
          ...defaultCorp,
          apps: [{ agentId, name: "采购", secret, callback: { url: `${backend}/callback`, ...callback } }],
          smartRobots: [{ botId: "helper", name: "助手", secret: "a-bots-secret" }]
        }],
        suites: more.suite === true
          ? [{ suiteId: "wwsuite1", secret: "a-suites-secret", callback: { url: `${backend}/callback`, ...callback } }]
          : []
      })
    )
    const wecom = yield* Effect.provide(HttpServer.addressFormattedWith(Effect.succeed), simulator)
    const app = WeComApp.secret({
      corpId: defaultCorp.corpId,
      secret: Redacted.make(secret),
      agentId,
      baseUrl: wecom
    })
    const client = yield* Layer.build(
      Messages.layer.pipe(
        Layer.provide(WeComClient.layer(app)),
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    )
    yield* Effect.promise(async () => {
      const json = async (path: string, body?: object) => {
        const response = await fetch(
          `${wecom}/_simulator/api/${path}`,
          body && {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body)
          }
        )
        const text = await response.text()
        assert.isTrue(response.ok, `${path}: ${text}`)
        return JSON.parse(text === "" ? "{}" : text) as { readonly [field: string]: unknown } // what the simulator says
      }
      await using opened = await openPage(`${wecom}/_simulator`, options, shared)
      await run({
        page: opened.page,
        heard,
        engine: Context.get(simulator, Engine),
        control: json,
        call: async (path, body, query = {}) => {
          const { answer } = await json("page/call", {
            corp: defaultCorp.corpId,
            agentId,
            method: body === undefined ? "GET" : "POST",
            path: `/cgi-bin/${path}`,
            query,
            body: JSON.stringify(body ?? {})
          })
          const parsed = JSON.parse(String(answer)) as { readonly [field: string]: unknown } // an answer of the API
          assert.strictEqual(parsed["errcode"], 0, `${path}: ${String(answer)}`)
          return parsed
        },
        send: (message) =>
          Effect.runPromise(Effect.provide(Effect.flatMap(Messages, ({ send }) => send(message)), client))
      })
      assert.deepStrictEqual(opened.problems, [])
    })
  }).pipe(Effect.scoped, Effect.runPromise)
}

const to = { users: ["zhangsan"] }

const application = Message.buttonInteraction({
  task_id: "purchase-1",
  main_title: { title: "采购申请", desc: "显示器 2 台" },
  button_list: [{ text: "批准", style: 1, key: "approve" }, { text: "拒绝", style: 2, key: "reject" }]
}).to(to)

describe("the inspector in a browser", () => {
  it(
    "shows what comes, and lets a member press and write, and tokens end",
    staged({}, async ({ heard, page, send }) => {
      const talk = page.locator("#talk")
      const journal = page.locator("#log")
      const entries = (text: string) => journal.locator(".entry").filter({ hasText: text })

      await send(Message.text("系统已上线").to(to))
      await talk.getByText("系统已上线", { exact: true }).waitFor()

      await send(application)
      await talk.getByRole("heading", { name: "采购申请" }).waitFor()
      await talk.getByRole("button", { name: "批准", exact: true }).click()
      await talk.getByRole("button", { name: "已批准", exact: true }).waitFor()
      assert.isTrue(await talk.getByRole("button", { name: "已批准", exact: true }).isDisabled())
      assert.strictEqual(await talk.getByRole("button", { name: "拒绝" }).count(), 0)
      assert.deepStrictEqual(heard, ["zhangsan pressed approve"])
      await talk.getByText("replied with update_button").waitFor()

      await page.getByLabel("Write as this member").fill("谢谢")
      await page.getByRole("button", { name: "Send", exact: true }).click()
      await talk.getByText("收到：谢谢", { exact: true }).waitFor()
      assert.deepStrictEqual(heard, ["zhangsan pressed approve", "zhangsan wrote 谢谢"])

      const ending = page.getByRole("button", { name: "Expire token" })
      await ending.click()
      await page.getByRole("status").filter({ hasText: "42001" }).waitFor()
      await page.getByText("no token", { exact: true }).waitFor()
      assert.isTrue(await ending.isDisabled())
      await send(Message.text("令牌换过了").to(to))
      await talk.getByText("令牌换过了", { exact: true }).waitFor()

      await entries("42001").waitFor()
      assert.strictEqual(await entries("GET /gettoken").count(), 2)
      // The newest first: the one that was refused, then the new token, then the same message again.
      const newest = await journal.locator(".entry .path").allTextContents()
      assert.deepStrictEqual(newest.slice(0, 3), ["POST /message/send", "GET /gettoken", "POST /message/send"])
      assert.include(newest, "→ event/template_card_event")

      const pressed = entries("→ event/template_card_event")
      await pressed.getByRole("button").first().click()
      await pressed.getByText("<EventKey>approve</EventKey>").waitFor()
      await page.getByPlaceholder("Search").fill("42001")
      await entries("GET /gettoken").first().waitFor({ state: "detached" })
      assert.strictEqual(await journal.locator(".entry").count(), 1)
      assert.notInclude(await page.content(), secret)
    })
  )

  it(
    "says what a call was about, and gives it back as curl",
    staged({ permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, send }) => {
      await send(Message.text("it's here").to(to))
      const entry = page.locator(".entry").filter({ hasText: "message/send" })
      await entry.getByText("text zhangsan").waitFor()
      await entry.locator("button").first().click()
      await entry.getByRole("button", { name: "Copy as curl" }).click()
      await page.getByRole("status").filter({ hasText: "Copied" }).waitFor()
      const copied = String(await page.evaluate("navigator.clipboard.readText()"))
      assert.match(
        copied,
        /^curl 'http:\/\/127\.0\.0\.1:\d+\/cgi-bin\/message\/send\?access_token='"\$ACCESS_TOKEN"'' --json '\{/
      )
      assert.include(copied, "it'\\''s here")
    })
  )

  it(
    "says where a callback went wrong, and injects faults",
    staged({}, async ({ page, send }) => {
      await page.getByRole("button", { name: "Check callback" }).click()
      await page.getByRole("status").filter({ hasText: "The callback URL passed the check" }).waitFor()
      await page.getByRole("button", { name: "Faults" }).click()
      const dialog = page.getByRole("dialog")
      await dialog.getByLabel("Endpoint").fill("/cgi-bin/message/send")
      await dialog.getByRole("button", { name: "Add" }).click()
      await dialog.getByRole("listitem").filter({ hasText: "errcode 45009" }).waitFor()
      await dialog.getByRole("button", { name: "Close" }).click()
      assert.match(String(await send(application).catch((error: unknown) => error)), /45009/)
      const failed = page.locator(".entry").filter({ hasText: "45009" })
      await failed.filter({ hasText: "接口调用超过限制" }).filter({ hasText: "fault Errcode" }).waitFor()
    })
  )

  it(
    "opens the menu of a card",
    staged({}, async ({ heard, page, send }) => {
      await send(
        Message.textNotice({
          task_id: "notice-1",
          main_title: { title: "巡检通知" },
          action_menu: { desc: "设置", action_list: [{ text: "不再接收", key: "mute" }] },
          card_action: { type: 1, url: "https://example.com" }
        }).to(to)
      )
      await page.getByLabel("menu of the card").click()
      await page.getByRole("button", { name: "不再接收" }).click()
      await page.locator("#talk").getByText("[menu of a card] mute").waitFor()
      await page.getByText("acknowledged").waitFor()
      assert.deepStrictEqual(heard, ["zhangsan chose mute"])
    })
  )

  it(
    "can be used with the keyboard alone",
    staged({}, async ({ page, send }) => {
      await send(application)
      const focused = () => page.evaluate("document.activeElement.textContent")
      const press = async (key: string, times = 1) => {
        for (let i = 0; i < times; i++) await page.keyboard.press(key)
      }
      await page.locator("#people").getByRole("button", { name: "王五" }).waitFor()
      await page.getByLabel("Find").focus()
      await press("Tab")
      assert.match(String(await focused()), /zhangsan/)
      // The members are one stop, whoever they are; the arrow keys go through them.
      await press("ArrowDown", 2)
      assert.match(String(await focused()), /wangwu/)
      await press("Enter")
      await page.getByText("Nothing was said yet.").waitFor()
      await press("Home")
      await press("Enter")
      await page.locator("#talk").getByRole("button", { name: "批准" }).waitFor()
      // What comes meanwhile takes the keyboard from nobody.
      await page.locator("#talk").getByRole("button", { name: "批准" }).focus()
      await send(Message.text("又来一条").to(to))
      await page.locator("#talk").getByText("又来一条").waitFor()
      assert.strictEqual(await focused(), "批准")
      await press("Enter")
      await page.locator("#talk").getByRole("button", { name: "已批准" }).waitFor()
      const newest = await page.locator(".entry > button").first().elementHandle()
      await newest?.focus()
      await send(Message.text("再来一条").to(to))
      await page.locator("#talk").getByText("再来一条").waitFor()
      assert.isTrue(await newest?.evaluate((entry) => entry.matches(":focus")))
      await press("ArrowUp")
      assert.match(String(await focused()), /message\/send/)
      await press("Enter")
      await page.locator(".detail").getByText("再来一条").waitFor()
    })
  )

  it(
    "finds what is meant among 10,000 entries, bodies too, and pages through them",
    staged({}, async ({ engine, page }) => {
      for (let index = 0; index < 10_000; index++) {
        const entry = engine.journal.open("call", 1_700_000_000_000 + index, "POST", "/cgi-bin/message/send", {})
        entry.body = JSON.stringify({ touser: `m${index}`, text: { content: `第 ${index} 条` } })
        entry.status = 200
        entry.duration = 1
        if (index === 1234) entry.warnings.push("colour: the endpoint has no such field")
      }
      const log = page.locator("#log")
      const pages = page.locator(".pages")
      await pages.getByText("1–100 of 10000").waitFor()
      await pages.getByRole("button", { name: "Older" }).click()
      await pages.getByText("101–200 of 10000").waitFor()
      // What comes meanwhile does not push away what is read.
      const [first] = await log.locator(".entry .about").allTextContents()
      engine.journal.open("call", 1_700_000_020_000, "POST", "/cgi-bin/message/send", {})
      // Of two answers, the second was asked for when the entry was there.
      await page.waitForResponse(/page\/now/)
      await page.waitForResponse(/page\/now/)
      assert.deepStrictEqual((await log.locator(".entry .about").allTextContents())[0], first)
      await pages.getByRole("button", { name: "Oldest" }).click()
      // The journal keeps 10,000: the oldest one went when the new one came.
      await pages.getByText("9901–9999 of 9999").waitFor()
      await log.getByText("m1", { exact: true }).waitFor()
      await pages.getByRole("button", { name: "Newest" }).click()
      await pages.getByText("1–100 of 10000").waitFor()
      await page.getByLabel("Search: path").fill("第 1234 条")
      await log.getByText("ignored: colour: the endpoint has no such field").waitFor()
      assert.strictEqual(await log.locator(".entry").count(), 1)
      await log.locator(".entry > button").click()
      await page.getByLabel("outcome").selectOption("Succeeded")
      await log.locator(".detail").getByText("第 1234 条").waitFor()
      await page.getByLabel("Search: path").fill("nothing is like this")
      await log.getByText("Nothing fits the filter.").waitFor()
    })
  )

  it(
    "takes one fault back, and leaves the others",
    staged({}, async ({ engine, page }) => {
      engine.faults.inject({ fault: Fault.errcode(45009) })
      engine.faults.inject({ fault: Fault.status(502) })
      await page.getByRole("button", { name: "Faults (2)" }).click()
      await page.locator("#faults li").filter({ hasText: "45009" }).getByRole("button", { name: "Remove" }).click()
      await page.getByRole("listitem").filter({ hasText: "45009" }).waitFor({ state: "detached" })
      assert.deepStrictEqual(engine.faults.pending().map(({ fault }) => fault._tag), ["Status"])
    })
  )

  it(
    "shows markup as text, and follows no script, whoever writes it",
    staged({}, async ({ page, send }) => {
      const markup = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>"
      const links = "<a href=\"javascript:window.ran=1\">甲</a> [乙](javascript:window.ran=1)"
      await send(Message.text(`${markup} ${links}`).to(to))
      await send(Message.markdown(`# ${markup}\n> ${links}`).to(to))
      await send(Message.textCard({ title: markup, description: markup, url: "javascript:window.ran=1" }).to(to)).catch(
        () => "a client of ours may refuse the URL"
      )
      await page.getByLabel("Write as this member").fill(markup)
      await page.getByRole("button", { name: "Send", exact: true }).click()
      await page.locator(".turn.member").getByText(markup).waitFor()
      assert.strictEqual(await page.locator("#talk img, #talk script, #talk a[href^=javascript]").count(), 0)
      assert.strictEqual(await page.evaluate("window.ran"), undefined)
    })
  )

  const phone = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true, colorScheme: "dark" } as const

  it(
    "fits a narrow window, whatever a member does",
    staged(phone, async ({ page, send }) => {
      await send(application)
      await page.locator("#talk .card").waitFor()
      const width = () => page.evaluate("document.documentElement.scrollWidth")
      assert.strictEqual(await width(), 390)
      for (const name of ["Picture", "Voice", "Video", "Place", "Link", "Menu key", "Open the app", "Text"]) {
        await page.getByRole("button", { name, exact: true }).tap()
        const box = await page.getByRole("button", { name: "Send", exact: true }).boundingBox()
        assert.isTrue(box !== null && box.x >= 0 && box.x + box.width <= 390, `${name}: Send is cut off`)
        assert.strictEqual(await width(), 390)
      }
      // What is newest stays in sight when the form below takes more room.
      await page.waitForFunction(
        "(() => { const pane = document.querySelector('#talk'); return pane.scrollHeight - pane.scrollTop - pane.clientHeight <= 1 })()"
      )
      // One pane at a time.
      await page.getByRole("button", { name: "Wire", exact: true }).tap()
      await page.locator("#log .entry").first().waitFor()
      assert.isFalse(await page.locator("#talk").isVisible())
      assert.strictEqual(await width(), 390)
      await page.getByRole("button", { name: "Conversations", exact: true }).tap()
      assert.isFalse(await page.locator("#log").isVisible())
      await page.getByRole("button", { name: "Robots" }).tap()
      await page.locator("#people").getByRole("button", { name: "示例机器人" }).tap()
      await page.getByText("This robot has said nothing yet.").waitFor()
      assert.isFalse(await page.locator("#people").isVisible())
      assert.strictEqual(await page.getByRole("button", { name: "Send", exact: true }).count(), 0)
      assert.strictEqual(await width(), 390)
    })
  )

  it(
    "begins with where it is, shows secrets when asked alone, and sends the first message",
    staged({}, async ({ page }) => {
      const start = page.locator(".start")
      await start.getByText("WECOM_BASE_URL").waitFor()
      await start.getByText(defaultCorp.corpId, { exact: true }).waitFor()
      assert.notInclude(await page.content(), secret)
      await start.getByRole("button", { name: "Show the secrets" }).click()
      await start.getByText(secret, { exact: true }).waitFor()
      await start.getByText(`corpsecret=${secret}'`).waitFor()
      await start.getByRole("button", { name: "Send the first message" }).click()
      await page.locator("#talk .turn.app").getByText("Hello", { exact: true }).waitFor()
      assert.notInclude(await page.content(), secret)
    })
  )

  it(
    "shows every kind of message",
    staged({}, async ({ call, control, engine, page, send }) => {
      const talk = page.locator("#talk")
      const upload = async (type: string, filename: string, contentType: string, content: Buffer) =>
        String(
          (await control("page/upload", {
            corp: defaultCorp.corpId,
            type,
            filename,
            contentType,
            bytes: content.toString("base64")
          }))["media_id"]
        )
      const dot = Buffer.from(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
        "base64"
      )
      const picture = await upload("image", "点.png", "image/png", dot)
      await send(Message.image(picture).to(to))
      await send(Message.voice(await upload("voice", "语音.mp3", "audio/mpeg", Buffer.from("sound"))).to(to))
      await send(
        Message.video(await upload("video", "片.mp4", "video/mp4", Buffer.from("film")), { title: "短片" }).to(to)
      )
      await send(Message.file(await upload("file", "报表.xlsx", "", Buffer.alloc(2048))).to(to))
      await send(
        Message.textCard({ title: "领奖", description: "<div>第一行</div>第二行", url: "https://a.example" }).to(to)
      )
      const cover = `${new URL(page.url()).origin}/_simulator/media/${picture}`
      await send(
        Message.news([
          { title: "头条", description: "摘要", url: "https://a.example", picurl: cover },
          { title: "次条", url: "https://b.example" }
        ]).to(to)
      )
      await call("message/send", {
        touser: "zhangsan",
        agentid: agentId,
        msgtype: "mpnews",
        mpnews: {
          articles: [{
            title: "图文",
            thumb_media_id: picture,
            content: "<p>正文在此</p>",
            digest: "概要",
            author: "甲"
          }]
        }
      })
      await send(
        Message.markdown(
          "# 大标题\n**粗** <font color=\"warning\">橙</font> `码`\n> 引用 [链接](https://c.example)\n```\nlet x = 1\n```\n" +
            "- 一\n- 二\n\n| 列甲 | 列乙 |\n| --- | --- |\n| 1 | 2 |\n\n---\n1. 第一"
        ).to(to)
      )
      await send(
        Message.miniProgramNotice({
          appid: "wx1",
          title: "小程序通知",
          content_item: [{ key: "会议室", value: "402" }]
        }).to(to)
      )
      await call("message/send", {
        touser: "zhangsan",
        agentid: agentId,
        msgtype: "interactive_taskcard",
        interactive_taskcard: { title: "任务", description: "请处理", task_id: "t1", btn: [{ key: "k", name: "处理" }] }
      })
      await send(
        Message.textNotice({
          task_id: "c1",
          source: { desc: "来源" },
          main_title: { title: "文本卡" },
          emphasis_content: { title: "100", desc: "数据" },
          quote_area: { title: "引文", quote_text: "引用的话" },
          horizontal_content_list: [{ keyname: "官网", value: "点击", type: 1, url: "https://d.example" }],
          jump_list: [{ type: 1, title: "跳转", url: "https://e.example" }],
          card_action: { type: 1, url: "https://f.example" }
        }).to(to)
      )
      await send(
        Message.newsNotice({
          task_id: "c2",
          main_title: { title: "图文卡" },
          card_image: { url: cover },
          vertical_content_list: [{ title: "竖排", desc: "内容" }],
          card_action: { type: 1, url: "https://f.example" }
        }).to(to)
      )
      await send(
        Message.voteInteraction({
          task_id: "c3",
          main_title: { title: "投票卡" },
          checkbox: {
            question_key: "q",
            mode: 1,
            option_list: [{ id: "a", text: "选甲", is_checked: true }, { id: "b", text: "选乙", is_checked: false }]
          },
          submit_button: { text: "投票", key: "vote" }
        }).to(to)
      )
      await send(
        Message.multipleInteraction({
          task_id: "c4",
          main_title: { title: "多选卡" },
          select_list: [{
            question_key: "s",
            title: "城市",
            option_list: [{ id: "bj", text: "北京" }, { id: "sh", text: "上海" }]
          }],
          submit_button: { text: "提交", key: "go" }
        }).to(to)
      )

      const image = talk.locator("img[alt=picture]")
      await image.waitFor()
      await page.waitForFunction("document.querySelector('img[alt=picture]').complete")
      assert.strictEqual(await image.evaluate((element: { readonly naturalWidth?: number }) => element.naturalWidth), 1)
      await talk.locator("audio[controls]").waitFor()
      await talk.getByText("voice · 5 B").waitFor()
      await talk.locator("video[controls]").waitFor()
      await talk.getByText("短片", { exact: true }).waitFor()
      await talk.getByRole("link", { name: "报表.xlsx" }).waitFor()
      await talk.getByText("file · 2.0 KB").waitFor()
      await talk.getByRole("heading", { name: "领奖" }).waitFor()
      await talk.locator(".cover img.wide").first().waitFor()
      await talk.locator(".beside").getByRole("link", { name: "次条" }).waitFor()
      await talk.locator(".cover").filter({ hasText: "图文" }).getByText("Read").click()
      await talk.getByText("正文在此", { exact: true }).waitFor()
      const markdown = talk.locator(".markdown")
      await markdown.locator(".heading").getByText("大标题").waitFor()
      await markdown.locator("pre").getByText("let x = 1").waitFor()
      await markdown.locator("blockquote").getByRole("link", { name: "链接" }).waitFor()
      assert.deepStrictEqual(await markdown.locator("td").allTextContents(), ["1", "2"])
      assert.deepStrictEqual(await markdown.locator("li").allTextContents(), ["一", "二", "第一"])
      assert.strictEqual(await markdown.locator(".font.warning").textContent(), "橙")
      await talk.getByRole("definition").getByText("402").waitFor()
      await talk.getByRole("button", { name: "处理" }).waitFor()
      await talk.locator(".card .big").getByText("100").waitFor()
      await talk.getByRole("link", { name: "跳转" }).waitFor()
      await talk.locator(".card img.wide").waitFor()
      await talk.getByLabel("选乙").check()
      await talk.getByRole("button", { name: "投票" }).click()
      await talk.getByText("q: a, b").waitFor()
      await talk.getByLabel("城市").selectOption("上海")
      await talk.getByRole("button", { name: "提交" }).click()
      await talk.getByText("s: sh").waitFor()

      // What a smart robot streams, and what was called back.
      const [corp] = engine.world.corps.values()
      const member = corp!.members.get("zhangsan")!
      Conversation.deliver(
        { botId: "helper", corp: corp!, now: Date.now(), world: engine.world },
        { msgtype: "stream", content: { id: "s", finish: false, content: "正在**想**" } },
        [member]
      )
      await talk.locator(".turn").filter({ hasText: "正在想" }).getByText("…").waitFor()
      Conversation.deliver(
        { botId: "helper", corp: corp!, now: Date.now(), world: engine.world },
        { msgtype: "markdown_v2", content: { content: "| 甲 | 乙 |\n| :-- | --: |\n| 三 | 四 |\n\n- 项" } },
        [member]
      )
      await talk.getByRole("cell", { name: "四" }).waitFor()
      await page.getByLabel("app", { exact: true }).selectOption("助手 (smart robot)")
      await talk.getByText("小程序通知").waitFor({ state: "detached" })
      await page.getByLabel("app", { exact: true }).selectOption("All apps")
      const { msgid } = await call("message/send", {
        touser: "zhangsan",
        agentid: agentId,
        msgtype: "text",
        text: { content: "撤回我" }
      })
      await call("message/recall", { msgid })
      await talk.locator(".turn").filter({ hasText: "撤回我" }).getByText("recalled").waitFor()
    })
  )

  it(
    "leads from a message to its call and from a call to its message, and calls again",
    staged({}, async ({ heard, page, send }) => {
      await send(Message.text("甲").to(to))
      await send(application)
      const talk = page.locator("#talk")
      await talk.locator(".turn").filter({ hasText: "甲" }).getByRole("button", { name: "its call" }).click()
      const detail = page.locator(".detail")
      await detail.getByText("content-type: application/json").waitFor()
      await detail.getByText("\"content\": \"甲\"").waitFor()
      await page.locator("#people").getByRole("button", { name: "李四" }).click()
      await talk.getByText("Nothing was said yet.").waitFor()
      await detail.getByRole("button", { name: "张三" }).click()
      await talk.locator(".turn.marked").getByText("甲", { exact: true }).waitFor()

      await detail.getByRole("button", { name: "Replay" }).click()
      await page.getByRole("status").filter({ hasText: "Called again" }).waitFor()
      await page.waitForFunction(
        "[...document.querySelectorAll('.turn .bubble')].filter((e) => e.textContent === '甲').length === 2"
      )
      await detail.getByRole("button", { name: "Edit and call" }).click()
      const dialog = page.locator("#call")
      const body = dialog.getByLabel("Body")
      await body.fill((await body.inputValue()).replace("甲", "乙"))
      await dialog.getByRole("button", { name: "Call", exact: true }).click()
      await dialog.getByText("\"errcode\": 0").waitFor()
      await dialog.getByRole("button", { name: "Close" }).click()
      await talk.getByText("乙", { exact: true }).waitFor()

      await page.getByRole("button", { name: "Newest" }).click()
      await talk.getByRole("button", { name: "拒绝" }).click()
      const pressed = talk.locator(".turn.member").filter({ hasText: "reject" })
      await pressed.getByRole("button", { name: "its callback" }).click()
      await detail.getByText("<EventKey>reject</EventKey>").waitFor()
      await talk.locator(".turn").filter({ hasText: "采购申请" }).getByRole("button", { name: "use response_code" })
        .click()
      await dialog.getByRole("button", { name: "Call", exact: true }).click()
      await dialog.getByText("\"errcode\": 0").waitFor()
      await dialog.getByRole("button", { name: "Close" }).click()
      await talk.getByRole("button", { name: "✓" }).waitFor()
      assert.deepStrictEqual(heard, ["zhangsan pressed reject"])
    })
  )

  it(
    "offers the menu of an app, and shows what was dropped",
    staged({}, async ({ call, heard, page, send }) => {
      const button = [
        { type: "click", name: "今日", key: "today" },
        { name: "更多", sub_button: [{ type: "view", name: "官网", url: "https://example.com" }] }
      ]
      await call("menu/create", { button }, { agentid: `${agentId}` })
      const menu = page.getByRole("group", { name: "menu of the app" })
      await menu.getByRole("button", { name: "今日" }).click()
      await page.locator(".turn.member").getByText("[menu] today").waitFor()
      await menu.getByText("更多").click()
      await menu.getByRole("button", { name: "官网" }).click()
      await page.locator(".turn.member").filter({ hasText: "[menu] https://example.com" }).getByText("acknowledged")
        .waitFor()
      assert.deepStrictEqual(heard.slice(-2), ["event/click", "event/view"])

      for (let index = 0; index < 31; index++) await send(Message.text(`第 ${index}`).to({ users: ["lisi"] }))
      await page.locator("#people").getByRole("button", { name: "李四" }).click()
      await page.locator(".turn.dropped").getByText("第 30").waitFor()
      await page.getByText("dropped: more than 30 a minute").waitFor()
    })
  )
})

/** What an element says of itself. */
interface Named {
  readonly textContent?: string
  readonly outerHTML?: string
  readonly labels?: ArrayLike<unknown>
  readonly getAttribute?: (name: string) => string | null
}

/** Opens the kind of conversations, and one of them. */
const openConversation = async (page: Page, kind: string, title: string): Promise<void> => {
  await page.getByRole("group", { name: "kinds" }).getByRole("button", { name: kind }).click()
  await page.locator("#people").getByRole("button", { name: title }).click()
}

/** Does what is offered: opens its form, fills it in, sends it, and returns what came of it. */
const perform = async (
  page: Page,
  offer: string,
  fields: { readonly [name: string]: string } = {}
): Promise<string> => {
  await page.getByRole("group", { name: "what people do" }).getByRole("button", { name: offer, exact: true }).click()
  return await fillIn(page, fields)
}

const fillIn = async (page: Page, fields: { readonly [name: string]: string }): Promise<string> => {
  const dialog = page.locator("#acts")
  await dialog.locator("#operation").waitFor()
  for (const [name, value] of Object.entries(fields)) {
    const field = dialog.locator(`[id="input ${name}"]`)
    if (await dialog.locator(`select[id="input ${name}"]`).count() === 1) await field.selectOption(value)
    else await field.fill(value)
  }
  await dialog.getByRole("button", { name: "Do it" }).click()
  const outcome = dialog.locator("#acted")
  await outcome.filter({ hasText: /./ }).waitFor()
  const text = await outcome.textContent() ?? ""
  await dialog.getByRole("button", { name: "Close" }).click()
  return text
}

/** A corp in which everybody has something to do. */
const furnish = async ({ call, engine: { world } }: Stage) => {
  const corp = [...world.corps.values()][0]!
  await Effect.runPromise(addCustomer(world, { external_userid: "wm1", name: "客户甲", followedBy: ["wangwu"] }))
  await Effect.runPromise(
    addGroup(world, { chat_id: "wr1", name: "客户群一", owner: "wangwu", customers: ["wm1"], members: ["wangwu"] })
  )
  addAccount(world, corp, { id: "wk1", name: "售后" })
  customerServiceOf(corp).accounts.get("wk1")!.servicers.set("lisi", { userid: "lisi", isServing: true })
  const template_id = await Effect.runPromise(addTemplate(world, { name: "请假", controls: [], approvers: ["lisi"] }))
  const apply = async () =>
    String(
      (await call("oa/applyevent", {
        creator_userid: "zhangsan",
        template_id,
        use_template_approver: 1,
        apply_data: { contents: [] },
        summary_list: [{ summary_info: [{ text: "假", lang: "zh_CN" }] }]
      }))["sp_no"]
    )
  return { corp, apply }
}

describe("the page, with everybody who acts", () => {
  it(
    "lets approvers, customers, groups and customer service act",
    staged({}, async (stage) => {
      const { call, heard, page } = stage
      const { apply } = await furnish(stage)
      const first = await apply()
      const second = await apply()
      await openConversation(page, "Approvals", first)
      await page.locator("#talk").getByText("pending", { exact: true }).first().waitFor()
      await perform(page, "Urge")
      await perform(page, "Comment", { content: "请尽快" })
      await page.locator("#talk").getByText("请尽快").waitFor()
      await perform(page, "Forward", { to: "wangwu" })
      await page.locator(".people").getByText("王五").waitFor()
      assert.include(await perform(page, "Approve", { userid: "wangwu", speech: "同意" }), "deliveries")
      await page.locator(".sheet dd").getByText("approved").waitFor()
      await openConversation(page, "Approvals", second)
      await perform(page, "Reject")
      await page.locator(".sheet dd").getByText("rejected").waitFor()
      assert.include(heard, "event/sys_approval_change")

      await openConversation(page, "Customers", "客户甲")
      await perform(page, "Add a member", { userid: "lisi" })
      await page.locator(".people").getByText("李四").waitFor()
      await perform(page, "The member edits", { remark: "老客户" })
      await page.locator(".people").getByText("老客户").waitFor()
      await perform(page, "Consent to the archive", { status: "Agree", with: "{\"userid\": \"lisi\"}" })
      await perform(page, "Delete the member", { userid: "lisi" })

      await openConversation(page, "Groups", "客户群一")
      await perform(page, "Join", { members: "zhangsan, lisi" })
      await page.locator(".people").getByText("张三").waitFor()
      await perform(page, "Leave", { ids: "zhangsan" })
      await page.locator(".people").getByText("张三").waitFor({ state: "detached" })
      await perform(page, "Change", { notice: "新公告" })
      await page.locator(".sheet").getByText("新公告").waitFor()
      assert.include(heard.join(), "change_external_chat/update")

      await openConversation(page, "Service", "售后")
      await perform(page, "A customer enters", { external_userid: "wmNew" })
      await openConversation(page, "Service", "wmNew")
      await perform(page, "The customer writes", { text: "在吗" })
      await page.locator(".turn.member").getByText("在吗", { exact: true }).waitFor()
      await call("kf/send_msg", {
        touser: "wmNew",
        open_kfid: "wk1",
        msgtype: "msgmenu",
        msgmenu: {
          head_content: "请评价",
          list: [
            { type: "click", click: { id: "101", content: "满意" } },
            { type: "view", view: { url: "https://a.example", content: "官网" } }
          ],
          tail_content: "谢谢"
        }
      })
      const menu = page.locator(".card").filter({ hasText: "请评价" })
      await menu.getByText("满意").waitFor()
      await menu.getByText("谢谢").waitFor()
      assert.strictEqual(await menu.getByRole("link", { name: "官网" }).getAttribute("href"), "https://a.example")
      await call("kf/service_state/trans", { open_kfid: "wk1", external_userid: "wmNew", service_state: 2 })
      assert.include(await perform(page, "The servicer takes", { userid: "lisi" }), "deliveries")
      await page.locator(".sheet").getByText("with a servicer").waitFor()
      await perform(page, "The servicer writes", { userid: "lisi", text: "您好" })
      await page.locator(".turn.app").getByText("您好", { exact: true }).waitFor()
      await perform(page, "End", { userid: "lisi" })
      await page.locator(".sheet").getByText("ended").waitFor()
    })
  )

  it(
    "lets meetings, schedules, documents, suites, robots and logins happen",
    staged({}, async (stage) => {
      const { call, heard, page } = stage
      await furnish(stage)
      const start = Math.floor(Date.now() / 1000) + 3600
      await call("meeting/create", {
        admin_userid: "zhangsan",
        title: "周会",
        meeting_start: start,
        meeting_duration: 3600,
        agentid: agentId,
        invitees: { userid: ["lisi"] }
      })
      await openConversation(page, "Meetings", "周会")
      await perform(page, "Join", { userid: "zhangsan" })
      await page.locator(".people").getByText("present").waitFor()
      await perform(page, "Record", { userid: "zhangsan" })
      await perform(page, "Stop recording", { userid: "zhangsan" })
      await perform(page, "Leave", { userid: "zhangsan" })
      await page.locator(".people").getByText("left").waitFor()
      await call("oa/schedule/add", {
        schedule: {
          admins: ["zhangsan"],
          start_time: start,
          end_time: start + 3600,
          summary: "评审",
          attendees: [{ userid: "zhangsan" }, { userid: "lisi" }]
        },
        agentid: agentId
      })
      await openConversation(page, "Meetings", "评审")
      await perform(page, "Respond", { userid: "lisi" })
      await page.locator(".people").getByText("accepted").waitFor()

      const { docid } = await call("wedoc/create_doc", { doc_type: 10, doc_name: "库存表" })
      const made = await call("wedoc/smartsheet/add_sheet", { docid, properties: { title: "一", index: 0 } })
      const { sheet_id } = made["properties"] as { readonly sheet_id: string } // as the document says
      await call("wedoc/smartsheet/add_fields", {
        docid,
        sheet_id,
        fields: [{ field_title: "名称", field_type: "FIELD_TYPE_TEXT" }]
      })
      await openConversation(page, "Documents", "库存表")
      await page.locator(".grid").filter({ hasText: "名称" }).getByRole("button", { name: "Add a record" }).click()
      const added = await fillIn(page, {
        userid: "lisi",
        values: "{\"名称\": [{\"type\": \"text\", \"text\": \"螺丝\"}]}"
      })
      assert.include(added, "deliveries")
      await page.getByRole("button", { name: "Change 名称: 螺丝" }).click()
      await fillIn(page, { userid: "lisi", values: "{\"名称\": [{\"type\": \"text\", \"text\": \"螺母\"}]}" })
      await page.getByRole("cell", { name: "螺母" }).waitFor()

      await openConversation(page, "Suites", "wwsuite1")
      assert.include(await perform(page, "Push a ticket"), "suite_ticket")
      assert.include(await perform(page, "Install"), "create_auth")

      await openConversation(page, "Robots", "助手")
      await page.getByLabel("userid of the writer").fill("lisi")
      await page.getByLabel("Write as this member").fill("你好")
      await page.getByRole("button", { name: "Send", exact: true }).click()
      await page.locator(".turn.member").getByText("你好", { exact: true }).waitFor()
      await page.getByText("nobody is connected").first().waitFor()
      await perform(page, "Mention it in a group", { userid: "lisi", content: "来" })
      await perform(page, "Feedback", { userid: "lisi", id: "f1" })
      await page.getByText("[feedback] 1").waitFor()

      await openConversation(page, "Members", "张三")
      await perform(page, "Check in")
      const url = `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${defaultCorp.corpId}&redirect_uri=` +
        `${
          encodeURIComponent("https://app.example/in")
        }&response_type=code&scope=snsapi_base&agentid=${agentId}#wechat_redirect`
      assert.match(await perform(page, "Log in", { url }), /"code": "\w+/)
      await perform(page, "Report location")
      await page.locator("#talk").getByText("[is at] 23.134, 113.358").waitFor()
      assert.includeMembers([...heard], ["event/LOCATION"])
    }, { suite: true })
  )

  it(
    "has a form for each operation of the control API, in Chinese as well",
    staged({ locale: "zh-CN" }, async ({ page }) => {
      await page.getByRole("button", { name: "人员操作" }).first().click()
      const dialog = page.locator("#acts")
      await dialog.locator("#operation").waitFor()
      const options = dialog.locator("#operation option")
      const paths = await options.evaluateAll((all: ReadonlyArray<{ readonly dataset?: { readonly path: string } }>) =>
        all.map(({ dataset }) => dataset?.path)
      )
      assert.includeMembers(paths, [
        "members/{userid}/act",
        "customers/add",
        "customer-groups/join",
        "kf/servicer",
        "approvals/decide",
        "meetings/act",
        "schedules/respond",
        "documents/add-record",
        "attendance/check-in",
        "chat-archive/agree",
        "suites/{suiteId}/install",
        "notify",
        "time/advance"
      ])
      const names = await options.allTextContents()
      assert.deepStrictEqual(names.filter((name) => !/\p{Script=Han}/u.test(name)), [])
      await dialog.locator("#operation").selectOption({ label: "成员操作" })
      const acts = await dialog.locator("#variant option").allTextContents()
      assert.isAbove(acts.length, 14)
      assert.deepStrictEqual(acts.filter((name) => !/\p{Script=Han}/u.test(name)), [])
      // Each operation, with each of its acts: what its fields are called, and what they say.
      const foreign = new Set<string>()
      for (const operation of names) {
        await dialog.locator("#operation").selectOption({ label: operation })
        const fields = dialog.locator("#actsForm input, #actsForm textarea")
        const said = await fields.evaluateAll((all: ReadonlyArray<{ readonly placeholder?: string }>) =>
          all.map(({ placeholder = "" }) => placeholder)
        )
        for (const text of said) if (!/^(?:JSON)?$|\p{Script=Han}/u.test(text)) foreign.add(text)
      }
      assert.deepStrictEqual([...foreign], [])
      // Whatever is said on the page is in Chinese: what is left are names and ids.
      await dialog.getByRole("button", { name: "关闭" }).click()
      const buttons = await page.locator("button:visible").allTextContents()
      const left = buttons.filter((text) => /[a-z]{3}/i.test(text) && !/\p{Script=Han}/u.test(text))
      assert.deepStrictEqual(left, ["English"])
      await page.getByRole("button", { name: "English" }).click()
      await page.getByRole("heading", { name: "WeCom simulator" }).waitFor()
    })
  )

  it(
    "runs nothing of what is written in any of its fields",
    staged({}, async (stage) => {
      const { control, page } = stage
      const { apply } = await furnish(stage)
      const markup =
        "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script><a href=\"javascript:window.ran=1\">x</a>"
      const send = page.getByRole("button", { name: "Send", exact: true })
      const chosen = async (name: string, fields: { readonly [label: string]: string }) => {
        await page.locator(".kindsOf").getByRole("button", { name, exact: true }).click()
        for (const [label, value] of Object.entries(fields)) await page.locator("#write").getByLabel(label).fill(value)
        await send.click()
      }
      await chosen("Text", { "Write as this member": markup })
      await chosen("Place", { Name: markup })
      await chosen("Link", { Title: markup, Description: markup, URL: "https://a.example/<b>" })
      await chosen("Menu key", { "Key of the menu button": markup })
      await page.locator(".turn.member").filter({ hasText: "[menu]" }).waitFor()
      await control("members/zhangsan/act", {
        act: "link",
        title: markup,
        description: "",
        url: "javascript:window.ran=1"
      })

      const sp_no = await apply()
      await openConversation(page, "Approvals", sp_no)
      await perform(page, "Comment", { content: markup })
      await page.locator("#talk dd").getByText(markup).waitFor()
      await perform(page, "Approve", { speech: markup })
      await openConversation(page, "Customers", "客户甲")
      await perform(page, "The member edits", { remark: markup, description: markup })
      await page.locator(".people .tag").getByText(markup).waitFor()
      await openConversation(page, "Groups", "客户群一")
      await perform(page, "Change", { name: markup, notice: markup })
      await page.locator(".bar.title b").getByText(markup).waitFor()
      await openConversation(page, "Service", "售后")
      await perform(page, "A customer writes", { external_userid: "wm1", text: markup })
      await openConversation(page, "Service", "客户甲")
      await page.locator(".turn.member").getByText(markup.slice(0, 30)).waitFor()

      await page.getByLabel("Find").fill(markup)
      await page.getByText("Nothing here yet.").waitFor()
      await page.getByLabel("Find").fill("")
      await page.getByLabel("Search: path").fill("onerror")
      await page.locator("#log[aria-busy=false]").waitFor()
      const entries = page.locator(".entry > button")
      await entries.first().click()
      await page.locator(".detail pre").first().waitFor()
      await page.getByRole("button", { name: "Faults" }).click()
      const faults = page.locator("#faults")
      await faults.getByLabel("Endpoint").fill(markup)
      await faults.getByRole("button", { name: "Add" }).click()
      await faults.getByRole("listitem").getByText(markup).waitFor()
      await faults.getByRole("button", { name: "Close" }).click()
      await page.getByRole("button", { name: "Call the API" }).click()
      const dialog = page.locator("#call")
      await dialog.getByLabel("Query").fill(`userid=${markup}`)
      await dialog.getByLabel("Body").fill(markup)
      await dialog.getByRole("button", { name: "Call", exact: true }).click()
      await dialog.locator("#called").getByText("errcode").waitFor()
      await dialog.getByLabel("Endpoint").fill(`/cgi-bin/${markup}`)
      await dialog.getByRole("button", { name: "Call", exact: true }).click()
      await dialog.locator("#called").getByText("404").first().waitFor()
      await dialog.getByRole("button", { name: "Close" }).click()
      assert.strictEqual(await page.evaluate("window.ran"), undefined)
      const foreign = "img[src=x], main script, aside script, nav script, dialog script, a[href^=javascript], [onerror]"
      assert.strictEqual(await page.locator(foreign).count(), 0)
    })
  )

  it(
    "shows what was chosen last, however late an older answer comes",
    staged({}, async (stage) => {
      const { page } = stage
      const { apply } = await furnish(stage)
      const sp_no = await apply()
      await page.locator("#people").getByRole("button", { name: "张三" }).waitFor()
      // The page has asked for members, and the answer is on its way.
      const asked = Promise.withResolvers<void>()
      const released = Promise.withResolvers<void>()
      await page.route(/page\/now/, async (route) => {
        const response = await route.fetch()
        asked.resolve()
        await released.promise
        await route.fulfill({ response })
      }, { times: 1 })
      await asked.promise
      await page.getByRole("group", { name: "kinds" }).getByRole("button", { name: "Approvals" }).click()
      // Nobody can take what is of the one for what is of the other.
      assert.strictEqual(await page.locator("#people").getByRole("button").count(), 0)
      assert.strictEqual(await page.getByRole("button", { name: "Send", exact: true }).count(), 0)
      released.resolve()
      await page.locator("#people").getByRole("button", { name: sp_no }).waitFor()
      await page.locator("main").getByText(sp_no).first().waitFor()
      assert.include(await perform(page, "Approve"), "deliveries")
    })
  )

  it(
    "can be used in whole with the keyboard alone",
    staged({}, async (stage) => {
      const { page } = stage
      const { apply } = await furnish(stage)
      const sp_no = await apply()
      const has = (target: Locator) => target.and(page.locator(":focus")).count()
      /** Goes on with Tab until something that is there is reached. */
      const reach = async (target: Locator) => {
        await target.first().waitFor()
        for (let step = 0; step < 60; step++) {
          await page.keyboard.press("Tab")
          if (await has(target) === 1) return
        }
        throw new Error(`${String(target)} is not reached by the keyboard`)
      }
      const button = (name: string) => page.getByRole("button", { name, exact: true })
      await reach(page.getByRole("group", { name: "kinds" }).getByRole("button", { name: "Approvals" }))
      await page.keyboard.press("Enter")
      await page.locator("#people").getByRole("button", { name: sp_no }).waitFor()
      await reach(button("Approve"))
      await page.keyboard.press("Enter")
      await page.locator("#acts #operation").waitFor()
      await reach(button("Do it"))
      await page.keyboard.press("Enter")
      await page.locator("#acted").getByText("deliveries").waitFor()
      await page.keyboard.press("Escape")
      await page.locator("#acts").waitFor({ state: "hidden" })
      await page.locator(".sheet dd").getByText("approved").waitFor()
      // The wire: its rows are one stop, the details follow.
      const rows = page.locator("#log .entry > button")
      await rows.filter({ hasText: "sys_approval_change" }).first().waitFor()
      await reach(rows)
      await page.keyboard.press("End")
      assert.strictEqual(await has(rows.filter({ hasText: "applyevent" })), 1)
      await page.keyboard.press("Enter")
      await reach(button("Make it fail"))
      await page.keyboard.press("Enter")
      await page.locator("#faults").waitFor()
      await reach(button("Add"))
      await page.keyboard.press("Enter")
      await page.locator("#faults").getByRole("listitem").waitFor()
      await reach(button("Remove"))
      await page.keyboard.press("Enter")
      await page.locator("#faults").getByRole("listitem").waitFor({ state: "detached" })
      await page.keyboard.press("Escape")
      // Each thing that can be used has a name that a screen reader says.
      const nameless = await page.locator("button:visible, input:visible, select:visible").evaluateAll(
        (all: ReadonlyArray<Named>) =>
          all.filter((one) => !(one.textContent?.trim() || one.getAttribute?.("aria-label") || one.labels?.length)).map(
            ({ outerHTML }) => outerHTML
          )
      )
      assert.deepStrictEqual(nameless, [])
    })
  )
})
