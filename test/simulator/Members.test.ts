import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { element, encrypt, sign } from "../callback/sender.ts"
import { backend, corp, secrets } from "./backend.ts"
import { get, post } from "./raw.ts"

const reply = (xml: string): Response => {
  const ciphertext = encrypt(secrets, xml)
  const signature = sign(secrets, "1700000000", "n0nce", ciphertext)
  return new Response(
    `<xml><Encrypt><![CDATA[${ciphertext}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      `<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[n0nce]]></Nonce></xml>`
  )
}

const head =
  `<ToUserName><![CDATA[zhangsan]]></ToUserName><FromUserName><![CDATA[${defaultCorp.corpId}]]></FromUserName>` +
  `<CreateTime>1700000000</CreateTime>`

describe("a member's message", () => {
  it.effect("arrives encrypted and signed, in the documented elements", () => {
    const { layer, received } = backend(() => new Response(""))
    return Effect.gen(function*() {
      yield* TestClock.setTime(1_700_000_000_000)
      const simulator = yield* Simulator
      const member = yield* simulator.member("ZhangSan")
      const delivery = yield* member.sendText("你好 <b>&]]></b>")
      assert.isTrue(delivery.acknowledged)
      assert.lengthOf(delivery.attempts, 1)
      const [got] = received
      assert.strictEqual(element(got!.body, "ToUserName"), defaultCorp.corpId)
      assert.strictEqual(element(got!.body, "AgentID"), "1000002")
      const xml = got!.xml
      assert.strictEqual(element(xml, "ToUserName"), defaultCorp.corpId)
      assert.strictEqual(element(xml, "FromUserName"), "zhangsan")
      assert.strictEqual(element(xml, "CreateTime"), "1700000000")
      assert.strictEqual(element(xml, "MsgType"), "text")
      assert.strictEqual(element(xml, "AgentID"), "1000002")
      assert.match(element(xml, "MsgId") ?? "", /^\d{19}$/)
      assert.include(xml, "你好 <b>&")
      const [entry] = yield* simulator.journal
      assert.strictEqual(entry?.kind, "callback")
      assert.strictEqual(entry?.query.event, "text")
    }).pipe(Effect.provide(layer))
  })

  it.effect("gets the passive reply into the member's inbox", () => {
    const { layer } = backend(() =>
      reply(`<xml>${head}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>`)
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const delivery = yield* member.sendText("在吗")
      assert.strictEqual(delivery.problem, undefined)
      const inbox = yield* member.inbox
      assert.deepStrictEqual(inbox.map(({ agentId, content, msgtype }) => ({ agentId, content, msgtype })), [
        { agentId: 1000002, content: { content: "收到" }, msgtype: "text" }
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ignores a reply with a file that was never uploaded", () => {
    const { layer } = backend(() =>
      reply(`<xml>${head}<MsgType><![CDATA[image]]></MsgType><Image><MediaId><![CDATA[m]]></MediaId></Image></xml>`)
    )
    return Effect.gen(function*() {
      const lisi = yield* Effect.flatMap(Simulator, ({ member }) => member("lisi"))
      const { acknowledged, problem } = yield* lisi.sendText("?")
      assert.deepStrictEqual([acknowledged, problem], [true, "the reply is ignored: there is no media_id m"])
      assert.lengthOf(yield* lisi.inbox, 0)
    }).pipe(Effect.provide(layer))
  })

  it.effect("is acknowledged by success in any case", () => {
    const answers = ["", "success", "SUCCESS", "Success", "success\n", "successful"]
    const { layer } = backend((_, count) => new Response(answers[count - 1]))
    return Effect.gen(function*() {
      const lisi = yield* Effect.flatMap(Simulator, ({ member }) => member("lisi"))
      const problems = yield* Effect.forEach(answers, () => Effect.map(lisi.sendText("?"), ({ problem }) => problem))
      assert.deepStrictEqual(problems.slice(0, -1), answers.slice(0, -1).map(() => undefined))
      assert.match(problems.at(-1) ?? "", /^the reply is ignored/)
    }).pipe(Effect.provide(layer))
  })

  it.effect("ignores a reply that does not verify, and says why", () => {
    const { layer } = backend(() => {
      const good = reply(`<xml>${head}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[x]]></Content></xml>`)
      return Effect.map(
        Effect.promise(() => good.text()),
        (text) => new Response(text.replace("<TimeStamp>1700000000", "<TimeStamp>1700000001"))
      )
    })
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const delivery = yield* member.sendText("在吗")
      assert.isTrue(delivery.acknowledged)
      assert.match(delivery.problem ?? "", /^the reply is ignored: SignatureMismatch/)
      assert.deepStrictEqual(yield* member.inbox, [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("is repeated byte for byte, at most three times, when there is no answer in five seconds", () => {
    const { layer, received } = backend(() => Effect.never)
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const sending = yield* Effect.forkChild(member.sendText("喂"))
      yield* TestClock.adjust("4999 millis")
      assert.lengthOf(received, 1)
      for (let i = 0; i < 4; i++) yield* TestClock.adjust("5 seconds")
      const delivery = yield* Fiber.join(sending)
      assert.isFalse(delivery.acknowledged)
      assert.deepStrictEqual(delivery.attempts.map(({ at }) => at), [0, 5000, 10_000, 15_000])
      assert.lengthOf(received, 4)
      assert.lengthOf(new Set(received.map(({ body, url }) => `${url}\n${body}`)), 1)
    }).pipe(Effect.provide(layer))
  })

  it.effect("is not repeated after one that was answered", () => {
    const { layer, received } = backend((_, count) => new Response("", { status: count < 2 ? 503 : 200 }))
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("zhangsan")
      const sending = yield* Effect.forkChild(member.sendText("喂"))
      for (let i = 0; i < 4; i++) yield* TestClock.adjust("5 seconds")
      const delivery = yield* Fiber.join(sending)
      assert.isTrue(delivery.acknowledged)
      assert.deepStrictEqual(delivery.attempts.map(({ status }) => status), [503, 200])
      assert.lengthOf(received, 2)
    }).pipe(Effect.provide(layer))
  })

  it.effect("may be any kind of message or event", () => {
    const { layer, received } = backend(() => new Response("success"))
    const file = { filename: "a.jpg", contentType: "image/jpeg", bytes: new Uint8Array(10) }
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const member = yield* simulator.member("lisi")
      yield* member.sendImage(file)
      yield* member.sendVoice({ ...file, filename: "a.amr" })
      yield* member.sendVideo(file)
      yield* member.sendLocation({ latitude: 23.1, longitude: 113.3, label: "某地" })
      yield* member.sendLink({ title: "题", description: "述", url: "https://example.com/a" })
      yield* member.enter()
      yield* member.reportLocation({ latitude: 23.1, longitude: 113.3 })
      yield* member.chooseMenu("today")
      yield* member.openMenu("https://example.com/menu")
      const kinds = received.map((
        { xml }
      ) => [element(xml, "MsgType"), element(xml, "Event"), element(xml, "EventKey")])
      assert.deepStrictEqual(kinds, [
        ["image", undefined, undefined],
        ["voice", undefined, undefined],
        ["video", undefined, undefined],
        ["location", undefined, undefined],
        ["link", undefined, undefined],
        ["event", "enter_agent", ""],
        ["event", "LOCATION", undefined],
        ["event", "click", "today"],
        ["event", "view", "https://example.com/menu"]
      ])
      assert.strictEqual(element(received[1]!.xml, "Format"), "amr")
      assert.strictEqual(element(received[3]!.xml, "Location_X"), "23.1")
    }).pipe(Effect.provide(layer))
  })

  it.effect("fails where there is nobody to write, nowhere to write to, or no way out", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const nobody = yield* Effect.flip(simulator.member("nobody"))
      assert.match(nobody.message, /no member nobody/)
      const member = yield* simulator.member("zhangsan")
      const nowhere = yield* Effect.flip(member.sendText("喂", { agentId: 1 }))
      assert.match(nowhere.message, /no app 1/)
      const noWay = yield* Effect.flip(member.sendText("喂"))
      assert.match(noWay.message, /Simulator\.layerCallbacks/)
    }).pipe(Effect.provide(Simulator.layer({ corps: [corp] }))))
})

describe("a template card", () => {
  const token = Effect.map(
    get(`/cgi-bin/gettoken?corpid=${defaultCorp.corpId}&corpsecret=simulated-app-secret-0123456789abcdefghijkl`),
    ({ access_token }) => String(access_token)
  )

  const send = (template_card: object, touser = "zhangsan|lisi") =>
    Effect.flatMap(token, (token) =>
      post(`/cgi-bin/message/send?access_token=${token}`, {
        touser,
        agentid: 1000002,
        msgtype: "template_card",
        template_card
      }))

  const buttons = {
    card_type: "button_interaction",
    main_title: { title: "请审批" },
    task_id: "task-1",
    button_selection: {
      question_key: "urgency",
      option_list: [{ id: "low", text: "不急" }, { id: "high", text: "紧急" }],
      selected_id: "high"
    },
    button_list: [{ text: "同意", key: "yes" }, { text: "官网", type: 1, url: "https://example.com" }]
  }

  const withCalls = (layer: Layer.Layer<Simulator>) =>
    Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, layer))

  it.effect("calls back with its task, what was chosen, and a code to change it", () => {
    const { layer, received } = backend(() => new Response(""))
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      assert.strictEqual((yield* send(buttons)).errcode, 0)
      const member = yield* simulator.member("zhangsan")
      yield* member.press("yes")
      const [{ xml } = { xml: "" }] = received
      assert.strictEqual(element(xml, "Event"), "template_card_event")
      assert.strictEqual(element(xml, "EventKey"), "yes")
      assert.strictEqual(element(xml, "TaskId"), "task-1")
      assert.strictEqual(element(xml, "CardType"), "button_interaction")
      assert.strictEqual(element(xml, "QuestionKey"), "urgency")
      assert.strictEqual(element(xml, "OptionId"), "high")
      yield* member.press("yes", { card: "task-1", selected: { urgency: "low" } })
      assert.strictEqual(element(received[1]?.xml ?? "", "OptionId"), "low")

      const update = (response_code: string | undefined) =>
        Effect.flatMap(token, (token) =>
          post(`/cgi-bin/message/update_template_card?access_token=${token}`, {
            userids: ["zhangsan"],
            agentid: 1000002,
            response_code,
            button: { replace_name: "已同意" }
          }))
      assert.strictEqual((yield* update(element(xml, "ResponseCode"))).errcode, 0)
      assert.strictEqual((yield* update(element(xml, "ResponseCode"))).errcode, 60140)
      const late = yield* Effect.flip(member.press("yes"))
      assert.match(late.message, /were replaced by "已同意"/)
      // The journal shows the callback, and not the code that would let its reader change the card.
      const journal = JSON.stringify(yield* simulator.journal)
      assert.notInclude(journal, element(xml, "ResponseCode") ?? "nothing")
    }).pipe(withCalls(layer))
  })

  it.effect("changes for the member who pressed, and for nobody else, as the reply says", () => {
    const { layer } = backend(() =>
      reply(
        `<xml>${head}<MsgType><![CDATA[update_template_card]]></MsgType><TemplateCard>` +
          `<CardType><![CDATA[text_notice]]></CardType>` +
          `<Source><IconUrl><![CDATA[https://example.com/i.png]]></IconUrl><DescColor>2</DescColor></Source>` +
          `<MainTitle><Title><![CDATA[已办结]]></Title></MainTitle>` +
          `<HorizontalContentList><KeyName><![CDATA[经办]]></KeyName><Value><![CDATA[张三]]></Value></HorizontalContentList>` +
          `<JumpList><Title><![CDATA[详情]]></Title><Type>2</Type><AppId><![CDATA[wx1]]></AppId></JumpList>` +
          `<CardAction><Type>1</Type><Url><![CDATA[https://example.com]]></Url></CardAction>` +
          `</TemplateCard></xml>`
      )
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* send(buttons)
      const member = yield* simulator.member("zhangsan")
      const delivery = yield* member.press("yes")
      assert.strictEqual(delivery.problem, undefined)
      assert.deepStrictEqual((yield* member.inbox)[0]?.content, {
        task_id: "task-1",
        card_type: "text_notice",
        source: { icon_url: "https://example.com/i.png", desc_color: 2 },
        main_title: { title: "已办结" },
        horizontal_content_list: [{ keyname: "经办", value: "张三" }],
        jump_list: [{ title: "详情", type: 2, appid: "wx1" }],
        card_action: { type: 1, url: "https://example.com" }
      })
      const other = yield* simulator.member("lisi")
      assert.deepStrictEqual((yield* other.inbox)[0]?.content, buttons)
    }).pipe(withCalls(layer))
  })

  it.effect("has a menu, which calls back with a code to change the card", () => {
    const { layer, received } = backend(() =>
      reply(
        `<xml>${head}<MsgType><![CDATA[update_template_card]]></MsgType><TemplateCard>` +
          `<CardType><![CDATA[text_notice]]></CardType><MainTitle><Title><![CDATA[已屏蔽]]></Title></MainTitle>` +
          `<CardAction><Type>1</Type><Url><![CDATA[https://example.com]]></Url></CardAction></TemplateCard></xml>`
      )
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      const sent = yield* send({
        card_type: "text_notice",
        main_title: { title: "通知" },
        task_id: "task-4",
        action_menu: { desc: "设置", action_list: [{ text: "不再接收", key: "mute" }] },
        card_action: { type: 1, url: "https://example.com" }
      })
      assert.strictEqual(sent.errcode, 0)
      const member = yield* simulator.member("zhangsan")
      const other = yield* Effect.flip(member.chooseCardMenu("unmute"))
      assert.match(other.message, /no card whose menu has an entry unmute/)
      yield* member.chooseCardMenu("mute", { card: "task-4" })
      const [{ xml } = { xml: "" }] = received
      assert.deepStrictEqual(
        ["MsgType", "Event", "FromUserName", "EventKey", "TaskId", "CardType"].map((name) => element(xml, name)),
        ["event", "template_card_menu_event", "zhangsan", "mute", "task-4", "text_notice"]
      )
      assert.match(element(xml, "ResponseCode") ?? "", /^\S{10,}$/)
      const content = (yield* member.inbox)[0]?.content
      assert.deepStrictEqual(content?.main_title, { title: "已屏蔽" })
    }).pipe(withCalls(layer))
  })

  it.effect("of several questions sends every answer, chosen or preset", () => {
    const { layer, received } = backend(() =>
      reply(
        `<xml>${head}<MsgType><![CDATA[update_button]]></MsgType>` +
          `<Button><ReplaceName><![CDATA[已提交]]></ReplaceName></Button></xml>`
      )
    )
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* send({
        card_type: "multiple_interaction",
        main_title: { title: "点餐" },
        task_id: "task-2",
        select_list: [
          { question_key: "dish", option_list: [{ id: "rice", text: "饭" }, { id: "noodles", text: "面" }] },
          { question_key: "drink", option_list: [{ id: "tea", text: "茶" }], selected_id: "tea" }
        ],
        submit_button: { text: "提交", key: "order" }
      })
      yield* send({
        card_type: "vote_interaction",
        main_title: { title: "投票" },
        task_id: "task-3",
        checkbox: {
          question_key: "days",
          mode: 1,
          option_list: [
            { id: "mon", text: "周一", is_checked: false },
            { id: "tue", text: "周二", is_checked: false }
          ]
        },
        submit_button: { text: "提交", key: "vote" }
      })
      const member = yield* simulator.member("lisi")
      yield* member.press("order", { selected: { dish: "noodles" } })
      assert.deepStrictEqual(
        [...received[0]!.xml.matchAll(/<OptionId><!\[CDATA\[(.*?)\]\]>/g)].map(([, id]) => id),
        ["noodles", "tea"]
      )
      yield* member.press("vote", { selected: { days: ["mon", "tue"] } })
      assert.deepStrictEqual(
        [...received[1]!.xml.matchAll(/<OptionId><!\[CDATA\[(.*?)\]\]>/g)].map(([, id]) => id),
        ["mon", "tue"]
      )
      assert.strictEqual((yield* member.inbox)[1]?.content.replace_text, "已提交")
    }).pipe(withCalls(layer))
  })

  it.effect("cannot be pressed where there is no such button, option or answer", () => {
    const { layer } = backend(() => new Response(""))
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* send(buttons)
      const member = yield* simulator.member("zhangsan")
      const why = (key: string, press?: Parameters<typeof member.press>[1]) =>
        Effect.map(Effect.flip(member.press(key, press)), ({ message }) => message)
      assert.match(yield* why("no"), /no card with a button no/)
      assert.match(yield* why("yes", { card: "task-9" }), /no card task-9/)
      assert.match(yield* why("yes", { selected: { urgency: "never" } }), /no option never/)
      assert.match(yield* why("yes", { selected: { urgency: ["low", "high"] } }), /takes one option/)
    }).pipe(withCalls(layer))
  })
})

it.effect("any event can be called back, as XML or as an instance", () => {
  const { layer, received } = backend(() => new Response("success"))
  return Effect.gen(function*() {
    const simulator = yield* Simulator
    const xml = `<xml><ToUserName>${defaultCorp.corpId}</ToUserName><FromUserName>sys</FromUserName>` +
      `<CreateTime>1700000000</CreateTime><MsgType>event</MsgType><Event>brand_new</Event></xml>`
    const delivery = yield* simulator.notify(xml)
    assert.isTrue(delivery.acknowledged)
    assert.strictEqual(received[0]?.xml, xml)
    const [entry] = yield* simulator.journal
    assert.strictEqual(entry?.query.event, "event/brand_new")
  }).pipe(Effect.provide(layer))
})

describe("a login URL", () => {
  const oauth = (params: Record<string, string>) =>
    `https://open.weixin.qq.com/connect/oauth2/authorize?${new URLSearchParams({
      appid: defaultCorp.corpId,
      redirect_uri: "https://app.example/in?a=1",
      response_type: "code",
      scope: "snsapi_base",
      state: "s7",
      ...params
    })}#wechat_redirect`

  it.effect("sends the browser back with a code and the state", () =>
    Effect.gen(function*() {
      const member = yield* Effect.flatMap(Simulator, (simulator) => simulator.member("zhangsan"))
      const back = yield* member.authorize(oauth({}))
      assert.strictEqual(back.origin + back.pathname, "https://app.example/in")
      assert.strictEqual(back.searchParams.get("a"), "1")
      assert.strictEqual(back.searchParams.get("state"), "s7")
      assert.match(back.searchParams.get("code") ?? "", /^\w{43}$/)
      const web = yield* member.authorize(
        "https://login.work.weixin.qq.com/wwlogin/sso/login?" + new URLSearchParams({
          login_type: "CorpApp",
          appid: defaultCorp.corpId,
          agentid: "1000002",
          redirect_uri: "https://app.example/web"
        })
      )
      assert.strictEqual(web.searchParams.get("appid"), defaultCorp.corpId)
    }).pipe(Effect.provide(Simulator.layer())))

  it.effect("that breaks the rules is refused by the page", () =>
    Effect.gen(function*() {
      const member = yield* Effect.flatMap(Simulator, (simulator) => simulator.member("zhangsan"))
      const why = (url: string) => Effect.map(Effect.flip(member.authorize(url)), ({ message }) => message)
      assert.match(yield* why(oauth({ appid: "wwother" })), /not this corp's/)
      assert.match(yield* why(oauth({ scope: "snsapi_all" })), /no scope/)
      assert.match(yield* why(oauth({ agentid: "7" })), /no app 7/)
      assert.match(yield* why(oauth({}).replace("#wechat_redirect", "")), /#wechat_redirect/)
      assert.match(yield* why("https://example.com/login"), /no login page/)
    }).pipe(Effect.provide(Simulator.layer())))
})

describe("checking a callback URL", () => {
  it.effect("takes the decrypted echostr as it is for an answer, and nothing else", () => {
    const { layer } = backend(({ url, xml }, count) => {
      assert.isTrue(url.searchParams.has("echostr"))
      return new Response(count === 1 ? xml : `"${xml}"`)
    })
    return Effect.gen(function*() {
      const simulator = yield* Simulator
      yield* simulator.verifyUrl()
      const refused = yield* Effect.flip(simulator.verifyUrl())
      assert.match(refused.message, /did not answer with the decrypted echostr/)
    }).pipe(Effect.provide(layer))
  })
})

it("a malformed EncodingAESKey shows when the simulator is made", async () => {
  const broken = { ...corp.apps[0]!, callback: { ...secrets, url: "http://x", encodingAesKey: "short" } }
  const exit = await Effect.runPromiseExit(
    Effect.scoped(Layer.build(Simulator.layer({ corps: [{ ...corp, apps: [broken] }] })))
  )
  assert.strictEqual(exit._tag, "Failure")
})
