/**
 * What the types of approvals allow, and what they refuse.
 */
import { DateTime } from "effect"
import {
  ApprovalControl,
  type ApprovalDetail,
  type Approvals,
  ApprovalTemplate,
  type NewTemplateControl
} from "effect-wecom/oa/approvals"

declare const approvals: Approvals["Service"]
declare const detail: ApprovalDetail

type Control = ApprovalControl.ApprovalControl

const at = DateTime.makeUnsafe(0)
const span = { type: "hour", begin: at, end: at, duration: 3600 } as const
const range = { type: "hour", new_begin: at, new_end: at, new_duration: 3600 } as const

// Every control can be written out, and has its own value.
const written: { readonly [C in Control["control"]]: Extract<Control, { readonly control: C }> } = {
  Text: { control: "Text", id: "a", value: { text: "文本" } },
  Textarea: { control: "Textarea", id: "a", value: { text: "文本" } },
  Number: { control: "Number", id: "a", value: { new_number: "7.50" } },
  Money: { control: "Money", id: "a", value: { new_money: "7.50" } },
  Date: { control: "Date", id: "a", value: { date: { type: "day", s_timestamp: at } } },
  Selector: { control: "Selector", id: "a", value: { selector: { type: "single", options: [{ key: "k" }] } } },
  Contact: { control: "Contact", id: "a", value: { members: [{ userid: "zhangsan" }] } },
  Tips: { control: "Tips", id: "a" },
  File: { control: "File", id: "a", value: { files: [{ file_id: "M" }] } },
  Table: {
    control: "Table",
    id: "a",
    value: { children: [{ list: [{ control: "Number", id: "b", value: { new_number: "1" } }] }] }
  },
  DateRange: { control: "DateRange", id: "a", value: { date_range: range } },
  Vacation: {
    control: "Vacation",
    id: "a",
    value: {
      vacation: {
        selector: { type: "single", options: [{ key: "1" }] },
        attendance: { type: 1, date_range: range }
      }
    }
  },
  Attendance: { control: "Attendance", id: "a", value: { attendance: { type: 4, date_range: range } } },
  Location: {
    control: "Location",
    id: "a",
    value: { location: { latitude: 30.5, longitude: 104.06, title: "园区", address: "一号路", time: at } }
  },
  RelatedApproval: { control: "RelatedApproval", id: "a", value: { related_approval: [{ sp_no: "1" }] } },
  Formula: { control: "Formula", id: "a", value: { formula: { value: "5.0" } } },
  BankAccount: {
    control: "BankAccount",
    id: "a",
    value: {
      bank_account: { account_type: 1, account_name: "甲", account_number: "1", remark: "", bank: { bank_alias: "行" } }
    }
  }
}

const application = (contents: ReadonlyArray<Control>) =>
  approvals.submit({
    creator_userid: "zhangsan",
    template_id: "T",
    use_template_approver: 1,
    apply_data: { contents },
    summary_list: [{ summary_info: ApprovalControl.localized("摘要") }]
  })
application(Object.values(written))

// A value of another control is refused.
// @ts-expect-error
application([{ control: "Text", id: "a", value: { new_number: "7" } }])
// @ts-expect-error
application([{ control: "Textarea", id: "a", value: { new_money: "7" } }])
// @ts-expect-error
application([{ control: "Number", id: "a", value: { text: "7" } }])
// @ts-expect-error
application([{ control: "Money", id: "a", value: { new_number: "7" } }])
// @ts-expect-error
application([{ control: "Date", id: "a", value: { date_range: range } }])
// @ts-expect-error
application([{ control: "Selector", id: "a", value: { members: [{ userid: "zhangsan" }] } }])
// @ts-expect-error
application([{ control: "Contact", id: "a", value: { files: [] } }])
// @ts-expect-error
application([{ control: "Tips", id: "a", value: { text: "7" } }])
// @ts-expect-error
application([{ control: "File", id: "a", value: { text: "M" } }])
// @ts-expect-error
application([{ control: "Table", id: "a", value: { text: "M" } }])
// @ts-expect-error
application([{ control: "DateRange", id: "a", value: { date: { type: "day", s_timestamp: at } } }])
// @ts-expect-error
application([{ control: "Vacation", id: "a", value: written.Attendance.value }])
// @ts-expect-error
application([{ control: "Attendance", id: "a", value: written.Vacation.value }])
// @ts-expect-error
application([{ control: "Location", id: "a", value: { text: "园区" } }])
// @ts-expect-error
application([{ control: "RelatedApproval", id: "a", value: { text: "1" } }])
// @ts-expect-error
application([{ control: "Formula", id: "a", value: { text: "1" } }])
// @ts-expect-error
application([{ control: "BankAccount", id: "a", value: { text: "1" } }])

// So are a mixture of two, an unknown control, and one inside a table.
// @ts-expect-error
application([{ control: "Text", id: "a", value: { text: "7", new_number: "7" } }])
// @ts-expect-error
application([{ control: "Colour", id: "a", value: { text: "7" } }])
// @ts-expect-error
application([ApprovalControl.table("a", [[{ control: "Text", id: "b", value: { new_number: "1" } }]])])
// @ts-expect-error
application([ApprovalControl.table("a", [[ApprovalControl.table("b", [])]])])
// @ts-expect-error
application([ApprovalControl.table("a", [[ApprovalControl.attendance("b", 4, span)]])])
// @ts-expect-error
ApprovalControl.attendance("a", 1, { type: "hour", begin: at, end: at, duration: 0 })

const common = { creator_userid: "zhangsan", template_id: "T", apply_data: { contents: [] }, summary_list: [] } as const

// Who decides is said by the template or by the application, not by both.
approvals.submit({
  ...common,
  use_template_approver: 0,
  process: { node_list: [{ type: 1, apv_rel: 1, userid: ["a"] }] }
})
// @ts-expect-error: somebody has to decide
approvals.submit({ ...common, use_template_approver: 0 })
// @ts-expect-error: how several approvers decide has to be said
approvals.submit({ ...common, use_template_approver: 0, process: { node_list: [{ type: 1, userid: ["a"] }] } })
// @ts-expect-error: those who are told decide nothing
approvals.submit({ ...common, use_template_approver: 0, process: { node_list: [{ type: 2, apv_rel: 1, userid: [] }] } })
// @ts-expect-error
approvals.submit({ ...common, use_template_approver: 1, process: { node_list: [] } })
// @ts-expect-error
approvals.submit({ ...common, use_template_approver: 2 })

// What is read is told apart by its control.
for (const control of detail.apply_data?.contents ?? []) {
  switch (control.control) {
    case "Number": {
      const digits: string | undefined = control.value.new_number
      void digits
      break
    }
    case "Unknown":
      void control.value["anything"]
      break
    default:
      // @ts-expect-error
      void control.value.new_number
  }
}

const title = ApprovalControl.localized("标题")
const template = (controls: ReadonlyArray<NewTemplateControl>) =>
  approvals.createTemplate({ template_name: title, template_content: { controls } })
template([
  { property: { control: "Text", id: "Text-01", title } },
  { property: { control: "Date", id: "Date-01", title }, config: { date: { type: "day" } } }
])
template([{ property: { control: "Vacation", id: "Vacation-01", title } }])
template([{ property: { control: "PhoneNumber", id: "PhoneNumber-01", title } }])
// @ts-expect-error
template([{ property: { control: "Text", id: "Text-01", title }, config: { date: { type: "day" } } }])
// @ts-expect-error
template([{ property: { control: "Selector", id: "Selector-01", title }, config: { date: { type: "day" } } }])
// @ts-expect-error
template([{ property: { control: "Date", id: "Date-01", title } }])

declare const read: ApprovalTemplate
for (const { config } of read.template_content.controls.filter(ApprovalTemplate.isKind("Selector"))) {
  const keys: ReadonlyArray<string> | undefined = config?.selector.options.map(({ key }) => key)
  void keys
}
