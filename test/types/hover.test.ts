import { assert, describe, it } from "@effect/vitest"
import * as Option from "effect/Option"
import { paging } from "../../src/Paging.ts"
import { services } from "../../src/services.ts"
import { everyMethod, program } from "./everyMethod.ts"
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
  })

  it("is short for every method of every service, and no page of a list is without a name", async () => {
    const shown = await hovers("test/types/everyMethod.sample.ts", everyMethod.map(({ line }) => line), program)
    assert.isAbove(shown.length, 350)
    const methods = everyMethod.map(({ method, service }, index) => ({
      name: `${service}.${method}`,
      hover: shown[index] ?? "",
      signature: parts(shown[index])[0]
    }))
    const long = methods.filter(({ hover }) => hover.split("\n").length > 25)
    assert.deepStrictEqual(long.map(({ hover, name }) => `${name}: ${hover.split("\n").length} lines`), [])
    const cut = methods.filter(({ signature }) => /\.\.\. \d+ more|<\.\.\.>|\.\.\.;/.test(signature))
    assert.deepStrictEqual(cut.map(({ name, signature }) => `${name}: ${signature}`), [])
    const pages = services.flatMap(({ endpoints, module }) =>
      Object.values(endpoints).flatMap((value) => {
        const paged = paging(value).pipe(Option.map(({ endpoint }) => endpoint), Option.getOrUndefined)
        const [method] = Object.entries(endpoints).find(([, other]) => other === paged) ?? []
        return method === undefined ? [] : [`${module.slice(module.lastIndexOf("/") + 1)}.${method}`]
      })
    )
    assert.isAbove(pages.length, 30)
    const unnamed = methods.filter(({ name, signature }) => pages.includes(name) && signature.endsWith("}>"))
    assert.deepStrictEqual(unnamed.map(({ name, signature }) => `${name}: ${signature}`), [])
  })
})
