import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Stream } from "effect"
import { AdminOperationDetail } from "../../src/security/AdminOperationDetail.ts"
import { SecurityAccounts } from "../../src/security/SecurityAccounts.ts"
import { FileOperationType, SecurityRecords } from "../../src/security/SecurityRecords.ts"
import {
  DeviceImportStatus,
  type NewTrustedDevice,
  TrustedDevices,
  TrustedDeviceType
} from "../../src/security/TrustedDevices.ts"
import { canned, refusal } from "../oa/support.ts"

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const day = 86_400
const start_time = at(1_724_256_000)

describe("records of security", () => {
  it.effect("are a stream of all pages of a time", () => {
    const { run, sent } = canned(SecurityRecords.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return {
        has_more: cursor === undefined,
        next_cursor: cursor === undefined ? "c" : "",
        record_list: [{
          time: 1_724_256_000,
          userid: cursor ?? "sam",
          oper_type: 7,
          detail_type: 23,
          ip: "183.40.88.11"
        }]
      }
    })
    return Effect.gen(function*() {
      const records = yield* SecurityRecords
      const found = yield* Stream.runCollect(
        records.listAllAdminOperations({ start_time, end_time: at(1_724_256_000 + day) })
      )
      assert.deepStrictEqual(found.map(({ userid }) => userid), ["sam", "c"])
      assert.strictEqual(AdminOperationDetail.label(found[0]!.detail_type!), "登录后台")
      assert.deepStrictEqual(sent(), [
        { start_time: 1_724_256_000, end_time: 1_724_342_400 },
        { start_time: 1_724_256_000, end_time: 1_724_342_400, cursor: "c" }
      ])
    }).pipe(run)
  })

  it.effect("of more than a week, or of files more than a fortnight, are refused", () => {
    const { run, sent } = canned(SecurityRecords.layer)
    return Effect.gen(function*() {
      const records = yield* SecurityRecords
      const after = (days: number) => ({ start_time, end_time: at(1_724_256_000 + days * day) })
      const week = ["end_time: at most 7 days after start_time are allowed"]
      const fortnight = ["end_time: at most 14 days after start_time are allowed"]
      assert.deepStrictEqual(yield* refusal(records.listAdminOperations(after(8))), week)
      assert.deepStrictEqual(yield* refusal(records.listMemberOperations(after(8))), week)
      assert.deepStrictEqual(yield* refusal(records.listFileOperations(after(15))), fortnight)
      assert.deepStrictEqual(yield* refusal(records.listScreenCaptures(after(15))), fortnight)
      assert.deepStrictEqual(yield* refusal(records.listMemberOperations(after(-1))), [
        "end_time: must not be before start_time"
      ])
      assert.deepStrictEqual(yield* refusal(records.listAdminOperations({ ...after(1), limit: 401 })), [
        "limit: Expected a value between 1 and 400"
      ])
      assert.deepStrictEqual(yield* refusal(records.listAdminOperations({ ...after(1), oper_type: 1 })), [
        "oper_type: expected one of 2, 3, 7, 8, 11, 12, 13"
      ])
      const userid_list = Array.from({ length: 101 }, (_, index) => `u${index}`)
      assert.deepStrictEqual(yield* refusal(records.listFileOperations({ ...after(1), userid_list })), [
        "userid_list: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(sent(), [])
    }).pipe(run)
  })

  it.effect("of the screen keep types that are not known yet", () => {
    const { run, sent } = canned(SecurityRecords.layer, () => ({
      has_more: false,
      record_list: [{ time: 1_724_256_000, userid: "a", department_id: "2", screen_shot_type: 99 }]
    }))
    return Effect.gen(function*() {
      const records = yield* SecurityRecords
      const { record_list } = yield* records.listScreenCaptures({
        start_time,
        end_time: start_time,
        department_id_list: [2, 3]
      })
      assert.deepStrictEqual(record_list.map((item) => [item.department_id, item.screen_shot_type]), [[2, 99]])
      assert.deepStrictEqual(sent(), [
        { start_time: 1_724_256_000, end_time: 1_724_256_000, department_id_list: [2, 3] }
      ])
    }).pipe(run)
  })

  it.effect("of files name members and outsiders", () => {
    const { run } = canned(SecurityRecords.layer, () => ({
      has_more: false,
      record_list: [
        { time: 1_724_256_000, userid: "zhangsan", operation: { type: 101, source: 401 }, file_size: 405_842 },
        {
          time: 1_724_256_000,
          external_user: { type: 2, name: "李四", corp_name: "示例" },
          operation: { type: 10_001 }
        },
        { time: "", operation: "" }
      ]
    }))
    return Effect.gen(function*() {
      const records = yield* SecurityRecords
      const { record_list: [own, outside, odd] } = yield* records.listFileOperations({
        start_time,
        end_time: start_time
      })
      assert.strictEqual(own!.operation?.type, FileOperationType.Upload)
      assert.strictEqual(outside!.external_user?.corp_name, "示例")
      assert.strictEqual(outside!.operation?.type, FileOperationType.ApproveDownload)
      assert.isUndefined(odd!.operation)
    }).pipe(run)
  })
})

describe("trusted devices", () => {
  it.effect("are imported, each told what became of it", () => {
    const { run, sent } = canned(TrustedDevices.layer, () => ({
      result: [
        { device_index: 1, device_code: "49nNtYq", status: 1 },
        { device_index: 2, duplicated_device_code: "49nNtYq", status: 2 }
      ]
    }))
    return Effect.gen(function*() {
      const devices = yield* TrustedDevices
      const device_list = [
        { system: "Windows", mac_addr: ["50:81:40:29:33:CA"], pc_name: "PC_001" },
        { system: "Mac", seq_no: "SEQ_NO" }
      ] as const
      const results = yield* devices.add({ device_list })
      assert.deepStrictEqual(results.map(({ status }) => status), [
        DeviceImportStatus.Imported,
        DeviceImportStatus.Duplicate
      ])
      assert.deepStrictEqual(sent(), [{ device_list }])
    }).pipe(run)
  })

  it.effect("that lack what their system needs are refused", () => {
    const { run } = canned(TrustedDevices.layer)
    return Effect.gen(function*() {
      const devices = yield* TrustedDevices
      const says = (device: object) => refusal(devices.add({ device_list: [device as NewTrustedDevice] }))
      assert.deepStrictEqual(yield* says({ system: "Windows", mac_addr: [] }), [
        "device_list[0].mac_addr: at least 1 item is needed"
      ])
      assert.deepStrictEqual(yield* says({ system: "Mac", seq_no: " " }), ["device_list[0].seq_no: must not be blank"])
      assert.deepStrictEqual(yield* refusal(devices.add({ device_list: [] })), [
        "device_list: at least 1 item is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(devices.delete({ type: TrustedDeviceType.Unknown, device_code_list: Array(101).fill("a") })),
        ["device_code_list: at most 100 items are allowed, got 101"]
      )
    }).pipe(run)
  })

  it.effect("are a stream that ends with an empty cursor", () => {
    const { run } = canned(TrustedDevices.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return {
        device_list: [{ device_code: cursor ?? "a", mac_addr: null }],
        next_cursor: cursor === undefined ? "b" : ""
      }
    })
    return Effect.gen(function*() {
      const devices = yield* TrustedDevices
      const found = yield* Stream.runCollect(devices.listAll({ type: TrustedDeviceType.Corp }))
      assert.deepStrictEqual(found.map(({ device_code, mac_addr }) => [device_code, mac_addr]), [["a", []], ["b", []]])
    }).pipe(run)
  })
})

describe("accounts with advanced functions", () => {
  it.effect("are added by a job, a hundred at a time", () => {
    const { run } = canned(SecurityAccounts.layer, ({ path }) =>
      path.endsWith("result")
        ? { job_result: { succ_userid_list: ["zhangsan"], fail_userid_list: null } }
        : { jobid: "j1", invalid_userid_list: ["zhaoliu"] })
    return Effect.gen(function*() {
      const accounts = yield* SecurityAccounts
      const { invalid_userid_list, jobid } = yield* accounts.add({ userid_list: ["zhangsan", "zhaoliu"] })
      assert.deepStrictEqual(invalid_userid_list, ["zhaoliu"])
      const result = yield* accounts.getAddResult({ jobid })
      assert.deepStrictEqual([result.succ_userid_list, result.fail_userid_list], [["zhangsan"], []])
      assert.deepStrictEqual(yield* refusal(accounts.remove({ userid_list: Array(101).fill("a") })), [
        "userid_list: at most 100 items are allowed, got 101"
      ])
    }).pipe(run)
  })
})
