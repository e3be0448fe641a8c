/**
 * 人事助手·花名册: what the corp keeps of its members beyond the address book.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { RosterField, RosterGroup, RosterGroupType, RosterItem, RosterResult } from "./RosterField.ts"

/** 花名册信息: the fields of a member that were asked for. */
export class StaffInfo extends Schema.Class<StaffInfo>("effect-wecom/StaffInfo")({
  field_info: Wire.list(RosterField),
  /** `field_info`, as older answers call it. */
  fieldinfo: Wire.list(RosterField)
}) {
  /** The fields, whichever of its names the answer has. */
  get fields(): ReadonlyArray<RosterField> {
    return [...this.field_info, ...this.fieldinfo]
  }
}

const update = { fieldid: Wire.int, sub_idx: Wire.optional(Wire.int), result: RosterResult.schema }

const removal = {
  group_type: RosterGroupType.schema,
  sub_idx: Wire.optional(Wire.int),
  result: RosterResult.schema
}

const insertion = {
  group_type: RosterGroupType.schema,
  /** The position in `insert_items`. */
  idx: Wire.optional(Wire.int),
  result: RosterResult.schema
}

/** 更新结果: what each part of an update came to. */
export class StaffUpdate extends Schema.Class<StaffUpdate>("effect-wecom/StaffUpdate")({
  update_results: Wire.list(Schema.Struct(update)),
  remove_results: Wire.list(Schema.Struct(removal)),
  insert_results: Wire.list(Schema.Struct(insertion)),
  /** `insert_results`, as some answers call it. */
  insert_result: Wire.list(Schema.Struct(insertion))
}) {
  /** What did not succeed, for `PartialResult.failOnPartialBy`. */
  get failed(): ReadonlyArray<StaffUpdateResult> {
    return [...this.update_results, ...this.remove_results, ...this.insert_results, ...this.insert_result].filter(
      ({ result }) => result !== RosterResult.Success
    )
  }
}

/** What one part of an update came to: of a field (`fieldid`) or of a group (`group_type`). */
export type StaffUpdateResult =
  | Schema.Struct.Type<typeof update>
  | Schema.Struct.Type<typeof removal>
  | Schema.Struct.Type<typeof insertion>

/** 人事助手·花名册: what the corp keeps of its members beyond the address book. For apps of the corp's own. */
export class Roster extends Domain.Service<Roster>()("oa/hr/Roster", "OA·人事助手", {
  /**
   * 获取员工字段配置. The groups of the roster with their fields: their ids, types and options.
   * @see https://developer.work.weixin.qq.com/document/path/99131
   */
  listFields: Endpoint.get("/cgi-bin/hr/get_fields", 99131, () => ({
    success: Endpoint.pluck("group_list", Wire.list(RosterGroup))
  })),

  /**
   * 获取员工花名册信息. Fields of a member whom the app may see: those of `fieldids`, or all with `get_all`. Each tells by its
   * `result` whether it could be read.
   * @see https://developer.work.weixin.qq.com/document/path/99132
   */
  get: Endpoint.query("/cgi-bin/hr/get_staff_info", { doc: 99132, int64: ["value_uint64", "value_int64"] }, () => ({
    body: Schema.Struct({
      userid: Schema.NonEmptyString,
      ...Wire.optionals({
        /** Default: `false`. With `true`, `fieldids` is ignored. */
        get_all: Schema.Boolean,
        fieldids: Schema.Array(Schema.Struct({
          fieldid: Wire.int,
          /** Which of the member's groups of the kind. Default: 0, for a group that cannot be repeated. */
          sub_idx: Wire.optional(Wire.int)
        }))
      })
    }).check(Schema.makeFilter(({ fieldids = [], get_all }) =>
      get_all === true || fieldids.length > 0 ||
      { path: ["fieldids"], issue: "at least one field is needed, unless get_all is true" }
    )),
    success: StaffInfo
  })),

  /**
   * 更新员工花名册信息. Writes or clears single fields (`update_items`), removes whole groups (`remove_items`) and adds new
   * ones (`insert_items`). Returns what each of them came to: a call that succeeds may have failed in part, see
   * {@link StaffUpdate.failed}.
   *
   * 年龄, 社会工龄 and 员工状态 cannot be changed.
   * @see https://developer.work.weixin.qq.com/document/path/99133
   */
  update: Endpoint.post(
    "/cgi-bin/hr/update_staff_info",
    { doc: 99133, int64: ["value_uint64", "value_int64"] },
    () => ({
      body: Schema.Struct({
        userid: Schema.NonEmptyString,
        ...Wire.optionals({
          update_items: Schema.Array(RosterItem),
          remove_items: Schema.Array(Schema.Struct({ group_type: RosterGroupType.schema, sub_idx: Wire.int })),
          insert_items: Schema.Array(Schema.Struct({
            group_type: RosterGroupType.schema,
            /** Their `sub_idx` is ignored. */
            item: Wire.optional(Schema.Array(RosterItem))
          }))
        })
      }).check(Wire.anyOf("update_items", "remove_items", "insert_items")),
      success: StaffUpdate
    })
  )
}) {}
