import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Invoices, InvoiceStatus } from "../../../src/oa/invoices/Invoices.ts"
import { answering } from "../../support/answering.ts"

const ref = { card_id: "pjZ8Yt", encrypt_code: "O/mPnGTp" }

describe("invoices", () => {
  it.effect("are read with amounts in fen, also where optional parts are absent", () => {
    const { run, sent } = answering(Invoices.layer, () => ({
      errcode: 0,
      item_list: [
        {
          card_id: "pjZ8Yt",
          type: "增值税电子普通发票",
          user_info: { fee: 4000, tax: "123", reimburse_status: "INVOICE_REIMBURSE_LOCK", info: [{ num: 1.5 }] }
        },
        { card_id: "pjZ8Yu" }
      ]
    }))
    return run(Effect.gen(function*() {
      const [first, second] = yield* (yield* Invoices).getMany({ item_list: [ref] })
      assert.strictEqual(first?.user_info?.reimburse_status, InvoiceStatus.Locked)
      assert.deepStrictEqual([first?.user_info?.fee, first?.user_info?.tax], [4000, 123])
      assert.strictEqual(first?.user_info?.info[0]?.num, 1.5)
      assert.isUndefined(second?.user_info)
      assert.deepStrictEqual(sent()[0]?.body, { item_list: [ref] })
    }))
  })

  it.effect("change between the three known statuses alone", () => {
    const { run, sent } = answering(Invoices.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const invoices = yield* Invoices
      yield* invoices.setStatus({ ...ref, reimburse_status: InvoiceStatus.Reimbursed })
      assert.deepStrictEqual(sent()[0]?.body, { ...ref, reimburse_status: "INVOICE_REIMBURSE_CLOSURE" })
      assert.match(
        (yield* Effect.flip(invoices.setStatus({ ...ref, reimburse_status: "PAID" }))).message,
        /reimburse_status: expected one of INVOICE_REIMBURSE_INIT/
      )
      assert.match(
        (yield* Effect.flip(
          invoices.setStatusMany({
            openid: "o1",
            reimburse_status: InvoiceStatus.Locked,
            invoice_list: [{ card_id: "", encrypt_code: "c" }]
          })
        )).message,
        /invoice_list\[0\]\.card_id/
      )
      assert.lengthOf(sent(), 1)
    }))
  })
})
