/**
 * 标签管理: labels on members and departments. (Those on customers are another matter: 客户标签.)
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"

/** 标签. */
export class Tag extends Schema.Class<Tag>("effect-wecom/Tag")({
  tagid: Wire.int,
  tagname: Schema.String
}) {}

/** Who and what has a tag, as far as the app may see. */
export class TagMembers extends Schema.Class<TagMembers>("effect-wecom/TagMembers")({
  tagname: Wire.optional(Schema.String),
  userlist: Wire.list(Schema.Struct({
    userid: Schema.String,
    /** Absent for third-party apps. */
    name: Wire.optional(Schema.String)
  })),
  /** Ids of departments. */
  partylist: Wire.list(Wire.int)
}) {}

/** Whom a change of a tag left out: not there, or not visible to the app. */
export class TagResult extends Schema.Class<TagResult>("effect-wecom/TagResult")({
  /** Userids. */
  invalidlist: Wire.optional(Wire.piped(Schema.String)),
  /** Ids of departments. */
  invalidparty: Wire.list(Wire.int)
}) {
  /**
   * Whom and what the change left out.
   *
   * @example
   * ```ts
   * tags.addMembers({ tagid, userlist }).pipe(PartialResult.failOnPartialBy((result) => result.unreached))
   * ```
   */
  get unreached(): ReadonlyArray<{ readonly kind: "user" | "party"; readonly id: string }> {
    return [
      ...(this.invalidlist ?? []).map((id) => ({ kind: "user", id }) as const),
      ...this.invalidparty.map((id) => ({ kind: "party", id: `${id}` }) as const)
    ]
  }
}

const tagname = Wire.chars(32)

const members = () =>
  Schema.Struct({
    tagid: Wire.int,
    ...Wire.optionals({
      userlist: Wire.items(Wire.filledText, 1000),
      /** Ids of departments. */
      partylist: Wire.items(Wire.int, 100)
    })
  }).pipe(Wire.withAnyOf("userlist", "partylist"))

/** 标签管理: labels on members and departments. A tag belongs to the app that created it, which alone may change it. */
export class Tags extends Domain.Service<Tags>()("contacts/Tags", "通讯录·标签", {
  /**
   * 创建标签. Returns the id of the new tag, the next free one when `tagid` is left out.
   *
   * Names have 1 to 32 characters and are unique (40071). At most 3,000 tags in a corp.
   * @see https://developer.work.weixin.qq.com/document/path/90210
   */
  create: Endpoint.post("/cgi-bin/tag/create", 90210, () => ({
    body: {
      tagname,
      tagid: Wire.optional(Wire.intBetween(0, 2 ** 31 - 1))
    },
    success: Endpoint.pluck("tagid", Wire.int)
  })),
  /**
   * 更新标签名字. Renames a tag of the app's own.
   * @see https://developer.work.weixin.qq.com/document/path/90211
   */
  update: Endpoint.post("/cgi-bin/tag/update", 90211, () => ({
    body: { tagid: Wire.int, tagname }
  })),
  /**
   * 删除标签. Deletes a tag of the app's own; 40068 when there is none.
   * @see https://developer.work.weixin.qq.com/document/path/90212
   */
  delete: Endpoint.get("/cgi-bin/tag/delete", { doc: 90212, idempotent: false }, () => ({
    query: { tagid: Wire.int }
  })),
  /**
   * 获取标签成员. Members and departments that have a tag, as far as the app may see them.
   * @see https://developer.work.weixin.qq.com/document/path/90213
   */
  get: Endpoint.get("/cgi-bin/tag/get", 90213, () => ({
    query: { tagid: Wire.int },
    success: TagMembers
  })),
  /**
   * 增加标签成员. Tags at most 1,000 members and 100 departments in one call; a tag holds 30,000 of both.
   *
   * Those that could not be tagged are in the answer, the others are; 40070 when none could be.
   * @see https://developer.work.weixin.qq.com/document/path/90214
   */
  addMembers: Endpoint.post("/cgi-bin/tag/addtagusers", { doc: 90214, idempotent: true }, () => ({
    body: members(),
    success: TagResult
  })),
  /**
   * 删除标签成员. Takes the tag from at most 1,000 members and 100 departments in one call.
   *
   * Those it could not be taken from are in the answer; 40031 when that is all of them.
   * @see https://developer.work.weixin.qq.com/document/path/90215
   */
  removeMembers: Endpoint.post("/cgi-bin/tag/deltagusers", { doc: 90215, idempotent: true }, () => ({
    body: members(),
    success: TagResult
  })),
  /**
   * 获取标签列表. Every tag; for third-party apps, those of their own.
   * @see https://developer.work.weixin.qq.com/document/path/90216
   */
  list: Endpoint.get("/cgi-bin/tag/list", 90216, () => ({
    success: Endpoint.pluck("taglist", Wire.list(Tag))
  }))
}) {}
