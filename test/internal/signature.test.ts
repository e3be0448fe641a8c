import { assert, describe, it } from "@effect/vitest"
import { Redacted } from "effect"
import { createHmac } from "node:crypto"
import { signature } from "../../src/internal/kernel/signature.ts"

const secret = "at23pxnPBNQY3JiA8N5U1gabiQqxZwqH_Gihg7a_wrULmlOPVP-iiRjv9JWYPrDk"
const key = Redacted.make(secret)

describe("the signature of calls about money", () => {
  it("is that of the document's example", () => {
    const body = {
      orderid: "ord7",
      buyer_corpid: "ww66302cfadbdd3c64",
      buyer_userid: "invitetest",
      product_id: "product_id_xxx",
      product_name: "product_name_xxx",
      product_detail: "product_detail_xxx",
      unit_name: "台",
      unit_price: 1,
      num: 3,
      nonce_str: "129031823",
      ts: 1548302135,
      sig: "mPOwVW/vQ74xN+b+Yu1KMa9RrmhKJaJjAtXHTof+EpU="
    }
    assert.strictEqual(signature(body, key), "/WTXl/L2kJCYKJE5yY2JZvPq3rUjFf/pf39UhyJ2GUo=")
  })

  it("takes the fields of lists and objects one by one, sorts them as key=value, and leaves out empty ones", () => {
    const body = {
      orderid: "i3khJ4dMv3",
      order_type: 1,
      credit_order_list: [
        { credit_orderid: "CREDIT_ORDERID_1", unit_price: 100000, num: 1 },
        { credit_orderid: "CREDIT_ORDERID_2", unit_price: 90000, num: 2 }
      ],
      appid: 2,
      buyer_corpid: "",
      empty: null,
      none: [],
      nonce_str: "1287319372",
      ts: 1547719184
    }
    const text =
      "appid=2&credit_orderid=CREDIT_ORDERID_1&credit_orderid=CREDIT_ORDERID_2&nonce_str=1287319372&num=1&num=2" +
      "&order_type=1&orderid=i3khJ4dMv3&ts=1547719184&unit_price=100000&unit_price=90000"
    assert.strictEqual(signature(body, key), createHmac("sha256", secret).update(text).digest("base64"))
  })

  it("sorts by the bytes of UTF-8, not by UTF-16", () => {
    const text = "a=\uffff&a=\u{10000}"
    const expected = createHmac("sha256", secret).update(text).digest("base64")
    assert.strictEqual(signature({ a: ["\u{10000}", "\uffff"] }, key), expected)
  })
})
