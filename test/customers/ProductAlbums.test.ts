import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { TestClock } from "effect/testing"
import { ProductAlbums } from "../../src/customers/ProductAlbums.ts"
import { simulated, uploaded } from "./outreach.ts"
import { errcode, refusal } from "./support.ts"

describe("products", () => {
  it.effect("are added, read, changed and deleted", () =>
    Effect.gen(function*() {
      yield* TestClock.adjust("1 day")
      const products = yield* ProductAlbums
      const attachments = [ProductAlbums.image(yield* uploaded("image"))]
      const create = (product_sn: string) =>
        products.create({ description: "茶叶", price: 29_900, product_sn, attachments })
      const product_id = yield* create("T100")
      yield* products.update({ product_id, price: 19_900 })
      const product = yield* products.get({ product_id })
      assert.deepInclude(product, { description: "茶叶", price: 19_900, product_sn: "T100", attachments })
      assert.isDefined(product.create_time)
      yield* create("T200")
      const listed = yield* Stream.runCollect(products.listAll({ limit: 1 }))
      assert.deepStrictEqual(listed.map(({ create_time, product_sn }) => [product_sn, create_time]), [
        ["T100", undefined],
        ["T200", undefined]
      ])
      yield* products.delete({ product_id })
      assert.strictEqual(yield* errcode(products.get({ product_id })), 41074)
      assert.strictEqual(yield* errcode(products.get({ product_id: "product-nothing" })), 41075)
      assert.lengthOf(yield* Stream.runCollect(products.listAll()), 1)
    }).pipe(simulated))

  it.effect("that cannot be are refused before sending", () =>
    Effect.gen(function*() {
      const products = yield* ProductAlbums
      const one = { description: "茶叶", price: 1, attachments: [ProductAlbums.image("M")] }
      const says = (changes: object) => refusal(products.create({ ...one, ...changes }))
      const endpoint = "POST /cgi-bin/externalcontact/add_product_album"
      assert.strictEqual(
        yield* says({ description: "长".repeat(301) }),
        `${endpoint} | description: at most 300 characters are allowed, got 301`
      )
      assert.include(yield* says({ price: 5_000_001 }), `${endpoint} | price: `)
      assert.include(yield* says({ price: 0.5 }), `${endpoint} | price: `)
      assert.strictEqual(yield* says({ product_sn: "T-100" }), `${endpoint} | product_sn: only digits and letters`)
      assert.strictEqual(yield* says({ attachments: [] }), `${endpoint} | attachments: at least 1 item is needed`)
      assert.strictEqual(
        yield* says({ attachments: Array.from({ length: 10 }, () => ProductAlbums.image("M")) }),
        `${endpoint} | attachments: at most 9 items are allowed, got 10`
      )
    }).pipe(simulated))
})
