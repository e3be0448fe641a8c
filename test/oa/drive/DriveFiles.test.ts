import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted, Stream } from "effect"
import * as Upload from "../../../src/media/Upload.ts"
import { blockShas, blockSize, blocksOf } from "../../../src/oa/drive/blocks.ts"
import { DriveFileOrder, DriveFiles } from "../../../src/oa/drive/DriveFiles.ts"
import { DriveSpaces } from "../../../src/oa/drive/DriveSpaces.ts"
import { canned, refusal } from "../support.ts"

/** The file that the vendor publishes to check the SHA-1 values with: a line of ten digits, over and over. */
const vector = () => new TextEncoder().encode("1234567890\r\n".repeat(500_000)).subarray(0, 5_999_998)

const target = { spaceid: "s", fatherid: "s" }

describe("blocks of a file", () => {
  it.effect("are of 2 MiB whatever chunks the file comes in, but for the last", () =>
    Effect.gen(function*() {
      const content = vector()
      for (const chunk of [1000, blockSize, blockSize + 1, content.length]) {
        const chunks = Array.from(
          { length: Math.ceil(content.length / chunk) },
          (_, index) => content.subarray(index * chunk, (index + 1) * chunk)
        )
        const blocks = yield* Stream.runCollect(blocksOf(Stream.fromIterable(chunks)))
        assert.deepStrictEqual(blocks.map(({ length }) => length), [blockSize, blockSize, 1_805_694])
        assert.isTrue(Buffer.concat(blocks).equals(content))
      }
      assert.deepStrictEqual(yield* Stream.runCollect(blocksOf(Stream.empty)), [])
    }))

  it.effect("have the cumulated SHA-1 values of the vendor's vector", () =>
    Effect.gen(function*() {
      assert.deepStrictEqual(yield* blockShas(Stream.succeed(vector())), [
        "5186fee37e9f7e77a1f6bea8d4e32638d5186d44",
        "cf540965f3190bc0c6367147ab0ac64dc9eff6a0",
        "bda1e884e1cb23a5cbdea73d2e00e23baa72d2f5"
      ])
    }))
})

interface Part {
  readonly index: number
  readonly file_base64_content: string
}

describe("an upload", () => {
  const serving = (failAt?: number) => {
    const parts = new Map<number, string>()
    let failed = false
    return {
      parts,
      ...canned(DriveFiles.layer, ({ body, path }) => {
        if (path.endsWith("file_upload_init")) return { errcode: 0, hit_exist: false, upload_key: "K" }
        if (path.endsWith("file_upload_finish")) return { errcode: 0, fileid: "F" }
        const { file_base64_content, index } = body as Part
        if (index === failAt && !failed) {
          failed = true
          return { errcode: 640001, errmsg: "broken" }
        }
        parts.set(index, file_base64_content)
        return { errcode: 0 }
      })
    }
  }

  it.effect("sends every block, tells how far it is, and ends with the file", () => {
    const { parts, run } = serving()
    return Effect.gen(function*() {
      const media = Upload.bytes(vector(), { filename: "demo.txt" })
      const progress = yield* Stream.runCollect(DriveFiles.upload(media, target))
      assert.deepStrictEqual(progress.map(({ fileid, sent }) => [sent > 0, fileid]), [
        [true, undefined],
        [true, undefined],
        [true, undefined],
        [true, "F"]
      ])
      assert.strictEqual(progress.at(-1)?.sent, 5_999_998)
      const whole = [1, 2, 3].map((index) => Buffer.from(parts.get(index) ?? "", "base64"))
      assert.isTrue(Buffer.concat(whole).equals(vector()))
    }).pipe(run)
  })

  it.effect("goes on where it was cut", () => {
    const { parts, run } = serving(3)
    return Effect.gen(function*() {
      const media = Upload.bytes(vector(), { filename: "demo.txt" })
      const seen: Array<Stream.Success<ReturnType<typeof DriveFiles.upload>>> = []
      const upload = (resume?: (typeof seen)[number]) =>
        DriveFiles.upload(media, target, { concurrency: 1, resume }).pipe(
          Stream.runForEach((progress) => Effect.sync(() => seen.push(progress)))
        )
      yield* Effect.flip(upload())
      assert.deepStrictEqual(seen.at(-1)?.done, [1, 2])
      parts.clear()
      yield* upload(seen.at(-1))
      assert.deepStrictEqual([...parts.keys()], [3])
      assert.strictEqual(seen.at(-1)?.fileid, "F")
    }).pipe(run)
  })

  it.effect("of what the drive has already ends at once", () => {
    const { run } = canned(DriveFiles.layer, () => ({ errcode: 0, hit_exist: true, fileid: "F" }))
    return Effect.gen(function*() {
      const progress = yield* Stream.runCollect(
        DriveFiles.upload(Upload.text("abc", { filename: "a.txt" }), target)
      )
      assert.deepStrictEqual(progress.map(({ fileid, sent }) => [sent, fileid]), [[3, "F"]])
    }).pipe(run)
  })
})

describe("files of the drive", () => {
  it.effect("are listed page after page, with sizes beyond 2^53", () => {
    const { run } = canned(DriveFiles.layer, ({ body }) => {
      const { start } = body as { readonly start: number }
      const item = `{"fileid":"f${start}","file_size":9007199254740993,"file_type":2}`
      return new Response(
        `{"errcode":0,"has_more":${start < 2},"next_start":${start + 1},"file_list":{"item":[${item}]}}`
      )
    })
    return Effect.gen(function*() {
      const drive = yield* DriveFiles
      const input = { ...target, sort_type: DriveFileOrder.NameAscending, start: 0, limit: 1 }
      const files = yield* Stream.runCollect(drive.listAll(input))
      assert.deepStrictEqual(files.map(({ fileid, file_size }) => [fileid, file_size]), [
        ["f0", "9007199254740993"],
        ["f1", "9007199254740993"],
        ["f2", "9007199254740993"]
      ])
    }).pipe(run)
  })

  it.effect("are refused without one place, or with too long a name", () => {
    const { run } = canned(DriveFiles.layer, () => ({ errcode: 0, fileid: "F" }))
    return Effect.gen(function*() {
      const drive = yield* DriveFiles
      const file_base64_content = new Uint8Array([1])
      const one = { file_name: "a", file_base64_content }
      assert.deepStrictEqual(yield* refusal(drive.create(one)), [
        "spaceid: either spaceid and fatherid, or a selected_ticket, is needed"
      ])
      assert.deepStrictEqual(yield* refusal(drive.create({ ...one, ...target, selected_ticket: "T" })), [
        "spaceid: either spaceid and fatherid, or a selected_ticket, is needed"
      ])
      assert.deepStrictEqual(yield* refusal(drive.create({ ...one, ...target, file_name: "文".repeat(128) })), [
        "file_name: at most 255 characters are allowed, of which Chinese ones count twice"
      ])
      assert.strictEqual(yield* drive.create({ ...one, selected_ticket: "T" }), "F")
    }).pipe(run)
  })

  it.effect("have links whose cookie is a secret", () => {
    const { run } = canned(DriveFiles.layer, () => ({
      errcode: 0,
      download_url: "https://drive.example.com/f?sig=SECRET",
      cookie_name: "c",
      cookie_value: "COOKIE"
    }))
    return Effect.gen(function*() {
      const drive = yield* DriveFiles
      const link = yield* drive.getLink({ fileid: "F" })
      assert.strictEqual(Redacted.value(link.cookie_value), "COOKIE")
      assert.notInclude(JSON.stringify(link), "COOKIE")
    }).pipe(run)
  })
})

describe("a space", () => {
  it.effect("has no department for an administrator", () => {
    const { run } = canned(DriveSpaces.layer, () => ({ errcode: 0, spaceid: "S" }))
    return Effect.gen(function*() {
      const spaces = yield* DriveSpaces
      const wrong = spaces.create({ space_name: "资料", auth_info: [{ type: 2, departmentid: 1, auth: 7 }] })
      assert.include((yield* refusal(wrong)).join(), "a department cannot be an administrator")
      assert.strictEqual(
        yield* spaces.create({ space_name: "资料", auth_info: [{ type: 1, userid: "zhangsan", auth: 7 }] }),
        "S"
      )
    }).pipe(run)
  })
})
