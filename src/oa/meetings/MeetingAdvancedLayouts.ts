/**
 * 会议高级布局: layouts for H.323 and SIP devices, for a meeting or for some of those in it.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { MeetingParticipant } from "./MeetingDevice.ts"
import { LayoutPage, LayoutType, MeetingLayout, NewAdvancedLayout } from "./MeetingLayout.ts"

/** 会议布局列表: basic layouts and advanced ones. */
export class MeetingLayoutList extends Schema.Class<MeetingLayoutList>("effect-wecom/MeetingLayoutList")({
  selected_layout_id: Wire.optional(Schema.String),
  layout_list: Wire.list(MeetingLayout)
}) {}

/** 用户布局: what one device shows. */
export class UserLayout extends Schema.Class<UserLayout>("effect-wecom/UserLayout")({
  ...Wire.optionals({
    selected_layout_id: Schema.String,
    layout_name: Schema.String,
    layout_type: LayoutType.schema
  }),
  page_list: Wire.list(LayoutPage)
}) {}

const meeting = { meetingid: Schema.NonEmptyString }

/**
 * 会议高级布局: layouts for H.323 and SIP devices, for a meeting or for some of those in it.
 *
 * For meetings that the app has made. A layout of a device's own goes before that of the meeting, which goes before the
 * one that every meeting has.
 */
export class MeetingAdvancedLayouts
  extends Domain.Service<MeetingAdvancedLayouts>()("oa/meetings/MeetingAdvancedLayouts", "OA·会议", {
    /**
     * 添加会议高级布局. While it is held; a meeting may have 20.
     * @see https://developer.work.weixin.qq.com/document/path/98861
     */
    addMany: Endpoint.post("/cgi-bin/meeting/advanced_layout/add", 98861, () => ({
      body: {
        ...meeting,
        /** 1 to 20. */
        layout_list: Wire.items(NewAdvancedLayout, 20, 1)
      },
      success: Endpoint.pluck("layout_list", Wire.list(MeetingLayout))
    })),
    /**
     * 修改会议高级布局. Replaces it as a whole: at once where the meeting uses it, not where devices do.
     * @see https://developer.work.weixin.qq.com/document/path/98868
     */
    update: Endpoint.post("/cgi-bin/meeting/advanced_layout/update", { doc: 98868, idempotent: true }, () => ({
      body: { ...meeting, layout_id: Schema.NonEmptyString, ...NewAdvancedLayout.fields }
    })),
    /**
     * 设置高级布局. For the meeting, or for some devices; or goes back to the layout that they had.
     * @see https://developer.work.weixin.qq.com/document/path/98869
     */
    apply: Endpoint.post("/cgi-bin/meeting/advanced_layout/apply", { doc: 98869, idempotent: true }, () => ({
      body: {
        ...meeting,
        /** `""`: the meeting's default layout. */
        layout_id: Schema.String,
        /** 会中临时ID of H.323 and SIP devices, at most 20. Default: the meeting. */
        user_list: Wire.optional(Wire.items(Schema.Struct({ tmp_openid: Schema.NonEmptyString }), 20))
      }
    })),
    /**
     * 获取会议布局列表. Basic layouts and advanced ones.
     * @see https://developer.work.weixin.qq.com/document/path/98862
     */
    list: Endpoint.query(
      "/cgi-bin/meeting/advanced_layout/list",
      98862,
      () => ({ body: meeting, success: MeetingLayoutList })
    ),
    /**
     * 获取用户布局. What one device shows.
     * @see https://developer.work.weixin.qq.com/document/path/98865
     */
    getUserLayout: Endpoint.query("/cgi-bin/meeting/advanced_layout/get_user_layout", 98865, () => ({
      body: { ...meeting, ...MeetingParticipant.fields },
      success: UserLayout
    })),
    /**
     * 批量删除布局. Basic ones too, but not those in use. Layouts that are not there are no error.
     * @see https://developer.work.weixin.qq.com/document/path/98866
     */
    deleteMany: Endpoint.post(
      "/cgi-bin/meeting/advanced_layout/batch_delete",
      { doc: 98866, idempotent: true },
      () => ({
        body: {
          ...meeting,
          /** At most 20. */
          layout_id_list: Wire.items(Wire.filledText, 20, 1)
        }
      })
    )
  })
{}
