import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Schema, SchemaGetter } from "effect"
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

describe("a member of a union", () => {
  const other = Schema.Record(Schema.String, Schema.Json)

  it("is told by what its tag is on the wire", () => {
    const kind = Schema.Literal("text").pipe(
      Schema.encodeTo(Schema.Literal(1), {
        decode: SchemaGetter.transform(() => "text" as const),
        encode: SchemaGetter.transform(() => 1 as const)
      })
    )
    const schema = Schema.Union([Schema.Struct({ kind }), other])
    assert.deepStrictEqual(read(schema, { kind: 1 }), { kind: "text" })
    assert.deepStrictEqual(written(schema, { kind: "text" }), { kind: 1 })
  })

  it("that fails with a defect is not passed by", () => {
    const broken = Schema.String.pipe(
      Schema.decodeTo(Schema.String, {
        decode: SchemaGetter.transformEffect(() => Effect.die("broken")),
        encode: SchemaGetter.passthrough()
      })
    )
    const { exit } = lenient(Schema.Union([Schema.Struct({ name: broken }), other]))({ name: "a" })
    assert.isTrue(Exit.isFailure(exit) && Cause.hasDies(exit.cause))
  })

  it("that has a way with errors is read by it", () => {
    const mending = Schema.Struct({ name: Schema.String }).pipe(
      Schema.catchDecoding(() => Effect.succeedSome({ name: "?" }))
    )
    assert.deepStrictEqual(read(Schema.Union([mending, other]), { name: 1 }), { name: "?" })
  })
})
