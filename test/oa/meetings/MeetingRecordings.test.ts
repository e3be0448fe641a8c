import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { MeetingAccounts } from "../../../src/oa/meetings/MeetingAccounts.ts"
import { MeetingRecordings, RecordingAudience, RecordingState } from "../../../src/oa/meetings/MeetingRecordings.ts"
import { MeetingStartType, MeetingStatistics } from "../../../src/oa/meetings/MeetingStatistics.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.mergeAll(MeetingRecordings.layer, MeetingStatistics.layer, MeetingAccounts.layer)

const at = (seconds: number) => DateTime.makeUnsafe(seconds * 1000)

const recording = { meetingid: "m1", meeting_record_id: "r1" }

describe("recordings", () => {
  it.effect("are all listed, with times in milliseconds and links that are not printed", () => {
    const { run, sent } = canned(services, ({ body }) => {
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? {
          has_more: true,
          next_cursor: "c",
          record_meetings: [{
            meeting_record_id: "r1",
            meeting_start_time: 1_800_000_000_123,
            state: 3,
            record_files: [{
              record_file_id: "f1",
              record_size: 6_442_450_944,
              sharing_state: 1,
              sharing_url: "https://share.example.com/1",
              sharing_expire: 0
            }]
          }]
        }
        : { has_more: false, record_meetings: [{ meeting_record_id: "r2", state: 1 }] }
    })
    return run(Effect.gen(function*() {
      const recordings = yield* MeetingRecordings
      const month = { start_time: at(1_800_000_000), end_time: at(1_800_086_400) }
      const [first, second] = yield* Stream.runCollect(recordings.listAll({ meetingid: "m1", ...month }))
      assert.strictEqual(first?.state, RecordingState.Ready)
      assert.deepStrictEqual(first?.meeting_start_time, DateTime.makeUnsafe(1_800_000_000_123))
      assert.strictEqual(first?.record_files[0]?.record_size, "6442450944")
      assert.isTrue(first?.record_files[0]?.sharing_state)
      assert.isUndefined(first?.record_files[0]?.sharing_expire)
      assert.notInclude(JSON.stringify(first), "example.com")
      assert.deepStrictEqual(second?.record_files, [])
      assert.lengthOf(sent(), 2)
      assert.deepStrictEqual(
        yield* refusal(recordings.list({ meetingid: "m1", start_time: at(0), end_time: at(32 * 86_400) })),
        ["end_time: at most 31 days after start_time are allowed"]
      )
    }))
  })

  it.effect("have one summary or several, as the two endpoints answer", () => {
    const { run } = canned(services, ({ path }) =>
      path.endsWith("get_file")
        ? {
          record_file_id: "f1",
          start_time: "1743131564453",
          download_address: "https://download.example.com/1",
          meeting_summary: { download_address: "https://download.example.com/2", file_type: "pdf" }
        }
        : { record_files: [{ record_file_id: "f1", meeting_summary: [{ file_type: "txt" }, { file_type: "docx" }] }] })
    return run(Effect.gen(function*() {
      const recordings = yield* MeetingRecordings
      const file = yield* recordings.getFile({ meetingid: "m1", record_file_id: "f1" })
      assert.deepStrictEqual(file.summaries.map(({ file_type }) => file_type), ["pdf"])
      assert.deepStrictEqual(file.start_time, DateTime.makeUnsafe(1_743_131_564_453))
      assert.notInclude(JSON.stringify(file), "example.com")
      const { record_files } = yield* recordings.listAddresses(recording)
      assert.deepStrictEqual(record_files[0]?.meeting_summary.map(({ file_type }) => file_type), ["txt", "docx"])
    }))
  })

  it.effect("are shared with settings that fit each other", () => {
    const { run, sent } = canned(services)
    return run(Effect.gen(function*() {
      const recordings = yield* MeetingRecordings
      yield* recordings.setSharing({
        ...recording,
        sharing_config: {
          sharing_auth_type: RecordingAudience.Corp,
          enable_password: true,
          password: Redacted.make("123352"),
          enable_sharing_expire: true,
          sharing_expire: DateTime.makeUnsafe(1_800_000_000_500)
        }
      })
      assert.deepStrictEqual(sent(), [{
        ...recording,
        sharing_config: {
          sharing_auth_type: 1,
          enable_password: true,
          password: "123352",
          enable_sharing_expire: true,
          sharing_expire: 1_800_000_000_500
        }
      }])
      const refused = (sharing_config: Parameters<typeof recordings.setSharing>[0]["sharing_config"]) =>
        refusal(recordings.setSharing({ ...recording, sharing_config }))
      assert.deepStrictEqual(yield* refused({ enable_sharing: false, allow_download: true }), [
        "sharing_config.allow_download: cannot be set with enable_sharing: false"
      ])
      assert.deepStrictEqual(yield* refused({ enable_password: true }), [
        "sharing_config.password: is needed with enable_password"
      ])
      assert.deepStrictEqual(yield* refused({ enable_sharing_expire: true }), [
        "sharing_config.sharing_expire: is needed with enable_sharing_expire"
      ])
      assert.deepStrictEqual(yield* refused({ sharing_expire: at(1_800_000_000) }), [
        "sharing_config.sharing_expire: needs enable_sharing_expire: true"
      ])
    }))
  })

  it.effect("tell what was said, paragraph by paragraph", () => {
    const said = (pid: string, ...texts: ReadonlyArray<string>) => ({
      pid,
      start_time: 0,
      sentences: [{ sid: "1", words: texts.map((text, index) => ({ wid: `${index}`, text })) }]
    })
    const { run, sent } = canned(services, ({ body }) => {
      const { pid } = body as { readonly pid?: string }
      return pid === undefined
        ? { has_more: true, transcripts: { paragraphs: [said("0", "你", "好"), said("1", "世界")] } }
        : { has_more: false, transcripts: { paragraphs: [said(pid, "再见")] } }
    })
    return run(Effect.gen(function*() {
      const recordings = yield* MeetingRecordings
      const file = { meetingid: "m1", record_file_id: "f1" }
      const all = yield* Stream.runCollect(recordings.listAllParagraphs({ ...file, limit: 2 }))
      assert.deepStrictEqual([...all].map(({ text }) => text), ["你好", "世界", "再见"])
      assert.deepStrictEqual(sent(), [{ ...file, limit: 2 }, { ...file, limit: 2, pid: "2" }])
    }))
  })
})

describe("statistics and accounts", () => {
  it.effect("list those who began meetings, in at most 30 days", () => {
    const { run } = canned(services, () => ({ meeting_list: [{ userid: "lisi", start_time: 1_700_000_000 }] }))
    return run(Effect.gen(function*() {
      const statistics = yield* MeetingStatistics
      const input = { type: MeetingStartType.Failed, begin_time: at(1_700_000_000), end_time: at(1_700_001_000) }
      const all = yield* Stream.runCollect(statistics.listAllStarts(input))
      assert.deepStrictEqual([...all].map(({ userid }) => userid), ["lisi"])
      assert.deepStrictEqual(yield* refusal(statistics.listStarts({ ...input, end_time: at(1_800_000_000) })), [
        "end_time: at most 30 days after begin_time are allowed"
      ])
    }))
  })

  it.effect("give members the advanced features, at most 100 at a time", () => {
    const { run } = canned(services, ({ path }) =>
      path.endsWith("submit_batch_add_job")
        ? { jobid: "j1", invalid_userid_list: ["zhaoliu"] }
        : path.endsWith("list")
        ? { has_more: false, userid_list: ["lisi"] }
        : { job_result: { succ_userid_list: ["lisi"] } })
    return run(Effect.gen(function*() {
      const accounts = yield* MeetingAccounts
      const job = yield* accounts.submitAdd({ userid_list: ["lisi", "zhaoliu"] })
      assert.deepStrictEqual(job.invalid_userid_list, ["zhaoliu"])
      const result = yield* accounts.getAddResult({ jobid: job.jobid })
      assert.deepStrictEqual([result.succ_userid_list, result.fail_userid_list], [["lisi"], []])
      assert.deepStrictEqual([...yield* Stream.runCollect(accounts.listAll())], ["lisi"])
      assert.deepStrictEqual(
        yield* refusal(accounts.submitAdd({ userid_list: Array.from({ length: 101 }, () => "lisi") })),
        ["userid_list: at most 100 items are allowed, got 101"]
      )
    }))
  })
})
