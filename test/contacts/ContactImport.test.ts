import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { ContactImport, ImportedDepartment, ImportResult, ImportStatus } from "../../src/contacts/ContactImport.ts"
import { Departments } from "../../src/contacts/Departments.ts"
import { Users } from "../../src/contacts/Users.ts"
import { Media } from "../../src/media/Media.ts"
import * as Upload from "../../src/media/Upload.ts"
import * as PartialResult from "../../src/PartialResult.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { canned, errcode, simulated } from "./support.ts"

const upload = (lines: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const media = yield* Media
    const file = Upload.bytes(new TextEncoder().encode(lines.join("\r\n")), {
      filename: "import.csv",
      contentType: "text/csv"
    })
    return (yield* media.upload({ type: "file", media: file })).media_id
  })

/** What became of a job, when it is done. */
const outcome = (jobid: string) =>
  Effect.gen(function*() {
    const contactImport = yield* ContactImport
    const running = yield* contactImport.getResult({ jobid })
    assert.strictEqual(running.isFinished, false)
    assert.deepStrictEqual(running.result, [])
    yield* TestClock.adjust("2 seconds")
    const done = yield* contactImport.getResult({ jobid })
    assert.strictEqual(done.isFinished, true)
    assert.strictEqual(done.percentage, 100)
    return done
  })

describe("importing members", () => {
  it.effect("changes and adds those of the file, and tells what became of each row", () =>
    Effect.gen(function*() {
      const contactImport = yield* ContactImport
      const media_id = yield* upload([
        "姓名,账号,手机号,邮箱,所在部门,职务,性别",
        "赵六,zhaoliu,13800000004,,2;3,\"主管,代理\",女",
        "张三丰,zhangsan,,,,,",
        "无号,nobody,,,,,"
      ])
      const done = yield* outcome(yield* contactImport.syncUsers({ media_id }))
      assert.strictEqual(done.type, "sync_user")
      assert.strictEqual(done.total, 3)
      assert.deepStrictEqual(done.failed.map(({ errcode }) => errcode), [60129])
      const failure = yield* Effect.flip(
        Effect.succeed(done).pipe(PartialResult.failOnPartialBy((job) => job.failed))
      )
      assert.strictEqual(failure.message, "1 item failed: 1 with 60129 成员手机和邮箱都为空")
      const users = yield* Users
      const zhaoliu = yield* users.get({ userid: "zhaoliu" })
      assert.deepStrictEqual(zhaoliu.department, [2, 3])
      assert.strictEqual(zhaoliu.position, "主管,代理")
      assert.strictEqual((yield* users.get({ userid: "zhangsan" })).name, "张三丰")
      assert.strictEqual((yield* users.get({ userid: "lisi" })).name, "李四")
    }).pipe(simulated()))

  it.effect("as a whole deletes the others", () =>
    Effect.gen(function*() {
      const contactImport = yield* ContactImport
      const users = yield* Users
      const media_id = yield* upload(["姓名,账号,手机号", "张三,zhangsan,1", "李四,lisi,2"])
      yield* outcome(yield* contactImport.replaceUsers({ media_id, to_invite: false }))
      assert.strictEqual(yield* errcode(users.get({ userid: "wangwu" })), 60111)
      assert.strictEqual((yield* users.get({ userid: "lisi" })).mobile, "2")
    }).pipe(simulated()))

  it.effect("as a whole is refused where too many would go", () =>
    Effect.gen(function*() {
      const contactImport = yield* ContactImport
      const media_id = yield* upload(["姓名,账号,手机号", "新人,newcomer,1"])
      assert.strictEqual(yield* errcode(contactImport.replaceUsers({ media_id })), 45026)
      const users = yield* Users
      assert.strictEqual((yield* users.get({ userid: "user7" })).userid, "user7")
    }).pipe(simulated({
      corps: [{ ...defaultCorp, members: Array.from({ length: 60 }, (_, index) => ({ userid: `user${index}` })) }]
    })))

  it.effect("needs a file that is there, and that no other import runs", () =>
    Effect.gen(function*() {
      const contactImport = yield* ContactImport
      assert.strictEqual(yield* errcode(contactImport.syncUsers({ media_id: "none" })), 40007)
      const media_id = yield* upload(["姓名,账号,手机号", "张三,zhangsan,1"])
      const jobid = yield* contactImport.syncUsers({ media_id })
      const second = Effect.provideService(contactImport.syncUsers({ media_id }), WeComClient.RetryPolicy, undefined)
      assert.strictEqual(yield* errcode(second), 302008)
      for (let count = 0; count < 5; count++) {
        yield* TestClock.adjust("2 seconds")
        yield* contactImport.syncUsers({ media_id })
      }
      assert.strictEqual(yield* errcode(contactImport.getResult({ jobid })), 40089)
      assert.strictEqual(yield* errcode(contactImport.getResult({ jobid: "none" })), 40088)
    }).pipe(simulated()))

  it.effect("names a callback without showing its secrets", () => {
    const { layer, sent } = canned(() => ({ errcode: 0, jobid: "J" }))
    const callback = {
      url: "https://a.b",
      token: Redacted.make("T0ken"),
      encodingaeskey: Redacted.make("K".repeat(43))
    }
    return Effect.gen(function*() {
      yield* ContactImport.use((contactImport) => contactImport.syncUsers({ media_id: "M", callback }))
      assert.deepStrictEqual(sent()[0]?.body, {
        media_id: "M",
        callback: { url: "https://a.b", token: "T0ken", encodingaeskey: "K".repeat(43) }
      })
    }).pipe(Effect.provide(layer))
  })
})

describe("importing departments", () => {
  it.effect("makes the tree that of the file", () =>
    Effect.gen(function*() {
      const contactImport = yield* ContactImport
      const departments = yield* Departments
      yield* departments.create({ name: "空组", parentid: 1, id: 30 })
      const media_id = yield* upload([
        "部门名称,部门ID,父部门ID,排序",
        "示例企业,1,0,",
        "研发中心,2,1,",
        "平台组,20,2,7",
        "迷路组,21,99,"
      ])
      const done = yield* outcome(yield* contactImport.replaceDepartments({ media_id }))
      assert.deepStrictEqual(
        done.result.flatMap((row) =>
          row instanceof ImportedDepartment ? [[row.partyid, row.errcode, row.changes.join()]] : []
        ),
        [[1, 0, ""], [2, 0, "renamed"], [20, 0, "created"], [21, 60004, ""]]
      )
      const tree = yield* departments.list()
      // 3 has members yet; 30 had none.
      assert.sameMembers(tree.map(({ id }) => id), [1, 2, 3, 20])
      assert.strictEqual(tree.find(({ id }) => id === 20)?.order, 7)
    }).pipe(simulated()))
})

describe("the result of an import", () => {
  it("says what was done to a department", () => {
    const row = new ImportedDepartment({ partyid: 2, action: 1 | 4 | 8 })
    assert.deepStrictEqual(row.changes, ["created", "moved", "reordered"])
  })

  it.effect("is read as long as it runs, whatever its rows are then", () => {
    const { layer } = canned(() => ({
      errcode: 0,
      status: 1,
      type: "replace_user",
      total: 3,
      percentage: 33,
      result: [{}, {}]
    }))
    return Effect.gen(function*() {
      const job = yield* ContactImport.use((contactImport) => contactImport.getResult({ jobid: "J" }))
      assert.instanceOf(job, ImportResult)
      assert.strictEqual(job.status, ImportStatus.Started)
      assert.deepStrictEqual(job.failed, [])
    }).pipe(Effect.provide(layer))
  })
})
