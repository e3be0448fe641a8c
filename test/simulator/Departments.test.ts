import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Departments } from "../../src/contacts/Departments.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called, post, token } from "./raw.ts"

const simulated = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer()))

describe("departments", () => {
  it.effect("are created, read, changed and deleted", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/department/create", {
          name: "测试组",
          name_en: "QA",
          parentid: 2,
          order: 7,
          id: 20
        }),
        { errcode: 0, errmsg: "ok", id: 20 }
      )
      assert.deepStrictEqual(yield* called.get("/cgi-bin/department/get?id=20"), {
        errcode: 0,
        errmsg: "ok",
        department: { id: 20, name: "测试组", name_en: "QA", department_leader: [], parentid: 2, order: 7 }
      })
      assert.deepStrictEqual(
        yield* called.post("/cgi-bin/department/update", { id: 20, name: "质量组" }),
        { errcode: 0, errmsg: "ok" }
      )
      const listed = yield* called.get("/cgi-bin/department/list?id=2")
      assert.deepStrictEqual(
        (listed.department as Array<{ id: number; name: string }>).map(({ id, name }) => [id, name]),
        [[2, "研发部"], [20, "质量组"]]
      )
      assert.deepStrictEqual(yield* called.get("/cgi-bin/department/simplelist?id=20"), {
        errcode: 0,
        errmsg: "ok",
        department_id: [{ id: 20, parentid: 2, order: 7 }]
      })
      assert.strictEqual((yield* called.get("/cgi-bin/department/delete?id=20")).errcode, 0)
      assert.strictEqual((yield* called.get("/cgi-bin/department/get?id=20")).errcode, 60003)
    }).pipe(simulated))

  it.effect("are refused with the documented errcodes", () =>
    Effect.gen(function*() {
      const create = (body: unknown) => Effect.map(called.post("/cgi-bin/department/create", body), (a) => a.errcode)
      const update = (body: unknown) => Effect.map(called.post("/cgi-bin/department/update", body), (a) => a.errcode)
      const remove = (id: number) => Effect.map(called.get(`/cgi-bin/department/delete?id=${id}`), (a) => a.errcode)
      assert.strictEqual(yield* create({ name: "甲", parentid: 999 }), 60004)
      assert.strictEqual(yield* create({ name: "甲", parentid: 1, id: 2 }), 60008)
      assert.strictEqual(yield* create({ name: "研发部", parentid: 1 }), 60008)
      assert.strictEqual(yield* create({ name: "a:b", parentid: 1 }), 60009)
      assert.strictEqual(yield* create({ name: "甲" }), 60004)
      assert.strictEqual(yield* create({ name: "甲", parentid: 2, id: 21 }), 0)
      assert.strictEqual(yield* update({ id: 2, parentid: 21 }), 60010)
      assert.strictEqual(yield* update({ id: 999 }), 60003)
      assert.strictEqual(yield* remove(1), 60007)
      assert.strictEqual(yield* remove(2), 60006)
      assert.strictEqual(yield* remove(3), 60005)
    }).pipe(simulated))

  it.effect("lie at most 15 levels deep", () =>
    Effect.gen(function*() {
      let parentid = 1
      for (let level = 2; level <= 15; level++) {
        parentid = (yield* called.post("/cgi-bin/department/create", { name: `第${level}级`, parentid })).id as number
      }
      assert.strictEqual((yield* called.post("/cgi-bin/department/create", { name: "太深", parentid })).errcode, 81002)
    }).pipe(simulated))
})

const strict = Effect.provide(Layer.provideMerge(Simulator.layerHttpClient, Simulator.layer({ strict: true })))

describe("any request", () => {
  it.effect("with an unknown field, a missing one or a wrong value is refused by name", () =>
    Effect.gen(function*() {
      const unknown = yield* called.post("/cgi-bin/department/create", { name: "甲", parentid: 1, colour: "red" })
      assert.strictEqual(unknown.errcode, 40058)
      assert.match(unknown.errmsg, /^invalid parameter: colour: /)
      const missing = yield* called.get("/cgi-bin/department/get")
      assert.strictEqual(missing.errcode, 60003)
      assert.match(missing.errmsg, /^invalid parameter: id: /)
      const wrong = yield* called.post("/cgi-bin/department/update", { id: "many" })
      assert.strictEqual(wrong.errcode, 40058)
      assert.match(wrong.errmsg, /^invalid parameter: id: /)
      assert.strictEqual((yield* called.get("/cgi-bin/department/list?depth=2")).errcode, 40058)
    }).pipe(strict))

  it.effect("with a body that is not JSON is told so", () =>
    Effect.gen(function*() {
      const value = yield* token
      for (const body of ["{\"name\":", "7", "name=x"]) {
        const answer = yield* post(`/cgi-bin/department/create?access_token=${value}`, body)
        assert.strictEqual(answer.errcode, 40058)
        assert.include(answer.errmsg, "Warning: wrong json format.")
      }
    }).pipe(simulated))

  it.effect("with the wrong method is refused", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* called.post("/cgi-bin/department/list", {})).errcode, 40058)
    }).pipe(simulated))
})

it.effect("a service of the library runs on it as it is", () =>
  Effect.gen(function*() {
    const departments = yield* Departments
    const id = yield* departments.create({ name: "新部门", parentid: 1 })
    const all = yield* departments.list()
    assert.include(all.map((department) => department.id), id)
    const simulator = yield* Simulator
    assert.lengthOf(yield* simulator.calls("/cgi-bin/gettoken"), 1)
  }).pipe(Effect.provide(Layer.provideMerge(Departments.layer, Simulator.layerTest()))))
