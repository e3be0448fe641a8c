/**
 * 会议布局: who is seen where on the screens of a meeting.
 *
 * A layout has pages; a page is made of a template, and seats people in its cells (宫格). Basic layouts are for everybody;
 * advanced ones, which can take turns in a cell, for H.323 and SIP devices.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"

/** 宫格类型. */
export const GridType = Wire.oneOf({
  Video: [1, "视频画面"],
  Share: [2, "共享画面"],
  /** Of basic layouts alone, once on a page. */
  Tool: [3, "拓展应用"]
})

/** 视频画面来源. */
export const GridVideo = Wire.oneOf({ Speaker: [1, "演讲者"], Automatic: [2, "自动填充"], Chosen: [3, "指定人员"] })

/** 轮询间隔时间类型. */
export const PollingUnit = Wire.oneOf({ Second: [1, "秒"], Minute: [2, "分钟"] })

/** 布局类型. */
export const LayoutType = Wire.oneOf({
  Default: [0, "默认布局"],
  Meeting: [2, "自定义会议布局"],
  Personal: [3, "个性布局"]
})

/** 视频画面: somebody in a cell, by userid or by 会中临时ID. */
export interface VideoSeat {
  readonly grid_id: string
  readonly grid_type: typeof GridType.Video
  /** Before the meeting somebody invited; in it, somebody who is there. One of `userid` and `tmp_openid` is needed. */
  readonly userid?: string | undefined
  readonly tmp_openid?: string | undefined
  /** Shown with the video. */
  readonly nick_name: string
}

/** 共享画面 in a cell. */
export interface ShareSeat {
  readonly grid_id: string
  readonly grid_type: typeof GridType.Share
  readonly userid?: string | undefined
  readonly tmp_openid?: string | undefined
  readonly nick_name?: string | undefined
}

/** 拓展应用 in a cell: bound to the meeting, with a web page. */
export interface ToolSeat {
  readonly grid_id: string
  readonly grid_type: typeof GridType.Tool
  readonly tool_sdkid: string
  readonly nick_name?: string | undefined
}

/** 用户座次 of a basic layout, told apart by `grid_type`. */
export type NewSeat = VideoSeat | ShareSeat | ToolSeat

const occupant = Wire.optionals({ userid: Schema.String, tmp_openid: Schema.String })

const newSeat = Schema.Struct({
  /** Of several with the same id the first counts. */
  grid_id: Schema.NonEmptyString,
  grid_type: GridType.schema,
  ...occupant,
  ...Wire.optionals({ nick_name: Schema.String, tool_sdkid: Schema.String })
}).check(
  Schema.makeFilter(({ grid_type, nick_name, tmp_openid, tool_sdkid, userid }) =>
    grid_type === GridType.Video
      ? nick_name === undefined || nick_name === ""
        ? { path: ["nick_name"], issue: "is needed for a video" }
        : userid !== undefined || tmp_openid !== undefined ||
          { path: ["userid"], issue: "is needed for a video, or tmp_openid" }
      : grid_type !== GridType.Tool || tool_sdkid !== undefined ||
        { path: ["tool_sdkid"], issue: "is needed for an app" }
  )
)

/** 用户座次 of a basic layout. */
export const NewSeat = // what the check says, as a type
  newSeat as unknown as Schema.ConstraintCodec<NewSeat, typeof newSeat.Encoded>

/** 布局单页 of a basic layout. */
export class NewLayoutPage extends Schema.Opaque<NewLayoutPage>()(Schema.Struct({
  layout_template_id: Schema.NonEmptyString,
  user_seat_list: Wire.optional(Schema.Array(NewSeat))
})) {}

/** 用户座次 of a basic layout. */
export class Seat extends Schema.Class<Seat>("effect-wecom/Seat")({
  ...occupant,
  ...Wire.optionals({
    grid_id: Schema.String,
    grid_type: GridType.schema,
    nick_name: Schema.String,
    tool_sdkid: Schema.String
  })
}) {}

/** 基础布局. */
export class BasicLayout extends Schema.Class<BasicLayout>("effect-wecom/BasicLayout")({
  layout_id: Schema.String,
  page_list: Wire.list(Schema.Struct({
    layout_template_id: Wire.optional(Schema.String),
    user_seat_list: Wire.list(Seat)
  }))
}) {}

/** 轮询参数设置: how those who share a cell take turns. */
export class PollingSetting extends Schema.Opaque<PollingSetting>()(Schema.Struct({
  polling_interval_unit: PollingUnit.schema,
  /** 1 to 999999. */
  polling_interval: Wire.intBetween(1, 999_999),
  /** Whether those without video are left out. */
  ignore_user_novideo: Schema.Boolean,
  /** Whether those who have not come are left out. */
  ignore_user_absence: Schema.Boolean
})) {}

const gridUser = {
  ...occupant,
  /** Shown with the video; it travels as Base64. */
  nick_name: Wire.optional(Schema.StringFromBase64)
}

/** 宫格中的用户: by userid or by 会中临时ID. */
export class NewGridUser
  extends Schema.Opaque<NewGridUser>()(Schema.Struct(gridUser).check(Wire.anyOf("userid", "tmp_openid")))
{}

/** 用户座次 of an advanced layout. */
export class NewAdvancedSeat extends Schema.Opaque<NewAdvancedSeat>()(
  Schema.Struct({
    grid_id: Schema.NonEmptyString,
    grid_type: GridType.schema,
    ...Wire.optionals({
      video_type: GridVideo.schema,
      /** One; several only if they take turns. */
      user_list: Schema.Array(NewGridUser)
    })
  }).check(
    Schema.makeFilter(({ grid_type }) =>
      grid_type !== GridType.Tool || { path: ["grid_type"], issue: "apps are for basic layouts" }
    ),
    Schema.makeFilter(({ user_list = [], video_type }) =>
      video_type !== GridVideo.Chosen || user_list.length > 0 ||
      { path: ["user_list"], issue: "is needed for video_type 3" }
    )
  )
) {}

/** 布局单页 of an advanced layout. */
export class NewAdvancedPage extends Schema.Opaque<NewAdvancedPage>()(
  Schema.Struct({
    layout_template_id: Schema.NonEmptyString,
    ...Wire.optionals({
      /** Whether those who share a cell take turns. Default: false. */
      enable_polling: Schema.Boolean,
      polling_setting: PollingSetting,
      user_seat_list: Schema.Array(NewAdvancedSeat)
    })
  }).check(
    Schema.makeFilter(({ enable_polling, polling_setting, user_seat_list = [] }) => {
      if (enable_polling === true) {
        return polling_setting !== undefined || { path: ["polling_setting"], issue: "is needed with enable_polling" }
      }
      const index = user_seat_list.findIndex(({ user_list = [] }) => user_list.length > 1)
      return index < 0 ||
        { path: ["user_seat_list", index, "user_list"], issue: "several need enable_polling: they take turns" }
    })
  )
) {}

/** 高级布局 to make. */
export class NewAdvancedLayout extends Schema.Opaque<NewAdvancedLayout>()(Schema.Struct({
  layout_name: Wire.optional(Schema.String),
  page_list: Wire.items(NewAdvancedPage, Infinity, 1)
})) {}

/** 布局单页, as WeCom returns it: of basic layouts too. */
export class LayoutPage extends Schema.Class<LayoutPage>("effect-wecom/LayoutPage")({
  ...Wire.optionals({
    layout_template_id: Schema.String,
    enable_polling: Schema.Boolean,
    polling_setting: Schema.Struct({
      ...Wire.optionals({
        polling_interval_unit: PollingUnit.schema,
        polling_interval: Wire.int,
        ignore_user_novideo: Schema.Boolean,
        ignore_user_absence: Schema.Boolean
      })
    })
  }),
  user_seat_list: Wire.list(Schema.Struct({
    ...Wire.optionals({ grid_id: Schema.String, grid_type: GridType.schema, video_type: GridVideo.schema }),
    user_list: Wire.list(Schema.Struct(gridUser))
  }))
}) {}

/** 会议布局. */
export class MeetingLayout extends Schema.Class<MeetingLayout>("effect-wecom/MeetingLayout")({
  layout_id: Schema.String,
  layout_name: Wire.optional(Schema.String),
  page_list: Wire.list(LayoutPage)
}) {}
