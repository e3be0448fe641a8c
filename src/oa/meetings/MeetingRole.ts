/**
 * 会议成员角色: as whom somebody takes part in a meeting.
 */
import * as Wire from "../../Wire.ts"

/** 会议成员角色. Those from 30 on are of webinars. */
export const MeetingRole = Wire.oneOf({
  Member: [0, "普通成员"],
  Creator: [1, "创建者"],
  Host: [2, "主持人"],
  CreatorAndHost: [3, "创建者+主持人"],
  Guest: [4, "游客"],
  GuestAndHost: [5, "游客+主持人"],
  CoHost: [6, "联席主持人"],
  CreatorAndCoHost: [7, "创建者+联席主持人"],
  HostByApi: [8, "restApi接口指派的主持人"],
  InternalPanelist: [30, "研讨会内部嘉宾"],
  ExternalPanelist: [31, "研讨会外部嘉宾"],
  InvitedPanelist: [32, "研讨会邀请链接入会嘉宾"],
  Attendee: [33, "研讨会观众"],
  SpeakingAttendee: [34, "有音视频权限的研讨会观众"]
})

/** 网络研讨会成员角色. */
export const WebinarRole = Wire.oneOf({
  Member: [0, "普通参会角色"],
  InternalPanelist: [1, "内部嘉宾"],
  ExternalPanelist: [2, "外部嘉宾"],
  InvitedPanelist: [3, "邀请链接入会嘉宾"],
  Attendee: [4, "观众"]
})
