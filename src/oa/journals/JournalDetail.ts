/**
 * 汇报详情: a report as it was filled in, and what was said of it.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { JournalControl } from "./JournalControl.ts"

const User = Schema.Struct({ userid: Schema.String })

/** 评论. */
export class JournalComment extends Schema.Class<JournalComment>("effect-wecom/JournalComment")({
  /** 64 bits: digits as text. */
  commentid: Wire.int64,
  ...Wire.optionals({
    /** The comment that this one answers, 64 bits: digits as text; `0` for the report itself. */
    tocommentid: Wire.int64,
    comment_userinfo: User,
    content: Schema.String,
    comment_time: Wire.time
  })
}) {}

/** 汇报详情. */
export class JournalDetail extends Schema.Class<JournalDetail>("effect-wecom/JournalDetail")({
  journal_uuid: Schema.String,
  ...Wire.optionals({
    template_id: Schema.String,
    template_name: Schema.String,
    report_time: Wire.time,
    submitter: User,
    apply_data: Schema.Struct({ contents: Wire.list(JournalControl) }),
    /** Rich text of the template 汇报, which has no controls. */
    sys_journal_data: Schema.String
  }),
  receivers: Wire.list(User),
  /** Those of `receivers` who have read it. */
  readed_receivers: Wire.list(User),
  comments: Wire.list(JournalComment)
}) {
  /** What was filled in. */
  get controls(): ReadonlyArray<JournalControl> {
    return this.apply_data?.contents ?? []
  }
}
