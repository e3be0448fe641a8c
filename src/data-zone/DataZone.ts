/**
 * 数据与智能专区·基础接口: how the data zone of a corp is set up for an app.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { program } from "./fields.ts"
import { ZoneLogLevel } from "./ZoneLogLevel.ts"
import { ZoneScope } from "./ZoneScope.ts"

/** 会话版本. */
export const ZoneEdition = Wire.oneOf({
  Internal: [1, "内部会话"],
  External: [2, "内外部会话"],
  Calls: [3, "内外部会话以及语音通话"]
})

/** 会话版本的当前状态. */
export const ZoneEditionStatus = Wire.oneOf({
  Trial: [1, "试用中"],
  TrialEnded: [2, "试用已到期"],
  Paid: [3, "付费使用中"],
  PaidEnded: [4, "付费使用已到期"],
  Free: [5, "免费使用中"],
  FreeEnded: [6, "免费使用已到期"],
  PaidToBegin: [7, "付费待生效"]
})

/** 授权存档的成员. */
export class ZoneUser extends Schema.Class<ZoneUser>("effect-wecom/ZoneUser")({
  ...Wire.optionals({
    userid: Schema.String,
    /** `userid`, as older answers call it. */
    open_userid: Schema.String
  }),
  edition_list: Wire.list(ZoneEdition.schema)
}) {
  /** The userid, whichever of its names the answer has. */
  get id(): string | undefined {
    return this.userid ?? this.open_userid
  }
}

/** One page of members. */
export class ZoneUserPage extends Schema.Class<ZoneUserPage>("effect-wecom/ZoneUserPage")({
  auth_user_list: Wire.list(ZoneUser),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/** 企业授权的会话版本. */
export class ZoneAuthorisation extends Schema.Class<ZoneAuthorisation>("effect-wecom/ZoneAuthorisation")({
  ...Wire.optionals({
    edition: ZoneEdition.schema,
    /** Who is really archived, `DataZone.listUsers` tells: it depends on how many were bought. */
    auth_scope: ZoneScope,
    status: ZoneEditionStatus.schema,
    /** Not of an edition that was authorised after the trial and never bought. */
    begin_time: Wire.time,
    end_time: Wire.time,
    /** In days, 365 to a year. */
    msg_duration_days: Wire.int,
    auth_user_count: Wire.int
  })
}) {}

/** 敏感信息隐藏配置: what the components that show conversations hide. */
export class ZoneMasking extends Schema.Opaque<ZoneMasking>()(Schema.Struct(Wire.optionals({
  /** Mobile numbers. Default: false. */
  hide_mobile: Schema.Boolean,
  /** Numbers of identity cards. Default: false. */
  hide_idcard: Schema.Boolean,
  /** Numbers of bank cards. Default: false. */
  hide_bankno: Schema.Boolean
}))) {}

/** A file of the data zone. */
export class ZoneMedia extends Schema.Class<ZoneMedia>("effect-wecom/ZoneMedia")({
  /** Valid for three days, for this app in this corp, in calls and programs of the data zone alone. */
  media_id: Schema.String,
  ...Wire.optionals({ type: Schema.String, created_at: Wire.quoted(Wire.time) })
}) {}

/** A public key as PEM. */
const pem = Wire.filledText.check(
  Schema.isPattern(/^-----BEGIN PUBLIC KEY-----\n/, {
    message: "expected a public key as PEM: -----BEGIN PUBLIC KEY-----",
    examples: ["-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"]
  })
)

/**
 * 数据与智能专区·基础接口: how the data zone of a corp is set up for an app. For apps of a corp, third-party and customised
 * ones that have the permission 数据与智能专区, unless a method says otherwise.
 */
export class DataZone extends Domain.Service<DataZone>()("data-zone/DataZone", "数据与智能专区", {
  /**
   * 设置公钥. RSA with 2048 bits: from then on messages are archived, their keys encrypted with it. For third-party and
   * customised apps. To replace it, `public_key_ver` has to be higher.
   * @see https://developer.work.weixin.qq.com/document/path/99587
   */
  setPublicKey: Endpoint.post("/cgi-bin/chatdata/set_public_key", { doc: 99587, idempotent: true }, () => ({
    body: {
      /** PEM: `-----BEGIN PUBLIC KEY-----` and so on. */
      public_key: pem,
      public_key_ver: Wire.int
    }
  })),
  /**
   * 获取授权存档的成员列表. One page of the members who are archived.
   * @see https://developer.work.weixin.qq.com/document/path/99641
   */
  listUsers: Endpoint.query("/cgi-bin/chatdata/get_auth_user_list", 99641, () => ({
    body: Wire.optionals({
      cursor: Schema.String,
      /** Default: 200. */
      limit: Wire.intBetween(1, 1000)
    }),
    success: ZoneUserPage
  })),
  /**
   * 获取企业授权给应用的专区信息. The editions that the corp authorises. For third-party and customised apps.
   * @see https://developer.work.weixin.qq.com/document/path/100237
   */
  getAuthorisations: Endpoint.query("/cgi-bin/chatdata/get_corp_auth_info", 100237, () => ({
    success: Endpoint.pluck("auth_edition_list", Wire.list(ZoneAuthorisation))
  })),
  /**
   * 设置专区接收回调事件. Which program of the app receives callbacks: one alone, the last that was set.
   * @see https://developer.work.weixin.qq.com/document/path/100018
   */
  setReceiver: Endpoint.post("/cgi-bin/chatdata/set_receive_callback", { doc: 100018, idempotent: true }, () => ({
    body: program
  })),
  /**
   * 设置成员会话组件敏感信息隐藏配置. What is hidden from a member; until it is set, nothing is.
   * @see https://developer.work.weixin.qq.com/document/path/99622
   */
  setMasking: Endpoint.post(
    "/cgi-bin/chatdata/set_hide_sensitiveinfo_config",
    { doc: 99622, idempotent: true },
    () => ({
      body: { userid: Wire.filledText, config: ZoneMasking }
    })
  ),
  /**
   * 获取成员会话组件敏感信息隐藏配置.
   * @see https://developer.work.weixin.qq.com/document/path/99622
   */
  getMasking: Endpoint.query("/cgi-bin/chatdata/get_hide_sensitiveinfo_config", 99622, () => ({
    body: { userid: Wire.filledText },
    success: Endpoint.pluck("config", ZoneMasking)
  })),
  /**
   * 设置日志打印级别. Of a program that is authorised to the app, but not of an official model.
   * @see https://developer.work.weixin.qq.com/document/path/100109
   */
  setLogLevel: Endpoint.post("/cgi-bin/chatdata/set_log_level", { doc: 100109, idempotent: true }, () => ({
    body: {
      ...program,
      /** Higher levels are not kept. WeCom's default: `Info`. */
      log_level: ZoneLogLevel.schema
    }
  })),
  /**
   * 上传临时文件到专区. From 6 bytes to 60 MiB. Its name is what is shown when it is downloaded.
   * @see https://developer.work.weixin.qq.com/document/path/100175
   */
  uploadMedia: Endpoint.upload("/cgi-bin/chatdata/upload_media", 100175, "media", () => ({
    query: { type: Wire.constant("file") },
    size: () => ({ min: 6, max: 60 * 1024 ** 2 }),
    success: ZoneMedia
  }))
}, (endpoints) => ({
  /**
   * 获取授权存档的成员列表. All members of `listUsers`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/99641
   */
  listAllUsers: Paging.byCursor(endpoints.listUsers, "auth_user_list")
})) {}
