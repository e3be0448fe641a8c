/** What people can do in each kind of conversation: forms of the control API, filled in as far as is known. */
import type { Kind } from "../View.ts"
import type { Wish } from "./state.ts"

/** A form that is offered. */
export interface Offer extends Wish {
  readonly title: string
}

const offer = (title: string, path: string, values: Wish["values"] = {}, act?: string): Offer => ({
  title,
  path,
  values,
  ...(act === undefined ? {} : { act })
})

/** What is offered for a conversation. */
export const offered = (kind: Kind, id: string): ReadonlyArray<Offer> => {
  switch (kind) {
    case "members":
      return [
        offer(
          "Report location|上报位置",
          "members/{userid}/act",
          { latitude: 23.134, longitude: 113.358 },
          "reportLocation"
        ),
        offer("Log in|登录授权", "members/{userid}/authorize"),
        offer("Check in|打卡", "attendance/check-in"),
        offer("Submit a report|提交汇报", "reports/submit", { template_name: "周报", contents: { 本周工作: "" } }),
        offer("A customer adds|客户添加", "customers/add"),
        offer("Send a mass message|确认群发", "customers/send-mass-message"),
        offer("Publish a moment|发表朋友圈", "customers/publish-moment")
      ]
    case "groups":
      return id.startsWith("group:")
        ? [
          offer("Join|入群", "customer-groups/join"),
          offer("Leave|退群", "customer-groups/leave"),
          offer("Change|修改群信息", "customer-groups/change"),
          offer("Dismiss|解散", "customer-groups/dismiss")
        ]
        : []
    case "customers":
      return [
        offer("Add a member|添加成员", "customers/add"),
        offer("Scan a contact way|扫描联系我", "customers/scan"),
        offer("Open a link|打开获客链接", "customers/open-link"),
        offer("Delete the member|删除成员", "customers/delete", { by: "customer" }),
        offer("The member deletes|被成员删除", "customers/delete", { by: "member" }),
        offer("The member edits|成员修改备注", "customers/edit"),
        offer("Refuse the handover|拒绝转接", "customers/refuse-handover"),
        offer("React to a moment|互动朋友圈", "customers/react"),
        offer("Consent to the archive|同意存档", "chat-archive/agree")
      ]
    case "kf":
      return id.includes("|")
        ? [
          offer("The customer writes|客户发言", "kf/customer", {}, "write"),
          offer("The customer enters|客户进入会话", "kf/customer", {}, "enter"),
          offer("The customer recalls|客户撤回", "kf/customer", {}, "recall"),
          offer("The servicer takes|接入会话", "kf/servicer", {}, "take"),
          offer("The servicer writes|接待人员发言", "kf/servicer", {}, "write"),
          offer("Transfer|转接会话", "kf/servicer", {}, "transfer"),
          offer("End|结束会话", "kf/servicer", {}, "end")
        ]
        : [
          offer("A customer enters|客户进入会话", "kf/customer", { external_userid: "wmVisitor1" }, "enter"),
          offer("A customer writes|客户发言", "kf/customer", { external_userid: "wmVisitor1" }, "write"),
          offer("A servicer serves|接待状态", "kf/servicer", {}, "serve")
        ]
    case "robots":
      return id.startsWith("bot:")
        ? [
          offer("Mention it in a group|在群里@它", "members/{userid}/act", { chatid: "group-1" }, "text"),
          offer("Speak to it|语音", "members/{userid}/act", {}, "speak"),
          offer("Open the chat|进入会话", "members/{userid}/act", {}, "enter"),
          offer("Feedback|反馈", "members/{userid}/act", { type: 1 }, "feedback")
        ]
        : []
    case "approvals":
      return [
        offer("Approve|同意", "approvals/decide", { approve: true }),
        offer("Reject|驳回", "approvals/decide", { approve: false }),
        offer("Forward|转审", "approvals/forward"),
        offer("Comment|备注", "approvals/comment"),
        offer("Urge|催办", "approvals/urge"),
        offer("Revoke|撤销", "approvals/revoke")
      ]
    case "meetings":
      return id.startsWith("schedule:")
        ? [
          offer("Respond|回应邀请", "schedules/respond", { response: 2 }),
          offer("Delete|删除日程", "schedules/delete")
        ]
        : [
          offer("Join|入会", "meetings/act", {}, "join"),
          offer("Leave|离会", "meetings/act", {}, "leave"),
          offer("Share the screen|共享屏幕", "meetings/act", { sharing: true }, "share"),
          offer("Record|开始录制", "meetings/act", {}, "startRecording"),
          offer("Stop recording|停止录制", "meetings/act", {}, "stopRecording"),
          offer("End|结束会议", "meetings/act", {}, "end"),
          offer("Enrol|报名", "meetings/act", {}, "enroll"),
          offer("A room answers|会议室应答", "meetings/act", { answer: "joining" }, "answerRoomCall"),
          offer("A phone answers|电话应答", "meetings/act", { status: "START_ACCEPT" }, "answerPhoneCall")
        ]
    case "documents":
      return id.startsWith("form:")
        ? [offer("Fill in|填写", "documents/fill-in", { replies: [{ question_id: 1, text_reply: "" }] })]
        : []
    case "suites":
      return [
        offer("Push a ticket|推送 ticket", "suites/{suiteId}/ticket"),
        offer("Install|安装", "suites/{suiteId}/install"),
        offer("Change|变更授权", "suites/{suiteId}/change"),
        offer("Remove|取消授权", "suites/{suiteId}/uninstall"),
        offer("New permanent code|重置永久授权码", "suites/{suiteId}/reset-permanent-code")
      ]
  }
}
