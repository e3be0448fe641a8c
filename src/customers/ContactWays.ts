/**
 * 客户联系「联系我」管理: QR codes and mini-program buttons through which customers reach members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 联系方式类型. */
export const ContactWayType = Wire.oneOf({
  Single: [1, "单人"],
  Multiple: [2, "多人"]
})

/** 场景. Where customers meet the contact way. */
export const ContactWayScene = Wire.oneOf({
  Miniprogram: [1, "在小程序中联系"],
  QrCode: [2, "通过二维码联系"]
})

const conclusionFields = {
  ...Wire.optionals({
    /** At most 4000 bytes. */
    text: Schema.Struct({ content: Wire.text(4000) }),
    link: Schema.Struct({
      url: Wire.filledText,
      ...Wire.optionals({
        /** At most 128 bytes. */
        title: Wire.text(128),
        /** At most 512 bytes. */
        desc: Wire.text(512),
        picurl: Schema.String
      })
    }),
    miniprogram: Schema.Struct({
      /** A mini program that the corp has linked. */
      appid: Wire.filledText,
      page: Wire.filledText,
      ...Wire.optionals({
        /** At most 64 bytes. */
        title: Wire.text(64),
        /** The cover, best 520 by 416 pixels. */
        pic_media_id: Schema.String
      })
    })
  })
} as const

/**
 * 结束语. What is sent to the customer when a temporary session ends: a text, and one of image, link and mini program;
 * where several are given, the first in this order.
 */
export const Conclusions = Schema.Struct({
  ...conclusionFields,
  image: Wire.optional(Schema.Struct({ media_id: Wire.filledText }))
}).check(
  Schema.makeFilter((value: { readonly [key: string]: unknown }) =>
    Object.values(value).some((part) => part !== undefined) || "one of text, image, link, miniprogram is needed"
  )
)

/** 「联系我」方式. */
export class ContactWay extends Schema.Class<ContactWay>("effect-wecom/ContactWay")({
  config_id: Schema.String,
  ...Wire.optionals({
    type: ContactWayType.schema,
    scene: ContactWayScene.schema,
    /** 按钮的样式: 1, 2 or 3. With scene 1. */
    style: Wire.int,
    remark: Schema.String,
    /** Whether customers are added without the member's consent. */
    skip_verify: Schema.Boolean,
    /** What `FollowUser.state` will say of customers who came this way. */
    state: Schema.String,
    /** The URL of the QR code's picture. With scene 2. */
    qr_code: Schema.String
  }),
  /** The userids of the members who take the chats. */
  user: Wire.list(Schema.String),
  /** The ids of the departments that answer. */
  party: Wire.list(Wire.int),
  ...Wire.optionals({
    is_temp: Schema.Boolean,
    /** How long the QR code of a temporary session can be used, in seconds. */
    expires_in: Wire.int,
    /** How long a temporary session lasts, in seconds. */
    chat_expires_in: Wire.int,
    /** The one customer who may open the temporary session. */
    unionid: Schema.String,
    is_exclusive: Schema.Boolean,
    mark_source: Schema.Boolean,
    conclusions: Schema.Struct({
      ...conclusionFields,
      image: Wire.optional(Schema.Struct({ pic_url: Wire.optional(Schema.String) }))
    })
  })
}) {}

const twoWeeks = 14 * 24 * 60 * 60

const changeable = {
  ...Wire.optionals({
    /** At most 30 characters. */
    remark: Wire.chars(30),
    /** Whether customers are added without the member's consent. Default: `true`. */
    skip_verify: Schema.Boolean,
    /** The button's look in a mini program: 1 to 3 for one member, 1 or 2 for several. */
    style: Wire.intBetween(1, 3),
    /** What `FollowUser.state` will say of customers who came this way; at most 30 characters. */
    state: Wire.chars(30),
    /** Userids: exactly one for type 1. At most 100 members in all, those of the departments included. */
    user: Wire.items(Wire.filledText, 100),
    /** Ids of departments, for type 2. */
    party: Schema.Array(Wire.int),
    /** How long the QR code of a temporary session can be used, in seconds: at most 14 days. Default: 7 days. */
    expires_in: Wire.intBetween(1, twoWeeks),
    /** How long a temporary session lasts, in seconds: at most 14 days. Default: 24 hours. */
    chat_expires_in: Wire.intBetween(1, twoWeeks),
    /** The one customer who may open the temporary session. Default: anyone. */
    unionid: Schema.String,
    /** Whether customers are marked as coming from this app's contact way; for 营销获客 apps. Default: they are. */
    mark_source: Schema.Boolean,
    /** 结束语. For temporary sessions. */
    conclusions: Conclusions
  })
} as const

/** One page of ids of 「联系我」. */
export class ContactWayPage extends Schema.Opaque<ContactWayPage>()(
  Schema.Struct({
    contact_way: Wire.list(Schema.Struct({ config_id: Schema.String })),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** 「联系我」方式, as it is created. */
export class NewContactWay extends Schema.Opaque<NewContactWay>()(
  Schema.Struct({
    type: ContactWayType.schema,
    scene: ContactWayScene.schema,
    ...changeable,
    ...Wire.optionals({
      /** Whether it opens a temporary session. Default: `false`. */
      is_temp: Schema.Boolean,
      /** Whether one outside corp's people all go to the same member. Default: `false`. */
      is_exclusive: Schema.Boolean
    })
  }).check(
    Wire.anyOf("user", "party"),
    Schema.makeFilter(({ type, user }) =>
      type !== ContactWayType.Single || (user !== undefined && user.length > 0) ||
      { path: ["user"], issue: "type 1 (单人) needs a userid" }
    )
  )
) {}

/** 「联系我」方式, as it is changed: what is left out stays, lists are replaced. */
export class ContactWayChange extends Schema.Opaque<ContactWayChange>()(
  Schema.Struct({ config_id: Wire.filledText, ...changeable })
) {}

/** 客户联系「联系我」管理: QR codes and mini-program buttons through which customers reach members. */
export class ContactWays extends Domain.Service<ContactWays>()("customers/ContactWays", "客户联系·企业服务人员", {
  /**
   * 配置客户联系「联系我」方式. Returns its `config_id`, to be kept, and with scene 2 the URL of the QR code's picture.
   *
   * At most 500,000 per corp, together with the join ways of groups. Temporary sessions (`is_temp`) are for the medical
   * trade and one member alone, 100,000 a day, and do not count.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_contact_way", 92228, () => ({
    body: NewContactWay,
    success: Schema.Struct({ config_id: Schema.String, qr_code: Wire.optional(Schema.String) })
  })),
  /**
   * 获取企业已配置的「联系我」方式.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  get: Endpoint.query("/cgi-bin/externalcontact/get_contact_way", 92228, () => ({
    body: { config_id: Wire.filledText },
    success: Endpoint.pluck("contact_way", ContactWay)
  })),
  /**
   * 获取企业已配置的「联系我」列表. The ids of those made since 2021-07-10, without temporary sessions; one page.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  list: Endpoint.query("/cgi-bin/externalcontact/list_contact_way", 92228, () => ({
    body: Wire.optionals({
      /** The earliest creation. Default: 90 days ago. */
      start_time: Wire.time,
      /** The latest creation. Default: now. */
      end_time: Wire.time,
      /** Items of a page: 1 to 1000. Default: 100. */
      limit: Wire.intBetween(1, 1000),
      cursor: Schema.String
    }),
    success: ContactWayPage
  })),
  /**
   * 更新企业已配置的「联系我」方式. Fields left out stay as they are; lists are replaced. An expired temporary session cannot
   * be changed.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  update: Endpoint.post("/cgi-bin/externalcontact/update_contact_way", 92228, () => ({
    body: ContactWayChange
  })),
  /**
   * 删除企业已配置的「联系我」方式.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  delete: Endpoint.post("/cgi-bin/externalcontact/del_contact_way", 92228, () => ({
    body: { config_id: Wire.filledText }
  })),
  /**
   * 结束临时会话. Sends the conclusions and ends the temporary session; contacts added in another way stay.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  closeTempChat: Endpoint.post("/cgi-bin/externalcontact/close_temp_chat", 92228, () => ({
    body: { userid: Wire.filledText, external_userid: Wire.filledText }
  }))
}, (endpoints) => ({
  /**
   * 获取企业已配置的「联系我」列表. All pages, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/92228
   */
  listAll: Paging.byCursor(endpoints.list, "contact_way")
})) {}
