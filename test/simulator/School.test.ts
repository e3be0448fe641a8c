/** The address book of a school on the simulator, asked in raw JSON as any other client would. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

const ok = { errcode: 0, errmsg: "ok" }

const post = (path: string, body: unknown) => called.post(`/cgi-bin/school/${path}`, body)

const get = (path: string) => called.get(`/cgi-bin/school/${path}`)

/** A grade with one class, one student in it, and a parent. */
const founded = Effect.gen(function*() {
  const { id: grade } = yield* post("department/create", { type: 2, standard_grade: 31, parentid: 1 })
  const { id } = yield* post("department/create", { name: "一班", type: 1, parentid: grade })
  const student = { student_userid: "lisi", name: "李四", department: [id] }
  assert.deepStrictEqual(yield* post("user/create_student", student), ok)
  const parent = {
    parent_userid: "lisi_mama",
    mobile: "13800000000",
    children: [{ student_userid: "lisi", relation: "妈妈" }]
  }
  assert.deepStrictEqual(yield* post("user/create_parent", parent), ok)
  return { grade: Number(grade), class: Number(id), parent, student }
})

describe("a school", () => {
  it.effect("shows students with their parents, and parents with their children", () =>
    Effect.gen(function*() {
      const { class: id, parent, student } = yield* founded
      const { children, ...contact } = parent
      assert.deepStrictEqual(yield* get("user/get?userid=LiSi"), {
        ...ok,
        user_type: 1,
        student: { ...student, parents: [{ ...contact, relation: "妈妈", is_subscribe: 0 }] }
      })
      const { parents } = yield* get(`user/list_parent?department_id=${id}`)
      assert.deepStrictEqual(parents, [
        { ...contact, is_subscribe: 0, children: [{ ...children[0], name: "李四" }] }
      ])
      // A new userid follows the student to the parents.
      yield* post("user/update_student", { student_userid: "lisi", new_student_userid: "lisi2" })
      const { parent: changed } = yield* get("user/get?userid=lisi_mama")
      assert.deepNestedInclude(changed, { "children[0].student_userid": "lisi2" })
    }).pipe(simulated))

  it.effect("tells which of many could not be created", () =>
    Effect.gen(function*() {
      const { student } = yield* founded
      const answer = yield* post("user/batch_create_student", {
        students: [student, { ...student, student_userid: "wangwu" }]
      })
      const results = answer.result_list as ReadonlyArray<{ readonly student_userid: string; readonly errcode: number }>
      assert.deepStrictEqual(results.map(({ errcode, student_userid }) => [student_userid, errcode]), [["lisi", 60102]])
      assert.strictEqual((yield* get("user/get?userid=wangwu")).errcode, 0)
    }).pipe(simulated))

  it.effect("refuses what its departments, students and parents do not allow", () =>
    Effect.gen(function*() {
      const { class: id, grade, parent } = yield* founded
      const code = <E, R>(call: Effect.Effect<{ readonly errcode: number }, E, R>) =>
        Effect.map(call, ({ errcode }) => errcode)
      assert.strictEqual(yield* code(get("user/delete_student?userid=lisi")), 65013)
      assert.strictEqual(yield* code(get(`department/delete?id=${id}`)), 60005)
      assert.strictEqual(yield* code(get(`department/delete?id=${grade}`)), 60006)
      assert.strictEqual(yield* code(get("department/delete?id=1")), 60007)
      assert.strictEqual(yield* code(post("department/create", { name: "二班", type: 1, parentid: 1 })), 65007)
      assert.strictEqual(yield* code(post("user/create_parent", { ...parent, parent_userid: "lisi_baba" })), 60137)
      const orphan = {
        parent_userid: "p2",
        mobile: "13800000001",
        children: [{ student_userid: "no", relation: "爸爸" }]
      }
      assert.strictEqual(yield* code(post("user/create_parent", orphan)), 65010)
      assert.strictEqual(yield* code(get("user/delete_parent?userid=lisi_mama")), 0)
      assert.strictEqual(yield* code(get("user/delete_student?userid=lisi")), 0)
      assert.strictEqual(yield* code(get(`department/delete?id=${id}`)), 0)
    }).pipe(simulated))

  it.effect("is sent messages, which tell whom they did not reach", () =>
    Effect.gen(function*() {
      const { class: id } = yield* founded
      const send = (to: object) =>
        called.post("/cgi-bin/externalcontact/message/send", {
          msgtype: "text",
          agentid: 1000002,
          text: { content: "明天放假" },
          ...to
        })
      const sent = yield* send({ to_party: [`${id}`, "99"], to_parent_userid: ["lisi_mama", "nobody"] })
      assert.deepInclude(sent, { errcode: 0, invalid_parent_userid: ["nobody"], invalid_party: ["99"] })
      assert.strictEqual((yield* send({ to_student_userid: ["nobody"] })).errcode, 81013)
      assert.strictEqual((yield* send({ toall: 1 })).errcode, 0)
    }).pipe(simulated))
})
