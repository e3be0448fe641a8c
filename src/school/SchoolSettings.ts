/**
 * 家校沟通·基础接口: how parents join, what teachers see, and which parents an app reaches.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 「学校通知」的关注模式. */
export const SubscribeMode = Wire.oneOf({
  Open: [1, "可扫码填写资料加入"],
  Closed: [2, "禁止扫码填写资料加入"]
})

/** 班级群创建方式. */
export const ChatCreateMode = Wire.oneOf({
  Automatic: [0, "自动创建"],
  Manual: [1, "手动创建"]
})

/** 「老师可查看班级」的模式. */
export const TeacherViewMode = Wire.oneOf({
  AllClasses: [1, "全部班级"],
  OwnClasses: [2, "仅负责范围内的班级"]
})

/** 「学校通知」二维码, in three sizes: URLs of pictures. */
export class SubscribeQrCode extends Schema.Class<SubscribeQrCode>("effect-wecom/SubscribeQrCode")({
  ...Wire.optionals({
    /** 1200 px. */
    qrcode_big: Schema.String,
    /** 430 px. */
    qrcode_middle: Schema.String,
    /** 258 px. */
    qrcode_thumb: Schema.String
  })
}) {}

/** 可使用的家长范围: the parents of these students and departments. */
export class ParentScope extends Schema.Class<ParentScope>("effect-wecom/ParentScope")({
  ...Wire.optionals({
    students: Schema.Struct({ userid: Wire.list(Schema.String) }),
    departments: Schema.Struct({ partyid: Wire.list(Wire.int) })
  })
}) {}

/** A parent whose mobile number is known. */
export class ParentOfMobile extends Schema.Class<ParentOfMobile>("effect-wecom/ParentOfMobile")({
  mobile: Schema.String,
  /** Only if the parent follows 学校通知. */
  external_userid: Wire.optional(Schema.String)
}) {}

/** A mobile number of no parent. */
export class UnknownMobile extends Schema.Class<UnknownMobile>("effect-wecom/UnknownMobile")({
  mobile: Schema.String,
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {}

/** 手机号转外部联系人ID: the parents that were found, and the mobile numbers that were not. */
export class ParentsOfMobiles extends Schema.Class<ParentsOfMobiles>("effect-wecom/ParentsOfMobiles")({
  success_list: Wire.list(ParentOfMobile),
  fail_list: Wire.list(UnknownMobile)
}) {}

/** 家校沟通·基础接口: how parents join, what teachers see, and which parents an app reaches. */
export class SchoolSettings extends Domain.Service<SchoolSettings>()("school/SchoolSettings", "家校·基础", {
  /**
   * 获取「学校通知」二维码. Parents who scan it follow 学校通知. Only of verified corps (43009).
   * @see https://developer.work.weixin.qq.com/document/path/92320
   */
  getSubscribeQrCode: Endpoint.get("/cgi-bin/externalcontact/get_subscribe_qr_code", 92320, () => ({
    success: SubscribeQrCode
  })),
  /**
   * 设置关注「学校通知」的模式. Whether parents who scan the code can join by filling in their data.
   * @see https://developer.work.weixin.qq.com/document/path/92318
   */
  setSubscribeMode: Endpoint.post(
    "/cgi-bin/externalcontact/set_subscribe_mode",
    { doc: 92318, idempotent: true },
    () => ({ body: { subscribe_mode: SubscribeMode.schema } })
  ),
  /**
   * 获取关注「学校通知」的模式.
   * @see https://developer.work.weixin.qq.com/document/path/92318
   */
  getSubscribeMode: Endpoint.get("/cgi-bin/externalcontact/get_subscribe_mode", 92318, () => ({
    success: Endpoint.pluck("subscribe_mode", SubscribeMode.schema)
  })),
  /**
   * 设置「班级群创建方式」.
   * @see https://developer.work.weixin.qq.com/document/path/92430
   */
  setChatCreateMode: Endpoint.post("/cgi-bin/school/set_chat_create_mode", { doc: 92430, idempotent: true }, () => ({
    body: { create_mode: ChatCreateMode.schema }
  })),
  /**
   * 获取「班级群创建方式」.
   * @see https://developer.work.weixin.qq.com/document/path/92430
   */
  getChatCreateMode: Endpoint.get("/cgi-bin/school/get_chat_create_mode", 92430, () => ({
    success: Endpoint.pluck("create_mode", ChatCreateMode.schema)
  })),
  /**
   * 设置「老师可查看班级」的模式. For third-party apps and those that may edit the school's address book.
   * @see https://developer.work.weixin.qq.com/document/path/92652
   */
  setTeacherViewMode: Endpoint.post("/cgi-bin/school/set_teacher_view_mode", { doc: 92652, idempotent: true }, () => ({
    body: { view_mode: TeacherViewMode.schema }
  })),
  /**
   * 获取「老师可查看班级」的模式.
   * @see https://developer.work.weixin.qq.com/document/path/92652
   */
  getTeacherViewMode: Endpoint.get("/cgi-bin/school/get_teacher_view_mode", 92652, () => ({
    success: Endpoint.pluck("view_mode", TeacherViewMode.schema)
  })),
  /**
   * 获取可使用的家长范围. The students and departments whose parents can use the app: only they receive its 学校通知.
   * @see https://developer.work.weixin.qq.com/document/path/94895
   */
  getParentScope: Endpoint.get("/cgi-bin/school/agent/get_allow_scope", { doc: 94895, agent: true }, () => ({
    query: {
      /** Default: the client's app. */
      agentid: Wire.optional(Wire.int)
    },
    success: Endpoint.pluck("allow_scope", ParentScope)
  })),
  /**
   * 手机号转外部联系人ID. The parents of at most 100 mobile numbers. 60136: not the number of a parent.
   * @see https://developer.work.weixin.qq.com/document/path/92506
   */
  convertMobiles: Endpoint.query("/cgi-bin/externalcontact/batch_to_external_userid", 92506, () => ({
    body: { mobiles: Wire.items(Schema.NonEmptyString, 100, 1) },
    success: ParentsOfMobiles
  })),
  /**
   * 外部联系人openid转换. The openid of a contact in WeChat, for payments. Not of contacts in WeCom, whose ids begin with
   * `wo`.
   * @see https://developer.work.weixin.qq.com/document/path/92323
   */
  convertToOpenid: Endpoint.query("/cgi-bin/externalcontact/convert_to_openid", 92323, () => ({
    body: { external_userid: Schema.NonEmptyString },
    success: Endpoint.pluck("openid", Schema.String)
  }))
}) {}
