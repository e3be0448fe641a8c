/** A red packet to a member, on the simulator. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { congratulate, numberOf } from "../../examples/red-packet.ts"
import { Users } from "../../src/contacts/Users.ts"
import { MerchantPayments } from "../../src/payments/MerchantPayments.ts"
import * as MerchantActs from "../../src/simulator/areas/payments/MerchantActs.ts"
import * as Fault from "../../src/simulator/engine/Fault.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const simulated = Effect.provide(
  Layer.suspend(() =>
    Layer.merge(
      Users.layer,
      Layer.unwrap(Effect.map(Effect.orDie(MerchantActs.credentials()), MerchantPayments.layer))
    ).pipe(Layer.provideMerge(Simulator.layerTest()), Layer.fresh)
  )
)

describe("examples/red-packet.ts", () => {
  it("numbers packets by member and year, however alike userids are", () => {
    const userids = ["zhang.san", "zhangsan", "zhang-san", `${"a".repeat(40)}1`, `${"a".repeat(40)}2`]
    const numbers = userids.flatMap((userid) => [numberOf(userid, 2026), numberOf(userid, 2027)])
    assert.strictEqual(new Set(numbers).size, numbers.length)
    assert.strictEqual(numberOf("ZhangSan", 2026), numberOf("zhangsan", 2026))
  })

  it.effect("gives one packet a year, however often it runs, also after a failure", () =>
    Effect.gen(function*() {
      const simulator = yield* Simulator
      const first = yield* congratulate("lisi", 2026)
      assert.deepStrictEqual(yield* congratulate("lisi", 2026), first)
      yield* simulator.inject({
        endpoint: "/mmpaymkttransfers/sendworkwxredpack",
        fault: Fault.reset({ done: true }),
        times: 1
      })
      const payments = yield* MerchantPayments
      const openid = first.re_openid ?? ""
      assert.strictEqual((yield* payments.getRedPacket({ mch_billno: numberOf("lisi", 2026) })).openid, openid)
      const failed = yield* Effect.flip(payments.sendRedPacket({
        mch_billno: numberOf("lisi", 2027),
        re_openid: openid,
        total_amount: 888,
        wishing: "生日快乐",
        act_name: "生日红包",
        remark: "员工关怀",
        scene_id: "PRODUCT_4"
      }))
      assert.strictEqual(failed.moved, "unknown")
      yield* congratulate("lisi", 2027)
      const { balance, orders } = yield* MerchantActs.ledger()
      assert.deepStrictEqual(orders.map(({ number }) => number), [numberOf("lisi", 2026), numberOf("lisi", 2027)])
      assert.strictEqual(balance, 10_000_000 - 2 * 888)
    }).pipe(simulated))
})
