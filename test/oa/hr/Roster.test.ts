import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { Roster } from "../../../src/oa/hr/Roster.ts"
import { RosterGroupType, RosterResult } from "../../../src/oa/hr/RosterField.ts"
import * as PartialResult from "../../../src/PartialResult.ts"
import { answering } from "../../support/answering.ts"

const textOf = (request: { readonly body: unknown }): string =>
  new TextDecoder().decode((request.body as { readonly body: Uint8Array }).body)

const all = { userid: "zhangsan", get_all: true }

describe("the roster", () => {
  it.effect("has values of six types, 64-bit ones without loss", () => {
    const fields = `[
      {"fieldid":11001,"sub_idx":0,"result":1,"value_type":1,"value_string":"张三"},
      {"fieldid":12001,"sub_idx":0,"result":1,"value_type":2,"value_uint64":18446744073709551615},
      {"fieldid":11004,"sub_idx":0,"result":1,"value_type":3,"value_uint32":1},
      {"fieldid":12002,"sub_idx":0,"result":1,"value_type":4,"value_int64":-9223372036854775808},
      {"fieldid":11003,"result":1,"value_type":5,"value_mobile":{"value_country_code":"86","value_mobile":"1"}},
      {"fieldid":19001,"result":1,"value_type":6,"value_file":{"media_id":["M1","M2"]}},
      {"fieldid":19999,"sub_idx":0,"result":3}
    ]`
    // The document's name of the list, and that of another sample.
    const names = ["field_info", "fieldinfo"]
    const { run } = answering(
      Roster.layer,
      () =>
        new Response(`{"errcode":0,"${names.shift()}":${fields}}`, { headers: { "content-type": "application/json" } })
    )
    return run(Effect.gen(function*() {
      const roster = yield* Roster
      for (const staff of [yield* roster.get(all), yield* roster.get(all)]) {
        assert.deepStrictEqual(staff.fields.map(({ value }) => value), [
          { type: "String", value: "张三" },
          { type: "Uint64", value: "18446744073709551615" },
          { type: "Uint32", value: 1 },
          { type: "Int64", value: "-9223372036854775808" },
          { type: "Mobile", value: { value_country_code: "86", value_mobile: "1" } },
          { type: "File", value: ["M1", "M2"] },
          undefined
        ])
        assert.strictEqual(staff.fields[6]?.result, RosterResult.NotFound)
      }
    }))
  })

  it.effect("is asked for fields, or for all", () => {
    const { run, sent } = answering(Roster.layer, () => ({ errcode: 0, field_info: [] }))
    return run(Effect.gen(function*() {
      const roster = yield* Roster
      yield* roster.get({ userid: "zhangsan", fieldids: [{ fieldid: 11004 }] })
      for (const input of [{ userid: "zhangsan" }, { userid: "zhangsan", get_all: false, fieldids: [] }]) {
        assert.match((yield* Effect.flip(roster.get(input))).message, /fieldids: at least one field is needed/)
      }
      assert.lengthOf(sent(), 1)
    }))
  })

  it.effect("is written with one value a field, and tells what failed", () => {
    const { run, sent } = answering(Roster.layer, () => ({
      errcode: 0,
      update_results: [{ fieldid: 11020, sub_idx: 0, result: 1 }],
      remove_results: [{ group_type: 1, sub_idx: 20, result: 3 }],
      insert_result: [{ group_type: 4, idx: 1, result: 4 }]
    }))
    return run(Effect.gen(function*() {
      const roster = yield* Roster
      const update = roster.update({
        userid: "zhangsan",
        update_items: [{ fieldid: 11020, value_string: "南山" }, { fieldid: 12009, value_uint64: "9007199254740993" }],
        remove_items: [{ group_type: RosterGroupType.Education, sub_idx: 20 }],
        insert_items: [{ group_type: RosterGroupType.EmergencyContact, item: [{ fieldid: 17002, value_uint32: 1 }] }]
      })
      assert.deepStrictEqual((yield* update).failed, [
        { group_type: 1, sub_idx: 20, result: 3 },
        { group_type: 4, idx: 1, result: 4 }
      ])
      assert.include(textOf(sent()[0]!.request), `"value_uint64":9007199254740993`)
      const partial = yield* Effect.flip(
        PartialResult.failOnPartialBy(({ failed }: { failed: ReadonlyArray<object> }) => failed)(update)
      )
      assert.strictEqual(partial._tag, "PartialFailure")
    }))
  })

  it.effect("refuses two values, fields that cannot be changed, and nothing to do", () => {
    const { run, sent } = answering(Roster.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const roster = yield* Roster
      const twice = { fieldid: 11020, value_string: "a", value_uint32: 1 }
      for (
        const [items, message] of [
          // @ts-expect-error a field has one value
          [[twice], /update_items\[0\]\.value_uint32: a field has one value/],
          [[{ fieldid: 11006, value_uint32: 40 }], /update_items\[0\]\.fieldid: 年龄 \(11006\) cannot be changed/],
          [[{ fieldid: 1, value_uint64: "1e3" }], /update_items\[0\]\.value_uint64: expected the digits/],
          [[], /update_items: at least one of update_items, remove_items, insert_items/]
        ] as const satisfies ReadonlyArray<
          readonly [Parameters<Roster["Service"]["update"]>[0]["update_items"], RegExp]
        >
      ) {
        assert.match(
          (yield* Effect.flip(roster.update({ userid: "a", update_items: items as never }))).message,
          message
        )
      }
      assert.lengthOf(sent(), 0)
    }))
  })
})
