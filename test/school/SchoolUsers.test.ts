import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as PartialResult from "../../src/PartialResult.ts"
import { SchoolUsers, SchoolUserType } from "../../src/school/SchoolUsers.ts"
import { canned, refusal } from "../oa/support.ts"

const student = { student_userid: "zhangsan", name: "张三", department: [1, 2] }
const parent = {
  parent_userid: "zhangsan_baba",
  mobile: "13800000000",
  children: [{ student_userid: "zhangsan", relation: "爸爸" }]
}

describe("calls for many students or parents", () => {
  it.effect("tell which failed, though the answer has an errcode", () => {
    const { run, sent } = canned(SchoolUsers.layer, () => ({
      errcode: 60104,
      errmsg: "invalid student_userid: lisi",
      result_list: [{ student_userid: "lisi", errcode: 60104, errmsg: "invalid student_userid: lisi" }]
    }))
    return run(Effect.gen(function*() {
      const users = yield* SchoolUsers
      const results = yield* users.createStudentMany({ students: [student, { ...student, student_userid: "lisi" }] })
      assert.deepStrictEqual(results.map(({ errcode, student_userid }) => [student_userid, errcode]), [["lisi", 60104]])
      const failure = yield* users.deleteStudentMany({ useridlist: ["lisi"] }).pipe(
        PartialResult.failOnPartial,
        Effect.flip
      )
      assert.strictEqual(failure._tag, "PartialFailure")
      assert.deepStrictEqual(sent()[1], { useridlist: ["lisi"] })
    }))
  })

  it.effect("fail where the answer tells of no item, and succeed where none failed", () => {
    const answers = [
      { errcode: 60011, errmsg: "no privilege" },
      { errcode: 60011, errmsg: "no privilege", result_list: [] },
      { errcode: 0, errmsg: "ok" }
    ]
    const { run } = canned(SchoolUsers.layer, () => answers.shift())
    return run(Effect.gen(function*() {
      const users = yield* SchoolUsers
      for (let count = 0; count < 2; count++) {
        const { reason } = yield* Effect.flip(users.updateParentMany({ parents: [{ parent_userid: "p1" }] }))
        assert.strictEqual("errcode" in reason && reason.errcode, 60011)
      }
      assert.deepStrictEqual(yield* users.createParentMany({ parents: [parent] }), [])
    }))
  })

  it.effect("take 100 at most, and what is wrong with one is told by its place", () => {
    const { calls, run } = canned(SchoolUsers.layer)
    return run(Effect.gen(function*() {
      const users = yield* SchoolUsers
      const many = Array.from({ length: 101 }, () => student)
      assert.deepStrictEqual(yield* refusal(users.createStudentMany({ students: many })), [
        "students: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(
        yield* refusal(users.createStudentMany({ students: [student, { ...student, name: "" }] })),
        [
          "students[1].name: must not be blank"
        ]
      )
      assert.deepStrictEqual(yield* refusal(users.createStudent({ ...student, student_userid: "_a" })), [
        "student_userid: expected 1 to 64 letters, digits, or any of _ - @ . after the first"
      ])
      assert.deepStrictEqual(
        yield* refusal(users.createStudent({ ...student, department: Array.from({ length: 21 }, (_, id) => id + 1) })),
        ["department: at most 20 items are allowed, got 21"]
      )
      assert.deepStrictEqual(
        yield* refusal(users.createParent({
          ...parent,
          children: [{ student_userid: "zhangsan", relation: "字".repeat(11) }]
        })),
        ["children[0].relation: at most 32 bytes of UTF-8 are allowed, got 33"]
      )
      assert.deepStrictEqual(yield* refusal(users.createParent({ ...parent, children: [] })), [
        "children: at least 1 item is needed"
      ])
      assert.deepStrictEqual(calls(), [])
    }))
  })
})

it.effect("a student and a parent are told apart, and what comes later is kept", () => {
  const answers = [
    {
      user_type: 1,
      student: { student_userid: "s1", department: null, parents: [{ parent_userid: "p1", is_subscribe: 1 }] }
    },
    {
      user_type: 2,
      parent: { parent_userid: "p1", is_subscribe: 0, children: [{ student_userid: "s1", relation: "爸爸" }] }
    },
    { user_type: 3, teacher: { userid: "t1" } }
  ]
  const { run } = canned(SchoolUsers.layer, () => answers.shift())
  return run(Effect.gen(function*() {
    const users = yield* SchoolUsers
    const first = yield* users.get({ userid: "s1" })
    if (first.user_type !== SchoolUserType.Student) return assert.fail(`${first.user_type}`)
    assert.deepStrictEqual(first.student.department, [])
    assert.isTrue(first.student.parents[0]?.is_subscribe)
    const second = yield* users.get({ userid: "p1" })
    if (second.user_type !== SchoolUserType.Parent) return assert.fail(`${second.user_type}`)
    assert.isFalse(second.parent.is_subscribe)
    assert.deepStrictEqual(second.parent.children.map(({ relation }) => relation), ["爸爸"])
    const third = yield* users.get({ userid: "t1" })
    if (third.user_type !== "Unknown") return assert.fail(`${third.user_type}`)
    assert.deepInclude(third.value, { user_type: 3, teacher: { userid: "t1" } })
  }))
})
