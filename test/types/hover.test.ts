import { assert, describe, it } from "@effect/vitest"
import { hovers } from "./hover.ts"

describe("what an editor shows on hovering", () => {
  it("the signature on one line, then the JSDoc", async () => {
    const [label] = await hovers("test/types/hover.sample.ts", ["ErrorCode.label"])
    assert.match(label ?? "", /^```typescript\nconst label: \(code: number\) => string \| undefined\n```\n\S/)
  })
})
