import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
import {
  CheckinDataType,
  CheckinDeviceType,
  CheckinException,
  CheckinRecords
} from "../../../src/oa/checkin/CheckinRecords.ts"
import { answering } from "../../support/answering.ts"

const at = (day: number) => DateTime.makeUnsafe(Date.UTC(2026, 0, day))

const record = {
  userid: "zhangsan",
  checkin_time: at(1),
  location_title: "东门",
  location_detail: "一号路",
  device_type: CheckinDeviceType.AccessControl,
  device_detail: "门禁"
}

describe("records of check-in", () => {
  it.effect("tell every exception, places in degrees, and kinds to come", () => {
    const { run, sent } = answering(CheckinRecords.layer, () => ({
      errcode: 0,
      checkindata: [
        {
          userid: "zhangsan",
          checkin_type: "上班打卡",
          exception_type: "时间异常;地点异常",
          checkin_time: 1492617610,
          sch_checkin_time: 0,
          lat: 30547645,
          lng: 104063236
        },
        { userid: "lisi", checkin_type: "瞬移打卡", exception_type: "", mediaids: ["M"] }
      ]
    }))
    return run(Effect.gen(function*() {
      const [first, second] = yield* (yield* CheckinRecords).list({
        opencheckindatatype: CheckinDataType.All,
        starttime: at(1),
        endtime: at(31),
        useridlist: ["zhangsan", "lisi"]
      })
      assert.deepStrictEqual(first?.exception_type, [CheckinException.Time, CheckinException.Place])
      assert.isUndefined(first?.sch_checkin_time)
      assert.deepStrictEqual([first?.lat, first?.lng], [30.547645, 104.063236])
      assert.strictEqual(second?.checkin_type, "瞬移打卡")
      assert.deepStrictEqual(second?.exception_type, [])
      assert.deepStrictEqual(second?.mediaids, ["M"])
      assert.deepStrictEqual(sent()[0]?.body, {
        opencheckindatatype: 3,
        starttime: 1767225600,
        endtime: 1769817600,
        useridlist: ["zhangsan", "lisi"]
      })
    }))
  })

  it.effect("are asked for within 30 days, those of hardware within 31", () => {
    const { run, sent } = answering(CheckinRecords.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const records = yield* CheckinRecords
      const range = { starttime: at(1), endtime: at(32), useridlist: ["zhangsan"] }
      assert.deepStrictEqual(yield* records.listFromHardware(range), [])
      assert.match(
        (yield* Effect.flip(records.list({ ...range, opencheckindatatype: 1 }))).message,
        /endtime: at most 30 days after starttime/
      )
      assert.match(
        (yield* Effect.flip(records.listFromHardware({ ...range, filter_type: 3 }))).message,
        /filter_type: expected one of 1, 2/
      )
      assert.lengthOf(sent(), 1)
    }))
  })

  it.effect("are added by the hundred", () => {
    const { run, sent } = answering(CheckinRecords.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const records = yield* CheckinRecords
      yield* records.addMany({
        records: [{ ...record, lat: 22.234233, lng: -1.233123, wifiname: "W", wifimac: "a2:8b:7f:c0:27:4b" }]
      })
      assert.deepStrictEqual(sent()[0]?.body, {
        records: [{
          ...record,
          checkin_time: 1767225600,
          lat: 22234233,
          lng: -1233123,
          wifiname: "W",
          wifimac: "a2:8b:7f:c0:27:4b"
        }]
      })
      for (
        const [list, message] of [
          [Array.from({ length: 201 }, () => record), /records: at most 200 items/],
          [[{ ...record, wifiname: "W" }], /records\[0\]\.wifimac: is needed with wifiname/],
          [[{ ...record, device_detail: "a".repeat(41) }], /records\[0\]\.device_detail: at most 40 characters/],
          [[{ ...record, mediaids: ["a", "b"] }], /records\[0\]\.mediaids: at most 1 items/],
          [[{ ...record, lat: 91 }], /records\[0\]\.lat: /]
        ] as const
      ) {
        assert.match((yield* Effect.flip(records.addMany({ records: list }))).message, message)
      }
      assert.lengthOf(sent(), 1)
    }))
  })

  it.effect("are corrected, in seconds of the day", () => {
    const { run, sent } = answering(CheckinRecords.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const records = yield* CheckinRecords
      const correction = { userid: "zhangsan", schedule_date_time: at(1), checkin_time: at(1) }
      yield* records.correct({ ...correction, schedule_checkin_time: 32_400 })
      assert.deepStrictEqual(sent()[0]?.body, {
        userid: "zhangsan",
        schedule_date_time: 1767225600,
        schedule_checkin_time: 32_400,
        checkin_time: 1767225600
      })
      assert.match(
        (yield* Effect.flip(records.correct({ ...correction, remark: "备".repeat(171) }))).message,
        /remark: at most 512 bytes/
      )
    }))
  })

  it.effect("know faces, which travel in base64 and are in no error", () => {
    const { run, sent } = answering(CheckinRecords.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const records = yield* CheckinRecords
      yield* records.setFace({ userid: "zhangsan", userface: new TextEncoder().encode("face") })
      assert.deepStrictEqual(sent()[0]?.body, { userid: "zhangsan", userface: "ZmFjZQ==" })
      const error = yield* Effect.flip(
        records.setFace({ userid: "zhangsan", userface: new Uint8Array(1_048_577).fill(7) })
      )
      assert.match(error.message, /userface: at most 1048576 bytes are allowed, got 1048577/)
      assert.isBelow(JSON.stringify(error).length, 1000)
    }))
  })
})
