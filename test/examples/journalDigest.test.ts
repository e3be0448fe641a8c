/** The reports of a week, as one text. */
import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer } from "effect"
import { TestClock } from "effect/testing"
import { digest } from "../../examples/journal-digest.ts"
import { Journals } from "../../src/oa/journals/Journals.ts"
import * as JournalActs from "../../src/simulator/areas/journals/JournalActs.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const monday = DateTime.makeUnsafe("2026-03-02T00:00:00+08:00")

const submit = (userid: string, text: string, template_id = "weekly") =>
  JournalActs.submit({
    userid,
    template_id,
    template_name: "周报",
    receivers: ["lisi"],
    contents: [{ control: "Textarea", id: "Textarea-1", title: [{ text: "本周工作" }], value: { text } }]
  })

describe("examples/journal-digest.ts", () => {
  it.effect("has the reports of the week, with comments", () => {
    const program = Effect.gen(function*() {
      const journal_uuid = yield* submit("zhangsan", "上线登录")
      yield* submit("wangwu", "修复缺陷")
      yield* submit("wangwu", "日报", "daily")
      yield* JournalActs.read({ userid: "lisi", journal_uuid })
      yield* JournalActs.comment({ userid: "lisi", journal_uuid, content: "辛苦了" })
      yield* TestClock.adjust("7 days")
      yield* submit("zhangsan", "下周的")
      assert.strictEqual(
        yield* digest("weekly", monday),
        [
          "# 周报：2 份",
          "",
          "## zhangsan（已读 1/1）",
          "- 本周工作：上线登录",
          "> lisi：辛苦了",
          "",
          "## wangwu（已读 0/1）",
          "- 本周工作：修复缺陷"
        ].join("\n")
      )
    })
    const layer = Layer.suspend(() => Layer.provideMerge(Journals.layer, Simulator.layerTest()))
    return Effect.andThen(TestClock.setTime(DateTime.toEpochMillis(monday)), Effect.provide(program, layer))
  })
})
