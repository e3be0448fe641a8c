/**
 * 客户管理: the customers of a corp's members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { ExternalContact, FollowInfo, FollowUser } from "./ExternalContact.ts"

/** A customer as one member follows them: a customer of two members comes twice. */
export class FollowedContact extends Schema.Class<FollowedContact>("effect-wecom/FollowedContact")({
  external_contact: ExternalContact,
  follow_info: FollowInfo
}) {}

/** 已服务的外部联系人. Someone who talked to a member, alone or in a group; see {@link Customers.listServed}. */
export class ServedContact extends Schema.Class<ServedContact>("effect-wecom/ServedContact")({
  /** Whether a member marked them as a customer. */
  is_customer: Schema.Boolean,
  ...Wire.optionals({
    /** 外部联系人临时ID. Tells contacts apart within one round of pages; the next round has others. */
    tmp_openid: Schema.String,
    /** Of a customer. */
    external_userid: Schema.String,
    /** Masked, such as `***开`. Of someone who is no customer. */
    name: Schema.String,
    /** The member who added them, or who owns the group they are in. */
    follow_userid: Schema.String,
    /** The group they are in, where it is marked as a customer group. */
    chat_id: Schema.String,
    /** The name of the group they are in, where it is not marked as a customer group. */
    chat_name: Schema.String
  }),
  /** When they were added, or joined the group, for the first time. */
  add_time: Wire.time
}) {}

/** A customer, and one page of the members who serve them. */
export class CustomerPage extends Schema.Opaque<CustomerPage>()(
  Schema.Struct({
    external_contact: ExternalContact,
    follow_user: Wire.list(FollowUser),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of the customers of members. */
export class FollowedContactPage extends Schema.Opaque<FollowedContactPage>()(
  Schema.Struct({
    external_contact_list: Wire.list(FollowedContact),
    ...Wire.optionals({
      next_cursor: Schema.String,
      /** Members whose customers are left out, as they have no licence; without any licence at all it fails with 701008. */
      fail_info: Schema.Struct({ unlicensed_userid_list: Wire.list(Schema.String) })
    })
  })
) {}

/** One page of served contacts. */
export class ServedContactPage extends Schema.Opaque<ServedContactPage>()(
  Schema.Struct({
    info_list: Wire.list(ServedContact),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** 客户管理: the customers of a corp's members. */
export class Customers extends Domain.Service<Customers>()("customers/Customers", "客户联系·客户管理", {
  /**
   * 获取客户列表. The `external_userid`s of a member's customers. A member without customers fails with 84061.
   * @see https://developer.work.weixin.qq.com/document/path/92113
   */
  list: Endpoint.get("/cgi-bin/externalcontact/list", 92113, () => ({
    query: { userid: Wire.filledText },
    success: Endpoint.pluck("external_userid", Wire.list(Schema.String))
  })),
  /**
   * 获取客户详情. A customer, and up to 500 of the members who follow them. 84061: nobody whom the app may see does.
   * @see https://developer.work.weixin.qq.com/document/path/92114
   */
  get: Endpoint.get("/cgi-bin/externalcontact/get", 92114, () => ({
    query: { external_userid: Wire.filledText, cursor: Schema.optional(Schema.String) },
    success: CustomerPage
  })),
  /**
   * 批量获取客户详情. The customers of up to 100 members; one page. Members without a licence are named in `fail_info`.
   * @see https://developer.work.weixin.qq.com/document/path/92994
   */
  listByUsers: Endpoint.query("/cgi-bin/externalcontact/batch/get_by_user", 92994, () => ({
    body: {
      /** 1 to 100 members. */
      userid_list: Wire.items(Wire.filledText, 100, 1),
      ...Wire.optionals({
        /** Customers of a page: 1 to 100. Default: 50. */
        limit: Wire.intBetween(1, 100),
        cursor: Schema.String
      })
    },
    success: FollowedContactPage
  })),
  /**
   * 修改客户备注信息. What a member notes of a customer; at least one of the notes, those left out stay.
   * @see https://developer.work.weixin.qq.com/document/path/92115
   */
  remark: Endpoint.post("/cgi-bin/externalcontact/remark", 92115, () => ({
    body: Schema.Struct({
      userid: Wire.filledText,
      external_userid: Wire.filledText,
      ...Wire.optionals({
        /** 备注. At most 20 characters. */
        remark: Wire.chars(20),
        /** 描述. At most 150 characters. */
        description: Wire.chars(150),
        /** At most 20 characters. For WeChat users. */
        remark_company: Wire.chars(20),
        /** Replaces all numbers; `[""]` clears them. */
        remark_mobiles: Schema.Array(Schema.String),
        /** 备注图片. */
        remark_pic_mediaid: Schema.String
      })
    }).check(
      Wire.anyOf("remark", "description", "remark_company", "remark_mobiles", "remark_pic_mediaid")
    )
  })),
  /**
   * 获取已服务的外部联系人. Everybody outside who talked to a member, customers or not; one page. For the corp's own apps.
   * @see https://developer.work.weixin.qq.com/document/path/99434
   */
  listServed: Endpoint.query("/cgi-bin/externalcontact/contact_list", 99434, () => ({
    body: Wire.optionals({
      /** Contacts of a page. Default: 1000. */
      limit: Wire.int,
      /** Valid for 4 hours. */
      cursor: Schema.String
    }),
    success: ServedContactPage
  })),
  /**
   * 获取外部联系人详情 (旧). The older form of `get`.
   * @deprecated by WeCom: use `get`
   * @see https://developer.work.weixin.qq.com/document/path/91556
   */
  getLegacy: Endpoint.get("/cgi-bin/crm/get_external_contact", 91556, () => ({
    query: { external_userid: Wire.filledText },
    success: Schema.Struct({ external_contact: ExternalContact, follow_user: Wire.list(FollowUser) })
  })),
  /**
   * 获取手机号随机串 (旧). A text of 20 bytes, valid for 30 minutes, that finds the number's WeChat user in the search of the
   * WeCom app; `state` is what `FollowUser.state` will say. For the corp's own apps.
   * @deprecated by WeCom: no longer documented
   * @see https://developer.work.weixin.qq.com/document/path/92790
   */
  getMobileHashcodeLegacy: Endpoint.query("/cgi-bin/user/get_mobile_hashcode", 92790, () => ({
    body: {
      /** With the country code, such as `+8613800000000`. */
      mobile: Wire.filledText,
      state: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("hashcode", Schema.String)
  }))
}, (endpoints) => ({
  /**
   * 获取客户详情. All members who follow a customer, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/92114
   */
  listAllFollowUsers: Paging.byCursor(endpoints.get, "follow_user"),
  /**
   * 批量获取客户详情. The customers of up to 100 members, as a stream. Customers of members without a licence are left
   * out: `listByUsers` names those.
   * @see https://developer.work.weixin.qq.com/document/path/92994
   */
  listAllByUsers: Paging.byCursor(endpoints.listByUsers, "external_contact_list"),
  /**
   * 获取已服务的外部联系人. All pages, as a stream; `tmp_openid` tells the contacts of one such round apart.
   * @see https://developer.work.weixin.qq.com/document/path/99434
   */
  listAllServed: Paging.byCursor(endpoints.listServed, "info_list")
})) {}
