import { assert, describe, it } from "@effect/vitest"
import { hovers } from "./hover.ts"

/** The signature on one line, and the JSDoc below it. */
const parts = (hover: string | undefined): readonly [signature: string, documentation: string] => {
  const [, signature = "", documentation = ""] = /^```typescript\n([\s\S]*?)\n```\n([\s\S]*)$/.exec(hover ?? "") ?? []
  return [signature.replace(/\s+/g, " "), documentation]
}

describe("what an editor shows on hovering", () => {
  it("is the signature and the JSDoc, of functions and of the methods of services", async () => {
    const shown = await hovers("test/types/hover.sample.ts", ["ErrorCode.label", "departments.list", "messages.recall"])
    const [label, list, recall] = shown.map(parts)
    assert.strictEqual(label?.[0], "const label: (code: number) => string | undefined")
    assert.match(label?.[1] ?? "", /^\S/)
    assert.strictEqual(
      list?.[0],
      "(property) list: (input: void | { readonly id?: number | undefined; }) => " +
        "Effect.Effect<readonly Department[], WeComError, never>"
    )
    assert.match(list?.[1] ?? "", /^获取部门列表\. [\s\S]*document\/path\/90208/)
    assert.strictEqual(
      recall?.[0],
      "(property) recall: (input: { readonly msgid: string; }) => Effect.Effect<void, WeComError, never>"
    )
    assert.match(recall?.[1] ?? "", /^撤回应用消息\. [\s\S]*document\/path\/94867/)
  }, 60_000)
})
