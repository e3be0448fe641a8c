/**
 * 微信客服统计: sessions, messages and satisfaction by the day.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 企业汇总数据 of one day. Rates are from 0 to 1, and left out where there is nothing to divide by. */
export class KfCorpStatistic extends Schema.Opaque<KfCorpStatistic>()(
  Schema.Struct({
    ...Wire.optionals({
      /** 咨询会话数: sessions in which customers wrote. */
      session_cnt: Wire.int,
      /** 咨询客户数: customers who wrote. */
      customer_cnt: Wire.int,
      /** 咨询消息总数: messages of customers. */
      customer_msg_cnt: Wire.int,
      /** 升级服务客户数: customers who were referred to a member or a group, since 2022-03-10. */
      upgrade_service_customer_cnt: Wire.int,
      /** 智能回复会话数: sessions that the assistant answered. */
      ai_session_reply_cnt: Wire.int,
      /** 转人工率: of the assistant's sessions, those handed to servicers. */
      ai_transfer_rate: Wire.number,
      /** 知识命中率: of messages to the assistant, those the knowledge base had an answer to. */
      ai_knowledge_hit_rate: Wire.number,
      /** 被拒收消息的客户数: customers whose messages servicers do not take any more. */
      msg_rejected_customer_cnt: Wire.int
    })
  })
) {}
/** How servicers answered, and how content customers were. */
const answers = {
  ...Wire.optionals({
    /** 人工回复率: of the sessions in which customers wrote, those that were answered. */
    reply_rate: Wire.number,
    /** 平均首次响应时长: seconds until the first answer. */
    first_reply_average_sec: Wire.number,
    /** 满意度评价发送数: how often customers were asked whether they are content. */
    satisfaction_investgate_cnt: Wire.int,
    /** 满意度参评率: of those asked, who answered. */
    satisfaction_participation_rate: Wire.number,
    /** "满意"评价占比. */
    satisfied_rate: Wire.number,
    /** "一般"评价占比. */
    middling_rate: Wire.number,
    /** "不满意"评价占比. */
    dissatisfied_rate: Wire.number
  })
}

/** 接待人员明细数据 of one day. Rates are from 0 to 1, and left out where there is nothing to divide by. */
export class KfServicerStatistic extends Schema.Opaque<KfServicerStatistic>()(
  Schema.Struct({
    ...Wire.optionals({
      /** 接入人工会话数: sessions that reached a servicer. */
      session_cnt: Wire.int,
      /** 咨询客户数: customers who wrote to a servicer. */
      customer_cnt: Wire.int,
      /** 咨询消息总数: messages of customers. */
      customer_msg_cnt: Wire.int
    }),
    ...answers,
    ...Wire.optionals({
      /** 升级服务客户数: customers who were referred to a member or a group. */
      upgrade_service_customer_cnt: Wire.int,
      /** 专员服务邀请数: how often a member was recommended. */
      upgrade_service_member_invite_cnt: Wire.int,
      /** 添加专员的客户数: how often a recommended member was added. */
      upgrade_service_member_customer_cnt: Wire.int,
      /** 客户群服务邀请数: how often a group was recommended. */
      upgrade_service_groupchat_invite_cnt: Wire.int,
      /** 加入客户群的客户数: how often a recommended group was joined. */
      upgrade_service_groupchat_customer_cnt: Wire.int,
      /** 被拒收消息的客户数: customers whose messages servicers do not take any more. */
      msg_rejected_customer_cnt: Wire.int
    })
  })
) {}
/** 客服数据 of one day. Rates are from 0 to 1, and left out where there is nothing to divide by. */
export class KfComponentStatistic extends Schema.Opaque<KfComponentStatistic>()(
  Schema.Struct({
    ...Wire.optionals({
      /** 咨询会话数: sessions in which customers wrote. */
      session_cnt: Wire.int,
      /** 咨询客户数: customers who wrote. */
      customer_cnt: Wire.int,
      /** 咨询消息总数: messages of customers. */
      customer_msg_cnt: Wire.int,
      /** 升级服务客户数: customers who were referred to a member or a group. */
      upgrade_service_customer_cnt: Wire.int,
      /** 机器人会话数: sessions that the assistant answered. */
      ai_session_reply_cnt: Wire.int,
      /** 接入人工会话数: sessions that reached a servicer. */
      servicer_session_cnt: Wire.int
    }),
    ...answers
  })
) {}
/** The numbers of a day, which begins at `stat_time`; left out where nothing happened or they are not counted yet. */
const daily = <S extends Schema.Constraint>(statistic: S) =>
  Schema.Struct({ stat_time: Wire.time, statistic: Wire.optional(statistic) })

const days = {
  /** A day from 180 days ago to yesterday, by any time of it. */
  start_time: Wire.time,
  /** The same, at most 31 days later; its day is included. */
  end_time: Wire.time
}

/** 微信客服统计: the last 180 days but today, each complete from six in the morning after. */
export class KfStatistics extends Domain.Service<KfStatistics>()("customer-service/KfStatistics", "微信客服", {
  /**
   * 获取「客户数据统计」企业汇总数据. An account day by day.
   * @see https://developer.work.weixin.qq.com/document/path/95489
   */
  getCorp: Endpoint.query("/cgi-bin/kf/get_corp_statistic", 95489, () => ({
    body: Schema.Struct({ open_kfid: Wire.filledText, ...days }).check(Wire.periodOfDays("start_time", "end_time", 31)),
    success: Endpoint.pluck("statistic_list", Wire.list(daily(KfCorpStatistic)))
  })),
  /**
   * 获取「客户数据统计」接待人员明细数据. A servicer of an account day by day, or all of them together.
   * @see https://developer.work.weixin.qq.com/document/path/95490
   */
  getServicer: Endpoint.query("/cgi-bin/kf/get_servicer_statistic", 95490, () => ({
    body: Schema.Struct({
      open_kfid: Wire.filledText,
      ...days,
      /** Default: all together. */
      servicer_userid: Wire.optional(Schema.String)
    }).check(Wire.periodOfDays("start_time", "end_time", 31)),
    success: Endpoint.pluck("statistic_list", Wire.list(daily(KfServicerStatistic)))
  })),
  /**
   * 获取客服数据统计. The accounts that a corp lets a provider's 微信客服组件 have, all together day by day, as far as customers
   * came by the provider's links. Only for 微信客服组件.
   * @see https://developer.work.weixin.qq.com/document/path/99367
   */
  getComponent: Endpoint.query("/cgi-bin/kf/get_statistic", 99367, () => ({
    body: Schema.Struct(days).check(Wire.periodOfDays("start_time", "end_time", 31)),
    success: Endpoint.pluck("statistic_list", Wire.list(daily(KfComponentStatistic)))
  }))
}) {}
