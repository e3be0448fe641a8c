/**
 * 管理邮件群组: addresses that stand for many members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { anyItems, ids, shownIds, shownTexts, texts } from "./lists.ts"

/** 群组使用权限: who may write to a group. */
export const MailGroupAllowType = Wire.oneOf({
  Corp: [0, "企业成员"],
  Anybody: [1, "任何人"],
  Members: [2, "组内成员"],
  Named: [3, "自定义成员"]
})

const shown = Wire.optionals({
  groupname: Schema.String,
  email_list: shownTexts,
  tag_list: shownIds,
  department_list: shownIds,
  /** Other groups. */
  group_list: shownTexts,
  allow_type: MailGroupAllowType.schema,
  allow_emaillist: shownTexts,
  allow_departmentlist: shownIds,
  allow_taglist: shownIds
})

/** 邮件群组. */
export class MailGroup extends Schema.Class<MailGroup>("effect-wecom/MailGroup")({
  /** Its address. */
  groupid: Schema.String,
  ...shown
}) {}

/** A group as a search finds it. */
export class FoundMailGroup extends Schema.Class<FoundMailGroup>("effect-wecom/FoundMailGroup")({
  groupid: Schema.String,
  groupname: Wire.optional(Schema.String)
}) {}

/** What a search finds. */
export class FoundMailGroups extends Schema.Class<FoundMailGroups>("effect-wecom/FoundMailGroups")({
  count: Wire.optional(Wire.int),
  groups: Wire.list(FoundMailGroup)
}) {}

const lists = Wire.optionals({
  /** Addresses of members (`biz_mail`). */
  email_list: texts,
  tag_list: ids,
  department_list: ids,
  /** Other groups, by address. */
  group_list: texts,
  /** Default: `Corp`. */
  allow_type: MailGroupAllowType.schema,
  /** Only with `Named`. */
  allow_emaillist: texts,
  /** Only with `Named`. */
  allow_departmentlist: ids,
  /** Only with `Named`. */
  allow_taglist: ids
})

/** Who may write has to fit `allow_type`, where that is given. */
const allowed = Schema.makeFilter((group: {
  readonly allow_type?: number | undefined
  readonly allow_emaillist?: unknown
  readonly allow_departmentlist?: unknown
  readonly allow_taglist?: unknown
}) => {
  const named = group.allow_emaillist !== undefined || group.allow_departmentlist !== undefined ||
    group.allow_taglist !== undefined
  return group.allow_type === undefined || (group.allow_type === MailGroupAllowType.Named) === named ||
    { path: ["allow_type"], issue: "allow_emaillist, allow_departmentlist and allow_taglist go with Named (3) alone" }
})

/** A group to make. */
export class NewMailGroup extends Schema.Opaque<NewMailGroup>()(
  Schema.Struct({
    /** Its address. */
    groupid: Wire.filledText,
    /** Unique; at most 200 bytes. */
    groupname: Wire.text(200),
    ...lists
  }).check(anyItems("email_list", "group_list", "department_list", "tag_list"), allowed)
) {}

/** What changes of a group: a list that is left out stays, an empty one is cleared. */
export class MailGroupChange extends Schema.Opaque<MailGroupChange>()(
  Schema.Struct({
    groupid: Wire.filledText,
    /** Unique; at most 200 bytes. */
    groupname: Wire.optional(Wire.text(200)),
    ...lists
  }).check(allowed)
) {}

/** 管理邮件群组: the groups that the app has made. */
export class MailGroups extends Domain.Service<MailGroups>()("oa/mail/MailGroups", "OA·邮件", {
  /**
   * 创建邮件群组.
   * @see https://developer.work.weixin.qq.com/document/path/95510
   */
  create: Endpoint.post("/cgi-bin/exmail/group/create", 95510, () => ({ body: NewMailGroup })),
  /**
   * 更新邮件群组. What is left out stays; an empty list is cleared, but not all of the members.
   * @see https://developer.work.weixin.qq.com/document/path/97995
   */
  update: Endpoint.post("/cgi-bin/exmail/group/update", { doc: 97995, idempotent: true }, () => ({
    body: MailGroupChange
  })),
  /**
   * 删除邮件群组.
   * @see https://developer.work.weixin.qq.com/document/path/97996
   */
  delete: Endpoint.post("/cgi-bin/exmail/group/delete", { doc: 97996, idempotent: true }, () => ({
    body: { groupid: Wire.filledText }
  })),
  /**
   * 获取邮件群组详情.
   * @see https://developer.work.weixin.qq.com/document/path/97997
   */
  get: Endpoint.get("/cgi-bin/exmail/group/get", 97997, () => ({
    query: { groupid: Wire.filledText },
    success: MailGroup
  })),
  /**
   * 模糊搜索邮件群组. Groups by a part of their address, or all of them without `fuzzy`.
   * @see https://developer.work.weixin.qq.com/document/path/97998
   */
  search: Endpoint.get("/cgi-bin/exmail/group/search", 97998, () => ({
    query: {
      /** Whether `groupid` is looked for; otherwise all groups are returned. */
      fuzzy: Wire.flag,
      groupid: Wire.optional(Schema.String)
    },
    success: FoundMailGroups
  }))
}) {}
