import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Fiber, Schedule, Stream } from "effect"
import { TestClock } from "effect/testing"
import { MomentCreator, MomentFilter, MomentJobStatus, Moments, MomentTaskStatus } from "../../src/customers/Moments.ts"
import { MomentStrategies } from "../../src/customers/MomentStrategies.ts"
import * as StrategyRange from "../../src/customers/StrategyRange.ts"
import { addCustomer } from "../../src/simulator/areas/customers/Customers.ts"
import { postMoment, publishMoment, react } from "../../src/simulator/areas/customers/OutreachActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { lastDays, simulated, uploaded } from "./outreach.ts"
import { errcode, refusal } from "./support.ts"

/** Starts making a moment, and waits until it is made. */
const made = (input: Parameters<Moments["Service"]["create"]>[0]) =>
  Effect.gen(function*() {
    const moments = yield* Moments
    const jobid = yield* moments.create(input)
    yield* TestClock.adjust("2 seconds")
    const job = yield* moments.getJob({ jobid })
    return { job, moment_id: job.moment_id ?? assert.fail("not made") }
  })

describe("a moment of the corp", () => {
  it.effect("is made in the background", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      const jobid = yield* moments.create({ text: { content: "新品" } })
      const started = yield* moments.getJob({ jobid })
      assert.strictEqual(started.status, MomentJobStatus.Started)
      assert.isUndefined(started.moment_id)
      yield* TestClock.adjust("1 second")
      assert.strictEqual((yield* moments.getJob({ jobid })).status, MomentJobStatus.Running)
      yield* TestClock.adjust("1 second")
      const done = yield* moments.getJob({ jobid })
      assert.strictEqual(done.status, MomentJobStatus.Finished)
      assert.isString(done.moment_id)
    }).pipe(simulated))

  it.effect("names the senders and tags that are not valid", () =>
    Effect.gen(function*() {
      const { job } = yield* made({
        text: { content: "新品" },
        visible_range: {
          sender_list: { user_list: ["zhangsan", "nobody"], department_list: [2, 99] },
          external_contact_list: { tag_list: ["et-nothing"] }
        }
      })
      assert.deepStrictEqual(job.result?.invalid_sender_list, { user_list: ["nobody"], department_list: [99] })
      assert.deepStrictEqual(job.result?.invalid_external_contact_list, { tag_list: ["et-nothing"] })
    }).pipe(simulated))

  it.effect("is published by members, seen, and liked", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      for (const id of ["wm1", "wm2", "wm3"]) {
        yield* addCustomer(world, { external_userid: id, followedBy: ["zhangsan"] })
      }
      const moments = yield* Moments
      const { moment_id } = yield* made({
        attachments: Moments.images(yield* uploaded("image"), yield* uploaded("image")),
        visible_range: { sender_list: { user_list: ["zhangsan", "lisi"] } }
      })
      const seen = { moment_id, userid: "zhangsan", limit: 2 }
      assert.strictEqual(yield* errcode(moments.listViewers(seen)), 41062)
      yield* publishMoment({ moment_id, userid: "zhangsan" })
      const tasks = yield* Stream.runCollect(moments.listAllTasks({ moment_id, limit: 1 }))
      assert.deepStrictEqual(tasks.map(({ publish_status, userid }) => [userid, publish_status]), [
        ["zhangsan", MomentTaskStatus.Published],
        ["lisi", MomentTaskStatus.Unpublished]
      ])
      const viewers = yield* Stream.runCollect(moments.listAllViewers(seen))
      assert.deepStrictEqual(viewers.map(({ external_userid }) => external_userid), ["wm1", "wm2", "wm3"])
      const recipients = yield* Stream.runCollect(moments.listAllRecipients(seen))
      assert.deepStrictEqual(recipients.map(({ external_userid }) => external_userid), ["wm1", "wm2", "wm3"])
      yield* react({ moment_id, userid: "zhangsan", external_userid: "wm2", kind: "like" })
      const { comment_list, like_list } = yield* moments.getReactions({ moment_id, userid: "zhangsan" })
      assert.deepStrictEqual(comment_list, [])
      assert.deepStrictEqual(like_list.map(({ external_userid, userid }) => [external_userid, userid]), [
        ["wm2", undefined]
      ])
      assert.strictEqual(yield* errcode(moments.getReactions({ moment_id, userid: "wangwu" })), 41061)
      assert.strictEqual(yield* errcode(moments.listTasks({ moment_id: "mom-nothing" })), 41060)
    }).pipe(simulated))

  it.effect("is not published once it is cancelled", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      const { moment_id } = yield* made({ text: { content: "新品" } })
      yield* moments.cancel({ moment_id })
      const refused = yield* Effect.flip(publishMoment({ moment_id, userid: "zhangsan" }))
      assert.include(refused.message, "cancelled")
    }).pipe(simulated))

  it.effect("carries up to nine pictures, or one video, or one link, and never a mixture", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      const refused = "POST /cgi-bin/externalcontact/add_moment_task | " +
        "attachments: either up to 9 images, or one video, or one link are allowed"
      const ten = Moments.images(...Array.from({ length: 10 }, () => "M"))
      assert.strictEqual(yield* refusal(moments.create({ attachments: ten })), refused)
      const mixture = [...Moments.images("M"), ...Moments.video("V")]
      assert.strictEqual(
        // @ts-expect-error: pictures and a video
        yield* refusal(moments.create({ attachments: mixture })),
        refused
      )
      const links = [...Moments.link({ url: "https://example.com", media_id: "M" }), ...Moments.video("V")]
      assert.strictEqual(
        // @ts-expect-error: a link and a video
        yield* refusal(moments.create({ attachments: links })),
        refused
      )
      assert.strictEqual(
        yield* refusal(moments.create({ attachments: [] })),
        "POST /cgi-bin/externalcontact/add_moment_task | text: at least one of text, attachments is needed"
      )
    }).pipe(simulated))

  it.effect("has a text of 2000 wide or 4000 narrow characters at most", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      for (const content of ["长".repeat(2000), "a".repeat(4000), "长a".repeat(1333)]) {
        yield* moments.create({ text: { content } })
      }
      for (const content of ["长".repeat(2001), "a".repeat(4001), `${"长".repeat(1999)}aaa`]) {
        assert.include(yield* refusal(moments.create({ text: { content } })), "text.content: at most 2000 characters")
      }
    }).pipe(simulated))
})

describe("moments", () => {
  it.effect("of members and of the corp are listed", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      yield* TestClock.adjust("40 days")
      yield* made({ attachments: Moments.video(yield* uploaded("video")) })
      const own = yield* postMoment({ userid: "lisi", text: "下班了" })
      const span = yield* lastDays(30)
      const list = (filter: { readonly filter_type?: number; readonly creator?: string }) =>
        Stream.runCollect(moments.listAll({ ...span, ...filter, limit: 1 }))
      const all = yield* list({})
      assert.deepStrictEqual(all.map(({ create_type, creator }) => [create_type, creator]), [
        [MomentCreator.Corp, undefined],
        [MomentCreator.Member, "lisi"]
      ])
      assert.deepStrictEqual(all.map(({ content }) => content?.msgtype), ["video", undefined])
      assert.lengthOf(yield* list({ filter_type: MomentFilter.Corp }), 1)
      assert.deepStrictEqual((yield* list({ creator: "lisi" })).map(({ moment_id }) => moment_id), [own])
      assert.strictEqual(yield* errcode(moments.listTasks({ moment_id: own })), 41067)
    }).pipe(simulated))

  it.effect("of more than 30 days are not asked for", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      const end_time = yield* DateTime.now
      assert.strictEqual(
        yield* refusal(moments.list({ start_time: DateTime.subtract(end_time, { days: 31 }), end_time })),
        "POST /cgi-bin/externalcontact/get_moment_list | end_time: at most 30 days after start_time are allowed"
      )
    }).pipe(simulated))

  it.effect("can be waited for with a schedule", () =>
    Effect.gen(function*() {
      const moments = yield* Moments
      const jobid = yield* moments.create({ text: { content: "新品" } })
      const waiting = yield* moments.getJob({ jobid }).pipe(
        Effect.repeat({
          until: ({ status }) => status === MomentJobStatus.Finished,
          schedule: Schedule.spaced("500 millis")
        }),
        Effect.forkChild
      )
      yield* TestClock.adjust("3 seconds")
      const job = yield* Fiber.join(waiting)
      assert.isString(job.moment_id)
    }).pipe(simulated))
})

describe("rule groups of moments", () => {
  it.effect("are made, read, changed and deleted", () =>
    Effect.gen(function*() {
      const strategies = yield* MomentStrategies
      const strategy_id = yield* strategies.create({
        strategy_name: "华东",
        admin_list: ["lisi"],
        privilege: { send_moment: false },
        range: [StrategyRange.department(2), StrategyRange.member("wangwu")]
      })
      const made = yield* strategies.get({ strategy_id })
      assert.deepStrictEqual(made.privilege, {
        view_moment_list: true,
        send_moment: false,
        manage_moment_cover_and_sign: true
      })
      assert.deepStrictEqual(made.admin_list, ["lisi"])
      yield* strategies.update({
        strategy_id,
        strategy_name: "华南",
        range_add: [StrategyRange.department(3)],
        range_del: [StrategyRange.member("wangwu")]
      })
      const range = yield* Stream.runCollect(strategies.listAllRange({ strategy_id, limit: 1 }))
      assert.deepStrictEqual(range, [{ type: 2, partyid: 2 }, { type: 2, partyid: 3 }])
      assert.deepStrictEqual(yield* Stream.runCollect(strategies.listAll({ limit: 1 })), [{ strategy_id }])
      assert.strictEqual((yield* strategies.get({ strategy_id })).strategy_name, "华南")
      yield* strategies.delete({ strategy_id })
      assert.strictEqual(yield* errcode(strategies.get({ strategy_id })), 40058)
    }).pipe(simulated))

  it.effect("lie within the one above", () =>
    Effect.gen(function*() {
      const strategies = yield* MomentStrategies
      const create = (parent_id: number, node: StrategyRange.RangeNode) =>
        strategies.create({ parent_id, strategy_name: "组", admin_list: ["lisi"], range: [node] })
      const top = yield* create(0, StrategyRange.department(2))
      assert.strictEqual((yield* strategies.get({ strategy_id: top })).privilege?.send_moment, true)
      yield* create(top, StrategyRange.member("zhangsan"))
      assert.strictEqual(yield* errcode(create(top, StrategyRange.department(3))), 40058)
    }).pipe(simulated))
})
