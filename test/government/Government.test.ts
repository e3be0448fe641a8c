import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Stream } from "effect"
import { GovernmentCategories } from "../../src/government/GovernmentCategories.ts"
import { GovernmentGrids } from "../../src/government/GovernmentGrids.ts"
import { ReportStepType } from "../../src/government/ReportOrder.ts"
import { ResidentReports } from "../../src/government/ResidentReports.ts"
import { SiteCodes } from "../../src/government/SiteCodes.ts"
import { canned, refusal } from "../oa/support.ts"

const services = Layer.mergeAll(
  GovernmentGrids.layer,
  GovernmentCategories.layer,
  ResidentReports.layer,
  SiteCodes.layer
)

describe("grids", () => {
  it.effect("have 1 to 20 in charge, at most 100 members, and a short name", () => {
    const { calls, run } = canned(services)
    const grid = { grid_name: "一号网格", grid_parent_id: "G0", grid_admin: ["zhangsan"] }
    const many = (length: number) => Array.from({ length }, (_, index) => `u${index}`)
    return run(Effect.gen(function*() {
      const grids = yield* GovernmentGrids
      assert.deepStrictEqual(yield* refusal(grids.add({ ...grid, grid_admin: [] })), [
        "grid_admin: at least 1 item is needed"
      ])
      assert.deepStrictEqual(yield* refusal(grids.add({ ...grid, grid_admin: many(21) })), [
        "grid_admin: at most 20 items are allowed, got 21"
      ])
      assert.deepStrictEqual(yield* refusal(grids.update({ ...grid, grid_id: "G1", grid_member: many(101) })), [
        "grid_member: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* refusal(grids.add({ ...grid, grid_name: "字".repeat(31) })), [
        "grid_name: at most 30 characters are allowed, got 31"
      ])
      assert.deepStrictEqual(calls(), [])
    }))
  })

  it.effect("tell who could not be added, and are named by numbers too", () => {
    const { run } = canned(services, ({ path }) =>
      path.endsWith("/add")
        ? { grid_id: "G1", invalid_userids: ["lisi"] }
        : { grid_list: [{ grid_id: "G1", grid_name: 1, grid_admin: ["zhangsan"], grid_member: null }] })
    return run(Effect.gen(function*() {
      const grids = yield* GovernmentGrids
      const added = yield* grids.add({
        grid_name: "1",
        grid_parent_id: "G0",
        grid_admin: ["zhangsan"],
        grid_member: ["lisi"]
      })
      assert.deepStrictEqual(added.invalid_userids, ["lisi"])
      const [grid] = yield* grids.list()
      assert.strictEqual(grid?.grid_name, "1")
      assert.deepStrictEqual(grid?.grid_member, [])
    }))
  })
})

describe("categories", () => {
  it.effect("of the second level need the one above", () => {
    const { run, sent } = canned(services, () => ({ category_id: "C1" }))
    return run(Effect.gen(function*() {
      const categories = yield* GovernmentCategories
      assert.strictEqual(yield* categories.add({ level: 1, category_name: "环境" }), "C1")
      yield* categories.update({ category_id: "C2", level: 2, category_name: "噪音", parent_category_id: "C1" })
      // @ts-expect-error the category above is missing
      assert.isNotEmpty(yield* refusal(categories.add({ level: 2, category_name: "噪音" })))
      assert.lengthOf(sent(), 2)
    }))
  })

  it.effect("are read by the names of the sample, of the table, and of before", () => {
    const named = { category_id: "C1", category_name: "环境", level: 1 }
    const answers = [
      { category_list: [named] },
      { cata_list: [named] },
      { cata_list: [{ cata_id: "C2", cata_name: "噪音", level: 2, parent_cata_id: "C1" }] },
      {}
    ]
    const { run } = canned(services, () => answers.shift())
    return run(Effect.gen(function*() {
      const { list } = yield* GovernmentCategories
      assert.deepStrictEqual((yield* list()).map((category) => ({ ...category })), [named])
      assert.deepStrictEqual((yield* list()).map((category) => ({ ...category })), [named])
      assert.deepStrictEqual((yield* list()).map((category) => ({ ...category })), [
        { category_id: "C2", category_name: "噪音", level: 2, parent_category_id: "C1" }
      ])
      assert.deepStrictEqual(yield* list(), [])
    }))
  })
})

it.effect("reports of residents come from all pages, with who reported and how it went on", () => {
  const { run, sent } = canned(services, ({ body }) =>
    (body as { readonly cursor?: string }).cursor === undefined
      ? {
        next_cursor: "C2",
        order_list: [{
          order_id: "O1",
          reporter_name: "王女士",
          process_list: [{ process_type: 3, solve_userid: "zhangsan", status: 1, solved_time: 1_600_000_000 }]
        }]
      }
      : { next_cursor: "", order_list: [{ order_id: "O2", urge_type: 4 }] })
  return run(Effect.gen(function*() {
    const reports = yield* ResidentReports
    const begin_create_time = DateTime.makeUnsafe(1_600_000_000_000)
    const orders = yield* Stream.runCollect(reports.listAllOrders({ begin_create_time, limit: 50 }))
    assert.deepStrictEqual(orders.map(({ order_id }) => order_id), ["O1", "O2"])
    assert.strictEqual(orders[0]?.reporter_name, "王女士")
    assert.strictEqual(orders[0]?.process_list[0]?.process_type, ReportStepType.Assigned)
    // A degree of urgency that is not documented is read as it is.
    assert.strictEqual(orders[1]?.urge_type, 4)
    assert.deepStrictEqual(sent(), [
      { begin_create_time: 1_600_000_000, limit: 50 },
      { begin_create_time: 1_600_000_000, limit: 50, cursor: "C2" }
    ])
    assert.lengthOf(yield* refusal(reports.listOrders({ limit: 51 })), 1)
  }))
})

it.effect("what visitors of a place filled in comes from all pages", () => {
  const { run } = canned(services, ({ body }) =>
    (body as { readonly cursor?: string }).cursor === undefined
      ? { has_more: 1, next_cursor: "C2", answers: [{ report_values: [{ question_id: 3, multi_choice: [1, 3] }] }] }
      : { has_more: 0, next_cursor: "C3", answers: [{ report_time: 1_600_000_000 }] })
  return run(Effect.gen(function*() {
    const { listAllAnswers } = yield* SiteCodes
    const answers = yield* Stream.runCollect(listAllAnswers({ siteid: "S1", date: "2026-03-27" }))
    assert.deepStrictEqual(answers.map(({ report_values }) => report_values.map(({ multi_choice }) => multi_choice)), [
      [[1, 3]],
      []
    ])
  }))
})
