/**
 * 成员管理: the members of a corp.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import * as Attribute from "./Attribute.ts"
import { UserGender } from "./UserGender.ts"
import { UserStatus } from "./UserStatus.ts"

/** 邮箱类型. */
export const EmailType = Wire.oneOf({
  Business: [1, "企业邮箱"],
  Personal: [2, "个人邮箱"]
})

/** 二维码尺寸, in pixels. */
export const JoinQrcodeSize = Wire.oneOf({
  Px171: [1, "171 x 171"],
  Px399: [2, "399 x 399"],
  Px741: [3, "741 x 741"],
  Px2052: [4, "2052 x 2052"]
})

/** A member's place in a department. */
export interface UserDepartment {
  readonly id: number
  /** Position among the members of the department: the larger, the further up. */
  readonly order: number
  /** Also `false` where the app may not see who leads: `is_leader_in_dept` is absent then. */
  readonly isLeader: boolean
}

/**
 * 成员. Which fields are there depends on what the app may see: `name` is the userid, and most others are absent, for
 * third-party apps; phone, mail, avatar, gender, address and QR code are absent for apps made since 2022-06-20.
 */
export class User extends Schema.Class<User>("effect-wecom/User")({
  userid: Schema.String,
  ...Wire.optionals({
    /** The same for all apps of one provider; for third-party apps alone. */
    open_userid: Schema.String,
    name: Schema.String,
    english_name: Schema.String,
    alias: Schema.String,
    mobile: Schema.String,
    telephone: Schema.String,
    hide_mobile: Wire.flag,
    email: Schema.String,
    biz_mail: Schema.String,
    gender: Wire.quoted(UserGender.schema),
    address: Schema.String,
    /** 职务. */
    position: Schema.String
  }),
  /** The departments that the app may see; see {@link User.departments}. */
  department: Wire.list(Wire.int),
  ...Wire.optionals({
    /** Parallel to `department`. */
    order: Schema.Array(Wire.int),
    /** Parallel to `department`. */
    is_leader_in_dept: Schema.Array(Wire.flag),
    main_department: Wire.int,
    /** 直属上级. Userids. */
    direct_leader: Schema.Array(Schema.String),
    avatar: Schema.String,
    thumb_avatar: Schema.String,
    /** A URL that shows the QR code with which customers add the member. */
    qr_code: Schema.String,
    status: UserStatus.schema,
    extattr: Attribute.Extattr,
    /** 对外职务. Shown to customers instead of `position`. */
    external_position: Schema.String,
    external_profile: Attribute.ExternalProfile,
    /** Of older servers: see `status`. */
    enable: Wire.flag,
    /** Of older servers: see `is_leader_in_dept`. */
    isleader: Wire.flag
  })
}) {
  /** Where the member belongs: `department`, `order` and `is_leader_in_dept` put together. */
  get departments(): ReadonlyArray<UserDepartment> {
    return this.department.map((id, index) => ({
      id,
      order: this.order?.[index] ?? 0,
      isLeader: this.is_leader_in_dept?.[index] ?? false
    }))
  }
}

/** A member with little more than a name. */
export class UserName extends Schema.Class<UserName>("effect-wecom/UserName")({
  userid: Schema.String,
  ...Wire.optionals({
    /** The same for all apps of one provider; for third-party apps alone. */
    open_userid: Schema.String,
    /** The userid, for third-party apps. */
    name: Schema.String
  }),
  department: Wire.list(Wire.int)
}) {}

/** One member in one department. */
export class DepartmentUser extends Schema.Class<DepartmentUser>("effect-wecom/DepartmentUser")({
  ...Wire.optionals({
    /** Absent for third-party apps. */
    userid: Schema.String,
    /** For third-party apps alone. */
    open_userid: Schema.String
  }),
  department: Wire.int
}) {}

/** What creating a member brought about. */
export class CreatedUser extends Schema.Class<CreatedUser>("effect-wecom/CreatedUser")({
  /** The departments that were made for ids that did not exist. */
  created_department_list: Wire.optional(
    Schema.Struct({
      department_info: Wire.list(Schema.Struct({
        name: Wire.optional(Schema.String),
        id: Wire.int
      }))
    })
  )
}) {}

/** Whom an invitation did not reach: not there, or not visible to the app. */
export class InviteResult extends Schema.Class<InviteResult>("effect-wecom/InviteResult")({
  invaliduser: Wire.list(Schema.String),
  invalidparty: Wire.list(Wire.int),
  invalidtag: Wire.list(Wire.int)
}) {
  /** The same together, for `PartialResult.failOnPartialBy`. */
  get unreached(): ReadonlyArray<{ readonly kind: "user" | "party" | "tag"; readonly id: string }> {
    return [
      ...this.invaliduser.map((id) => ({ kind: "user", id }) as const),
      ...this.invalidparty.map((id) => ({ kind: "party", id: `${id}` }) as const),
      ...this.invalidtag.map((id) => ({ kind: "tag", id: `${id}` }) as const)
    ]
  }
}

const userid = Schema.String.check(Schema.isPattern(/^[0-9A-Za-z][\w\-@.]{0,63}$/, {
  message: "expected 1 to 64 letters, digits, or any of _ - @ . after the first"
}))

const profile = Wire.optionals({
  alias: Wire.chars(64),
  /** Unique in the corp. Numbers outside mainland China carry their country code. */
  mobile: Wire.text(32),
  /** At most 100. Those that do not exist are created, below 其他（待设置部门）, as is the member without any. */
  department: Wire.items(Wire.int, 100),
  /** Parallel to `department`. The larger, the further up. */
  order: Schema.Array(Wire.intBetween(0, 2 ** 32 - 1)),
  /** Parallel to `department`. */
  is_leader_in_dept: Schema.Array(Wire.flag),
  main_department: Wire.int,
  /** 直属上级. Userid of the one superior; more than five are refused (60257). */
  direct_leader: Wire.items(Wire.filledText, 5),
  /** 职务. At most 128 characters. */
  position: Wire.chars(128),
  gender: Wire.quoted(UserGender.schema),
  /** Unique in the corp. 6 to 64 bytes. */
  email: Wire.text(64),
  /** An address of the corp's own mail; made up by the server, and changeable once, when left out. 6 to 64 bytes. */
  biz_mail: Wire.text(64),
  /** At most 32 bytes: digits, `-`, `+`, `,`. */
  telephone: Wire.text(32).check(
    Schema.isPattern(/^[\d\-+,]*$/, { message: "only digits, '-', '+' and ',' are allowed" })
  ),
  /** At most 128 characters. */
  address: Wire.chars(128),
  /** An uploaded image. */
  avatar_mediaid: Schema.String,
  /** Whether the account may be used. */
  enable: Wire.flag,
  extattr: Schema.Struct({ attrs: Schema.Array(Attribute.MemberAttribute) }),
  /** 对外职务. Shown to customers instead of `position`; at most 12 Chinese characters. */
  external_position: Wire.words(12),
  external_profile: Attribute.ExternalProfileInput
})

const parallel = Schema.makeFilter((user: {
  readonly department?: ReadonlyArray<number> | undefined
  readonly order?: ReadonlyArray<number> | undefined
  readonly is_leader_in_dept?: ReadonlyArray<boolean> | undefined
}) =>
  (["order", "is_leader_in_dept"] as const).flatMap((key) =>
    user[key] === undefined || user[key].length === (user.department?.length ?? 0)
      ? []
      : [{ path: [key], issue: "as many items as in `department` are needed" }]
  )
)

/** One page of who belongs to which department. */
export class DepartmentUserPage extends Schema.Opaque<DepartmentUserPage>()(
  Schema.Struct({
    dept_user: Wire.list(DepartmentUser),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** 成员, as it is created. */
export class NewUser extends Schema.Opaque<NewUser>()(
  Schema.Struct({
    userid,
    name: Wire.chars(64),
    ...profile,
    /** Whether to invite the member to use WeCom, once a day for up to three working days: `true` when left out. */
    to_invite: Wire.optional(Schema.Boolean)
  }).check(parallel, Wire.anyOf("mobile", "email"))
) {}

/** 成员, as it is changed: what is left out stays. */
export class UserChange extends Schema.Opaque<UserChange>()(
  Schema.Struct({
    userid: Wire.filledText,
    ...Wire.optionals({
      /** Possible once, where the server made the userid. */
      new_userid: userid,
      name: Wire.chars(64)
    }),
    ...profile,
    /** 企业邮箱别名. Replaces all: at most 5; none clears them. */
    biz_mail_alias: Wire.optional(Schema.Struct({ item: Wire.items(Wire.text(63), 5) }))
  }).check(parallel)
) {}

/** 成员管理: the members of a corp. */
export class Users extends Domain.Service<Users>()("contacts/Users", "通讯录·成员", {
  /**
   * 创建成员. Adds a member, with a mobile number, an email address, or both. Returns the departments that were made for
   * ids that did not exist.
   *
   * For contact sync and third-party address-book apps. Userids are unique without regard to case (60102), and so are
   * mobile numbers (60104) and addresses (60106). Create departments and their members one after the other.
   * @see https://developer.work.weixin.qq.com/document/path/90195
   */
  create: Endpoint.post("/cgi-bin/user/create", 90195, () => ({
    body: NewUser,
    success: CreatedUser
  })),
  /**
   * 读取成员. One member, as far as the app may see (60111 when there is none).
   *
   * Contact sync from addresses added since 2022-08-15 may not use it (48009).
   * @see https://developer.work.weixin.qq.com/document/path/90196
   */
  get: Endpoint.get("/cgi-bin/user/get", 90196, () => ({
    query: { userid: Wire.filledText },
    success: User
  })),
  /**
   * 更新成员. Fields left out stay as they are. For contact sync and third-party address-book apps.
   *
   * The mobile number of an activated member is theirs to change: it is ignored without an error. Mail addresses are
   * not changed together with the rest: after a failure either may have been.
   * @see https://developer.work.weixin.qq.com/document/path/90197
   */
  update: Endpoint.post("/cgi-bin/user/update", 90197, () => ({
    body: UserChange
  })),
  /**
   * 删除成员. For contact sync and third-party address-book apps.
   * @see https://developer.work.weixin.qq.com/document/path/90198
   */
  delete: Endpoint.get("/cgi-bin/user/delete", { doc: 90198, idempotent: false }, () => ({
    query: { userid: Wire.filledText }
  })),
  /**
   * 批量删除成员. At most 200 in one call; none is deleted when one does not exist.
   * @see https://developer.work.weixin.qq.com/document/path/90199
   */
  deleteMany: Endpoint.post("/cgi-bin/user/batchdelete", 90199, () => ({
    body: { useridlist: Wire.items(Wire.filledText, 200, 1) }
  })),
  /**
   * 获取部门成员. The names of a department's own members.
   *
   * Contact sync from addresses added since 2022-08-15 may not use it (48009), but `listIds`.
   * @see https://developer.work.weixin.qq.com/document/path/90200
   */
  listNames: Endpoint.get("/cgi-bin/user/simplelist", 90200, () => ({
    query: {
      department_id: Wire.int,
      /** Also those of the departments below. No longer documented: newer apps walk the tree instead. */
      fetch_child: Wire.optional(Wire.flag)
    },
    success: Endpoint.pluck("userlist", Wire.list(UserName))
  })),
  /**
   * 获取部门成员详情. A department's own members, as far as the app may see them.
   *
   * Contact sync from addresses added since 2022-08-15 may not use it (48009), but `listIds`.
   * @see https://developer.work.weixin.qq.com/document/path/90201
   */
  list: Endpoint.get("/cgi-bin/user/list", 90201, () => ({
    query: {
      department_id: Wire.int,
      /** Also those of the departments below. No longer documented: newer apps walk the tree instead. */
      fetch_child: Wire.optional(Wire.flag)
    },
    success: Endpoint.pluck("userlist", Wire.list(User))
  })),
  /**
   * 获取成员ID列表. One page of who belongs to which department: one entry for each. With the secret of contact sync only.
   * @see https://developer.work.weixin.qq.com/document/path/96067
   */
  listIds: Endpoint.query("/cgi-bin/user/list_id", 96067, () => ({
    body: Wire.optionals({
      cursor: Schema.String,
      /** How many entries a page has: 1 to 10,000. */
      limit: Wire.intBetween(1, 10_000)
    }),
    success: DepartmentUserPage
  })),
  /**
   * userid转openid. For payments to a member, who must have logged in with WeChat (43004 otherwise).
   * @see https://developer.work.weixin.qq.com/document/path/90202
   */
  convertToOpenid: Endpoint.query("/cgi-bin/user/convert_to_openid", 90202, () => ({
    body: { userid: Wire.filledText },
    success: Schema.Struct({
      openid: Schema.String,
      /** Of older servers. */
      appid: Wire.optional(Schema.String)
    })
  })),
  /**
   * openid转userid. Whom a payment went to.
   * @see https://developer.work.weixin.qq.com/document/path/90202
   */
  convertToUserid: Endpoint.query("/cgi-bin/user/convert_to_userid", 90202, () => ({
    body: { openid: Wire.filledText },
    success: Endpoint.pluck("userid", Schema.String)
  })),
  /**
   * 邀请成员. Invites members, whole departments and tags to use WeCom: at most 1,000, 100 and 100.
   *
   * Those who cannot be invited are in the answer, the others are; each is reminded on up to three days. A success does
   * not say that the invitation arrived.
   * @see https://developer.work.weixin.qq.com/document/path/90975
   */
  invite: Endpoint.post("/cgi-bin/batch/invite", 90975, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        user: Wire.items(Wire.filledText, 1000),
        party: Wire.items(Wire.int, 100),
        tag: Wire.items(Wire.int, 100)
      })
    }).pipe(Wire.withAnyOf("user", "party", "tag")),
    success: InviteResult
  })),
  /**
   * 获取加入企业二维码. The URL of a QR code with which people join the corp; it lasts 7 days. With the secret of contact
   * sync.
   * @see https://developer.work.weixin.qq.com/document/path/91714
   */
  getJoinQrcode: Endpoint.get("/cgi-bin/corp/get_join_qrcode", 91714, () => ({
    query: { size_type: Wire.optional(JoinQrcodeSize.schema) },
    success: Endpoint.pluck("join_qrcode", Schema.String)
  })),
  /**
   * 手机号获取userid. Whose mobile number it is: 5 to 32 bytes.
   *
   * Mind the limit: once the wrong numbers exceed 20 % of the headcount, the endpoint is closed to the corp for a day.
   * @see https://developer.work.weixin.qq.com/document/path/95402
   */
  getIdByMobile: Endpoint.query("/cgi-bin/user/getuserid", 95402, () => ({
    body: { mobile: Wire.text(32).check(Schema.isMinLength(5)) },
    success: Endpoint.pluck("userid", Schema.String)
  })),
  /**
   * 邮箱获取userid. Whose email address it is: by default, the corp's own kind of address.
   *
   * Mind the limit: once the wrong addresses exceed 20 % of the headcount, the endpoint is closed to the corp for a day.
   * @see https://developer.work.weixin.qq.com/document/path/95895
   */
  getIdByEmail: Endpoint.query("/cgi-bin/user/get_userid_by_email", 95895, () => ({
    body: {
      email: Wire.filledText,
      email_type: Wire.optional(EmailType.schema)
    },
    success: Endpoint.pluck("userid", Schema.String)
  })),
  /**
   * 获取企业活跃成员数. How many members were active on a day (`2026-03-27`) of the last 30.
   * @see https://developer.work.weixin.qq.com/document/path/92714
   */
  getActiveCount: Endpoint.query("/cgi-bin/user/get_active_stat", 92714, () => ({
    body: {
      date: Schema.String.check(Schema.isPattern(/^\d{4}-\d{2}-\d{2}$/, { message: "expected a day as 2026-03-27" }))
    },
    success: Endpoint.pluck("active_cnt", Wire.int)
  }))
}, (endpoints) => ({
  /**
   * The entries of all pages of `listIds`: a member of two departments comes twice.
   * @see https://developer.work.weixin.qq.com/document/path/96067
   */
  listAllIds: Paging.byCursor(endpoints.listIds, "dept_user")
})) {
  /**
   * The parallel arrays of `create` and `update` that say where a member belongs.
   *
   * @example
   * ```ts
   * users.create({ userid: "zhangsan", name: "张三", mobile: "13800000000", ...inDepartments([{ id: 2, isLeader: true }]) })
   * ```
   */
  static readonly inDepartments = (
    departments: ReadonlyArray<{ readonly id: number; readonly order?: number; readonly isLeader?: boolean }>
  ): {
    readonly department: ReadonlyArray<number>
    readonly order: ReadonlyArray<number>
    readonly is_leader_in_dept: ReadonlyArray<boolean>
  } => ({
    department: departments.map(({ id }) => id),
    order: departments.map(({ order = 0 }) => order),
    is_leader_in_dept: departments.map(({ isLeader = false }) => isLeader)
  })
}
