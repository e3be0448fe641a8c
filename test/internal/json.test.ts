import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Json from "../../src/internal/kernel/json.ts"

describe("the JSON of the kernel", () => {
  it("keeps the digits of an integer beyond 2^53, wherever in the text it stands", () => {
    for (let before = 0; before < 40; before++) {
      for (const digits of ["9007199254740993", "-9007199254740993", "123456789012345678901234567890"]) {
        const text = `{"a":"${"x".repeat(before)}","b":${digits},"c":[${digits}]}`
        assert.deepStrictEqual(Json.parse(text), { a: "x".repeat(before), b: digits, c: [digits] })
      }
    }
  })

  it.prop("reads all else as JSON.parse does", [Schema.Json], ([value]) => {
    const text = JSON.stringify(
      value,
      (key, item: unknown) =>
        key === "__proto__" || (Number.isInteger(item) && !Number.isSafeInteger(item)) ? undefined : item
    )
    assert.deepStrictEqual(Json.parse(text ?? "null"), JSON.parse(text ?? "null"))
  })
})
