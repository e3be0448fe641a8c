/**
 * 接口许可账号管理: the licences that a provider has bought for a corp, and the members that have them. Calls run as the
 * provider (`WeComApp.provider`).
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { LicenceType } from "./LicenceType.ts"

/** 激活码状态. */
export const LicenceStatus = Wire.oneOf({
  Unbound: [1, "未绑定"],
  Active: [2, "已绑定且有效"],
  Expired: [3, "已过期"],
  AwaitingTransfer: [4, "待转移"],
  Merged: [5, "已合并"],
  Shared: [6, "已分配给下游"]
})

/** 激活码详情: a licence, and who has it. */
export class Licence extends Schema.Class<Licence>("effect-wecom/Licence")({
  active_code: Schema.String,
  ...Wire.optionals({
    type: LicenceType.schema,
    status: LicenceStatus.schema,
    /** The encrypted userid. Absent before activation, as the two times below. */
    userid: Schema.String,
    /** When the order was paid. */
    create_time: Wire.time,
    /** When it was first activated. */
    active_time: Wire.time,
    expire_time: Wire.time,
    /** 合并信息: the codes that a renewal by activation has put together. */
    merge_info: Schema.Struct(Wire.optionals({ to_active_code: Schema.String, from_active_code: Schema.String })),
    /** 分配信息: the corp it was shared with, or the one it came from. */
    share_info: Schema.Struct(Wire.optionals({ to_corpid: Schema.String, from_corpid: Schema.String }))
  })
}) {}

/** Licences by code. */
export class FoundLicences extends Schema.Class<FoundLicences>("effect-wecom/FoundLicences")({
  active_info_list: Wire.list(Licence),
  /** Codes that are none of the corp's. */
  invalid_active_code_list: Wire.list(Schema.String)
}) {}

/** 成员的激活详情: the licences of a member. */
export class MemberLicences extends Schema.Class<MemberLicences>("effect-wecom/MemberLicences")({
  /** Whether the member has a licence. */
  active_status: Wire.optional(Wire.flag),
  /** At most one of each type. */
  active_info_list: Wire.list(Licence)
}) {}

/** 已激活账号: a member with a licence, which may have ended. */
export class LicensedMember extends Schema.Class<LicensedMember>("effect-wecom/LicensedMember")({
  /** Encrypted. */
  userid: Schema.String,
  ...Wire.optionals({
    type: LicenceType.schema,
    active_time: Wire.time,
    expire_time: Wire.time
  })
}) {}

/** A page of members with a licence. */
export class LicensedMembersPage extends Schema.Class<LicensedMembersPage>("effect-wecom/LicensedMembersPage")({
  account_list: Wire.list(LicensedMember),
  ...Wire.optionals({ next_cursor: Schema.String, has_more: Wire.flag })
}) {}

/** 激活结果: what the activation of one code came to. */
export class ActivationResult extends Schema.Class<ActivationResult>("effect-wecom/ActivationResult")({
  /** 0 for success. */
  errcode: Wire.int,
  ...Wire.optionals({
    active_code: Schema.String,
    /** Encrypted. */
    userid: Schema.String
  })
}) {}

/** 继承结果: what handing over the licences of one member came to. */
export class LicenceTransferResult extends Schema.Class<LicenceTransferResult>("effect-wecom/LicenceTransferResult")({
  /** 0 for success. */
  errcode: Wire.int,
  ...Wire.optionals({
    /** Encrypted. */
    handover_userid: Schema.String,
    /** Encrypted. */
    takeover_userid: Schema.String
  })
}) {}

/** 分配结果: a code that could not be shared. */
export class FailedLicenceShare extends Schema.Class<FailedLicenceShare>("effect-wecom/FailedLicenceShare")({
  errcode: Wire.int,
  ...Wire.optionals({
    active_code: Schema.String,
    errmsg: Schema.String
  })
}) {}

/** 分配的场景. */
export const LicenceShareScene = Wire.oneOf({
  Chain: [0, "上下游"],
  CorpGroup: [1, "企业互联"]
})

/** 接口许可账号管理: the licences of a corp, and the members that have them. */
export class LicenceAccounts
  extends Domain.Service<LicenceAccounts>()("licences/LicenceAccounts", "第三方应用·接口许可license", {
    /**
     * 激活账号. Gives a member a licence. One that has a licence of the type gets the new one with the time that is left,
     * if that is at most 20 days; more than 5 years in all are refused (701030).
     * @see https://developer.work.weixin.qq.com/document/path/95553
     */
    activate: Endpoint.post("/cgi-bin/license/active_account", { doc: 95553, credential: "provider" }, () => ({
      body: {
        active_code: Wire.filledText,
        /** The corp that the code belongs to. */
        corpid: Wire.filledText,
        userid: Wire.filledText
      }
    })),
    /**
     * 批量激活账号. `activate` for many members of a corp. Returns a result for each, for `PartialResult`.
     * @see https://developer.work.weixin.qq.com/document/path/95553
     */
    activateMany: Endpoint.post(
      "/cgi-bin/license/batch_active_account",
      { doc: 95553, credential: "provider" },
      () => ({
        body: {
          corpid: Wire.filledText,
          /** At most 1000. */
          active_list: Wire.items(
            Schema.Struct({ active_code: Wire.filledText, userid: Wire.filledText }),
            1000,
            1
          )
        },
        success: Endpoint.pluck("active_result", Wire.list(ActivationResult))
      })
    ),
    /**
     * 指定账号类型激活. Gives a member without a valid licence of the type the unused one that has to be activated first.
     * @see https://developer.work.weixin.qq.com/document/path/97188
     */
    activateByType: Endpoint.post(
      "/cgi-bin/license/active_account_by_type",
      { doc: 97188, credential: "provider" },
      () => ({
        body: { type: LicenceType.schema, corpid: Wire.filledText, userid: Wire.filledText }
      })
    ),
    /**
     * 获取激活码详情. A licence of a corp by its code.
     * @see https://developer.work.weixin.qq.com/document/path/95552
     */
    get: Endpoint.query("/cgi-bin/license/get_active_info_by_code", { doc: 95552, credential: "provider" }, () => ({
      body: { corpid: Wire.filledText, active_code: Wire.filledText },
      success: Endpoint.pluck("active_info", Licence)
    })),
    /**
     * 批量获取激活码详情. Licences of a corp by their codes; those that are not found are named.
     * @see https://developer.work.weixin.qq.com/document/path/95552
     */
    getMany: Endpoint.query(
      "/cgi-bin/license/batch_get_active_info_by_code",
      { doc: 95552, credential: "provider" },
      () => ({
        body: {
          corpid: Wire.filledText,
          /** At most 1000. */
          active_code_list: Wire.items(Wire.filledText, 1000, 1)
        },
        success: FoundLicences
      })
    ),
    /**
     * 获取企业的账号列表. The members of a corp that have licences, ended ones too. For an upstream corp those that it
     * uses itself, for a downstream one those that it was given and uses.
     * @see https://developer.work.weixin.qq.com/document/path/95544
     */
    listMembers: Endpoint.query(
      "/cgi-bin/license/list_actived_account",
      { doc: 95544, credential: "provider" },
      () => ({
        body: {
          corpid: Wire.filledText,
          ...Wire.optionals({
            /** At most 1000. Default: 500. */
            limit: Wire.intBetween(1, 1000),
            cursor: Schema.String
          })
        },
        success: LicensedMembersPage
      })
    ),
    /**
     * 获取成员的激活详情. The licences of a member.
     * @see https://developer.work.weixin.qq.com/document/path/95555
     */
    getOfMember: Endpoint.query(
      "/cgi-bin/license/get_active_info_by_user",
      { doc: 95555, credential: "provider" },
      () => ({
        body: { corpid: Wire.filledText, userid: Wire.filledText },
        success: MemberLicences
      })
    ),
    /**
     * 账号继承. Hands licences that are active and valid on to other members of the corp: those of somebody who left, or
     * is outside the scope of the app, at any time; those of others once in 30 days. Whoever has a licence of the type
     * may have at most 20 days left of it. Returns a result for each pair, for `PartialResult`.
     * @see https://developer.work.weixin.qq.com/document/path/95673
     */
    transferMany: Endpoint.post(
      "/cgi-bin/license/batch_transfer_license",
      { doc: 95673, credential: "provider" },
      () => ({
        body: {
          corpid: Wire.filledText,
          /** At most 1000. */
          transfer_list: Wire.items(
            Schema.Struct({ handover_userid: Wire.filledText, takeover_userid: Wire.filledText }),
            1000,
            1
          )
        },
        success: Endpoint.pluck("transfer_result", Wire.list(LicenceTransferResult))
      })
    ),
    /**
     * 分配激活码给下游/下级企业. Gives unused licences of a corp to a corp that it shares an app of the provider with: at
     * most twice as many as that corp has members in the chain. Returns what failed, for `PartialResult`.
     * @see https://developer.work.weixin.qq.com/document/path/96059
     */
    shareMany: Endpoint.post(
      "/cgi-bin/license/batch_share_active_code",
      { doc: 96059, credential: "provider" },
      () => ({
        body: {
          from_corpid: Wire.filledText,
          to_corpid: Wire.filledText,
          /** At most 1000. */
          share_list: Wire.items(Schema.Struct({ active_code: Wire.filledText }), 1000, 1),
          /** Default: `Chain`. */
          corp_link_type: Wire.optional(LicenceShareScene.schema)
        },
        success: Endpoint.pluck("share_result", Wire.list(FailedLicenceShare))
      })
    )
  }, (endpoints) => ({
    /**
     * 获取企业的账号列表. All items of `listMembers`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/95544
     */
    listAllMembers: Paging.byCursor(endpoints.listMembers, "account_list")
  }))
{}
