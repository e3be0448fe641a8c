import { DateTime, Effect } from "effect"
import { ApprovalControl, Approvals, ApproverSource } from "effect-wecom/oa/approvals"

/** `app.ApplyOAEvent(applyInfo)`: an application with all the controls of its form. Returns its number. */
export const apply = Effect.fn("apply")(function*(earlier: string) {
  const approvals = yield* Approvals
  const now = yield* DateTime.now
  const oneDay = { type: "hour", begin: now, end: DateTime.add(now, { hours: 24 }), duration: 24 * 3600 } as const
  const threeDays = { type: "hour", begin: now, end: DateTime.add(now, { hours: 72 }), duration: 72 * 3600 } as const

  return yield* approvals.submit({
    creator_userid: "your_userid",
    template_id: "your_templateid",
    use_template_approver: ApproverSource.Template,
    apply_data: {
      contents: [
        ApprovalControl.text("Text-1", "单行"),
        ApprovalControl.textarea("Textarea-1", "第一行\n第二行"),
        ApprovalControl.number("Number-1", 123.45),
        ApprovalControl.money("Money-1", "678.90"),
        ApprovalControl.formula("Formula-1"), // WeCom computes its value
        ApprovalControl.date("Date-1", now),
        ApprovalControl.date("Date-2", now, "hour"),
        ApprovalControl.dateRange("DateRange-1", oneDay),
        ApprovalControl.selector("Selector-1", "option-1"),
        ApprovalControl.selector("Selector-2", ["option-1", "option-2"]),
        ApprovalControl.members("Contact-1", ["your_userid"]),
        ApprovalControl.departments("Contact-2", [39, 40]),
        ApprovalControl.location("Location-1", {
          latitude: 30.547239,
          longitude: 104.063291,
          title: "示例园区",
          address: "示例路 1 号",
          time: now
        }),
        ApprovalControl.relatedApprovals("RelatedApproval-1", [earlier]),
        ApprovalControl.table("Table-1", [
          [ApprovalControl.text("Text-2", "甲一"), ApprovalControl.text("Text-3", "甲二")],
          [ApprovalControl.text("Text-2", "乙一"), ApprovalControl.text("Text-3", "乙二")]
        ]),
        ApprovalControl.vacation("Vacation-1", 1, threeDays)
      ]
    },
    summary_list: [
      { summary_info: ApprovalControl.localized("摘要一") },
      { summary_info: ApprovalControl.localized("摘要二") }
    ]
  })
})
