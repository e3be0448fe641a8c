/** A notice to the parents of a class, on the simulator. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { notify } from "../../examples/notify-parents.ts"
import { SchoolDepartments, SchoolDepartmentType } from "../../src/school/SchoolDepartments.ts"
import { SchoolMessages } from "../../src/school/SchoolMessages.ts"
import { SchoolUsers } from "../../src/school/SchoolUsers.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const simulated = Effect.provide(
  Layer.suspend(() =>
    Layer.mergeAll(SchoolDepartments.layer, SchoolMessages.layer, SchoolUsers.layer).pipe(
      Layer.provideMerge(Simulator.layerTest())
    )
  )
)

describe("examples/notify-parents.ts", () => {
  it.effect("tells the class, and says which parents cannot have read it", () =>
    Effect.gen(function*() {
      const departments = yield* SchoolDepartments
      const users = yield* SchoolUsers
      const grade = yield* departments.create({
        type: SchoolDepartmentType.Grade,
        standard_grade: 31,
        parentid: 1,
        name: "三年级"
      })
      const id = yield* departments.create({ type: SchoolDepartmentType.Class, name: "一班", parentid: grade })
      yield* users.createStudent({ student_userid: "xiaoming", name: "小明", department: [id] })
      yield* users.createParent({
        parent_userid: "mama",
        mobile: "13800000000",
        children: [{ student_userid: "xiaoming", relation: "妈妈" }]
      })
      assert.deepStrictEqual(yield* notify(id, "明天放假"), { unreached: [], parents: 1, notFollowing: ["mama"] })
      assert.strictEqual((yield* Effect.flip(notify(99, "明天放假"))).errcode, 81013)
    }).pipe(simulated))
})
