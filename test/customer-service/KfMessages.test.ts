import { assert, describe, it } from "@effect/vitest"
import { Effect, Option, Schema, Stream } from "effect"
import { TestClock } from "effect/testing"
import * as KfMessage from "../../src/customer-service/KfMessage.ts"
import { type KfMessagePage, KfMessages } from "../../src/customer-service/KfMessages.ts"
import { KfFailType, KfOrigin, type KfReceived, readQuoted } from "../../src/customer-service/KfReceived.ts"
import { KfSessions, KfSessionState } from "../../src/customer-service/KfSessions.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import * as KfPeople from "../../src/simulator/areas/customer-service/KfPeople.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import type { WeComError } from "../../src/WeComError.ts"
import { bodyOf, ownSamples } from "../contract/Samples.ts"
import { errcode, refusal } from "../customers/support.ts"
import { canned } from "./canned.ts"
import { account, simulated, uploaded } from "./support.ts"

const contents = (messages: ReadonlyArray<KfReceived>) =>
  messages.map((message) =>
    message.msgtype === "text"
      ? message.text.content
      : message.msgtype === "event"
      ? message.event.event_type
      : message.msgtype
  )

describe("reading", () => {
  it.effect("goes on from the cursor, and only the cursor", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      for (const content of ["一", "二", "三"]) yield* customer.write(content)
      const messages = yield* KfMessages
      const first = yield* messages.sync({ open_kfid, limit: 2 })
      assert.deepStrictEqual(contents(first.msg_list), ["一", "二"])
      assert.isTrue(first.has_more)
      yield* customer.write("四")
      const second = yield* messages.sync({ open_kfid, cursor: first.next_cursor })
      assert.deepStrictEqual(contents(second.msg_list), ["三", "四"])
      assert.isFalse(second.has_more)
      const third = yield* messages.sync({ open_kfid, cursor: second.next_cursor })
      assert.deepStrictEqual(third.msg_list, [])
      assert.strictEqual(third.next_cursor, second.next_cursor)
    }).pipe(simulated))

  it.effect("is a stream of messages, and of pages whose cursor can be kept", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      for (let i = 0; i < 5; i++) yield* customer.write(`${i}`)
      const messages = yield* KfMessages
      const all = yield* Stream.runCollect(messages.syncAll({ open_kfid, limit: 2 }))
      assert.deepStrictEqual(contents(all), ["0", "1", "2", "3", "4"])
      const pages = yield* Stream.runCollect(messages.syncAllPages({ open_kfid, limit: 2 }))
      assert.deepStrictEqual(pages.map(({ msg_list }) => msg_list.length), [2, 2, 1])
      const cursor = pages.at(-1)?.next_cursor
      assert.deepStrictEqual(yield* Stream.runCollect(messages.syncAll({ open_kfid, cursor })), [])
      yield* customer.write("新")
      assert.deepStrictEqual(contents(yield* Stream.runCollect(messages.syncAll({ open_kfid, cursor }))), ["新"])
    }).pipe(simulated))

  it.effect("goes on while there is more, also over an empty page, and fails where the cursor does not move", () =>
    Effect.gen(function*() {
      const page = (next_cursor: string, ...names: ReadonlyArray<string>) => ({
        errcode: 0,
        has_more: 1,
        next_cursor,
        msg_list: names.map((name) => ({
          msgid: name,
          send_time: 1,
          origin: 3,
          msgtype: "text",
          text: { content: name }
        }))
      })
      const pages: Record<string, unknown> = {
        "": page("a", "1"),
        "a": page("b"),
        "b": page("c", "2"),
        "c": page("c", "3")
      }
      const { calls, layer } = canned(({ body }) => pages[(body as { readonly cursor?: string }).cursor ?? ""])
      const read = <A>(stream: Stream.Stream<A, WeComError>) =>
        Effect.gen(function*() {
          const items: Array<A> = []
          const error = yield* Effect.flip(Stream.runForEach(stream, (item) => Effect.sync(() => items.push(item))))
          assert.include(error.message, "next_cursor: the answer says that more follows")
          return items
        })
      const [all, paged] = yield* Effect.flatMap(
        KfMessages,
        (messages) =>
          Effect.all([
            read(messages.syncAll({ open_kfid: "wk", token: "T" })),
            read(messages.syncAllPages({ open_kfid: "wk", token: "T" }))
          ])
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(contents(all), ["1", "2", "3"])
      assert.deepStrictEqual(paged.map(({ next_cursor }) => next_cursor), ["a", "b", "c", "c"])
      // The token goes with every page.
      assert.isTrue(calls().every(({ body }) => (body as { readonly token?: string }).token === "T"))
      assert.lengthOf(calls(), 8)
    }))

  it.effect("asks for no page before the one at hand is consumed", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      for (let i = 0; i < 6; i++) yield* customer.write(`${i}`)
      const messages = yield* KfMessages
      const some = yield* messages.syncAll({ open_kfid, limit: 2 }).pipe(Stream.take(3), Stream.runCollect)
      assert.deepStrictEqual(contents(some), ["0", "1", "2"])
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/kf/sync_msg"), 2)
    }).pipe(simulated))

  it.effect("takes a token of a callback for ten minutes, and reaches three days back", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      yield* customer.write("旧")
      const messages = yield* KfMessages
      assert.strictEqual(yield* errcode(messages.sync({ open_kfid, token: "ENC-nobody" })), 95007)
      yield* TestClock.adjust("3 days")
      yield* customer.write("新")
      assert.deepStrictEqual(contents((yield* messages.sync({ open_kfid })).msg_list), ["新"])
    }).pipe(simulated))

  it.effect("keeps what it does not know yet", () =>
    Effect.gen(function*() {
      const { layer } = canned(() => ({
        errcode: 0,
        has_more: 0,
        msg_list: [
          { msgid: "1", send_time: 1, origin: 3, msgtype: "hologram", hologram: { depth: 3 } },
          { msgid: "2", send_time: 1, origin: 4, msgtype: "event", event: { event_type: "hug", warmth: 0.5 } },
          { msgid: "3", send_time: 1, origin: 9, msgtype: "text", text: { content: "你好" } }
        ]
      }))
      const { msg_list: [hologram, hug, text] } = yield* Effect.flatMap(
        KfMessages,
        (messages) => messages.sync({ open_kfid: "wk" })
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(hologram, {
        msgtype: "Unknown",
        value: { msgid: "1", send_time: 1, origin: 3, msgtype: "hologram", hologram: { depth: 3 } }
      })
      assert.deepStrictEqual(hug?.msgtype === "event" ? hug.event : undefined, {
        event_type: "Unknown",
        value: { event_type: "hug", warmth: 0.5 }
      })
      assert.strictEqual(text?.msgtype === "text" ? text.origin : undefined, 9)
    }))

  it.effect("keeps what it does not understand, and is not held up by it", () =>
    Effect.gen(function*() {
      const misfits = [
        { msgid: "1", send_time: 1, origin: 3, msgtype: "text" },
        { msgid: "2", send_time: 1, origin: 3, msgtype: "image", image: {} },
        { msgid: "3", send_time: 1, origin: 3, msgtype: "location" }
      ]
      const event = { event_type: "enter_session", scene: { id: 1 }, welcome_code: "W" }
      const { layer } = canned(() => ({
        errcode: 0,
        has_more: 0,
        next_cursor: "c",
        msg_list: [
          ...misfits,
          { msgid: "4", send_time: 1, origin: 4, msgtype: "event", event },
          { msgid: "5", send_time: 1, origin: 3, msgtype: "text", text: { content: "在吗" } }
        ]
      }))
      const { msg_list, next_cursor } = yield* Effect.flatMap(
        KfMessages,
        (messages) => messages.sync({ open_kfid: "wk" })
      ).pipe(Effect.provide(layer))
      assert.deepStrictEqual(
        msg_list.slice(0, 3),
        misfits.map((value) => ({ msgtype: "Unknown", value }))
      )
      // An odd value beside what counts costs itself alone.
      assert.deepInclude(msg_list[3], { event: { event_type: "enter_session", welcome_code: "W" } })
      assert.deepStrictEqual(contents(msg_list), ["Unknown", "Unknown", "Unknown", "enter_session", "在吗"])
      assert.strictEqual(next_cursor, "c")
    }))

  it("understands every sample", () => {
    const self = describeEndpoint(KfMessages.endpoints.sync)
    const source = ownSamples()
    const samples = source.samples.filter(({ path }) => path === self.path)
    const decode = Schema.decodeUnknownSync(self.schemas.success as typeof KfMessagePage, { disableChecks: true })
    const read = samples.filter(({ section, kind }) => kind === "response" || section === "response").flatMap((
      sample
    ) => decode(bodyOf(source, sample, samples, self.int64)).msg_list)
    assert.isAbove(new Set(read.map(({ msgtype }) => msgtype)).size, 18)
    const misfits = read.filter((message) =>
      // The type of the first sample is a word in its place.
      (message.msgtype === "Unknown" && message.value.msgtype !== "MSG_TYPE") ||
      (message.msgtype === "event" && message.event.event_type === "Unknown")
    )
    assert.deepStrictEqual(misfits, [])
  })

  it("finds the messages that are quoted in another one", () => {
    const quoted = Option.getOrThrow(readQuoted(`{"msgtype":"text","text":{"content":"原文"}}`))
    assert.strictEqual(quoted.msgtype === "text" ? quoted.text.content : undefined, "原文")
    assert.strictEqual(quoted.msgtype === "text" ? quoted.msgid : undefined, "")
    assert.isTrue(Option.isNone(readQuoted("not JSON")))
    assert.deepStrictEqual(
      Option.getOrThrow(readQuoted(`{"msgtype":"text"}`)),
      { msgtype: "Unknown", value: { msgtype: "text" } }
    )
  })
})

describe("answering", () => {
  it.effect("sends every kind of message", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      const media = yield* uploaded("file.bin")
      const all: ReadonlyArray<KfMessage.KfMessage> = [
        KfMessage.text("您好"),
        KfMessage.image(media),
        KfMessage.voice(media),
        KfMessage.video(media),
        KfMessage.file(media),
        KfMessage.link({ title: "手册", url: "https://example.com", thumb_media_id: media }),
        KfMessage.miniprogram({ appid: "wx1", pagepath: "index.html", thumb_media_id: media }),
        KfMessage.menu({
          head_content: "满意吗？",
          list: [
            KfMessage.click("good", "满意"),
            KfMessage.line("或者"),
            KfMessage.view("https://example.com", "看看"),
            KfMessage.openMiniprogram({ appid: "wx1", pagepath: "index.html", content: "打开" })
          ]
        }),
        KfMessage.location({ latitude: 23.1, longitude: -113.3, name: "仓库" }),
        KfMessage.businessCard("zhangsan"),
        KfMessage.acquisitionLink("https://work.weixin.qq.com/ca/1")
      ]
      for (const message of all) {
        yield* customer.write("在吗")
        yield* messages.send({ open_kfid, touser: customer.external_userid, ...message })
      }
      const received = yield* customer.inbox
      assert.deepStrictEqual(received.map(({ message }) => message), all)
      assert.strictEqual(new Set(all.map(({ msgtype }) => msgtype)).size, 11)
    }).pipe(simulated))

  it.effect("is possible five times, within 48 hours of what the customer wrote", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      const send = messages.send({ open_kfid, touser: customer.external_userid, ...KfMessage.text("您好") })
      assert.strictEqual(yield* errcode(send), 95002)
      yield* customer.write("在吗")
      for (let i = 0; i < 5; i++) yield* send
      assert.strictEqual(yield* errcode(send), 95001)
      yield* customer.write("谢谢")
      yield* send
      yield* TestClock.adjust("49 hours")
      assert.strictEqual(yield* errcode(send), 95002)
    }).pipe(simulated))

  it.effect("is for the assistant, not while a servicer answers", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account("lisi")
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      const sessions = yield* KfSessions
      yield* customer.write("在吗")
      const who = { open_kfid, external_userid: customer.external_userid }
      assert.strictEqual((yield* sessions.get(who)).service_state, KfSessionState.Untreated)
      yield* messages.send({ open_kfid, touser: customer.external_userid, ...KfMessage.text("您好") })
      assert.strictEqual((yield* sessions.get(who)).service_state, KfSessionState.Assistant)
      yield* sessions.changeState({ ...who, service_state: KfSessionState.Servicer, servicer_userid: "lisi" })
      const late = messages.send({ open_kfid, touser: customer.external_userid, ...KfMessage.text("您好") })
      assert.strictEqual(yield* errcode(late), 95018)
    }).pipe(simulated))

  it.effect("answers with the id that was asked for, which can be used once", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      yield* customer.write("在吗")
      const send = messages.send({
        open_kfid,
        touser: customer.external_userid,
        msgid: "order-7",
        ...KfMessage.text("好")
      })
      assert.strictEqual(yield* send, "order-7")
      assert.strictEqual(yield* errcode(send), 95033)
    }).pipe(simulated))

  it.effect("may not arrive, as an event tells", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      yield* customer.write("别再发了")
      yield* customer.reject(true)
      const fail_msgid = yield* messages.send({ open_kfid, touser: customer.external_userid, ...KfMessage.text("好") })
      assert.deepStrictEqual(yield* customer.inbox, [])
      const last = (yield* messages.sync({ open_kfid })).msg_list.at(-1)
      assert.deepStrictEqual(last?.msgtype === "event" ? [last.origin, last.event] : [], [KfOrigin.System, {
        event_type: "msg_send_fail",
        open_kfid,
        external_userid: customer.external_userid,
        fail_msgid,
        fail_type: KfFailType.Rejected
      }])
    }).pipe(simulated))

  it.effect("that cannot be is refused before sending, by field", () =>
    Effect.gen(function*() {
      const messages = yield* KfMessages
      const to = { open_kfid: "wk", touser: "wm" }
      const says = (message: KfMessage.KfMessage & { readonly msgid?: string }) =>
        refusal(messages.send({ ...to, ...message }))
      const endpoint = "POST /cgi-bin/kf/send_msg"
      assert.strictEqual(
        yield* says(KfMessage.text("长".repeat(683))),
        `${endpoint} | text.content: at most 2048 bytes of UTF-8 are allowed, got 2049`
      )
      assert.strictEqual(
        yield* says({ ...KfMessage.text("好"), msgid: "a b" }),
        `${endpoint} | msgid: only letters, digits, _ and -`
      )
      assert.include(
        yield* says(KfMessage.location({ latitude: 91, longitude: 0 })),
        `${endpoint} | location.latitude: `
      )
      const clicks = (count: number) => Array.from({ length: count }, (_, index) => KfMessage.click(`${index}`, "选"))
      const lines = (count: number) => Array.from({ length: count }, () => KfMessage.line("说明"))
      assert.strictEqual(
        yield* says(KfMessage.menu({ list: clicks(11) })),
        `${endpoint} | msgmenu.list: at most 10 items that are not of the type text are allowed`
      )
      assert.strictEqual(
        yield* says(KfMessage.menu({ list: [...clicks(10), ...lines(41)] })),
        `${endpoint} | msgmenu.list: at most 50 items are allowed, got 51`
      )
      assert.strictEqual(
        yield* says(KfMessage.menu({ list: [KfMessage.click("order", " ")] })),
        `${endpoint} | msgmenu.list[0].click.content: must not be blank`
      )
      assert.include(
        // @ts-expect-error: there is no such kind of message
        yield* refusal(messages.send({ ...to, msgtype: "hologram", hologram: {} })),
        `${endpoint} | `
      )
    }).pipe(simulated))
})

describe("events are answered with their code", () => {
  it.effect("a customer who comes is greeted once within 20 seconds", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      yield* customer.enter({ scene: "home", scene_param: "a=1" })
      const [entered] = (yield* messages.sync({ open_kfid })).msg_list
      if (entered?.msgtype !== "event" || entered.event.event_type !== "enter_session") return assert.fail("no event")
      const { scene, scene_param, welcome_code: code = "" } = entered.event
      assert.deepStrictEqual([scene, scene_param], ["home", "a=1"])
      const menu = KfMessage.menu({ head_content: "您要问什么？", list: [KfMessage.click("order", "订单")] })
      yield* messages.sendOnEvent({ code, ...menu })
      assert.strictEqual(yield* errcode(messages.sendOnEvent({ code, ...menu })), 41050)
      yield* customer.choose("order")
      const answer = (yield* messages.sync({ open_kfid })).msg_list.at(-1)
      assert.deepStrictEqual(answer?.msgtype === "text" ? answer.text : undefined, {
        content: "订单",
        menu_id: "order"
      })
      // Whoever has written is greeted no more.
      yield* customer.enter()
      const again = (yield* messages.sync({ open_kfid })).msg_list.at(-1)
      assert.isUndefined(
        again?.msgtype === "event" && again.event.event_type === "enter_session" ? again.event.welcome_code : "?"
      )
    }).pipe(simulated))

  it.effect("a greeting after 20 seconds is too late", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account()
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      yield* customer.enter()
      const [entered] = (yield* messages.sync({ open_kfid })).msg_list
      const event = entered?.msgtype === "event" ? entered.event : undefined
      const code = event?.event_type === "enter_session" ? event.welcome_code ?? "" : ""
      yield* TestClock.adjust("21 seconds")
      assert.strictEqual(yield* errcode(messages.sendOnEvent({ code, ...KfMessage.text("您好") })), 41050)
    }).pipe(simulated))

  it.effect("the queue takes a text while the customer waits, and no menu", () =>
    Effect.gen(function*() {
      const open_kfid = yield* account("lisi")
      const customer = yield* KfPeople.customer({ open_kfid })
      const messages = yield* KfMessages
      const sessions = yield* KfSessions
      const who = { open_kfid, external_userid: customer.external_userid }
      yield* customer.write("转人工")
      const queued = (yield* sessions.changeState({ ...who, service_state: KfSessionState.Queued })) ?? ""
      const menu = KfMessage.menu({ list: [KfMessage.click("1", "等")] })
      assert.strictEqual(yield* errcode(messages.sendOnEvent({ code: queued, ...menu })), 40008)
      yield* messages.sendOnEvent({ code: queued, ...KfMessage.text("请稍候") })
      assert.lengthOf(yield* customer.inbox, 1)
      const lisi = yield* KfPeople.servicer({ open_kfid, userid: "lisi" })
      yield* lisi.take(customer.external_userid)
      yield* lisi.end(customer.external_userid)
      const events = (yield* messages.sync({ open_kfid })).msg_list.flatMap((message) =>
        message.msgtype === "event" && message.event.event_type === "session_status_change" ? [message.event] : []
      )
      const [taken, ended] = events.map(({ msg_code }) => msg_code ?? "")
      assert.strictEqual(
        yield* errcode(messages.sendOnEvent({ code: taken!, ...KfMessage.text("我来帮您") })),
        95018
      )
      yield* messages.sendOnEvent({ code: ended!, ...menu })
    }).pipe(simulated))

  it.effect("a menu of an event has ten items at most", () =>
    Effect.gen(function*() {
      const messages = yield* KfMessages
      const list = Array.from({ length: 11 }, () => KfMessage.line("说明"))
      assert.strictEqual(
        yield* refusal(messages.sendOnEvent({ code: "C", ...KfMessage.menu({ list }) })),
        "POST /cgi-bin/kf/send_msg_on_event | msgmenu.list: at most 10 items are allowed, got 11"
      )
      assert.include(
        // @ts-expect-error: events take texts and menus
        yield* refusal(messages.sendOnEvent({ code: "C", ...KfMessage.image("M") })),
        "POST /cgi-bin/kf/send_msg_on_event | "
      )
    }).pipe(simulated))
})
