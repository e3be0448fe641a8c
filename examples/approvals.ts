import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, DateTime, Duration, Effect, Layer, Schedule, Stream } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Media, Upload } from "effect-wecom/media"
import { ApprovalControl, Approvals, ApprovalStatus, Vacations } from "effect-wecom/oa/approvals"

export interface Request {
  readonly template: string
  readonly applicant: string
  readonly approvers: ReadonlyArray<string>
  /** The number of an earlier application that this one refers to. */
  readonly earlier: string
}

/** Applies with a form that has every kind of control. Returns the application's number. */
export const apply = Effect.fn("apply")(function*({ applicant, approvers, earlier, template }: Request) {
  const approvals = yield* Approvals
  const vacations = yield* Vacations
  const media = yield* Media

  const [leave] = yield* vacations.listTypes()
  const typeOfLeave = yield* Effect.fromNullishOr(leave)
  const plan = Upload.text("第一天：出发\n第二天：返回\n", { filename: "行程.txt", contentType: "text/plain" })
  const { media_id } = yield* media.upload({ type: "file", media: plan })

  // In half days: from the morning of one day (midnight) to the afternoon of the next (noon).
  const begin = DateTime.makeUnsafe("2026-03-02T00:00:00+08:00")
  const end = DateTime.makeUnsafe("2026-03-03T12:00:00+08:00")
  const days = { type: "halfday", begin, end, duration: 2 * 86_400 } as const

  return yield* approvals.submit({
    creator_userid: applicant,
    template_id: template,
    use_template_approver: 0,
    process: {
      node_list: [
        { type: 1, apv_rel: 2, userid: approvers }, // the first who decides
        { type: 2, userid: [applicant] } // is notified
      ]
    },
    apply_data: {
      contents: [
        ApprovalControl.text("Text-1", "拜访客户"),
        ApprovalControl.textarea("Textarea-1", "签约\n培训"),
        ApprovalControl.number("Number-1", 2),
        ApprovalControl.money("Money-1", "1860.50"),
        ApprovalControl.date("Date-1", begin),
        ApprovalControl.selector("Selector-1", "train"),
        ApprovalControl.members("Contact-1", [applicant]),
        ApprovalControl.tips("Tips-1"),
        ApprovalControl.files("File-1", [media_id]),
        ApprovalControl.table("Table-1", [
          [ApprovalControl.text("Text-2", "车票"), ApprovalControl.money("Money-2", "860.50")],
          [ApprovalControl.text("Text-2", "住宿"), ApprovalControl.money("Money-2", 1000)]
        ]),
        ApprovalControl.dateRange("DateRange-1", days),
        ApprovalControl.vacation("Vacation-1", typeOfLeave.id, days),
        ApprovalControl.attendance("Attendance-1", 3, days),
        ApprovalControl.location("Location-1", {
          latitude: 30.547239,
          longitude: 104.063291,
          title: "客户园区",
          address: "示例路 1 号",
          time: begin
        }),
        ApprovalControl.relatedApprovals("RelatedApproval-1", [earlier]),
        ApprovalControl.formula("Formula-1")
      ]
    },
    summary_list: [
      { summary_info: ApprovalControl.localized("拜访客户，两天", "A customer, 2 days") },
      { summary_info: ApprovalControl.localized("预算 1860.50 元") }
    ]
  })
})

/** Waits until an application is decided, or taken back. Returns what became of it, and who said what. */
export const follow = Effect.fn("follow")(function*(sp_no: string) {
  const approvals = yield* Approvals
  const approval = yield* approvals.get({ sp_no }).pipe(
    Effect.repeat({ until: ({ isSettled }) => isSettled, schedule: Schedule.spaced("1 minute") })
  )
  return {
    status: ApprovalStatus.label(approval.sp_status),
    opinions: approval.sp_record.flatMap(({ details }) =>
      details.flatMap(({ approver, speech, sptime }) =>
        sptime === undefined ? [] : [`${approver?.userid ?? ""}：${speech ?? ""}`]
      )
    )
  }
})

/** The applications of a member that were approved in the last 30 days, one after the other. */
export const approvedOf = (userid: string) =>
  Stream.unwrap(Effect.gen(function*() {
    const approvals = yield* Approvals
    const endtime = yield* DateTime.now
    const starttime = DateTime.subtractDuration(endtime, Duration.days(30))
    const filters = [{ key: "creator", value: userid }, { key: "sp_status", value: ApprovalStatus.Approved }] as const
    return approvals.listAllNumbers({ starttime, endtime, size: 100, filters }).pipe(
      Stream.mapEffect((sp_no) => approvals.get({ sp_no }))
    )
  }))

if (import.meta.main) {
  Effect.gen(function*() {
    const request = yield* Config.all({
      template: Config.NonEmptyString("TEMPLATE_ID"),
      applicant: Config.NonEmptyString("APPLICANT"),
      approver: Config.NonEmptyString("APPROVER"),
      earlier: Config.NonEmptyString("EARLIER_APPROVAL")
    })
    const sp_no = yield* apply({ ...request, approvers: [request.approver] })
    yield* Effect.log(sp_no, yield* follow(sp_no))
    yield* Stream.runForEach(approvedOf(request.applicant), ({ sp_name, sp_no }) => Effect.log(sp_no, sp_name))
  }).pipe(
    Effect.provide(
      Layer.mergeAll(Approvals.layer, Vacations.layer, Media.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
