/**
 * 直播: live broadcasts of members, with their replays and audiences.
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import { ignores } from "../../internal/wire/overlooked.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { LivingStatus } from "./LivingStatus.ts"

/** 直播类型. Schools and the IT trade alone can have classes. */
export const LivingType = Wire.oneOf({
  General: [0, "通用直播"],
  SmallClass: [1, "小班课"],
  LargeClass: [2, "大班课"],
  Training: [3, "企业培训"],
  Activity: [4, "活动直播"]
})

/** 回放状态. */
export const ReplayStatus = Wire.oneOf({
  Ready: [0, "生成成功"],
  Generating: [1, "生成中"],
  Deleted: [2, "回放已删除"],
  Failed: [3, "生成失败"]
})

/** 外部成员类型: where somebody from outside the corp is a user. */
export const ExternalViewerType = Wire.oneOf({
  WeChat: [1, "微信用户"],
  WeCom: [2, "企业微信用户"]
})

/** 直播. */
export class Living extends Schema.Class<Living>("effect-wecom/Living")({
  ...Wire.optionals({
    livingid: Schema.String,
    theme: Schema.String,
    description: Schema.String,
    type: LivingType.schema,
    status: LivingStatus.schema,
    /** Userid of who broadcasts. */
    anchor_userid: Schema.String,
    main_department: Wire.int,
    living_start: Wire.time,
    /** Seconds. */
    living_duration: Wire.int,
    reserve_start: Wire.time,
    /** Seconds. */
    reserve_living_duration: Wire.int,
    viewer_num: Wire.int,
    comment_num: Wire.int,
    /** 连麦发言人数: how many have spoken. */
    mic_num: Wire.int,
    /** 当前在线观看人数. */
    online_count: Wire.int,
    /** 直播预约人数. */
    subscribe_count: Wire.int,
    open_replay: Wire.flag,
    /** Only if `open_replay` is `true`. */
    replay_status: ReplayStatus.schema,
    /** 推流地址: anyone who has it can broadcast. Only before the activity begins. */
    push_stream_url: Wire.secret
  })
}) {}

const watched = Wire.optionals({
  /** Seconds. */
  watch_time: Wire.int,
  is_comment: Wire.flag,
  /** 是否连麦发言. */
  is_mic: Wire.flag,
  /** 邀请人, a member: whose card or QR code led here first. Of broadcasts that promote products alone. */
  invitor_userid: Schema.String,
  /** 邀请人, from outside the corp. Of broadcasts that promote products alone. */
  invitor_external_userid: Schema.String
})

/** 观看直播的企业成员. */
export class MemberViewer extends Schema.Class<MemberViewer>("effect-wecom/MemberViewer")({
  userid: Schema.String,
  ...watched
}) {
  /** Tells members from people outside the corp. */
  get kind(): "member" {
    return "member"
  }
}

/** 观看直播的外部成员. */
export class ExternalViewer extends Schema.Class<ExternalViewer>("effect-wecom/ExternalViewer")({
  external_userid: Schema.String,
  ...Wire.optionals({ type: ExternalViewerType.schema, name: Schema.String }),
  ...watched
}) {
  /** Tells members from people outside the corp. */
  get kind(): "external" {
    return "external"
  }
}

/** Somebody who has watched, told apart by `kind`. */
export type Viewer = MemberViewer | ExternalViewer

/** 观看明细: one page of viewers. */
export class ViewerPage extends Schema.Class<ViewerPage>("effect-wecom/ViewerPage")({
  ...Wire.optionals({
    /** Whether this is the last page. */
    ending: Wire.flag,
    next_key: Schema.String,
    stat_info: Schema.Struct({
      users: Wire.list(MemberViewer),
      external_users: Wire.list(ExternalViewer)
    })
  })
}) {
  /** Both lists of the page. */
  get viewers(): ReadonlyArray<Viewer> {
    return [...this.stat_info?.users ?? [], ...this.stat_info?.external_users ?? []]
  }
}

/** 直播观众信息: who went on to the shop of a mini-program, and who had invited them. */
export class LivingShare extends Schema.Class<LivingShare>("effect-wecom/LivingShare")({
  livingid: Schema.String,
  ...Wire.optionals({
    viewer_userid: Schema.String,
    viewer_external_userid: Schema.String,
    invitor_userid: Schema.String,
    invitor_external_userid: Schema.String
  })
}) {}

const reservation = {
  /** Userid of who broadcasts. */
  anchor_userid: Wire.filledText,
  /** At most 20 characters. */
  theme: Wire.chars(20),
  living_start: Wire.time,
  /** Seconds. */
  living_duration: Wire.intFrom(1),
  ...Wire.optionals({
    /** Seconds before the start at which members are reminded. Default: 0. */
    remind_time: Wire.intFrom(0),
    /** At most 100 characters. Not of an activity, which has one in `activity_detail`. */
    description: Wire.chars(100),
    /** Only for old third-party suites of several apps. */
    agentid: Wire.int
  })
}

const activity = Wire.optionals({
  /** 直播间封面图. A media id. */
  activity_cover_mediaid: Schema.String,
  /** 直播分享卡片图. A media id. */
  activity_share_mediaid: Schema.String,
  /** 活动直播详情: what is shown of it instead of `description`. */
  activity_detail: Schema.Struct({
    ...Wire.optionals({
      description: Schema.String,
      /** Media ids, at most 5. */
      image_list: Wire.items(Wire.filledText, 5)
    })
  })
})

/** 预约直播 of any type but an activity. */
export interface NewPlainLiving
  extends Schema.Struct.Type<typeof reservation>, Readonly<Partial<Record<keyof typeof activity, undefined>>>
{
  /** Default: `General`. */
  readonly type?: Exclude<typeof LivingType.values[number], typeof LivingType.Activity> | undefined
}

/** 活动直播, with pictures. */
export interface NewActivityLiving extends Schema.Struct.Type<typeof reservation>, Schema.Struct.Type<typeof activity> {
  readonly type: typeof LivingType.Activity
}

/** 预约直播, told apart by `type`. */
export type NewLiving = NewPlainLiving | NewActivityLiving

const newLiving = Schema.Struct({ ...reservation, type: Wire.optional(LivingType.schema), ...activity }).check(
  Schema.makeFilter((living) => {
    const used = (["activity_cover_mediaid", "activity_share_mediaid", "activity_detail"] as const).find((key) =>
      living[key] !== undefined
    )
    return used === undefined || living.type === LivingType.Activity ||
      { path: ["type"], issue: `must be 4 (活动直播), or ${ignores(used)}` }
  })
)
/** 预约直播, told apart by `type`. */
export const NewLiving = // what the check says, as a type
  newLiving as Schema.ConstraintCodec<NewLiving, typeof newLiving.Encoded>

const livingEdit = Schema.Struct({
  livingid: Wire.filledText,
  ...Wire.optionals({
    /** At most 60 bytes of UTF-8. */
    theme: Wire.text(60),
    living_start: Wire.time,
    /** Seconds. */
    living_duration: Wire.intFrom(1),
    type: LivingType.schema,
    /** At most 300 bytes of UTF-8. */
    description: Wire.text(300),
    /** Seconds before the start at which members are reminded. Default: 0. */
    remind_time: Wire.intFrom(0)
  })
})
/** What to change of a broadcast that has not begun. */
export interface LivingEdit extends Schema.Struct.Type<typeof livingEdit.fields> {}
/** What to change of a broadcast that has not begun. */
export const LivingEdit: Schema.Codec<LivingEdit, typeof livingEdit.Encoded> = livingEdit

/** One page of ids of a member's 直播. */
export class LivingIdPage extends Schema.Opaque<LivingIdPage>()(
  Schema.Struct({
    livingid_list: Wire.list(Schema.String),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/**
 * 直播: live broadcasts of members, with their replays and audiences.
 *
 * An app sees and changes only the broadcasts that it has made. Their progress comes as `LivingStatusChanged` events.
 */
export class Livings extends Domain.Service<Livings>()("oa/living/Livings", "OA·直播", {
  /**
   * 创建预约直播. Returns the id of the broadcast.
   * @see https://developer.work.weixin.qq.com/document/path/93637
   */
  create: Endpoint.post("/cgi-bin/living/create", 93637, () => ({
    body: NewLiving,
    success: Endpoint.pluck("livingid", Schema.String)
  })),
  /**
   * 修改预约直播. Changes what is given of a broadcast that has not begun.
   * @see https://developer.work.weixin.qq.com/document/path/93640
   */
  update: Endpoint.post("/cgi-bin/living/modify", { doc: 93640, idempotent: true }, () => ({
    body: LivingEdit
  })),
  /**
   * 取消预约直播. Only of a broadcast that has not begun.
   * @see https://developer.work.weixin.qq.com/document/path/93638
   */
  cancel: Endpoint.post("/cgi-bin/living/cancel", 93638, () => ({
    body: { livingid: Wire.filledText }
  })),
  /**
   * 删除直播回放.
   * @see https://developer.work.weixin.qq.com/document/path/93874
   */
  deleteReplay: Endpoint.post("/cgi-bin/living/delete_replay_data", 93874, () => ({
    body: { livingid: Wire.filledText }
  })),
  /**
   * 获取微信观看直播凭证. With it one user can watch in WeChat, for 5 minutes: see {@link Livings.watchPath}.
   * @see https://developer.work.weixin.qq.com/document/path/93641
   */
  getWatchCode: Endpoint.query("/cgi-bin/living/get_living_code", 93641, () => ({
    body: {
      livingid: Wire.filledText,
      /** Of the WeChat user. */
      openid: Wire.filledText
    },
    success: Endpoint.pluck("living_code", Wire.secret)
  })),
  /**
   * 获取成员直播ID列表. One page of the ids of a member's broadcasts.
   * @see https://developer.work.weixin.qq.com/document/path/93634
   */
  listIds: Endpoint.query("/cgi-bin/living/get_user_all_livingid", 93634, () => ({
    body: {
      userid: Wire.filledText,
      ...Wire.optionals({
        cursor: Schema.String,
        /** 1 to 100. Default: 100; WeCom recommends 20. */
        limit: Wire.intBetween(1, 100)
      })
    },
    success: LivingIdPage
  })),
  /**
   * 获取直播详情.
   * @see https://developer.work.weixin.qq.com/document/path/93635
   */
  get: Endpoint.get("/cgi-bin/living/get_living_info", 93635, () => ({
    query: { livingid: Wire.filledText },
    success: Endpoint.pluck("living_info", Living)
  })),
  /**
   * 获取直播观看明细. One page of viewers.
   * @see https://developer.work.weixin.qq.com/document/path/93636
   */
  listViewers: Endpoint.query("/cgi-bin/living/get_watch_stat", 93636, () => ({
    body: {
      livingid: Wire.filledText,
      /** Of the page before. Default: from the beginning. */
      next_key: Wire.optional(Schema.String)
    },
    success: ViewerPage
  })),
  /**
   * 获取跳转小程序商城的直播观众信息. Who went from a broadcast that promotes products to the corp's mini-program.
   * @see https://developer.work.weixin.qq.com/document/path/94442
   */
  getShare: Endpoint.query("/cgi-bin/living/get_living_share_info", 94442, () => ({
    body: {
      /** From the path that the mini-program was opened with; valid for 5 minutes. */
      ww_share_code: Wire.filledText
    },
    success: LivingShare
  }))
}, (endpoints) => ({
  /**
   * 获取成员直播ID列表. The ids of all broadcasts of a member, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93634
   */
  listAllIds: Paging.byCursor(endpoints.listIds, "livingid_list"),
  /**
   * 获取直播观看明细. All who have watched, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93636
   */
  listAllViewers: Paging.make(endpoints.listViewers, {
    items: (page) => page.viewers,
    // `ending` alone tells the last page: it may have a key too.
    next: ({ ending, next_key }, input) =>
      ending === true
        ? undefined
        : next_key !== undefined && next_key !== "" && next_key !== input.next_key
        ? { ...input, next_key }
        : ending === false
        ? new Paging.Stuck("next_key")
        : undefined
  })
})) {
  /** 企业微信直播小程序, which shows broadcasts in WeChat: its app id for mini-programs, its original id for web pages. */
  static readonly watchMiniProgram = { appId: "wx7424030d69bde86e", originalId: "gh_25e071b83ee0" } as const

  /** The path of {@link watchMiniProgram} that leads into a broadcast, or with `replay` into its replay. */
  static readonly watchPath = (
    livingCode: Redacted.Redacted,
    { replay = false }: { readonly replay?: boolean } = {}
  ): string =>
    `pages/watch/index?living_code=${encodeURIComponent(Redacted.value(livingCode))}${replay ? "&replay=1" : ""}`
}
