/**
 * 会议录制: what was recorded of meetings in the cloud, and what was said.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, millis, page } from "./fields.ts"

/** 录制状态. Only what is converted has files. */
export const RecordingState = Wire.oneOf({ Recording: [1, "录制中"], Ready: [3, "转码完成"] })

/** 共享权限类型. */
export const RecordingAudience = Wire.oneOf({
  SignedIn: [0, "仅允许登录成员查看"],
  Corp: [1, "仅企业内成员可查看"],
  Attendees: [2, "仅参会成员可查看"],
  Everybody: [3, "全部成员可查看"],
  /** Not of Rooms. */
  Approved: [4, "通过权限审批的成员可查看"],
  /** Not of Rooms. */
  Invited: [5, "获取微信特邀链接的成员可查看"]
})

/** 声纹识别状态: whether those who speak with one device have been told apart. It is `Done` if there is no need, too. */
export const VoiceprintState = Wire.oneOf({ Pending: [0, "未完成"], Done: [1, "已完成"] })

/** 录制文件 in a list. */
export class RecordingFile extends Schema.Class<RecordingFile>("effect-wecom/RecordingFile")({
  record_file_id: Schema.String,
  ...Wire.optionals({
    record_start_time: millis,
    record_end_time: millis,
    /** Bytes. */
    record_size: Wire.int64,
    /** Whether it is shared; only then the other fields are there. */
    sharing_state: Wire.flag,
    sharing_url: Wire.secret,
    required_same_corp: Schema.Boolean,
    required_attendee: Schema.Boolean,
    password: Wire.secret,
    /** When the link ends; `undefined`: never. */
    sharing_expire: millis,
    allow_download: Schema.Boolean
  })
}) {}

/** 会议录制. */
export class Recording extends Schema.Class<Recording>("effect-wecom/Recording")({
  meeting_record_id: Schema.String,
  ...Wire.optionals({
    meetingid: Schema.String,
    meeting_code: Schema.String,
    /** 主持人, by userid. */
    host_user_id: Schema.String,
    meeting_start_time: millis,
    title: Schema.String,
    state: RecordingState.schema
  }),
  record_files: Wire.list(RecordingFile)
}) {}

/** 会议纪要 or 录制转写 as a file. */
export class RecordingDocument extends Schema.Class<RecordingDocument>("effect-wecom/RecordingDocument")({
  ...Wire.optionals({
    /** Good for an hour. */
    download_address: Wire.secret,
    /** `txt`, `pdf` or `docx`. */
    file_type: Schema.String
  })
}) {}

const addresses = Wire.optionals({
  /** 播放地址. */
  view_address: Wire.secret,
  /** Good for 6 hours. */
  download_address: Wire.secret,
  /** Such as `mp4`. */
  download_address_file_type: Schema.String,
  /** Good for 6 hours. */
  audio_address: Wire.secret,
  /** Such as `m4a`. */
  audio_address_file_type: Schema.String
})

/** 录制文件: where it can be watched, and from where it can be fetched. */
export class RecordingAddress extends Schema.Class<RecordingAddress>("effect-wecom/RecordingAddress")({
  record_file_id: Schema.String,
  ...addresses,
  /** 会议纪要. */
  meeting_summary: Wire.list(RecordingDocument)
}) {}

/** 会议录制地址. */
export class RecordingAddresses extends Schema.Class<RecordingAddresses>("effect-wecom/RecordingAddresses")({
  ...Wire.optionals({
    meeting_record_id: Schema.String,
    meetingid: Schema.String,
    meeting_code: Schema.String,
    title: Schema.String
  }),
  record_files: Wire.list(RecordingAddress)
}) {}

/** 单个录制文件详情. */
export class RecordingFileDetail extends Schema.Class<RecordingFileDetail>("effect-wecom/RecordingFileDetail")({
  record_file_id: Schema.String,
  ...addresses,
  ...Wire.optionals({
    meetingid: Schema.String,
    meeting_code: Schema.String,
    record_name: Schema.String,
    meeting_record_name: Schema.String,
    start_time: Wire.quoted(millis),
    end_time: Wire.quoted(millis),
    /** 会议纪要: one, or several. */
    meeting_summary: Schema.Union([RecordingDocument, Schema.Array(RecordingDocument)])
  }),
  /** 录制转写文件（智能优化版）. */
  ai_meeting_transcripts: Wire.list(RecordingDocument)
}) {
  /** 会议纪要, all of them. */
  get summaries(): ReadonlyArray<RecordingDocument> {
    const { meeting_summary } = this
    return meeting_summary === undefined
      ? []
      : meeting_summary instanceof RecordingDocument
      ? [meeting_summary]
      : meeting_summary
  }
}

/** 访问统计 of a day. */
export class RecordingViews extends Schema.Class<RecordingViews>("effect-wecom/RecordingViews")({
  /** `yyyy-MM-dd`. */
  date: Schema.String,
  ...Wire.optionals({ view_count: Wire.int, download_count: Wire.int })
}) {}

/** From when to when in the recording, in milliseconds from its start. */
const span = Wire.optionals({ start_time: Wire.int, end_time: Wire.int })

/** 段落: when something is said. */
export class TranscriptPart extends Schema.Class<TranscriptPart>("effect-wecom/TranscriptPart")({
  pid: Schema.String,
  ...span
}) {}

/** 句子. */
export class TranscriptSentence extends Schema.Class<TranscriptSentence>("effect-wecom/TranscriptSentence")({
  sid: Schema.String,
  ...span,
  words: Wire.list(Schema.Struct({ wid: Schema.String, ...span, text: Wire.optional(Schema.String) }))
}) {
  /** What was said. */
  get text(): string {
    return this.words.map(({ text }) => text ?? "").join("")
  }
}

/** 段落: what one person says at a stretch. */
export class TranscriptParagraph extends Schema.Class<TranscriptParagraph>("effect-wecom/TranscriptParagraph")({
  pid: Schema.String,
  ...span,
  /** 发言人: without a userid if they are not of the corp. */
  speaker_info: Wire.optional(Schema.Struct({ ...Wire.optionals({ userid: Schema.String }) })),
  sentences: Wire.list(TranscriptSentence)
}) {
  /** What was said. */
  get text(): string {
    return this.sentences.map(({ text }) => text).join("")
  }
}

/** 录制转写的段落信息. */
export class TranscriptParts extends Schema.Class<TranscriptParts>("effect-wecom/TranscriptParts")({
  audio_detect: Wire.optional(VoiceprintState.schema),
  paragraphs: Wire.list(TranscriptPart)
}) {}

/** 录制转写: a part of what was said. */
export class Transcript extends Schema.Class<Transcript>("effect-wecom/Transcript")({
  ...Wire.optionals({
    has_more: Schema.Boolean,
    transcripts: Schema.Struct({
      paragraphs: Wire.list(TranscriptParagraph),
      /** 关键词. */
      keywords: Wire.list(Schema.String),
      audio_detect: Wire.optional(VoiceprintState.schema)
    })
  })
}) {}

/** 录制转写搜索结果: where a text is said. */
export class TranscriptHits extends Schema.Class<TranscriptHits>("effect-wecom/TranscriptHits")({
  hits: Wire.list(Schema.Struct({
    pid: Schema.String,
    sid: Schema.String,
    ...Wire.optionals({
      /** Where in the words. */
      offset: Wire.int,
      length: Wire.int
    })
  })),
  timelines: Wire.list(Schema.Struct({
    pid: Schema.String,
    sid: Schema.String,
    /** Milliseconds from the start of the recording. */
    start_time: Wire.optional(Wire.int)
  }))
}) {}

/** 共享配置. */
export class RecordingSharing extends Schema.Opaque<RecordingSharing>()(
  Schema.Struct({
    ...Wire.optionals({
      /** Default: true. `false` forgets all other settings, which it excludes. */
      enable_sharing: Schema.Boolean,
      sharing_auth_type: RecordingAudience.schema,
      /** Default: true. */
      enable_password: Schema.Boolean,
      /** Needed with `enable_password`. Default: one is made. */
      password: Wire.secret,
      /** Default: false. */
      enable_sharing_expire: Schema.Boolean,
      /** When the link ends: needed with `enable_sharing_expire`. */
      sharing_expire: millis,
      /** Default: false. */
      allow_download: Schema.Boolean
    })
  }).check(
    Schema.makeFilter(({ enable_sharing, ...others }) => {
      const set = Object.entries(others).find(([, value]) => value !== undefined)?.[0]
      return enable_sharing !== false || set === undefined ||
        { path: [set], issue: "cannot be set with enable_sharing: false" }
    }),
    Schema.makeFilter(({ enable_password, enable_sharing_expire, password, sharing_expire }) => {
      if (enable_password === true && password === undefined) {
        return { path: ["password"], issue: "is needed with enable_password" }
      }
      if (enable_password === false && password !== undefined) {
        return { path: ["password"], issue: "cannot be set with enable_password: false" }
      }
      return (enable_sharing_expire === true) === (sharing_expire !== undefined) ||
        {
          path: ["sharing_expire"],
          issue: sharing_expire === undefined
            ? "is needed with enable_sharing_expire"
            : "needs enable_sharing_expire: true"
        }
    })
  )
) {}

const meetingid = Schema.NonEmptyString
const recording = { meetingid, meeting_record_id: Schema.NonEmptyString }
const file = { meetingid, record_file_id: Schema.NonEmptyString }

/** A page of the list. */
export class RecordingPage extends Schema.Opaque<RecordingPage>()(
  Schema.Struct({ ...page, record_meetings: Wire.list(Recording) })
) {}

/**
 * 会议录制: what was recorded of meetings in the cloud, and what was said.
 *
 * For meetings that the app has made. Only the corp's own apps (自建应用) may. Addresses are secrets for as long as they are
 * good: anyone who has one can fetch the file.
 */
export class MeetingRecordings extends Domain.Service<MeetingRecordings>()("oa/meetings/MeetingRecordings", "OA·会议", {
  /**
   * 获取会议录制列表. One page of the recordings of a meeting, or of all meetings that a member has made, in at most 31
   * days.
   * @see https://developer.work.weixin.qq.com/document/path/98192
   */
  list: Endpoint.query("/cgi-bin/meeting/record/list", { doc: 98192, int64: ["record_size"] }, () => ({
    body: Wire.withAnyOf("meetingid", "meeting_code", "userid")(
      Schema.Struct({
        ...Wire.optionals({
          /** Preferred to `meeting_code`, which is preferred to `userid`. */
          meetingid: Schema.String,
          meeting_code: Schema.String,
          userid: Schema.String
        }),
        start_time: Wire.time,
        /** At most 31 days after `start_time`. */
        end_time: Wire.time,
        ...cursor,
        /** 1 to 20; the same from page to page. Default: 10. */
        limit: Wire.optional(Wire.intBetween(1, 20))
      }).check(Wire.period("start_time", "end_time", 31))
    ),
    success: RecordingPage
  })),
  /**
   * 获取录制文件访问统计. By day, for at most 31 days.
   * @see https://developer.work.weixin.qq.com/document/path/98209
   */
  listViews: Endpoint.query("/cgi-bin/meeting/record/get_statistics", 98209, () => ({
    body: Schema.Struct({
      ...recording,
      ...Wire.optionals({
        /** Default: 31 days ago. */
        start_time: Wire.time,
        /** At most 31 days after `start_time`. */
        end_time: Wire.time
      })
    }).check(Wire.period("start_time", "end_time", 31)),
    success: Endpoint.pluck("summaries", Wire.list(RecordingViews))
  })),
  /**
   * 修改会议录制共享设置.
   * @see https://developer.work.weixin.qq.com/document/path/98208
   */
  setSharing: Endpoint.post("/cgi-bin/meeting/record/update_sharing_config", { doc: 98208, idempotent: true }, () => ({
    body: { ...recording, sharing_config: Wire.optional(RecordingSharing) }
  })),
  /**
   * 删除会议录制. All of its files.
   * @see https://developer.work.weixin.qq.com/document/path/98206
   */
  delete: Endpoint.post("/cgi-bin/meeting/record/delete", { doc: 98206, idempotent: true }, () => ({
    body: recording
  })),
  /**
   * 删除单个录制文件.
   * @see https://developer.work.weixin.qq.com/document/path/98207
   */
  deleteFile: Endpoint.post("/cgi-bin/meeting/record/delete_file", { doc: 98207, idempotent: true }, () => ({
    body: file
  })),
  /**
   * 获取单个录制文件详情. Where it can be fetched, with what was made of it.
   * @see https://developer.work.weixin.qq.com/document/path/98205
   */
  getFile: Endpoint.query("/cgi-bin/meeting/record/get_file", 98205, () => ({
    body: file,
    success: RecordingFileDetail
  })),
  /**
   * 获取会议录制地址. Of all files of a recording.
   * @see https://developer.work.weixin.qq.com/document/path/98196
   */
  listAddresses: Endpoint.query("/cgi-bin/meeting/record/get_file_list", 98196, () => ({
    body: recording,
    success: RecordingAddresses
  })),
  /**
   * 获取录制转写段落信息. When something is said, without what.
   * @see https://developer.work.weixin.qq.com/document/path/98212
   */
  listTranscriptParts: Endpoint.query("/cgi-bin/meeting/record/transcript/get_paragraph_list", 98212, () => ({
    body: file,
    success: TranscriptParts
  })),
  /**
   * 获取录制转写详情. What is said, from one paragraph on.
   * @see https://developer.work.weixin.qq.com/document/path/98211
   */
  getTranscript: Endpoint.query("/cgi-bin/meeting/record/transcript/get_detail", 98211, () => ({
    body: {
      ...file,
      ...Wire.optionals({
        /** The paragraph to begin with. Default: the first. */
        pid: Schema.String,
        /** How many paragraphs. Default: all. */
        limit: Wire.intFrom(1)
      })
    },
    success: Transcript
  })),
  /**
   * 获取录制转写搜索结果. Where a text is said.
   * @see https://developer.work.weixin.qq.com/document/path/98213
   */
  searchTranscript: Endpoint.query("/cgi-bin/meeting/record/transcript/search", 98213, () => ({
    body: { ...file, text: Wire.filledText },
    success: TranscriptHits
  }))
}, (endpoints) => ({
  /**
   * 获取会议录制列表. All of them, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98192
   */
  listAll: Paging.byCursor(endpoints.list, "record_meetings"),
  /**
   * 获取录制转写详情. All paragraphs, as a stream, `limit` at a time. Default: all at once.
   * @see https://developer.work.weixin.qq.com/document/path/98211
   */
  listAllParagraphs: Paging.make(endpoints.getTranscript, {
    items: ({ transcripts }) => transcripts?.paragraphs ?? [],
    next: ({ has_more, transcripts }, input) => {
      // Ids count up, and a page begins with the one that it is asked for, or with the next that there is.
      const last = transcripts?.paragraphs.at(-1)?.pid
      if (has_more !== true) return undefined
      return last === undefined || !/^\d+$/.test(last) || last === input.pid
        ? new Paging.Stuck("pid")
        : { ...input, pid: `${Number(last) + 1}` }
    }
  })
})) {}
