/**
 * 统计管理: how members and groups get on with customers.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 排序方式. */
export const GroupStatisticsOrder = Wire.oneOf({
  NewGroups: [1, "新增群的数量"],
  Groups: [2, "群总数"],
  NewMembers: [3, "新增群人数"],
  Members: [4, "群总人数"]
})

/** 联系客户统计. One day of the members asked for, all together. */
export class UserBehavior extends Schema.Class<UserBehavior>("effect-wecom/UserBehavior")({
  /** The midnight that the day begins with. */
  stat_time: Wire.optional(Wire.time),
  ...Wire.optionals({
    /** 聊天总数. Single chats in which the members wrote something. */
    chat_cnt: Wire.int,
    /** 发送消息数. Messages that the members sent in single chats. */
    message_cnt: Wire.int,
    /** 已回复聊天占比. Of the chats that customers began, those answered on the day, in percent. None without such chats. */
    reply_percentage: Wire.number,
    /** 平均首次回复时长, in minutes. None without such chats. */
    avg_reply_time: Wire.number,
    /** 删除/拉黑成员的客户数. */
    negative_feedback_cnt: Wire.int,
    /** 发起申请数. */
    new_apply_cnt: Wire.int,
    /** 新增客户数. */
    new_contact_cnt: Wire.int
  })
}) {}

/** 群聊统计. Counts of customer groups. */
export class GroupStatistics extends Schema.Class<GroupStatistics>("effect-wecom/GroupStatistics")({
  ...Wire.optionals({
    /** 新增客户群数量. */
    new_chat_cnt: Wire.int,
    /** 客户群总数量. */
    chat_total: Wire.int,
    /** 有发过消息的客户群数量. */
    chat_has_msg: Wire.int,
    /** 新增群人数. */
    new_member_cnt: Wire.int,
    /** 客户群总人数. */
    member_total: Wire.int,
    /** 有发过消息的群成员数. */
    member_has_msg: Wire.int,
    /** 客户群消息总数. */
    msg_total: Wire.int,
    /** 新增迁移群数. For the education trade. */
    migrate_trainee_chat_cnt: Wire.int
  })
}) {}

/** The groups of one owner, over all days asked for. */
export class OwnerStatistics extends Schema.Class<OwnerStatistics>("effect-wecom/OwnerStatistics")({
  /** 群主. A userid. */
  owner: Schema.String,
  data: GroupStatistics
}) {}

/** One day of all groups asked for. */
export class DayStatistics extends Schema.Class<DayStatistics>("effect-wecom/DayStatistics")({
  /** The midnight that the day begins with. */
  stat_time: Wire.optional(Wire.time),
  data: GroupStatistics
}) {}

const groupDays = {
  /** The first day, within the last 180, yesterday at the latest. */
  day_begin_time: Wire.time,
  /** The last day, at most 30 later. Default: the same day. */
  day_end_time: Wire.optional(Wire.time),
  /** 1 to 100 owners. Default: all whom the app may see. */
  owner_filter: Wire.optional(Schema.Struct({ userid_list: Wire.items(Wire.filledText, 100, 1) }))
} as const

/** One page of 群聊数据统计, owner by owner. */
export class OwnerStatisticsPage extends Schema.Opaque<OwnerStatisticsPage>()(
  Schema.Struct({
    items: Wire.list(OwnerStatistics),
    ...Wire.optionals({
      /** How many items there are on all pages. */
      total: Wire.int,
      next_offset: Wire.int
    })
  })
) {}

/** 统计管理: how members and groups get on with customers. */
export class CustomerStatistics
  extends Domain.Service<CustomerStatistics>()("customers/CustomerStatistics", "客户联系·统计", {
    /**
     * 获取「联系客户统计」数据. Day by day, the members and departments asked for all together: up to 100 of each, up to 30 days,
     * within the last 180 days.
     * @see https://developer.work.weixin.qq.com/document/path/92132
     */
    listUserBehavior: Endpoint.query("/cgi-bin/externalcontact/get_user_behavior_data", 92132, () => ({
      body: Schema.Struct({
        ...Wire.optionals({
          /** At most 100. */
          userid: Wire.items(Wire.filledText, 100),
          /** At most 100. */
          partyid: Wire.items(Wire.int, 100)
        }),
        /** The first day. */
        start_time: Wire.time,
        /** The last day, at most 30 later. */
        end_time: Wire.time
      }).check(Wire.periodOfDays("start_time", "end_time", 30)).pipe(Wire.withAnyOf("userid", "partyid")),
      success: Endpoint.pluck("behavior_data", Wire.list(UserBehavior))
    })),
    /**
     * 获取「群聊数据统计」数据 (按群主聚合). Owner by owner, over all days asked for; one page.
     * @see https://developer.work.weixin.qq.com/document/path/92133
     */
    listGroups: Endpoint.query("/cgi-bin/externalcontact/groupchat/statistic", 92133, () => ({
      body: Schema.Struct({
        ...groupDays,
        ...Wire.optionals({
          /** Default: `NewGroups`. */
          order_by: GroupStatisticsOrder.schema,
          order_asc: Wire.flag,
          offset: Wire.int,
          /** Items of a page: 1 to 1000. Default: 500. */
          limit: Wire.intBetween(1, 1000)
        })
      }).check(Wire.periodOfDays("day_begin_time", "day_end_time", 30)),
      success: OwnerStatisticsPage
    })),
    /**
     * 获取「群聊数据统计」数据 (按自然日聚合). Day by day, all groups of the owners together.
     * @see https://developer.work.weixin.qq.com/document/path/92133
     */
    listGroupsByDay: Endpoint.query("/cgi-bin/externalcontact/groupchat/statistic_group_by_day", 92133, () => ({
      body: Schema.Struct(groupDays).check(Wire.periodOfDays("day_begin_time", "day_end_time", 30)),
      success: Endpoint.pluck("items", Wire.list(DayStatistics))
    }))
  }, (endpoints) => ({
    /**
     * 获取「群聊数据统计」数据 (按群主聚合). All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/92133
     */
    listAllGroups: Paging.make(endpoints.listGroups, {
      items: (page) => page.items,
      next: (page, input) =>
        page.next_offset === undefined || page.next_offset >= (page.total ?? 0) ||
          page.next_offset <= (input.offset ?? 0)
          ? undefined
          : { ...input, offset: page.next_offset }
    })
  }))
{}
