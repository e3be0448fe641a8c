/**
 * 打卡规则管理: the rules by which members check in.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { CheckinRule, UserCheckinRule } from "./CheckinRule.ts"
import { useridlist } from "./fields.ts"
import { CheckinRuleUpdate, NewCheckinRule } from "./NewCheckinRule.ts"

/** 可清空的数组字段: the lists of a rule that can be emptied. */
export const CheckinRuleList = Wire.oneOf({
  SpecialWorkdays: [1, "spe_workdays"],
  SpecialOffdays: [2, "spe_offdays"],
  Wifis: [3, "wifimac_infos"],
  Locations: [4, "loc_infos"]
})

const effective = Wire.optionals({
  /** Whether it applies at once. Default: `false`. */
  effective_now: Schema.Boolean
})

/** 打卡规则管理: the rules by which members check in. Rules are changed by the app that has created them alone. */
export class CheckinRules extends Domain.Service<CheckinRules>()("oa/checkin/CheckinRules", "OA·打卡", {
  /**
   * 获取企业所有打卡规则. All rules of the corp; 60 calls a minute.
   * @see https://developer.work.weixin.qq.com/document/path/93384
   */
  list: Endpoint.query("/cgi-bin/checkin/getcorpcheckinoption", 93384, () => ({
    body: {},
    success: Endpoint.pluck("group", Wire.list(CheckinRule))
  })),

  /**
   * 获取员工打卡规则. The rules of up to 100 members, whom the app may see, on a day: they may be others on the next.
   * @see https://developer.work.weixin.qq.com/document/path/90263
   */
  listByUsers: Endpoint.query("/cgi-bin/checkin/getcheckinoption", 90263, () => ({
    body: {
      /** Midnight at the start of the day. */
      datetime: Wire.time,
      /** 1 to 100. */
      useridlist
    },
    success: Endpoint.pluck("info", Wire.list(UserCheckinRule))
  })),

  /**
   * 创建打卡规则. Adds a rule. Its id is not returned: look for its name in {@link list}. 301093: a field is not valid;
   * 301094: a field is not one of this kind of rule.
   * @see https://developer.work.weixin.qq.com/document/path/98041
   */
  create: Endpoint.post("/cgi-bin/checkin/add_checkin_option", 98041, () => ({
    body: { group: NewCheckinRule, ...effective }
  })),

  /**
   * 修改打卡规则. Replaces the fields that are there, each with everything below it. A list that is left out or empty stays
   * as it is: {@link clearLists} empties it.
   * @see https://developer.work.weixin.qq.com/document/path/98041
   */
  update: Endpoint.post("/cgi-bin/checkin/update_checkin_option", { doc: 98041, idempotent: true }, () => ({
    body: { group: CheckinRuleUpdate, ...effective }
  })),

  /**
   * 清空打卡规则数组元素. Empties lists of a rule. One of `Wifis` and `Locations` must keep an entry.
   * @see https://developer.work.weixin.qq.com/document/path/98041
   */
  clearLists: Endpoint.post(
    "/cgi-bin/checkin/clear_checkin_option_array_field",
    { doc: 98041, idempotent: true },
    () => ({
      body: { groupid: Wire.int, clear_field: Schema.NonEmptyArray(CheckinRuleList.schema), ...effective }
    })
  ),

  /**
   * 删除打卡规则.
   * @see https://developer.work.weixin.qq.com/document/path/98041
   */
  delete: Endpoint.post("/cgi-bin/checkin/del_checkin_option", { doc: 98041, idempotent: true }, () => ({
    body: { groupid: Wire.int, ...effective }
  }))
}) {}
