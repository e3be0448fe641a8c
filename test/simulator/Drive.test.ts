/** 微盘: its spaces, files and uploads, and the example that shares a file. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { layer, share } from "../../examples/drive-upload.ts"
import * as Upload from "../../src/media/Upload.ts"
import { DriveCapacity } from "../../src/oa/drive/DriveCapacity.ts"
import { DriveFileOrder, DriveFiles } from "../../src/oa/drive/DriveFiles.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { called } from "./raw.ts"

const client = Layer.mergeAll(layer, DriveCapacity.layer).pipe(
  Layer.provideMerge(Simulator.layerTest()),
  Layer.fresh
)

const mebibyte = 1024 ** 2

/** Bytes of any number, a mebibyte at a time, which no two positions share. */
const generated = (size: number, filename: string) =>
  Upload.stream(
    Stream.map(Stream.range(0, Math.ceil(size / mebibyte) - 1), (index) => {
      const chunk = new Uint8Array(Math.min(mebibyte, size - index * mebibyte)).fill(index)
      new DataView(chunk.buffer).setUint32(0, index)
      return chunk
    }),
    { filename, size }
  )

const create = Effect.flatMap(
  called.post("/cgi-bin/wedrive/space_create", { space_name: "资料" }),
  (answer) => Effect.succeed(String(answer.spaceid))
)

describe("examples/drive-upload.ts", () => {
  it.effect("sends a file in blocks and shares it", () =>
    Effect.gen(function*() {
      const url = yield* share(generated(9 * mebibyte + 5, "backup.tar"), "zhangsan")
      const { calls } = yield* Simulator
      assert.lengthOf(yield* calls("/cgi-bin/wedrive/file_upload_part"), 5)
      const fileid = url.split("/").at(-1) ?? ""
      const file = yield* Effect.flatMap(DriveFiles, (files) => files.get({ fileid }))
      assert.strictEqual(file.file_name, "backup.tar")
      assert.strictEqual(file.file_size, `${9 * mebibyte + 5}`)
      const permission = yield* called.post("/cgi-bin/wedrive/get_file_permission", { fileid })
      assert.deepStrictEqual(permission.file_member_list, [{ type: 1, userid: "zhangsan", auth: 1 }])

      const again = yield* share(generated(9 * mebibyte + 5, "backup.tar"), "lisi")
      assert.notStrictEqual(again, url)
      assert.lengthOf(yield* calls("/cgi-bin/wedrive/file_upload_part"), 5, "what the drive has is not sent again")
    }).pipe(Effect.provide(client)), 30_000)
})

describe("the simulated drive", () => {
  it.effect("lists a folder in the order that is asked for, page by page", () =>
    Effect.gen(function*() {
      const files = yield* DriveFiles
      const spaceid = yield* create
      const contents: ReadonlyArray<readonly [string, number]> = [["b", 1], ["c", 3], ["a", 2]]
      for (const [file_name, size] of contents) {
        yield* files.create({ spaceid, fatherid: spaceid, file_name, file_base64_content: new Uint8Array(size) })
      }
      const names = (sort_type: typeof DriveFileOrder.schema.Type) =>
        files.listAll({ spaceid, fatherid: spaceid, sort_type, start: 0, limit: 2 }).pipe(
          Stream.map((file) => file.file_name),
          Stream.runCollect
        )
      assert.deepStrictEqual(yield* names(DriveFileOrder.NameAscending), ["a", "b", "c"])
      assert.deepStrictEqual(yield* names(DriveFileOrder.SizeDescending), ["c", "a", "b"])
    }).pipe(Effect.provide(client)))

  it.effect("numbers a name that is taken, and ends a folder with all that is in it", () =>
    Effect.gen(function*() {
      const files = yield* DriveFiles
      const spaceid = yield* create
      const { fileid: fatherid } = yield* files.createEmpty({
        spaceid,
        fatherid: spaceid,
        file_type: 1,
        file_name: "夹"
      })
      const put = files.create({ spaceid, fatherid, file_name: "a.txt", file_base64_content: new Uint8Array(1) })
      yield* put
      const second = yield* put
      assert.strictEqual((yield* files.get({ fileid: second })).file_name, "a(1).txt")
      yield* files.deleteMany({ fileid: [fatherid] })
      const refusal = yield* Effect.flip(files.get({ fileid: second }))
      assert.strictEqual(refusal.errcode, 640002)
    }).pipe(Effect.provide(client)))

  it.effect("refuses what has no room, an unfinished upload, and a space that is gone", () =>
    Effect.gen(function*() {
      const spaceid = yield* create
      const init = (size: number) =>
        called.post("/cgi-bin/wedrive/file_upload_init", {
          spaceid,
          fatherid: spaceid,
          file_name: "x",
          size,
          block_sha: Array.from({ length: Math.ceil(size / (2 * mebibyte)) }, (_, index) => `${size}-${index}`)
        })
      const { upload_key } = yield* init(3 * mebibyte)
      assert.strictEqual((yield* called.post("/cgi-bin/wedrive/file_upload_finish", { upload_key })).errcode, 640027)
      for (let count = 0; count < 4; count++) assert.strictEqual((yield* init(20 * 1024 * mebibyte)).errcode, 0)
      assert.strictEqual((yield* init(20 * 1024 * mebibyte)).errcode, 640007)
      const room = yield* Effect.flatMap(DriveCapacity, (capacity) => capacity.getRoom())
      assert.strictEqual(room.rest_capacity_for_all, `${20 * 1024 * mebibyte - 3 * mebibyte}`)
      yield* called.post("/cgi-bin/wedrive/space_dismiss", { spaceid })
      assert.strictEqual((yield* init(1)).errcode, 640001)
    }).pipe(Effect.provide(client)))
})
