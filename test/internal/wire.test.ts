import { assert, describe, it } from "@effect/vitest"
import { Exit, Schema } from "effect"
import { Base64 } from "effect/encoding"
import { encoder } from "../../src/internal/kernel/request.ts"
import { lenient } from "../../src/internal/wire/mend.ts"
import * as Wire from "../../src/Wire.ts"

const read = (schema: Schema.ConstraintCodec<unknown, unknown>, value: unknown): unknown => {
  const { exit, mended } = lenient(schema)(value)
  assert.deepStrictEqual(mended, [])
  return Exit.isSuccess(exit) ? exit.value : "refused"
}

const written = (schema: Schema.ConstraintCodec<unknown, unknown>, value: unknown): unknown => {
  const exit = encoder(schema)(value)
  return Exit.isSuccess(exit) ? exit.value : "refused"
}

describe("Wire.pipedList", () => {
  const schema = Schema.Struct({ users: Wire.pipedList(Schema.String) })

  it("reads texts, lists, and what is left out", () => {
    assert.deepStrictEqual(read(schema, { users: "a|b" }), { users: ["a", "b"] })
    assert.deepStrictEqual(read(schema, { users: ["a"] }), { users: ["a"] })
    assert.deepStrictEqual(read(schema, { users: "" }), { users: [] })
    assert.deepStrictEqual(read(schema, {}), { users: [] })
  })

  it("is written as a text", () => {
    assert.deepStrictEqual(written(schema, { users: ["a", "b"] }), { users: "a|b" })
    assert.deepStrictEqual(written(schema, { users: [] }), { users: "" })
  })
})

describe("Wire.base64", () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index * 7)

  it.each([0, 1, 2, 3, 31, 32, 127, 128, 999])(
    "%i bytes are written as Effect writes them, and read again",
    (length) => {
      // A part of a larger buffer, as blocks of a file are.
      const part = bytes.subarray(1, 1 + length)
      const text = written(Wire.base64, part)
      assert.strictEqual(text, Base64.encode(part))
      assert.deepStrictEqual(read(Wire.base64, text), Uint8Array.from(part))
    }
  )

  it("refuses what is no Base64", () => {
    assert.strictEqual(read(Wire.base64, "a-b"), "refused")
  })

  it("refuses what are no bytes", () => {
    assert.strictEqual(written(Wire.base64, "YWJj"), "refused")
  })
})
