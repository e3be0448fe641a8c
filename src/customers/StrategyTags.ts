/**
 * 管理企业规则组下的客户标签: the customer tags that only the members of one rule group may use.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { NewTag, TagName, TagOrder } from "./Tag.ts"

/** 规则组标签. */
export class StrategyTag extends Schema.Class<StrategyTag>("effect-wecom/StrategyTag")({
  id: Schema.String,
  name: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    /** The larger, the further up. */
    order: Wire.int
  })
}) {}

/** 规则组标签组. */
export class StrategyTagGroup extends Schema.Class<StrategyTagGroup>("effect-wecom/StrategyTagGroup")({
  group_id: Schema.String,
  group_name: Schema.String,
  ...Wire.optionals({
    create_time: Wire.time,
    /** The larger, the further up. */
    order: Wire.int,
    /** 规则组. Not in the answer of `create`. */
    strategy_id: Wire.int
  }),
  tag: Wire.list(StrategyTag)
}) {}

/** 规则组标签: the customer tags that only the members of one rule group may use; apps see those they made. */
export class StrategyTags extends Domain.Service<StrategyTags>()("customers/StrategyTags", "客户联系·客户标签", {
  /**
   * 获取指定规则组下的企业客户标签. All groups with their tags, or those asked for; with `group_id`, `tag_id` is ignored.
   * @see https://developer.work.weixin.qq.com/document/path/94882
   */
  list: Endpoint.query("/cgi-bin/externalcontact/get_strategy_tag_list", 94882, () => ({
    body: Wire.optionals({
      strategy_id: Wire.int,
      tag_id: Schema.Array(Wire.filledText),
      group_id: Schema.Array(Wire.filledText)
    }),
    success: Endpoint.pluck("tag_group", Wire.list(StrategyTagGroup))
  })),
  /**
   * 为指定规则组创建企业客户标签. Adds tags to a group of a rule group of the first level: to the one with `group_id`, or to the
   * one named `group_name`, which is made where there is none. Returns the group with the new tags alone.
   *
   * They count towards the 10,000 tags of a corp (40126). A name that is given twice makes one tag.
   * @see https://developer.work.weixin.qq.com/document/path/94882
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_strategy_tag", 94882, () => ({
    body: Schema.Struct({
      strategy_id: Wire.int,
      ...Wire.optionals({
        group_id: Schema.String,
        /** At most 30 characters. Ignored with `group_id`. */
        group_name: TagName,
        /** The group's position: the larger, the further up. Ignored with `group_id`. */
        order: TagOrder
      }),
      tag: Wire.items(NewTag, 10_000, 1)
    }).pipe(Wire.withAnyOf("group_id", "group_name")),
    success: Endpoint.pluck("tag_group", StrategyTagGroup)
  })),
  /**
   * 编辑指定规则组下的企业客户标签. Renames or moves a tag or a group; it stays with its rule group.
   * @see https://developer.work.weixin.qq.com/document/path/94882
   */
  update: Endpoint.post("/cgi-bin/externalcontact/edit_strategy_tag", 94882, () => ({
    body: {
      /** Of a tag or of a group. */
      id: Wire.filledText,
      ...Wire.optionals({
        /** At most 30 characters. */
        name: TagName,
        order: TagOrder
      })
    }
  })),
  /**
   * 删除指定规则组下的企业客户标签. Tags, and groups with all their tags. A group goes with its last tag.
   * @see https://developer.work.weixin.qq.com/document/path/94882
   */
  delete: Endpoint.post("/cgi-bin/externalcontact/del_strategy_tag", 94882, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        tag_id: Schema.Array(Wire.filledText),
        group_id: Schema.Array(Wire.filledText)
      })
    }).pipe(Wire.withAnyOf("tag_id", "group_id"))
  }))
}) {}
