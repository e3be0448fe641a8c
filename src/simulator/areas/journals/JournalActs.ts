/** What members do about reports: each an act on the simulator of the context. No app is told of it. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { JournalControl } from "../../../oa/journals/JournalControl.ts"
import { JournalComment, JournalDetail } from "../../../oa/journals/JournalDetail.ts"
import { JournalCycle } from "../../../oa/journals/Journals.ts"
import { type Acting, corpOf, fail, type In, input, make, memberOf } from "../../engine/Act.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { journalsOf, templatesOf } from "./Journals.ts"

/** 汇报设置. An administrator says who reports by a template, and how often: the statistics go by it. */
export const setReporting = make({
  input: input({
    template_id: Schema.String,
    template_name: Schema.String,
    cycle: Schema.Literals(JournalCycle.values),
    users: Schema.optional(Schema.Array(Schema.String)),
    departments: Schema.optional(Schema.Array(Schema.Int)),
    exempt: Schema.optional(Schema.Array(Schema.String)),
    receivers: Schema.optional(Schema.Array(Schema.String))
  }),
  success: Schema.Void,
  run: (reporting) =>
    Effect.gen(function*() {
      const corp = yield* corpOf(reporting)
      const { cycle, departments = [], exempt = [], receivers = [], template_id, template_name, users = [] } = reporting
      const known = (userids: ReadonlyArray<string>) =>
        Effect.forEach(userids, (userid) => Effect.map(memberOf(corp, userid), ({ user }) => user.userid))
      templatesOf(corp).set(template_id, {
        template_id,
        template_name,
        cycle,
        departments,
        users: yield* known(users),
        exempt: yield* known(exempt),
        receivers: yield* known(receivers)
      })
    })
})

/** A report, and the member who acts. */
export interface Of extends In {
  readonly userid: string
  readonly journal_uuid: string
}

/** A report, as a member submits it. */
export interface Submission extends In {
  readonly userid: string
  readonly template_id: string
  readonly template_name: string
  readonly contents: ReadonlyArray<JournalControl>
  readonly receivers?: ReadonlyArray<string> | undefined
}

/** 提交汇报. A member submits a report. Returns its id. */
export const submit: Acting<Submission, string> = make({
  input: input({
    userid: Schema.String,
    template_id: Schema.String,
    template_name: Schema.String,
    contents: Schema.Array(JournalControl),
    receivers: Schema.optional(Schema.Array(Schema.String))
  }),
  success: Schema.String,
  run: (report) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const corp = yield* corpOf(report)
      const { user: { userid } } = yield* memberOf(corp, report.userid)
      const receivers = yield* Effect.forEach(report.receivers ?? [], (receiver) => memberOf(corp, receiver))
      const journal_uuid = world.id("journal-")
      journalsOf(corp).set(
        journal_uuid,
        new JournalDetail({
          journal_uuid,
          template_id: report.template_id,
          template_name: report.template_name,
          report_time: timeOf(yield* Clock.currentTimeMillis),
          submitter: { userid },
          apply_data: { contents: report.contents },
          receivers: receivers.map(({ user }) => ({ userid: user.userid })),
          readed_receivers: [],
          comments: []
        })
      )
      return journal_uuid
    })
})

/** 已读. A receiver reads a report. */
export const read = make({
  input: input({ userid: Schema.String, journal_uuid: Schema.String }),
  success: Schema.Void,
  run: (of) =>
    Effect.gen(function*() {
      const { journal, journals, userid } = yield* journalOf(of)
      if (!journal.receivers.some((receiver) => receiver.userid === userid)) {
        return yield* fail(`${userid} does not receive ${of.journal_uuid}`)
      }
      if (journal.readed_receivers.some((reader) => reader.userid === userid)) return
      const readed_receivers = [...journal.readed_receivers, { userid }]
      journals.set(of.journal_uuid, new JournalDetail({ ...journal, readed_receivers }))
    })
})

/** 评论. A member comments on a report, or answers a comment. Returns the id of the comment. */
export const comment = make({
  input: input({
    userid: Schema.String,
    journal_uuid: Schema.String,
    content: Schema.String,
    tocommentid: Schema.optional(Schema.String)
  }),
  success: Schema.String,
  run: (of) =>
    Effect.gen(function*() {
      const { world } = yield* Engine
      const { journal, journals, userid } = yield* journalOf(of)
      const { content, tocommentid = "0" } = of
      if (tocommentid !== "0" && !journal.comments.some(({ commentid }) => commentid === tocommentid)) {
        return yield* fail(`there is no comment ${tocommentid}`)
      }
      // 64 bits: more than a number holds.
      const commentid = `68${`${world.next()}`.padStart(17, "0")}`
      const comment = new JournalComment({
        commentid,
        tocommentid,
        content,
        comment_userinfo: { userid },
        comment_time: timeOf(yield* Clock.currentTimeMillis)
      })
      journals.set(of.journal_uuid, new JournalDetail({ ...journal, comments: [...journal.comments, comment] }))
      return commentid
    })
})

const journalOf = (of: Of) =>
  Effect.gen(function*() {
    const corp = yield* corpOf(of)
    const { user: { userid } } = yield* memberOf(corp, of.userid)
    const journals = journalsOf(corp)
    const journal = journals.get(of.journal_uuid)
    return journal === undefined
      ? yield* fail(`there is no report ${of.journal_uuid}`)
      : { userid, journals, journal }
  })
