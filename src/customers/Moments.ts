/**
 * 客户朋友圈: moments that members publish to their customers.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 朋友圈创建来源: who made a moment. */
export const MomentCreator = Wire.oneOf({
  Corp: [0, "企业"],
  Member: [1, "个人"]
})

/** 朋友圈类型: whose moments to list. */
export const MomentFilter = Wire.oneOf({
  Corp: [0, "企业发表"],
  Member: [1, "个人发表"],
  All: [2, "所有"]
})

/** 可见范围类型: who sees a moment. */
export const MomentVisibility = Wire.oneOf({
  Some: [0, "部分可见"],
  Everyone: [1, "公开"]
})

/** 成员发表状态: whether a member has published a moment. */
export const MomentTaskStatus = Wire.oneOf({
  Unpublished: [0, "未发表"],
  Published: [1, "已发表"]
})

/** 任务状态: how far the making of a moment is. */
export const MomentJobStatus = Wire.oneOf({
  Started: [1, "开始创建任务"],
  Running: [2, "正在创建任务中"],
  Finished: [3, "创建任务已完成"]
})

/** Text of at most `characters` characters, of which two of ASCII count as one. */
const wideText = (characters: number) =>
  Schema.String.check(
    Schema.makeFilter((value: string) => {
      let length = 0
      for (const character of value) length += character <= "\x7f" ? 1 : 2
      return length <= 2 * characters ||
        `at most ${characters} characters are allowed, where two of ASCII count as one`
    })
  )

const Media = Schema.Struct({ media_id: Wire.filledText })

/** 图片, of at most 10800 x 1080 pixels, by the id that `media/upload_attachment` returned. */
export const MomentImage = Schema.Struct({
  msgtype: Schema.Literal("image"),
  image: Media
})
/** 图片. */
export type MomentImage = typeof MomentImage.Type

/** 视频, of at most 30 seconds and 10 MB, by the id that `media/upload_attachment` returned. */
export const MomentVideo = Schema.Struct({
  msgtype: Schema.Literal("video"),
  video: Media
})
/** 视频. */
export type MomentVideo = typeof MomentVideo.Type

/** 图文, with a cover by the id that `media/upload_attachment` returned. */
export const MomentLink = Schema.Struct({
  msgtype: Schema.Literal("link"),
  link: Schema.Struct({
    /** At most 64 characters, where two of ASCII count as one. */
    title: Wire.optional(wideText(64)),
    url: Wire.filledText,
    media_id: Wire.filledText
  })
})
/** 图文. */
export type MomentLink = typeof MomentLink.Type

/** 朋友圈附件: up to 9 pictures, or one video, or one link. */
export type MomentAttachments = ReadonlyArray<MomentImage> | readonly [MomentVideo] | readonly [MomentLink]

/** 朋友圈附件: up to 9 pictures, or one video, or one link. */
export const MomentAttachments = Schema.Array(Schema.Union([MomentImage, MomentVideo, MomentLink])).check(
  Schema.makeFilter((attachments) =>
    attachments.length <= (attachments.every(({ msgtype }) => msgtype === "image") ? 9 : 1) ||
    "either up to 9 images, or one video, or one link are allowed"
  )
  // What the check says, as a type.
) as Schema.Codec<MomentAttachments, ReadonlyArray<(MomentImage | MomentVideo | MomentLink)>>

/**
 * 可见范围. Members publish (`sender_list`, by default all whom the app may see) to their customers with one of
 * the tags (`external_contact_list`, all of them where it is left out).
 */
export const VisibleRange = Schema.Struct({
  ...Wire.optionals({
    sender_list: Schema.Struct({
      ...Wire.optionals({
        user_list: Wire.items(Wire.filledText, 100_000),
        department_list: Schema.Array(Wire.int)
      })
    }),
    /** Tags of the corp, not those of rule groups. */
    external_contact_list: Schema.Struct({ tag_list: Wire.optional(Schema.Array(Wire.filledText)) })
  })
})
export type VisibleRange = typeof VisibleRange.Type

/** 任务创建结果: what making a moment came to. */
export class MomentJobResult extends Schema.Class<MomentJobResult>("effect-wecom/MomentJobResult")({
  ...Wire.optionals({
    /** What the making came to: 0 is success. */
    errcode: Wire.int,
    errmsg: Schema.String,
    moment_id: Schema.String,
    /** Senders that do not exist, or that the app may not see. */
    invalid_sender_list: Schema.Struct({
      user_list: Wire.list(Schema.String),
      department_list: Wire.list(Wire.int)
    }),
    invalid_external_contact_list: Schema.Struct({ tag_list: Wire.list(Schema.String) })
  })
}) {}

/** 任务: the making of a moment. */
export class MomentJob extends Schema.Class<MomentJob>("effect-wecom/MomentJob")({
  status: MomentJobStatus.schema,
  ...Wire.optionals({
    /** Always `add_moment_task`. */
    type: Schema.String,
    /** Once the status is `Finished`. */
    result: MomentJobResult
  })
}) {
  /** The id of the moment, once it is made. */
  get moment_id(): string | undefined {
    return this.status === MomentJobStatus.Finished ? this.result?.moment_id : undefined
  }
}

const SentVideo = Schema.Struct({ media_id: Schema.String, thumb_media_id: Wire.optional(Schema.String) })

const SentLink = Schema.Struct({ title: Wire.optional(Schema.String), url: Wire.optional(Schema.String) })

/** What a moment shows beside its text. */
export type MomentContent =
  | { readonly msgtype: "image"; readonly image: ReadonlyArray<typeof Media.Type> }
  | { readonly msgtype: "video"; readonly video: typeof SentVideo.Type }
  | { readonly msgtype: "link"; readonly link: typeof SentLink.Type }

/** 朋友圈. */
export class Moment extends Schema.Class<Moment>("effect-wecom/Moment")({
  moment_id: Schema.String,
  ...Wire.optionals({
    /** Left out for those made with `create`. */
    creator: Schema.String,
    create_time: Wire.time,
    create_type: MomentCreator.schema,
    visible_type: MomentVisibility.schema,
    text: Schema.Struct({ content: Wire.optional(Schema.String) }),
    /** Pictures, by ids that `media/get` takes. */
    image: Schema.Array(Media),
    video: SentVideo,
    link: SentLink,
    /** Degrees. */
    location: Schema.Struct({
      ...Wire.optionals({
        latitude: Wire.quoted(Wire.number),
        longitude: Wire.quoted(Wire.number),
        name: Schema.String
      })
    })
  })
}) {
  /** What it shows beside its text, whichever kind it is of. */
  get content(): MomentContent | undefined {
    return this.image !== undefined && this.image.length > 0
      ? { msgtype: "image", image: this.image }
      : this.video !== undefined
      ? { msgtype: "video", video: this.video }
      : this.link !== undefined
      ? { msgtype: "link", link: this.link }
      : undefined
  }
}

/** 发表任务: a member who is to publish a moment. */
export class MomentTask extends Schema.Class<MomentTask>("effect-wecom/MomentTask")({
  userid: Schema.String,
  publish_status: Wire.optional(MomentTaskStatus.schema)
}) {}

/** 可见客户: a customer whom a member chose to see a moment. */
export class MomentViewer extends Schema.Class<MomentViewer>("effect-wecom/MomentViewer")({
  userid: Schema.String,
  external_userid: Schema.String
}) {}

/** 互动: a comment or a like, of a member (`userid`) or a customer (`external_userid`). */
export class MomentReaction extends Schema.Class<MomentReaction>("effect-wecom/MomentReaction")({
  ...Wire.optionals({
    userid: Schema.String,
    external_userid: Schema.String,
    create_time: Wire.time
  })
}) {}

/** One page of the customers who can see a moment. */
export class MomentViewerPage extends Schema.Opaque<MomentViewerPage>()(
  Schema.Struct({
    customer_list: Wire.list(MomentViewer),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const listViewers = Endpoint.query("/cgi-bin/externalcontact/get_moment_customer_list", 93333, () => ({
  body: {
    moment_id: Wire.filledText,
    /** The member who published it: the creator, or one of `listTasks`. */
    userid: Wire.filledText,
    ...Wire.optionals({
      /** Default: 500. */
      limit: Wire.intBetween(1, 1000),
      cursor: Schema.String
    })
  },
  success: MomentViewerPage
}))

/** One page of the customers whom a moment reached. */
export class MomentRecipientPage extends Schema.Opaque<MomentRecipientPage>()(
  Schema.Struct({
    customer_list: Wire.list(Schema.Struct({ external_userid: Schema.String })),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

const listRecipients = Endpoint.query("/cgi-bin/externalcontact/get_moment_send_result", 93333, () => ({
  body: {
    moment_id: Wire.filledText,
    /** The member who published it: the creator, or one of `listTasks`. */
    userid: Wire.filledText,
    ...Wire.optionals({
      /** Default: 3000. */
      limit: Wire.intBetween(1, 5000),
      cursor: Schema.String
    })
  },
  success: MomentRecipientPage
}))

/** One page of 客户朋友圈. */
export class MomentPage extends Schema.Opaque<MomentPage>()(
  Schema.Struct({
    moment_list: Wire.list(Moment),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** One page of the members who are to publish a moment. */
export class MomentTaskPage extends Schema.Opaque<MomentTaskPage>()(
  Schema.Struct({
    task_list: Wire.list(MomentTask),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/**
 * 客户朋友圈: moments that members publish to their customers.
 *
 * Moments of the corp are made here and published by members; those that members made themselves are listed too.
 */
export class Moments extends Domain.Service<Moments>()("customers/Moments", "客户联系·朋友圈", {
  /**
   * 创建发表任务. Starts making a moment that members are then asked to publish; returns the id of the job, which
   * `getJob` takes for 24 hours.
   *
   * A text of at most 2000 characters (two of ASCII count as one), attachments, or both. At most 10 a minute and 100,000 a
   * month (41210).
   * @see https://developer.work.weixin.qq.com/document/path/95094
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_moment_task", 95094, () => ({
    body: Schema.Struct({
      ...Wire.optionals({
        text: Schema.Struct({ content: wideText(2000) }),
        attachments: MomentAttachments,
        visible_range: VisibleRange
      })
    }).pipe(Wire.withAnyOf("text", "attachments")),
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取任务创建结果. How far the making of a moment is, and the moment's id once it is made.
   * @see https://developer.work.weixin.qq.com/document/path/95094
   */
  getJob: Endpoint.get("/cgi-bin/externalcontact/get_moment_task_result", 95094, () => ({
    query: { jobid: Wire.text(64) },
    success: MomentJob
  })),
  /**
   * 停止发表企业朋友圈. Members need not publish it any more; what was published already stays.
   * @see https://developer.work.weixin.qq.com/document/path/97612
   */
  cancel: Endpoint.post("/cgi-bin/externalcontact/cancel_moment_task", 97612, () => ({
    body: { moment_id: Wire.filledText }
  })),
  /**
   * 获取企业全部的发表列表. Moments of the corp and its members within at most 30 days; one page. Deleted ones are left
   * out.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  list: Endpoint.query("/cgi-bin/externalcontact/get_moment_list", 93333, () => ({
    body: Schema.Struct({
      start_time: Wire.time,
      /** At most 30 days after `start_time`. */
      end_time: Wire.time,
      ...Wire.optionals({
        /** Only what this member made. */
        creator: Schema.String,
        /** Default: all creators. */
        filter_type: MomentFilter.schema,
        /** Default: 20. */
        limit: Wire.intBetween(1, 20),
        cursor: Schema.String
      })
    }).check(Wire.period("start_time", "end_time", 30)),
    success: MomentPage
  })),
  /**
   * 获取客户朋友圈企业发表的列表. The members who are to publish a moment of the corp; one page. Fails with 41067 for a
   * moment that a member made.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listTasks: Endpoint.query("/cgi-bin/externalcontact/get_moment_task", 93333, () => ({
    body: {
      /** Of a moment that the corp made. */
      moment_id: Wire.filledText,
      ...Wire.optionals({
        /** Default: 500. */
        limit: Wire.intBetween(1, 1000),
        cursor: Schema.String
      })
    },
    success: MomentTaskPage
  })),
  /**
   * 获取客户朋友圈发表时选择的可见范围. The customers whom a member chose to see a moment; one page. Fails with 41062 until
   * the member has published it.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listViewers,
  /**
   * 获取客户朋友圈发表后的可见客户列表. The customers who can see a member's moment; one page.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listRecipients,
  /**
   * 获取客户朋友圈的互动数据. The comments and likes of a member's moment.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  getReactions: Endpoint.query("/cgi-bin/externalcontact/get_moment_comments", 93333, () => ({
    body: {
      moment_id: Wire.filledText,
      /** The member who published it. */
      userid: Wire.filledText
    },
    success: Schema.Struct({
      comment_list: Wire.list(MomentReaction),
      like_list: Wire.list(MomentReaction)
    })
  }))
}, (endpoints) => ({
  /**
   * 获取企业全部的发表列表. All moments, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listAll: Paging.byCursor(endpoints.list, "moment_list"),
  /**
   * 获取客户朋友圈企业发表的列表. All tasks, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listAllTasks: Paging.byCursor(endpoints.listTasks, "task_list"),
  /**
   * 获取客户朋友圈发表时选择的可见范围. All customers, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listAllViewers: Paging.byCursor(endpoints.listViewers, "customer_list"),
  /**
   * 获取客户朋友圈发表后的可见客户列表. All customers, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93333
   */
  listAllRecipients: Paging.byCursor(endpoints.listRecipients, "customer_list")
})) {
  /** 图片. Pictures of a moment, by their ids: at most 9. */
  static readonly images = (...media_ids: ReadonlyArray<string>): ReadonlyArray<MomentImage> =>
    media_ids.map((media_id) => ({ msgtype: "image", image: { media_id } }))

  /** 视频. The video of a moment. */
  static readonly video = (media_id: string): readonly [MomentVideo] => [{ msgtype: "video", video: { media_id } }]

  /** 图文. The link of a moment. */
  static readonly link = (link: MomentLink["link"]): readonly [MomentLink] => [{ msgtype: "link", link }]
}
