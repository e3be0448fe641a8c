/**
 * Markdown and the blocks of smart documents: what is carried over comes back; what is not is said.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result, Schema } from "effect"
import type { Block } from "../../../src/oa/smart-documents/markdown/SmartMarkdown.ts"
import * as SmartMarkdown from "../../../src/oa/smart-documents/markdown/SmartMarkdown.ts"
import { SmartDocuments } from "../../../src/oa/smart-documents/SmartDocuments.ts"
import { canned } from "../support.ts"

const parsed = (markdown: string, options?: SmartMarkdown.Options) =>
  Result.getOrThrow(SmartMarkdown.parse(markdown, options))

const printed = (blocks: ReadonlyArray<Block>, options?: SmartMarkdown.Options) =>
  Result.getOrThrow(SmartMarkdown.print(blocks, options))

/** Markdown in the form in which it is printed. */
const report = `# 周报

本周上线了两个版本。\\
客户反馈良好。

## 进展

- [x] 发布 2.4
- [ ] 迁移数据库
  1. 备份
  2. 演练
- 其他

1. 一
   - 更深
     - 再深
2. 二

> 先做对，再做快。

\`\`\`typescript
const answer = 42
\`\`\`

---

[设计文档](https://example.com/design "第三版")

![架构图](https://example.com/a.png)
`

describe("Markdown of the supported kind", () => {
  it("is read as blocks", () => {
    const blocks = parsed(report)
    assert.deepStrictEqual(blocks.slice(0, 5), [
      { type: "BLOCK_TYPE_HEADER_1", title: "周报", children: [] },
      { type: "BLOCK_TYPE_TEXT", title: "本周上线了两个版本。\n客户反馈良好。", children: [] },
      { type: "BLOCK_TYPE_HEADER_2", title: "进展", children: [] },
      { type: "BLOCK_TYPE_TODO", title: "发布 2.4", props: { todo_props: { checked: true } }, children: [] },
      {
        type: "BLOCK_TYPE_TODO",
        title: "迁移数据库",
        props: { todo_props: { checked: false } },
        children: [
          { type: "BLOCK_TYPE_NUMBERED_LIST", title: "备份", children: [] },
          { type: "BLOCK_TYPE_NUMBERED_LIST", title: "演练", children: [] }
        ]
      }
    ])
    assert.deepStrictEqual(blocks.slice(-4), [
      {
        type: "BLOCK_TYPE_CODE",
        title: "const answer = 42",
        props: { code_props: { code_language: "CODE_LANGUAGE_TYPESCRIPT" } },
        children: []
      },
      { type: "BLOCK_TYPE_DIVIDER", children: [] },
      {
        type: "BLOCK_TYPE_LINK",
        props: {
          link_props: {
            link_url: "https://example.com/design",
            link_name: "设计文档",
            link_description: "第三版"
          }
        },
        children: []
      },
      {
        type: "BLOCK_TYPE_IMAGE",
        title: "架构图",
        props: { image_props: { url: "https://example.com/a.png" } },
        children: []
      }
    ])
  })

  it("comes back as it was", () => {
    assert.strictEqual(printed(parsed(report)), report)
  })

  it("goes on after lines that wrap: after a blank, between Chinese characters at once", () => {
    assert.strictEqual(printed(parsed("one\ntwo\n\n一，\n二\n\n一\ntwo")), "one two\n\n一，二\n\n一 two\n")
  })

  it("has code in the languages by their short names", () => {
    const language = (name: string) => parsed(`\`\`\`${name}\nx\n\`\`\``)[0]?.props
    assert.deepStrictEqual(language("ts"), { code_props: { code_language: "CODE_LANGUAGE_TYPESCRIPT" } })
    assert.deepStrictEqual(language("c++"), { code_props: { code_language: "CODE_LANGUAGE_CPP" } })
    assert.deepStrictEqual(language("objective-c"), { code_props: { code_language: "CODE_LANGUAGE_OBJECTIVE_C" } })
    assert.deepStrictEqual(language("text"), { code_props: { code_language: "CODE_LANGUAGE_PLAIN_TEXT" } })
    assert.strictEqual(language(""), undefined)
    assert.strictEqual(printed(parsed("```text\nx\n```")), "```text\nx\n```\n")
  })
})

describe("what cannot be carried over", () => {
  it("is refused, with its place", () => {
    const refused = (markdown: string) => {
      const result = SmartMarkdown.parse(markdown)
      return Result.isFailure(result)
        ? `${result.failure.at}: ${result.failure.construct}`
        : assert.fail(`${markdown} was read`)
    }
    assert.deepStrictEqual(
      [
        "甲\n\n乙 **丙**",
        "*a*",
        "`a`",
        "见 [这里](http://a)",
        "见 ![图](http://a)",
        "[a]\n\n[a]: http://a",
        "| a |\n| - |\n| b |",
        "<b>a</b>",
        "<div>\n",
        "3. c",
        "1. [x] c",
        "```js title=a\n```",
        "![a](http://a \"t\")"
      ].map(refused),
      [
        "line 3, column 3: strong text",
        "line 1, column 1: emphasised text",
        "line 1, column 1: code within a text",
        "line 1, column 3: a link within a text",
        "line 1, column 3: a picture within a text",
        "line 1, column 1: a link by reference",
        "line 1, column 1: a table",
        "line 1, column 1: HTML",
        "line 1, column 1: HTML",
        "line 1, column 1: a list that does not begin with 1",
        "line 1, column 1: the number of a task",
        "line 1, column 1: what follows the language of code",
        "line 1, column 1: the title of a picture"
      ]
    )
    const result = SmartMarkdown.parse("| a |\n| - |")
    assert.strictEqual(
      Result.isFailure(result) && result.failure.message,
      "line 1, column 1: a table cannot be carried over: smart documents have no block for it: leave it out, or accept " +
        "the loss with { loss: \"accept\" }"
    )
  })

  it("is carried over as far as possible where the loss is accepted", () => {
    const rest = (markdown: string) => printed(parsed(markdown, { loss: "accept" }))
    assert.strictEqual(rest("甲 **乙** `丙` [丁](http://a) ![图](http://b)"), "甲 乙 丙 丁 (http://a) 图 (http://b)\n")
    assert.strictEqual(rest("<http://a> 与"), "http://a 与\n")
    assert.strictEqual(rest("| a |\n| - |\n| b |"), "```\n| a |\n| - |\n| b |\n```\n")
    assert.strictEqual(rest("3. c"), "1. c\n")
  })

  it("is refused on the way back too: blocks that Markdown does not have", () => {
    const blocks: ReadonlyArray<Block> = [
      { type: "BLOCK_TYPE_TEXT", title: "甲", children: [] },
      {
        type: "BLOCK_TYPE_COLUMN_LIST",
        children: [{ type: "BLOCK_TYPE_TEXT", title: "栏", children: [] }]
      }
    ]
    const result = SmartMarkdown.print(blocks)
    assert.deepInclude(Result.isFailure(result) ? result.failure : {}, {
      construct: "BLOCK_TYPE_COLUMN_LIST",
      at: "blocks[1]"
    })
    assert.strictEqual(printed(blocks, { loss: "accept" }), "甲\n\n栏\n")
    const indented = SmartMarkdown.print([{ type: "BLOCK_TYPE_TEXT", title: "甲", children: blocks.slice(0, 1) }])
    assert.strictEqual(Result.isFailure(indented) && indented.failure.at, "blocks[0].children")
  })
})

describe("a page", () => {
  it.effect("is read by the ids of its blocks, and written block by block; an answer without an id fails", () => {
    const { run, sent } = canned(SmartDocuments.layer, ({ path }) =>
      path.endsWith("get_block_list")
        ? {
          blocks: [
            { id: "a", type: "BLOCK_TYPE_BULLETED_LIST", content: "甲", parent_id: "P", children: ["c", "b"] },
            { id: "b", type: "BLOCK_TYPE_BULLETED_LIST", title: "丙", parent_id: "a" },
            { id: "c", type: "BLOCK_TYPE_BULLETED_LIST", title: "乙", parent_id: "a" },
            { id: "x", type: "BLOCK_TYPE_HOLOGRAM", parent_id: "P" },
            { id: "d", type: "BLOCK_TYPE_TEXT", content: "末", parent_id: "P" }
          ],
          has_more: "false"
        }
        : { blocks: [] })
    return run(Effect.gen(function*() {
      const page = { docid: "D", page_id: "P" }
      const unread = yield* Effect.flip(SmartMarkdown.read(page))
      assert.strictEqual(unread._tag === "MarkdownError" && unread.at, "blocks[3]")
      assert.strictEqual(yield* SmartMarkdown.read(page, { loss: "accept" }), "- 甲\n  - 乙\n  - 丙\n\n末\n")
      const error = yield* Effect.flip(SmartMarkdown.write({ ...page, after_id: "d" }, "一\n\n二"))
      assert.match(error.message, /blocks\[0\]: expected the block that was added/)
      assert.deepStrictEqual(sent().at(-1), {
        ...page,
        blocks: [{ type: "BLOCK_TYPE_TEXT", title: "一", after_id: "d" }]
      })
    }))
  })
})

/** Text of characters that mean something in Markdown, and of others. */
const Text = Schema.Array(
  Schema.Literals([
    ..." \n\t*_#-+1.>`[]()!|~\\&<:=/ \"'中a，",
    "http://a.cn",
    "&amp;",
    "- ",
    "[x] ",
    "1. ",
    "**",
    "```"
  ])
)

const words = (text: typeof Text.Type) => text.join("").replaceAll(/^[\s]+|[\s]+$/g, "").replaceAll(/\s*\n\s*/g, "\n")

const leafTypes = ["TEXT", "HEADER_1", "HEADER_3", "HEADER_6", "DIVIDER", "CODE", "LINK", "IMAGE"] as const
const nestTypes = ["TODO", "NUMBERED_LIST", "BULLETED_LIST", "QUOTE"] as const

const Shape = Schema.Struct({ type: Schema.Literals([...leafTypes, ...nestTypes]), text: Text, done: Schema.Boolean })
type Shape = typeof Shape.Type & { readonly children?: ReadonlyArray<Shape> }

const nested = (inner: Schema.Codec<Shape, unknown>): Schema.Codec<Shape, unknown> =>
  Schema.Struct({ ...Shape.fields, children: Schema.Array(inner) })

/** A tree of blocks that Markdown can say. */
const blockOf = ({ children: within = [], done, text, type }: Shape): Block => {
  const title = words(text)
  const line = title.replaceAll("\n", " ")
  const blocks = within.map(blockOf)
  switch (type) {
    case "TEXT":
      return { type: "BLOCK_TYPE_TEXT", title: title === "" ? "空" : title, children: [] }
    case "DIVIDER":
      return { type: "BLOCK_TYPE_DIVIDER", children: [] }
    case "CODE":
      return {
        type: "BLOCK_TYPE_CODE",
        title: text.join(""),
        ...done ? { props: { code_props: { code_language: "CODE_LANGUAGE_GO" } } } : {},
        children: []
      }
    case "LINK":
      return {
        type: "BLOCK_TYPE_LINK",
        props: {
          link_props: { link_url: `http://a/${line}`, link_name: line, link_description: done ? `${line}.` : undefined }
        },
        children: []
      }
    case "IMAGE":
      return {
        type: "BLOCK_TYPE_IMAGE",
        title: line,
        props: { image_props: { url: `http://a/${line}` } },
        children: []
      }
    case "HEADER_1":
    case "HEADER_3":
    case "HEADER_6":
      return { type: `BLOCK_TYPE_${type}`, title: line, children: [] }
    case "TODO":
      return {
        type: "BLOCK_TYPE_TODO",
        title: title === "" ? "空" : title,
        props: { todo_props: { checked: done } },
        children: blocks
      }
    default:
      // What has no text takes that of the first text in it.
      return {
        type: `BLOCK_TYPE_${type}`,
        title: title === "" && blocks[0]?.type === "BLOCK_TYPE_TEXT" ? "空" : title,
        children: blocks
      }
  }
}

describe("any blocks that Markdown can say", () => {
  it.effect.prop(
    "come back from Markdown",
    [Schema.Array(nested(nested(nested(Shape as never))))],
    ([shapes]) => {
      const blocks = shapes.map(blockOf)
      const markdown = printed(blocks)
      assert.deepStrictEqual(parsed(markdown), blocks, markdown)
      assert.strictEqual(printed(parsed(markdown)), markdown)
      return Effect.void
    },
    { arbitrary: { runs: 60 } }
  )
})
