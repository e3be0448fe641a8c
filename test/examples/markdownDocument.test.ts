/**
 * `examples/markdown-document.ts`: Markdown to a smart document and back is equal.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { publish, read } from "../../examples/markdown-document.ts"
import { Documents } from "../../src/oa/documents/Documents.ts"
import { SmartDocuments } from "../../src/oa/smart-documents/SmartDocuments.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const wecom = Layer.mergeAll(Documents.layer, SmartDocuments.layer).pipe(Layer.provideMerge(Simulator.layerTest()))

const markdown = `# 发布说明

2.4 版今天上线。

## 变化

- [x] 登录更快
- [ ] 导出
  - Excel
  - PDF
    1. 横版
    2. 竖版

> 有问题请联系值班同事。

\`\`\`shell
npm install acme@2.4
\`\`\`

---

[全部变化](https://example.com/changes)
`

describe("examples/markdown-document.ts", () => {
  it.effect("writes Markdown to a page, and reads it as it was", () =>
    Effect.gen(function*() {
      const page = yield* publish("发布说明", markdown)
      assert.strictEqual(yield* read(page), markdown)
    }).pipe(Effect.provide(wecom)))

  it.effect("says what cannot be carried over before it makes a document", () =>
    Effect.gen(function*() {
      const error = yield* Effect.flip(publish("表", "一\n\n| a |\n| - |\n"))
      assert.strictEqual(error._tag === "MarkdownError" && error.at, "line 3, column 1")
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/wedoc/create_doc"), 0)
    }).pipe(Effect.provide(wecom)))
})
