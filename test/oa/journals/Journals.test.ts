import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted, Stream } from "effect"
import { FileLink } from "../../../src/media/FileLink.ts"
import { Journals } from "../../../src/oa/journals/Journals.ts"
import { answering } from "../../support/answering.ts"

const at = (day: number) => DateTime.makeUnsafe(Date.UTC(2026, 0, day))

const control = (control: string, value: object) => ({
  control,
  id: `${control}-1`,
  title: [{ text: "标题" }],
  value: { tips: [], members: [], ...value }
})

const detail = (contents: ReadonlyArray<object>, comments = "[]") =>
  new Response(
    `{"errcode":0,"info":{"journal_uuid":"41eJ","submitter":{"userid":"zhangsan"},"apply_data":{"contents":${
      JSON.stringify(contents)
    }},"comments":${comments}}}`,
    { headers: { "content-type": "application/json" } }
  )

describe("journals", () => {
  it.effect("keep the ids of comments to the last digit", () => {
    const { run } = answering(Journals.layer, () =>
      detail(
        [],
        `[{"commentid":6899287783354824502,"tocommentid":0,"comment_userinfo":{"userid":"lisi"},"content":"加油"},
          {"commentid":"6899287783354824503","tocommentid":6899287783354824502}]`
      ))
    return run(Effect.gen(function*() {
      const { comments } = yield* (yield* Journals).get({ journaluuid: "41eJ" })
      assert.deepStrictEqual(
        comments.map(({ commentid, tocommentid }) => [commentid, tocommentid]),
        [["6899287783354824502", "0"], ["6899287783354824503", "6899287783354824502"]]
      )
    }))
  })

  it.effect("have the controls of approvals and their own, in tables too", () => {
    const { run } = answering(Journals.layer, () =>
      detail([
        control("Text", { text: "今日" }),
        control("Date", { date: { type: "minute", s_timestamp: "34200" } }),
        control("Date", { date: { type: "month", s_timestamp: "1569859200" } }),
        control("Table", { children: [{ list: [control("WedriveFile", { wedrive_files: [{ fileid: "F" }] })] }] }),
        control("SchoolContact", { students: [{ name: "小明" }] }),
        control("Hologram", { beam: 1 })
      ]))
    return run(Effect.gen(function*() {
      const { controls } = yield* (yield* Journals).get({ journaluuid: "41eJ" })
      const [text, minute, month, table, school, unknown] = controls
      assert.strictEqual(text?.control === "Text" ? text.value.text : undefined, "今日")
      assert.deepStrictEqual(minute?.control === "Date" ? minute.value.date : undefined, {
        type: "minute",
        s_timestamp: 34_200
      })
      const date = month?.control === "Date" && month.value.date?.type !== "minute" ? month.value.date : undefined
      assert.deepStrictEqual(date?.s_timestamp, DateTime.makeUnsafe(1569859200_000))
      const cell = table?.control === "Table" ? table.value.children[0]?.list[0] : undefined
      assert.deepStrictEqual(cell?.control === "WedriveFile" ? cell.value.wedrive_files : [], [{ fileid: "F" }])
      assert.deepStrictEqual(school?.control === "SchoolContact" ? school.value.students : [], [{ name: "小明" }])
      assert.strictEqual(unknown?.control, "Unknown")
    }))
  })

  it.effect("stream the ids of all pages, from cursor 0 to the end flag", () => {
    const { run, sent } = answering(Journals.layer, ({ body }) => {
      const { cursor } = body as { readonly cursor: number }
      return { errcode: 0, journaluuid_list: [`j${cursor}`], next_cursor: cursor + 1, endflag: cursor === 2 ? 1 : 0 }
    })
    return run(Effect.gen(function*() {
      const ids = yield* Stream.runCollect((yield* Journals).listAllIds({ starttime: at(1), endtime: at(2), limit: 1 }))
      assert.deepStrictEqual([...ids], ["j0", "j1", "j2"])
      assert.deepStrictEqual(sent()[0]?.body, { starttime: 1767225600, endtime: 1767312000, cursor: 0, limit: 1 })
    }))
  })

  it.effect("fail a stream whose cursor stands still", () => {
    const { run } = answering(
      Journals.layer,
      () => ({ errcode: 0, journaluuid_list: ["j"], next_cursor: 0, endflag: 0 })
    )
    return run(Effect.gen(function*() {
      const journals = yield* Journals
      const error = yield* Effect.flip(
        Stream.runCollect(journals.listAllIds({ starttime: at(1), endtime: at(2), limit: 1 }))
      )
      assert.match(error.message, /next_cursor/)
    }))
  })

  it.effect("are not asked for beyond the limits", () => {
    const { run, sent } = answering(Journals.layer, () => ({ errcode: 0 }))
    return run(Effect.gen(function*() {
      const journals = yield* Journals
      const range = { starttime: at(1), endtime: at(2) }
      for (
        const [call, message] of [
          [journals.listIds({ ...range, endtime: at(33), limit: 1 }), /endtime: at most 31 days after starttime/],
          [journals.listIds({ ...range, limit: 101 }), /limit: /],
          [journals.listIds({ ...range, limit: 1, filters: [{ key: "color", value: "red" }] }), /filters\[0\]\.key/],
          [journals.listStatistics({ template_id: "t", starttime: at(1), endtime: at(400) }), /endtime: at most 366/],
          [journals.get({ journaluuid: "j".repeat(257) }), /journaluuid: at most 256 bytes/]
        ] as const
      ) {
        assert.match((yield* Effect.flip<unknown, Error, never>(call)).message, message)
      }
      assert.lengthOf(sent(), 0)
    }))
  })

  it.effect("give the link of a drive file as a secret, which fetches the file with its cookie", () => {
    const { run, sent } = answering(Journals.layer, ({ path }) =>
      path === "/file"
        ? new Response("内容", { headers: { "content-disposition": `attachment; filename="a.txt"` } })
        : {
          errcode: 0,
          download_url: "https://drive.example/file?sign=hush",
          cookie_name: "ssid",
          cookie_value: "hush"
        })
    return run(Effect.gen(function*() {
      const link = yield* (yield* Journals).getDriveFile({ journaluuid: "41eJ", fileid: "F" })
      assert.notInclude(JSON.stringify(link), "hush")
      assert.strictEqual(Redacted.value(link.cookie_value), "hush")
      const file = yield* FileLink.download(link)
      assert.strictEqual(file.filename, "a.txt")
      assert.strictEqual(new TextDecoder().decode(yield* file.bytes), "内容")
      const { request } = sent()[1]!
      assert.strictEqual(request.headers["cookie"], "ssid=hush")
    }))
  })

  it.effect("do not tell a link that cannot be fetched", () => {
    const { run } = answering(Journals.layer, ({ path }) =>
      path === "/file"
        ? new Response(`{"errcode":640014,"errmsg":"no"}`, { headers: { "content-type": "application/json" } })
        : { errcode: 0, download_url: "https://drive.example/file?sign=hush", cookie_name: "s", cookie_value: "hush" })
    return run(Effect.gen(function*() {
      const link = yield* (yield* Journals).getDriveFile({ journaluuid: "41eJ", fileid: "F" })
      const error = yield* Effect.flip(FileLink.download(link))
      assert.notInclude(`${error.message} ${JSON.stringify(error)}`, "hush")
      assert.match(error.message, /640014/)
    }))
  })
})
