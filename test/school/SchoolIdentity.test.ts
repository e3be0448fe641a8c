import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { SchoolIdentity } from "../../src/school/SchoolIdentity.ts"
import { SchoolSettings } from "../../src/school/SchoolSettings.ts"
import { canned, refusal } from "../oa/support.ts"

it.effect("a visitor is a parent or a student, and never nobody", () => {
  const answers = [{ parent_userid: "p1", DeviceId: "D1" }, { student_userid: "s1", parent_userid: "" }, {
    DeviceId: "D1"
  }]
  const { run } = canned(SchoolIdentity.layer, () => answers.shift())
  return run(Effect.gen(function*() {
    const identity = yield* SchoolIdentity
    const first = yield* identity.getVisitor({ code: "C1" })
    assert.strictEqual("parent_userid" in first && first.parent_userid, "p1")
    const second = yield* identity.getVisitor({ code: "C2" })
    assert.strictEqual("student_userid" in second && second.student_userid, "s1")
    const { reason } = yield* Effect.flip(identity.getVisitor({ code: "C3" }))
    assert.strictEqual(reason._tag, "ResponseInvalid")
  }))
})

it.effect("the parents whom an app reaches are those of its own agent", () => {
  const { calls, run } = canned(SchoolSettings.layer, () => ({
    allow_scope: { students: { userid: ["s1"] }, departments: { partyid: [1, 2] } }
  }))
  return run(Effect.gen(function*() {
    const settings = yield* SchoolSettings
    const scope = yield* settings.getParentScope()
    assert.deepStrictEqual(scope.students?.userid, ["s1"])
    assert.deepStrictEqual(scope.departments?.partyid, [1, 2])
    assert.strictEqual(calls()[0]?.query.get("agentid"), "1000002")
    assert.deepStrictEqual(yield* refusal(settings.convertMobiles({ mobiles: [] })), [
      "mobiles: at least 1 item is needed"
    ])
  }))
})
