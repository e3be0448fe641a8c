/**
 * 管理企业标签, 编辑客户企业标签: the tags that a corp sets up for its customers, and putting them on customers.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { NewTag, TagName, TagOrder } from "./Tag.ts"

/** 企业客户标签. */
export class CustomerTag extends Schema.Class<CustomerTag>("effect-wecom/CustomerTag")({
  id: Schema.String,
  name: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    /** The larger, the further up. */
    order: Wire.int,
    /** Returned where tags or groups were asked for by id. */
    deleted: Schema.Boolean
  })
}) {}

/** 企业客户标签组. A group of tags; a tag belongs to exactly one. */
export class CustomerTagGroup extends Schema.Class<CustomerTagGroup>("effect-wecom/CustomerTagGroup")({
  group_id: Schema.String,
  group_name: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    /** The larger, the further up. */
    order: Wire.int,
    /** Returned where tags were asked for by id. */
    deleted: Schema.Boolean
  }),
  tag: Wire.list(CustomerTag)
}) {}

/** 客户标签管理: the tags that a corp sets up for its customers, and putting them on customers. */
export class CustomerTags extends Domain.Service<CustomerTags>()("customers/CustomerTags", "客户联系·客户标签", {
  /**
   * 获取企业标签库. All groups with their tags, or those asked for; with `group_id`, `tag_id` is ignored.
   * @see https://developer.work.weixin.qq.com/document/path/92117
   */
  list: Endpoint.query("/cgi-bin/externalcontact/get_corp_tag_list", 92117, () => ({
    body: Wire.optionals({
      tag_id: Schema.Array(Wire.filledText),
      group_id: Schema.Array(Wire.filledText)
    }),
    success: Endpoint.pluck("tag_group", Wire.list(CustomerTagGroup))
  })),
  /**
   * 添加企业客户标签. Adds tags to a group: to the one with `group_id`, or to the one named `group_name`, which is made where
   * there is none. Returns the group with the new tags alone.
   *
   * At most 10,000 tags per corp (40126). A name that is given twice makes one tag.
   * @see https://developer.work.weixin.qq.com/document/path/92117
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_corp_tag", 92117, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        group_id: Schema.String,
        /** At most 30 characters. Ignored with `group_id`. */
        group_name: TagName,
        /** The group's position: the larger, the further up. Ignored with `group_id`. */
        order: TagOrder
      }),
      tag: Wire.items(NewTag, 10_000, 1),
      /** For old third-party suites of several apps alone. */
      agentid: Wire.optional(Wire.int)
    }).pipe(Wire.withAnyOf("group_id", "group_name")),
    success: Endpoint.pluck("tag_group", CustomerTagGroup)
  })),
  /**
   * 编辑企业客户标签. Renames or moves a tag or a group that this app made. Names are unique among groups, and among the tags
   * of a group.
   * @see https://developer.work.weixin.qq.com/document/path/92117
   */
  update: Endpoint.post("/cgi-bin/externalcontact/edit_corp_tag", 92117, () => ({
    body: {
      /** Of a tag or of a group. */
      id: Wire.filledText,
      ...Wire.optionals({
        /** At most 30 characters. */
        name: TagName,
        order: TagOrder,
        /** For old third-party suites of several apps alone. */
        agentid: Wire.int
      })
    }
  })),
  /**
   * 删除企业客户标签. Tags, and groups with all their tags, that this app made. A group goes with its last tag.
   * @see https://developer.work.weixin.qq.com/document/path/92117
   */
  delete: Endpoint.post("/cgi-bin/externalcontact/del_corp_tag", 92117, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        tag_id: Schema.Array(Wire.filledText),
        group_id: Schema.Array(Wire.filledText),
        /** For old third-party suites of several apps alone. */
        agentid: Wire.int
      })
    }).pipe(Wire.withAnyOf("tag_id", "group_id"))
  })),
  /**
   * 编辑客户企业标签. Puts tags of the corp, or of a rule group that the member is in, on a member's customer, and takes
   * others off: a member can put at most 3,000 on a customer. 84061: the member does not follow the customer; 40068: no
   * such tag.
   * @see https://developer.work.weixin.qq.com/document/path/92118
   */
  mark: Endpoint.post("/cgi-bin/externalcontact/mark_tag", { doc: 92118, idempotent: true }, () => ({
    body: Schema.Struct({
      userid: Wire.filledText,
      external_userid: Wire.filledText,
      ...Wire.optionals({
        /** Ids of tags. */
        add_tag: Schema.Array(Wire.filledText),
        /** Ids of tags. */
        remove_tag: Schema.Array(Wire.filledText)
      })
    }).pipe(Wire.withAnyOf("add_tag", "remove_tag"))
  }))
}) {}
