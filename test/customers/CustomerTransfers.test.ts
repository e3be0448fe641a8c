import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import { Users } from "../../src/contacts/Users.ts"
import { CustomerGroups } from "../../src/customers/CustomerGroups.ts"
import { Customers } from "../../src/customers/Customers.ts"
import { CustomerTransfers, CustomerTransferStatus } from "../../src/customers/CustomerTransfers.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { canned, customersOf, errcode, refusal, simulated } from "./support.ts"

const fromZhangsanToLisi = { handover_userid: "zhangsan", takeover_userid: "lisi" }

describe("handing customers over", () => {
  it.effect("tells for each of them what became of it, and fails on a part where asked", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 2)
      const transfers = yield* CustomerTransfers
      const answers = yield* transfers.transfer({ ...fromZhangsanToLisi, external_userid: ["wm1", "wm9"] })
      assert.deepStrictEqual(answers.map(({ errcode, external_userid, label }) => [external_userid, errcode, label]), [
        ["wm1", 0, "请求成功"],
        ["wm9", 40096, "不合法的外部联系人userid"]
      ])
      const failed = yield* transfers.transfer({ ...fromZhangsanToLisi, external_userid: ["wm1", "wm2"] }).pipe(
        PartialResult.failOnPartial,
        Effect.as([]),
        Effect.catchTag("PartialFailure", ({ failed }) => Effect.succeed(failed))
      )
      assert.deepStrictEqual(failed.map(({ errcode, external_userid }) => [external_userid, errcode]), [["wm1", 40129]])
    }).pipe(simulated))

  it.effect("is followed until it is done", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 1)
      const transfers = yield* CustomerTransfers
      const customers = yield* Customers
      yield* transfers.transfer({ ...fromZhangsanToLisi, external_userid: ["wm1"] })
      const standing = Effect.map(Stream.runCollect(transfers.listAllResults(fromZhangsanToLisi)), ([result]) => result)
      const waiting = yield* standing
      assert.strictEqual(waiting?.status, CustomerTransferStatus.Waiting)
      assert.strictEqual(waiting?.takeover_time && DateTime.toEpochMillis(waiting.takeover_time), 24 * 3600_000)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(CustomerTransferStatus.label((yield* standing)?.status ?? 0), "接替完毕")
      assert.deepStrictEqual(yield* customers.list({ userid: "lisi" }), ["wm1"])
    }).pipe(simulated))

  it.effect("after a member left begins with the stream of customers whom nobody has", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 5)
      const transfers = yield* CustomerTransfers
      const resigned = transfers.transferResigned({ ...fromZhangsanToLisi, external_userid: ["wm1"] })
      assert.strictEqual(yield* errcode(resigned), 40097)
      yield* Users.use((users) => users.delete({ userid: "zhangsan" }))
      const ids = (input: Parameters<typeof transfers.listAllUnassigned>[0]) =>
        Effect.map(
          Stream.runCollect(transfers.listAllUnassigned(input)),
          (all) => all.map(({ external_userid }) => external_userid)
        )
      const everybody = ["wm1", "wm2", "wm3", "wm4", "wm5"]
      assert.deepStrictEqual(yield* ids(undefined), everybody)
      assert.deepStrictEqual(yield* ids({ page_size: 2 }), everybody)
      assert.deepStrictEqual(yield* ids({ page_size: 2, page_id: 0 }), everybody)
      const answers = yield* PartialResult.failOnPartial(
        transfers.transferResigned({ ...fromZhangsanToLisi, external_userid: everybody })
      )
      assert.strictEqual(answers.length, 5)
      assert.deepStrictEqual(yield* ids(undefined), [])
      const results = yield* Stream.runCollect(transfers.listAllResignedResults(fromZhangsanToLisi))
      assert.deepStrictEqual(new Set(results.map(({ status }) => status)), new Set([CustomerTransferStatus.Waiting]))
    }).pipe(simulated))

  it.effect("of groups answers those that stayed", () =>
    Effect.gen(function*() {
      const { world } = yield* Simulator
      for (const chat_id of ["wr1", "wr2"]) yield* addGroup(world, { chat_id, owner: "zhangsan" })
      const transfers = yield* CustomerTransfers
      const groups = yield* CustomerGroups
      const failed = yield* transfers.transferGroups({ chat_id_list: ["wr1", "wr9"], new_owner: "lisi" })
      assert.deepStrictEqual(failed.map(({ chat_id, label }) => [chat_id, label]), [["wr9", "该群不是客户群"]])
      assert.strictEqual((yield* groups.get({ chat_id: "wr1" })).owner, "lisi")
      const failure = yield* transfers.transferResignedGroups({ chat_id_list: ["wr2"], new_owner: "lisi" }).pipe(
        PartialResult.failOnPartial,
        Effect.flip
      )
      assert.strictEqual(failure.message, "1 item failed: 1 with 90500 群主并未离职")
    }).pipe(simulated))

  it.effect("one by one, the old way, fails as a whole", () =>
    Effect.gen(function*() {
      yield* customersOf("zhangsan", 1)
      const transfers = yield* CustomerTransfers
      const one = { ...fromZhangsanToLisi, external_userid: "wm1" }
      assert.strictEqual((yield* transfers.getResultLegacy(one)).status, CustomerTransferStatus.NoRecord)
      yield* transfers.transferLegacy(one)
      assert.strictEqual(yield* errcode(transfers.transferLegacy(one)), 40129)
      assert.strictEqual((yield* transfers.getResultLegacy(one)).status, CustomerTransferStatus.Waiting)
    }).pipe(simulated))

  it.effect("refuses too many, none, and too long a message, before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const transfers = yield* CustomerTransfers
      const named = "POST /cgi-bin/externalcontact/transfer_customer | "
      const many = Array.from({ length: 101 }, (_, index) => `wm${index}`)
      assert.strictEqual(
        yield* refusal(transfers.transfer({ ...fromZhangsanToLisi, external_userid: many })),
        `${named}external_userid: at most 100 items are allowed, got 101`
      )
      assert.strictEqual(
        yield* refusal(transfers.transfer({ ...fromZhangsanToLisi, external_userid: [] })),
        `${named}external_userid: at least 1 item is needed`
      )
      assert.strictEqual(
        yield* refusal(transfers.transfer({
          ...fromZhangsanToLisi,
          external_userid: ["wm1"],
          transfer_success_msg: "好".repeat(201)
        })),
        `${named}transfer_success_msg: at most 200 characters are allowed, got 201`
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })

  it.effect("ends where the cursor of those whom nobody has does not move", () => {
    const { bodies, layer } = canned(() => ({
      errcode: 0,
      info: [{ handover_userid: "zhangsan", external_userid: "wm1", dimission_time: 1 }],
      is_last: false,
      next_cursor: "stuck"
    }))
    return Effect.gen(function*() {
      const transfers = yield* CustomerTransfers
      const unassigned = yield* Stream.runCollect(Stream.take(transfers.listAllUnassigned(), 10))
      assert.lengthOf(unassigned, 2)
      assert.deepStrictEqual(bodies(), [{}, { cursor: "stuck" }])
    }).pipe(Effect.provide(layer))
  })

  it.effect("that never took place has no time", () => {
    const { layer } = canned(() => ({
      errcode: 0,
      customer: [{ external_userid: "wm1", status: 3, takeover_time: 0 }, { external_userid: "wm2", status: 4 }]
    }))
    return Effect.gen(function*() {
      const transfers = yield* CustomerTransfers
      const { customer } = yield* transfers.listResults(fromZhangsanToLisi)
      assert.deepStrictEqual(customer.map(({ status, takeover_time }) => [status, takeover_time]), [
        [CustomerTransferStatus.Refused, undefined],
        [CustomerTransferStatus.Exhausted, undefined]
      ])
    }).pipe(Effect.provide(layer))
  })
})
