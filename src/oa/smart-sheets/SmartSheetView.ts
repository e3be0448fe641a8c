/**
 * 智能表格视图: how the records of a sheet are shown: sorted, filtered, grouped and coloured.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { FieldOrder, FilterCondition, FilterSpec, ViewFilter } from "./FilterSpec.ts"

/** 视图类型. */
export const ViewType = Wire.oneOf({
  Grid: ["VIEW_TYPE_GRID", "表格视图"],
  Kanban: ["VIEW_TYPE_KANBAN", "看板视图"],
  Gallery: ["VIEW_TYPE_GALLERY", "画册视图"],
  Gantt: ["VIEW_TYPE_GANTT", "甘特视图"],
  Calendar: ["VIEW_TYPE_CALENDAR", "日历视图"]
})

/** 填色类型. */
export const ViewColorTarget = Wire.oneOf({
  Row: ["VIEW_COLOR_CONDITION_TYPE_ROW", "行"],
  Column: ["VIEW_COLOR_CONDITION_TYPE_COLUMN", "列"],
  Cell: ["VIEW_COLOR_CONDITION_TYPE_CELL", "单元格"]
})

/** 填色颜色: 5 is the lightest. */
export const ViewColor = Wire.oneOf({
  Gray5: ["fillColorGray_5", "灰色_5"],
  Blue5: ["accentBlueLighten_5", "蓝色_5"],
  Cyan5: ["chromeCyanLighten_5", "青色_5"],
  Mint5: ["chromeMintLighten_5", "薄荷色_5"],
  Red5: ["chromeRedLighten_5", "红色_5"],
  Orange5: ["chromeOrangeLighten_5", "橙色_5"],
  Amber5: ["chromeAmberLighten_5", "琥珀色_5"],
  Violet5: ["chromeVioletLighten_5", "紫色_5"],
  Pink5: ["chromePinkLighten_5", "粉色_5"],
  Gray4: ["fillColorGray_4", "灰色_4"],
  Blue4: ["accentBlueLighten_4", "蓝色_4"],
  Cyan4: ["chromeCyanLighten_4", "青色_4"],
  Mint4: ["chromeMintLighten_4", "薄荷色_4"],
  Red4: ["chromeRedLighten_4", "红色_4"],
  Orange4: ["chromeOrangeLighten_4", "橙色_4"],
  Amber4: ["chromeAmberLighten_4", "琥珀色_4"],
  Violet4: ["chromeVioletLighten_4", "紫色_4"],
  Pink4: ["chromePinkLighten_4", "粉色_4"],
  Gray3: ["fillColorGray_3", "灰色_3"],
  Blue3: ["accentBlueLighten_3", "蓝色_3"],
  Cyan3: ["chromeCyanLighten_3", "青色_3"],
  Mint3: ["chromeMintLighten_3", "薄荷色_3"],
  Red3: ["chromeRedLighten_3", "红色_3"],
  Orange3: ["chromeOrangeLighten_3", "橙色_3"],
  Amber3: ["chromeAmberLighten_3", "琥珀色_3"],
  Violet3: ["chromeVioletLighten_3", "紫色_3"],
  Pink3: ["chromePinkLighten_3", "粉色_3"]
})

/** 填色条件. */
export class ViewColorCondition extends Schema.Opaque<ViewColorCondition>()(Schema.Struct({
  /** Of one that is there already. */
  id: Wire.optional(Schema.String),
  type: ViewColorTarget.schema,
  color: ViewColor.schema,
  condition: FilterCondition
})) {}

/** 时间条: the fields, of type 日期, at which a bar begins and ends. */
export class ViewSpan extends Schema.Opaque<ViewSpan>()(
  Schema.Struct({ start_date_field_id: Wire.filledText, end_date_field_id: Wire.filledText })
) {}

const shown = {
  /** 记录变更后自动重新排序. */
  auto_sort: Schema.Boolean,
  /** 排序设置. */
  sort_spec: Schema.Struct({ sort_infos: Wire.optional(Schema.Array(FieldOrder)) }),
  /** 分组设置. */
  group_spec: Schema.Struct({ groups: Wire.optional(Schema.Array(FieldOrder)) }),
  /** 是否使用数据统计. */
  is_field_stat_enabled: Schema.Boolean,
  /** Whether fields are shown, by their ids. */
  field_visibility: Schema.Record(Schema.String, Schema.Boolean),
  /** 冻结列数量, from the first on. */
  frozen_field_count: Wire.intFrom(0),
  /** 填色设置. */
  color_config: Schema.Struct({ conditions: Wire.optional(Schema.Array(ViewColorCondition)) })
}

/** 视图属性 to set: what is left out stays. */
export class ViewPropertyEdit extends Schema.Opaque<ViewPropertyEdit>()(
  Schema.Struct(Wire.optionals({ ...shown, filter_spec: FilterSpec }))
) {}

/** 视图属性. */
export class ViewProperty extends Schema.Class<ViewProperty>("effect-wecom/ViewProperty")({
  ...Wire.optionals({
    ...shown,
    filter_spec: ViewFilter,
    /** How some answers spell `group_spec`; see {@link ViewProperty.groups}. */
    gourp_spec: shown.group_spec
  })
}) {
  /** 分组, under whichever key it came. */
  get groups(): ReadonlyArray<FieldOrder> {
    return (this.group_spec ?? this.gourp_spec)?.groups ?? []
  }
}

/** 视图. */
export class SmartSheetView extends Schema.Class<SmartSheetView>("effect-wecom/SmartSheetView")({
  view_id: Schema.String,
  ...Wire.optionals({
    view_title: Schema.String,
    view_type: ViewType.schema,
    property: ViewProperty,
    property_gantt: ViewSpan,
    property_calendar: ViewSpan
  })
}) {}

const titled = { view_title: Schema.NonEmptyString }

/** 视图 to add: a chart of bars or a calendar needs the fields of its dates. */
export type NewSmartSheetView = typeof newView.Type
const newView = Schema.Union([
  Schema.Struct({
    ...titled,
    view_type: Schema.Literals(["VIEW_TYPE_GRID", "VIEW_TYPE_KANBAN", "VIEW_TYPE_GALLERY"])
  }),
  Schema.Struct({ ...titled, view_type: Schema.Literal("VIEW_TYPE_GANTT"), property_gantt: ViewSpan }),
  Schema.Struct({ ...titled, view_type: Schema.Literal("VIEW_TYPE_CALENDAR"), property_calendar: ViewSpan })
])
const placedView = Schema.Union(
  newView.members.map((member) =>
    Schema.Struct({ docid: Schema.NonEmptyString, sheet_id: Schema.NonEmptyString, ...member.fields })
  )
)
/** 添加视图: a view, and the sheet to add it to. */
export type AddView = NewSmartSheetView & { readonly docid: string; readonly sheet_id: string }
/** 添加视图: a view, and the sheet to add it to. */
export const AddView: Schema.Codec<AddView, unknown> = placedView as never // a member for each of the union above
