/**
 * 会议布局和背景: basic layouts of meetings, and what is seen behind them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { BasicLayout, NewLayoutPage } from "./MeetingLayout.ts"

/** 布局模板. */
export class LayoutTemplate extends Schema.Class<LayoutTemplate>("effect-wecom/LayoutTemplate")({
  layout_template_id: Schema.String,
  ...Wire.optionals({
    thumbnail_url: Schema.String,
    /** A picture that shows the ids of the cells, which seats are given by. */
    picture_url: Schema.String,
    /** 渲染规则, as JSON text: where the cells are. */
    render_rule: Schema.String
  })
}) {}

/** Basic layouts that were added. */
export class AddedLayouts extends Schema.Class<AddedLayouts>("effect-wecom/AddedLayouts")({
  selected_layout_id: Wire.optional(Schema.String),
  layout_list: Wire.list(BasicLayout)
}) {}

/** 会议背景. */
export class MeetingBackground extends Schema.Class<MeetingBackground>("effect-wecom/MeetingBackground")({
  background_id: Schema.String,
  /** MD5 of the picture, in hexadecimal. */
  image_md5: Wire.optional(Schema.String)
}) {}

/** 会议背景列表. */
export class MeetingBackgrounds extends Schema.Class<MeetingBackgrounds>("effect-wecom/MeetingBackgrounds")({
  selected_background_id: Wire.optional(Schema.String),
  background_list: Wire.list(MeetingBackground)
}) {}

const meeting = { meetingid: Schema.NonEmptyString }

/** At least one. */
const page_list = Wire.items(NewLayoutPage, Infinity, 1)

/**
 * 会议布局和背景: basic layouts of meetings, and what is seen behind them.
 *
 * For meetings that the app has made.
 */
export class MeetingLayouts extends Domain.Service<MeetingLayouts>()("oa/meetings/MeetingLayouts", "OA·会议", {
  /**
   * 获取布局模板列表. All of the corp.
   * @see https://developer.work.weixin.qq.com/document/path/98844
   */
  listTemplates: Endpoint.get("/cgi-bin/meeting/layout/list_template", 98844, () => ({
    success: Endpoint.pluck("layout_template_list", Wire.list(LayoutTemplate))
  })),
  /**
   * 添加会议基础布局. A meeting may have 10. The first page of a layout is shown first.
   * @see https://developer.work.weixin.qq.com/document/path/98845
   */
  addMany: Endpoint.post("/cgi-bin/meeting/layout/add", 98845, () => ({
    body: {
      ...meeting,
      /** 1 to 10. */
      layout_list: Wire.items(Schema.Struct({ page_list }), 10, 1),
      /** Which of them the meeting uses, from 1. Default: 1, if it has none. */
      default_layout_order: Wire.optional(Wire.intBetween(1, 10))
    },
    success: AddedLayouts
  })),
  /**
   * 修改会议基础布局. Replaces its pages.
   * @see https://developer.work.weixin.qq.com/document/path/98846
   */
  update: Endpoint.post("/cgi-bin/meeting/layout/update", { doc: 98846, idempotent: true }, () => ({
    body: {
      ...meeting,
      layout_id: Schema.NonEmptyString,
      page_list,
      /** Whether the meeting uses it from now on. Default: false. */
      enable_set_default: Wire.optional(Schema.Boolean)
    }
  })),
  /**
   * 设置会议默认布局.
   * @see https://developer.work.weixin.qq.com/document/path/98847
   */
  setDefault: Endpoint.post("/cgi-bin/meeting/layout/set_default", { doc: 98847, idempotent: true }, () => ({
    body: {
      ...meeting,
      /** `""`: the layout that every meeting has. */
      selected_layout_id: Schema.String
    }
  })),
  /**
   * 添加会议背景. A meeting may have 7. WeCom fetches the pictures later: see the callback 素材上传结果.
   * @see https://developer.work.weixin.qq.com/document/path/98851
   */
  addBackgrounds: Endpoint.post("/cgi-bin/meeting/layout/add_background", 98851, () => ({
    body: {
      ...meeting,
      /** 1 to 7 PNG files of at most 10 MB, and of at least 1920*1080. */
      image_list: Wire.items(
        Schema.Struct({
          /** MD5 of the picture, in hexadecimal. */
          image_md5: Schema.NonEmptyString,
          image_url: Schema.NonEmptyString
        }),
        7,
        1
      ),
      /** Which of them the meeting uses, from 1. Default: 1. */
      default_image_order: Wire.optional(Wire.intBetween(1, 7))
    },
    success: MeetingBackgrounds
  })),
  /**
   * 设置会议默认背景.
   * @see https://developer.work.weixin.qq.com/document/path/98852
   */
  setDefaultBackground: Endpoint.post(
    "/cgi-bin/meeting/layout/set_default_background",
    { doc: 98852, idempotent: true },
    () => ({
      body: {
        ...meeting,
        /** `""`: black. */
        selected_background_id: Schema.String
      }
    })
  ),
  /**
   * 获取会议背景列表.
   * @see https://developer.work.weixin.qq.com/document/path/98856
   */
  listBackgrounds: Endpoint.query("/cgi-bin/meeting/layout/list_background", 98856, () => ({
    body: meeting,
    success: MeetingBackgrounds
  })),
  /**
   * 删除会议背景. Not the one that the meeting uses.
   * @see https://developer.work.weixin.qq.com/document/path/98853
   */
  deleteBackground: Endpoint.post(
    "/cgi-bin/meeting/layout/delete_background",
    { doc: 98853, idempotent: true },
    () => ({ body: { ...meeting, background_id: Schema.NonEmptyString } })
  ),
  /**
   * 批量删除会议背景. Not the one that the meeting uses.
   * @see https://developer.work.weixin.qq.com/document/path/98854
   */
  deleteBackgrounds: Endpoint.post(
    "/cgi-bin/meeting/layout/batch_delete_background",
    { doc: 98854, idempotent: true },
    () => ({ body: { ...meeting, background_id_list: Wire.items(Wire.filledText, Infinity, 1) } })
  )
}) {}
