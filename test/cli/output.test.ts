import { assert, describe, it } from "@effect/vitest"
import * as CliOutput from "effect/cli/CliOutput"
import * as Schema from "effect/Schema"
import { table } from "../../src/cli/output.ts"
import { parts } from "../../src/cli/splitText.ts"

const rows = [
  { id: "zhangsan", name: "张三", about: "a long description that a narrow terminal has no room for" },
  { id: "li", name: "欧阳修", about: "短\n说明" }
]
const columns = [
  { title: "USERID", value: ({ id }: typeof rows[number]) => id },
  { title: "姓名", value: ({ name }: typeof rows[number]) => name },
  { title: "ABOUT", value: ({ about }: typeof rows[number]) => about }
]

describe("a table", () => {
  it("aligns columns by what they take on a terminal, each row in a line", () => {
    assert.strictEqual(
      table(rows, columns, undefined, false),
      "USERID    姓名    ABOUT\n" +
        "zhangsan  张三    a long description that a narrow terminal has no room for\n" +
        "li        欧阳修  短 说明\n"
    )
  })

  it.each([30, 40, 60])("fits into %d columns", (width) => {
    const lines = table(rows, columns, width, false).trimEnd().split("\n")
    assert.lengthOf(lines, 3)
    for (const line of lines) assert.isAtMost(CliOutput.displayWidth(line), width, line)
    assert.include(lines[1] ?? "", "…")
  })

  it("keeps whole what is copied, and wraps what is read, between words and Chinese characters", () => {
    const [id, name, about] = columns
    const shown = table(rows, [{ ...id!, fit: "whole" }, name!, { ...about!, fit: "wrap" }], 34, false)
    assert.strictEqual(
      shown,
      "USERID    姓名    ABOUT\n" +
        "zhangsan  张三    a long\n" +
        "                  description that\n" +
        "                  a narrow\n" +
        "                  terminal has no\n" +
        "                  room for\n" +
        "li        欧阳修  短 说明\n"
    )
    const narrow = table(
      [{ todo: "在管理后台把出口地址加入企业可信IP https://open.work.weixin.qq.com/devtool" }],
      [{ title: "TODO", value: ({ todo }) => todo, fit: "wrap" }],
      20,
      false
    ).split("\n").slice(1)
    for (const line of narrow) assert.isAtMost(CliOutput.displayWidth(line), 20)
    assert.strictEqual(
      narrow.join(""),
      "在管理后台把出口地址加入企业可信IPhttps://open.work.weixin.qq.com/devtool"
    )
  })

  it("is coloured only where it is asked to be", () => {
    assert.notInclude(table(rows, columns, 80, false), "\u001b")
    assert.isTrue(table(rows, columns, 80, true).startsWith("\u001b[1mUSERID"))
  })
})

describe("a text in parts", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length

  it("stays whole where it fits", () => assert.deepStrictEqual(parts("短文", 2048), ["短文"]))

  it("is cut between lines where it can be", () =>
    assert.deepStrictEqual(parts("一二三\n四五六\n七", 20), ["一二三\n四五六", "七"]))

  it.prop("loses nothing but line breaks at its cuts, and cuts no character", [Schema.String], ([text]) => {
    const long = `${text}👨‍👩‍👧字\n${text}`.repeat(3)
    const cut = parts(long, 64)
    for (const part of cut) {
      assert.isAtMost(bytes(part), 64)
      assert.strictEqual(new TextDecoder().decode(new TextEncoder().encode(part)), part.toWellFormed())
    }
    assert.strictEqual(cut.join("").replaceAll("\n", ""), long.replaceAll("\n", ""))
  })
})
