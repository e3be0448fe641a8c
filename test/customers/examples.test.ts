/**
 * The examples of messages to customers, run on the simulator.
 */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, type Duration, Effect, Fiber, Layer } from "effect"
import { TestClock } from "effect/testing"
import { announce, progress, remind } from "../../examples/mass-message.ts"
import * as Welcome from "../../examples/welcome-new-customer.ts"
import { ExternalContactAdded } from "../../src/callback/events/ExternalContactEvents.ts"
import { CustomerTags } from "../../src/customers/CustomerTags.ts"
import { MassMessages } from "../../src/customers/MassMessages.ts"
import { Media } from "../../src/media/Media.ts"
import * as Upload from "../../src/media/Upload.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { appear, inboxOf, sendMassMessage } from "../../src/simulator/areas/customers/OutreachActs.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { layerWeCom, options, serve } from "../support/backend.ts"
import { until } from "../support/until.ts"

/** What goes on in between takes turns of the event loop, whatever the test's clock says. */
const turns = Effect.repeat(Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve))), { times: 50 })

/** Lets time pass, and what it brings about come to rest. */
const pass = (duration: Duration.Input) => Effect.andThen(turns, Effect.andThen(TestClock.adjust(duration), turns))

describe("the example that welcomes new customers", () => {
  const simulated = Effect.provide(Layer.provideMerge(Welcome.services, layerWeCom))
  const send = "/cgi-bin/externalcontact/send_welcome_msg"

  it.effect("greets them by name, as the event arrives", () =>
    Effect.gen(function*() {
      yield* serve(Welcome.callbacks(options))
      const { contact, deliveries } = yield* appear({ userid: "zhangsan", name: "小王", state: "fair" })
      assert.deepStrictEqual(deliveries.map(({ acknowledged }) => acknowledged), [true])
      const [greeting] = yield* inboxOf(contact.external_userid)
      assert.strictEqual(greeting?.text, "小王您好！很高兴在展会上认识您。")
      assert.strictEqual(greeting?.by, "zhangsan")
      assert.deepStrictEqual(greeting?.attachments.map(({ msgtype }) => msgtype), ["link"])
    }).pipe(simulated))

  it.effect("tries again while another app is at it, and leaves it at that when the other app has greeted", () =>
    Effect.gen(function*() {
      yield* serve(Welcome.callbacks(options))
      const { calls, inject } = yield* Simulator
      yield* inject({ endpoint: send, times: 3, fault: Fault.errcode(41096) })
      const busy = yield* Effect.forkChild(appear({ userid: "zhangsan" }))
      yield* until(Effect.map(calls(send), (calls) => calls.length > 0))
      for (let second = 0; second < 3; second++) yield* pass("1 second")
      const { contact } = yield* Fiber.join(busy)
      assert.lengthOf(yield* inboxOf(contact.external_userid), 1)
      assert.lengthOf(yield* calls(send), 4)

      yield* inject({ endpoint: send, times: 1, fault: Fault.errcode(41051) })
      const greeted = yield* appear({ userid: "zhangsan" })
      assert.deepStrictEqual(yield* inboxOf(greeted.contact.external_userid), [])
      assert.lengthOf(yield* calls(send), 5)
    }).pipe(simulated))

  it.effect("gives up when 20 seconds have passed, and does not keep WeCom waiting so long", () =>
    Effect.gen(function*() {
      yield* serve(Welcome.callbacks(options))
      const { calls, inject } = yield* Simulator
      yield* inject({ endpoint: send, times: 100, fault: Fault.errcode(41096) })
      const busy = yield* Effect.forkChild(appear({ userid: "zhangsan" }))
      yield* until(Effect.map(calls(send), (calls) => calls.length > 0))
      yield* pass("4500 millis")
      const { deliveries } = yield* Fiber.join(busy)
      assert.deepStrictEqual(deliveries.map(({ attempts }) => attempts.length), [1])
      for (let second = 0; second < 30; second++) yield* pass("1 second")
      const tries = (yield* calls(send)).length
      assert.isAtMost(tries, 21)
      yield* pass("1 minute")
      assert.lengthOf(yield* calls(send), tries)
    }).pipe(simulated))

  it.effect("greets without a name that is slow to come", () =>
    Effect.gen(function*() {
      yield* serve(Welcome.callbacks(options))
      const { calls, inject } = yield* Simulator
      yield* inject({ endpoint: "/cgi-bin/externalcontact/get", times: 1, fault: Fault.stall("1 minute") })
      const slow = yield* Effect.forkChild(appear({ userid: "zhangsan", name: "小王" }))
      yield* until(Effect.map(calls("/cgi-bin/externalcontact/get"), (calls) => calls.length > 0))
      yield* pass("3 seconds")
      const { contact } = yield* Fiber.join(slow)
      assert.strictEqual((yield* inboxOf(contact.external_userid))[0]?.text, "您好！有问题随时找我。")
    }).pipe(simulated))

  it.effect("does nothing where the member has a greeting of their own", () =>
    Effect.gen(function*() {
      const { calls } = yield* Simulator
      const event = new ExternalContactAdded({
        ToUserName: "ww1",
        FromUserName: "sys",
        CreateTime: yield* DateTime.now,
        UserID: "zhangsan",
        ExternalUserID: "wm1"
      })
      assert.isFalse(yield* Welcome.greet(event))
      assert.lengthOf(yield* calls(send), 0)
    }).pipe(simulated))
})

describe("the example of a mass message", () => {
  const simulated = Effect.provide(
    Layer.provideMerge(Layer.mergeAll(Media.layer, MassMessages.layer, CustomerTags.layer), layerWeCom)
  )
  const file = (filename: string) => Upload.bytes(new Uint8Array(64), { filename })

  it.effect("reaches the customers with the tags, with all its attachments, and tells how it stands", () =>
    Effect.gen(function*() {
      const { calls, world } = yield* Simulator
      const tags = yield* CustomerTags
      const { tag } = yield* tags.create({ group_name: "等级", tag: [{ name: "普通" }, { name: "重要" }] })
      const [regular = "", vip = ""] = tag.map(({ id }) => id)
      const customers = [["wm1", "zhangsan", regular], ["wm2", "lisi", vip], ["wm3", "lisi", undefined]] as const
      for (const [external_userid, userid, tag] of customers) {
        yield* addCustomer(world, { external_userid, followedBy: [userid] })
        if (tag !== undefined) yield* tags.mark({ userid, external_userid, add_tag: [tag] })
      }
      const msgid = yield* announce({
        text: "新品上市",
        poster: file("poster.png"),
        prices: file("价目表.pdf"),
        shop: { appid: "wx1", page: "index.html" },
        tags: [[regular, vip]]
      })
      assert.deepStrictEqual(yield* progress(msgid), { outstanding: ["zhangsan", "lisi"], outcomes: { 未发送: 2 } })
      yield* sendMassMessage({ msgid, userid: "zhangsan" })
      assert.deepStrictEqual(yield* remind(msgid), ["lisi"])
      yield* sendMassMessage({ msgid, userid: "lisi" })
      assert.deepStrictEqual(yield* progress(msgid), { outstanding: [], outcomes: { 已发送: 2 } })
      assert.deepStrictEqual(yield* remind(msgid), [])
      assert.lengthOf(yield* calls("/cgi-bin/externalcontact/remind_groupmsg_send"), 1)
      const [message] = yield* inboxOf("wm2")
      assert.deepStrictEqual(message?.attachments.map(({ msgtype }) => msgtype), [
        "image",
        "file",
        "link",
        "miniprogram"
      ])
      assert.deepStrictEqual(yield* inboxOf("wm3"), [])
    }).pipe(simulated))
})
