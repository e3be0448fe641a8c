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
import { archiveOf } from "../../src/simulator/areas/chat-archive/ChatArchive.ts"
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
  readonly call: (path: string, body?: object) => Promise<{ readonly [field: string]: unknown }>
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
const staged =
  (options: BrowserContextOptions, run: (stage: Stage) => Promise<void>) => async (context: TestContext) => {
    needsBrowser(context)
    browser ??= await launch()
    const shared = browser
    const heard: Array<string> = []
    await Effect.gen(function*() {
      const backend = yield* serve(
        CallbackRouter.layer({
          path: "/callback",
          accounts: { ...callback, receiveIds: [defaultCorp.corpId] },
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
          suites: [{ suiteId: "wwsuite1", secret: "a-suites-secret", callback: { url: `${backend}/callback`, ...callback } }]
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
          const response = await fetch(`${wecom}/_simulator/api/${path}`, body && {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify(body)
          })
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
          call: async (path, body) => {
            const { answer } = await json("page/call", {
              corp: defaultCorp.corpId,
              agentId,
              method: body === undefined ? "GET" : "POST",
              path: `/cgi-bin/${path}`,
              query: {},
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

describe("the inspector in a browser", { timeout: 60_000 }, () => {
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

      const ending = page.getByRole("button", { name: "End its token" })
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
      await page.getByRole("button", { name: "Check its callback URL" }).click()
      await page.getByRole("status").filter({ hasText: "The URL answers as it should" }).waitFor()
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
      const newest = page.locator(".entry > button").first()
      await newest.focus()
      const before = await focused()
      await send(Message.text("再来一条").to(to))
      await page.locator("#talk").getByText("再来一条").waitFor()
      assert.strictEqual(await focused(), before)
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
      await page.waitForResponse(/page\/now/)
      assert.deepStrictEqual((await log.locator(".entry .about").allTextContents())[0], first)
      await pages.getByRole("button", { name: "Oldest" }).click()
      await pages.getByText("9901–10000 of 10000").waitFor()
      await log.getByText("m0", { exact: true }).waitFor()
      await pages.getByRole("button", { name: "Newest" }).click()
      await pages.getByText("1–100 of 10000").waitFor()
      await page.getByLabel("Search: path").fill("第 1234 条")
      await log.getByText("overlooked: colour: the endpoint has no such field").waitFor()
      assert.strictEqual(await log.locator(".entry").count(), 1)
      await log.locator(".entry > button").click()
      await page.getByLabel("outcome").selectOption("Fine")
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
      const left = await page.evaluate(
        "(() => { const pane = document.querySelector('#talk'); return pane.scrollHeight - pane.scrollTop - pane.clientHeight })()"
      )
      assert.isAtMost(Number(left), 1)
      await page.locator("#people").getByRole("button", { name: "示例机器人" }).tap()
      await page.getByText("This robot has said nothing yet.").waitFor()
      assert.isFalse(await page.getByRole("button", { name: "Send", exact: true }).isVisible())
    })
  )
})
