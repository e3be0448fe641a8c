/** 企业红包: what a merchant gives to a member, and what has become of it. */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"
import { chinaTime, fen, merchantOrder } from "./fields.ts"

/** 场景: what a red packet is for. */
export const RedPacketScene = Wire.oneOf({
  Promotion: ["PRODUCT_1", "商品促销"],
  Lottery: ["PRODUCT_2", "抽奖"],
  VirtualPrize: ["PRODUCT_3", "虚拟物品兑奖"],
  Welfare: ["PRODUCT_4", "企业内部福利"],
  Commission: ["PRODUCT_5", "渠道分润"],
  Insurance: ["PRODUCT_6", "保险回馈"],
  Ticket: ["PRODUCT_7", "彩票派奖"],
  TaxLottery: ["PRODUCT_8", "税务刮奖"]
})

/** 红包状态. */
export const RedPacketStatus = Wire.oneOf({
  Sending: ["SENDING", "发放中"],
  Sent: ["SENT", "已发放待领取"],
  Failed: ["FAILED", "发放失败"],
  Received: ["RECEIVED", "已领取"],
  Refunding: ["RFUND_ING", "退款中"],
  Refunded: ["REFUND", "退款"]
})

/** A red packet to be sent. */
export class NewRedPacket extends Schema.Opaque<NewRedPacket>()(
  Schema.Struct({
    /** 商户订单号: unique within the merchant, 1 to 28 digits and letters. The same number is never paid twice. */
    mch_billno: merchantOrder(28),
    /** 用户openid: the member's openid in the corp, from `IdConversion.toOpenId`. */
    re_openid: Wire.chars(32),
    /** 金额, in fen (0.01 CNY). Default limits: 100 to 20,000; beyond them `scene_id` is required. */
    total_amount: fen,
    /** 红包祝福语: at most 128 characters. */
    wishing: Wire.chars(128),
    /** 项目名称: at most 32 characters. */
    act_name: Wire.chars(32),
    /** 备注: at most 256 characters. */
    remark: Wire.chars(256),
    ...Wire.optionals({
      /** 场景: required for less than 1 CNY and for more than 200. */
      scene_id: RedPacketScene.schema,
      /** 发送者名称: sends in the name of a person, instead of an app's. At most 128 characters. */
      sender_name: Wire.chars(128),
      /** 发送红包的应用id. Default: the merchant's `agentId`, if there is no `sender_name`. */
      agentid: Wire.int,
      /** 发送者头像: a `media_id` of `Media.upload`. */
      sender_header_media_id: Wire.chars(128)
    })
  }).check(
    Schema.makeFilter(({ agentid, scene_id, sender_name, total_amount }) => {
      if (agentid !== undefined && sender_name !== undefined) {
        return { path: ["sender_name"], issue: "a red packet has either a sender_name or an agentid" }
      }
      return (total_amount >= 100 && total_amount <= 20_000) || scene_id !== undefined ||
        { path: ["scene_id"], issue: "needed for less than 100 fen and for more than 20,000" }
    })
  )
) {}

/** A red packet that was sent: it waits for the member for 24 hours. */
export class SentRedPacket extends Schema.Class<SentRedPacket>("SentRedPacket")({
  /** 商户订单号. */
  mch_billno: Schema.String,
  ...Wire.optionals({
    /** 微信单号: the `detail_id` of `getRedPacket`. */
    send_listid: Schema.String,
    /** 用户openid. */
    re_openid: Schema.String,
    /** 付款金额, in fen. */
    total_amount: Wire.int,
    sender_name: Schema.String,
    sender_header_media_id: Schema.String
  })
}) {}

/** 红包记录: what has become of a red packet. */
export class RedPacket extends Schema.Class<RedPacket>("RedPacket")({
  /** 商户订单号. */
  mch_billno: Schema.String,
  status: RedPacketStatus.schema,
  ...Wire.optionals({
    /** 红包单号. */
    detail_id: Schema.String,
    /** `API`. */
    send_type: Schema.String,
    /** 红包金额, in fen. */
    total_amount: Wire.int,
    /** 失败原因: of a red packet that failed. */
    reason: Schema.String,
    send_time: chinaTime,
    /** 红包退款时间: nobody took it within 24 hours. */
    refund_time: chinaTime,
    /** 红包退款金额, in fen. */
    refund_amount: Wire.int,
    wishing: Schema.String,
    remark: Schema.String,
    act_name: Schema.String,
    /** 领取红包的Openid. */
    openid: Schema.String,
    /** 领取金额, in fen. */
    amount: Wire.int,
    /** 领取红包的时间. */
    rcv_time: chinaTime,
    sender_name: Schema.String,
    sender_header_media_id: Schema.String
  })
}) {}
