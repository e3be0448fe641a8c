import { assert, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import { SchoolAdminType, SchoolDepartments, SchoolDepartmentType } from "../../src/school/SchoolDepartments.ts"
import { StandardGrade } from "../../src/school/StandardGrade.ts"
import { canned, refusal } from "../oa/support.ts"

it.effect("a standard grade needs no name", () => {
  const { run, sent } = canned(SchoolDepartments.layer, () => ({ id: 7 }))
  return run(Effect.gen(function*() {
    const departments = yield* SchoolDepartments
    const grade = { parentid: 5, type: SchoolDepartmentType.Grade, standard_grade: StandardGrade.Primary2 }
    assert.strictEqual(yield* departments.create(grade), 7)
    assert.deepStrictEqual(sent(), [{ parentid: 5, type: 2, standard_grade: 32 }])
    assert.strictEqual(StandardGrade.label(132), "自定义学段十二年级")
  }))
})

it.effect("what WeCom would refuse is refused, by its field", () => {
  const { calls, run } = canned(SchoolDepartments.layer)
  return run(Effect.gen(function*() {
    const departments = yield* SchoolDepartments
    const refused = (changes: object) =>
      refusal(departments.create({ name: "一班", parentid: 5, type: SchoolDepartmentType.Class, ...changes }))
    assert.deepStrictEqual(yield* refused({ name: undefined }), ["name: is needed but for a standard grade"])
    assert.deepStrictEqual(yield* refused({ name: "一/二" }), ["name: a name must be without any of \\ : * ? \" < > /"])
    assert.deepStrictEqual(
      yield* refused({ department_admins: [{ userid: "t1", type: SchoolAdminType.Campus }] }),
      ["department_admins[0].type: expected 3 or 4 for a department of type 1"]
    )
    assert.deepStrictEqual(
      yield* refused({
        type: SchoolDepartmentType.Grade,
        department_admins: [{ userid: "t1", type: SchoolAdminType.Grade, subject: "语文" }]
      }),
      ["department_admins[0].subject: only head teachers (3) and teachers (4) have one"]
    )
    assert.isNotEmpty(yield* refused({ register_year: 1969 }))
    assert.isNotEmpty(yield* refused({ id: 1 }))
    assert.deepStrictEqual(calls(), [])
  }))
})

it.effect("grades move up on a day, and without one on the first", () => {
  const { run, sent } = canned(SchoolDepartments.layer, () => ({ next_upgrade_time: 1_625_587_200 }))
  return run(Effect.gen(function*() {
    const departments = yield* SchoolDepartments
    const upgrade_time = DateTime.makeUnsafe(1_594_090_969_000)
    const next = yield* departments.setUpgrade({ upgrade_time, upgrade_switch: true })
    assert.strictEqual(next?.epochMilliseconds, 1_625_587_200_000)
    yield* departments.setUpgrade()
    assert.deepStrictEqual(sent(), [{ upgrade_time: 1_594_090_969, upgrade_switch: 1 }, {}])
  }))
})
