import { assert, describe, it } from "@effect/vitest"
import { completions } from "./hover.ts"

describe("what an editor completes", () => {
  it("is the key of an event with its official name and its document", async () => {
    const shown = await completions("test/types/callbacks.sample.ts", "handlers: {\n", "    ", [
      "event/view",
      "event/sys_approval_change",
      "bot:text",
      "InfoType/suite_ticket"
    ])
    assert.match(shown[0] ?? "", /^点击菜单[\s\S]*document\/path\/\d+/)
    assert.match(shown[1] ?? "", /^审批申请状态变化回调通知[\s\S]*document\/path\/91815/)
    assert.match(shown[2] ?? "", /^文本消息[\s\S]*document\/path\/\d+/)
    assert.match(shown[3] ?? "", /^推送suite_ticket[\s\S]*document\/path\/\d+/)
  })
})
