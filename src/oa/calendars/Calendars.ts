/**
 * 管理日历: the calendars that an app keeps for members.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 日历通知范围成员权限: what a member sees of a calendar. */
export const CalendarPermission = Wire.oneOf({
  View: [1, "可查看"],
  FreeBusy: [3, "仅查看闲忙状态"]
})

/** 公开范围: who may subscribe to a public calendar. */
export class CalendarRange extends Schema.Class<CalendarRange>("effect-wecom/CalendarRange")({
  userids: Wire.list(Schema.String),
  partyids: Wire.list(Wire.int)
}) {}

/** 日历通知范围成员: a member who has a calendar. */
export class CalendarShare extends Schema.Class<CalendarShare>("effect-wecom/CalendarShare")({
  userid: Schema.String,
  ...Wire.optionals({
    permission: CalendarPermission.schema,
    /** Of calendars made before permissions: see `permission`. */
    readonly: Wire.flag
  })
}) {}

/** 日历. */
export class Calendar extends Schema.Class<Calendar>("effect-wecom/Calendar")({
  cal_id: Schema.String,
  ...Wire.optionals({
    summary: Schema.String,
    /** RGB, such as `#0000FF`. */
    color: Schema.String,
    description: Schema.String,
    is_public: Wire.flag,
    /** Of public calendars. */
    public_range: CalendarRange,
    /** Whether everybody has it. */
    is_corp_calendar: Wire.flag,
    /** Userids; see {@link Calendar.administrators}. */
    admins: Schema.Array(Schema.String),
    /** Userids: how the documented example spells `admins`. */
    adminis: Schema.Array(Schema.String),
    /** Of calendars made before administrators. */
    organizer: Schema.String,
    /** Of calendars made before permissions. */
    readonly: Wire.flag
  }),
  shares: Wire.list(CalendarShare)
}) {
  /** 管理员, by userid, under whichever key they came. */
  get administrators(): ReadonlyArray<string> {
    return this.admins ?? this.adminis ?? []
  }

  /**
   * The calendar as `update` takes it, with some changes: what `update` is not given it removes.
   *
   * @example
   * ```ts
   * calendars.update({ calendar: calendar.edited({ summary: "发布日历" }) })
   * ```
   */
  edited(changes: Partial<Omit<CalendarEdit, "cal_id">> = {}): CalendarEdit {
    return {
      cal_id: this.cal_id,
      summary: this.summary ?? "",
      color: this.color ?? "",
      description: this.description,
      admins: this.administrators,
      public_range: this.public_range,
      shares: this.shares.map(({ permission, userid }) => ({ userid, permission })),
      ...changes
    }
  }
}

/** 无效的日历通知范围成员: a member who was not given the calendar, and why. */
export class FailedShare extends Schema.Class<FailedShare>("effect-wecom/FailedShare")({
  userid: Schema.String,
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {}

const fail_result = Wire.optional(Schema.Struct({ shares: Wire.list(FailedShare) }))

/** A calendar that was made or changed, and whom it could not be given to. */
export class UpdatedCalendar extends Schema.Class<UpdatedCalendar>("effect-wecom/UpdatedCalendar")({ fail_result }) {
  /** Whom it could not be given to, for `PartialResult.failOnPartialBy`. */
  get failedShares(): ReadonlyArray<FailedShare> {
    return this.fail_result?.shares ?? []
  }
}

/** A calendar that was made, and whom it could not be given to. */
export class CreatedCalendar
  extends UpdatedCalendar.extend<CreatedCalendar>("effect-wecom/CreatedCalendar")({ cal_id: Schema.String })
{}

const details = {
  /** 1 to 128 characters. */
  summary: Wire.chars(128),
  /** RGB, such as `#0000FF`. */
  color: Schema.String.check(
    Schema.isPattern(/^#[0-9A-Fa-f]{6}$/, { message: "expected an RGB colour, such as #0000FF" })
  ),
  ...Wire.optionals({
    /** At most 512 characters. */
    description: Wire.chars(512),
    /** Userids, at most 3, who have to be among `shares` (90492). */
    admins: Wire.items(Wire.filledText, 3),
    /** Who may subscribe to a public calendar. */
    public_range: Schema.Struct({
      ...Wire.optionals({
        /** At most 1000. */
        userids: Wire.items(Wire.filledText, 1000),
        /** At most 100. */
        partyids: Wire.items(Wire.int, 100)
      })
    }),
    /** Who has the calendar, at most 2000. */
    shares: Wire.items(
      Schema.Struct({
        userid: Wire.filledText,
        /** Default: `View`. */
        permission: Wire.optional(CalendarPermission.schema)
      }),
      2000
    )
  })
}

const newCalendar = Schema.Struct({
  ...details,
  ...Wire.optionals({
    /** Whether schedules without a `cal_id` go into it. Default: false. Not for third-party apps. */
    set_as_default: Wire.flag,
    /** Default: false. A member may have made or subscribed to at most 100 of them. Cannot be changed later. */
    is_public: Wire.flag,
    /**
     * Whether everybody has it. Default: false. A corp may have 20 of them; they have no colour, no `FreeBusy` shares, and
     * are nobody's default. Cannot be changed later.
     */
    is_corp_calendar: Wire.flag
  })
}).check(
  Schema.makeFilter(({ is_corp_calendar, is_public, public_range }) =>
    public_range !== undefined || (is_public !== true && is_corp_calendar !== true) ||
    { path: ["public_range"], issue: "is needed for a public calendar, or one of the whole corp (90483)" }
  )
)
/** 日历信息 of a calendar to make. */
export interface NewCalendar extends Schema.Struct.Type<typeof newCalendar.fields> {}
/** 日历信息 of a calendar to make. */
export const NewCalendar: Schema.Codec<NewCalendar, typeof newCalendar.Encoded> = newCalendar

const calendarEdit = Schema.Struct({ cal_id: Wire.filledText, ...details })
/** 日历信息 of a calendar to change, as a whole: see {@link Calendar.edited}. */
export interface CalendarEdit extends Schema.Struct.Type<typeof calendarEdit.fields> {}
/** 日历信息 of a calendar to change, as a whole: see {@link Calendar.edited}. */
export const CalendarEdit: Schema.Codec<CalendarEdit, typeof calendarEdit.Encoded> = calendarEdit

/**
 * 管理日历: the calendars that an app keeps for members.
 *
 * An app sees only the calendars that it has made, and only it can put schedules into them. Members are notified of every
 * change. A corp may have 30,000 public calendars, an app 10,000 calendars, a member 100 that are shared.
 */
export class Calendars extends Domain.Service<Calendars>()("oa/calendars/Calendars", "OA·日历日程", {
  /**
   * 创建日历. Members who cannot be given the calendar do not keep it from being made: see `failedShares` of the result.
   * @see https://developer.work.weixin.qq.com/document/path/93647
   */
  create: Endpoint.post("/cgi-bin/oa/calendar/add", 93647, () => ({
    body: {
      calendar: NewCalendar,
      /** Only for old third-party suites of several apps. */
      agentid: Wire.optional(Wire.int)
    },
    success: CreatedCalendar
  })),
  /**
   * 更新日历. Replaces the calendar as a whole: what is left out is removed. {@link Calendar.edited} keeps the rest.
   * @see https://developer.work.weixin.qq.com/document/path/97716
   */
  update: Endpoint.post("/cgi-bin/oa/calendar/update", 97716, () => ({
    body: {
      /** Whether `public_range` stays as it is. Default: false. */
      skip_public_range: Wire.optional(Wire.flag),
      calendar: CalendarEdit
    },
    success: UpdatedCalendar
  })),
  /**
   * 获取日历详情. Calendars of the app, by their ids.
   * @see https://developer.work.weixin.qq.com/document/path/97717
   */
  getMany: Endpoint.query("/cgi-bin/oa/calendar/get", 97717, () => ({
    /** At most 1000. */
    body: { cal_id_list: Wire.items(Wire.filledText, 1000, 1) },
    success: Endpoint.pluck("calendar_list", Wire.list(Calendar))
  })),
  /**
   * 删除日历. Fails with 90459 for one that is deleted already.
   * @see https://developer.work.weixin.qq.com/document/path/97718
   */
  delete: Endpoint.post("/cgi-bin/oa/calendar/del", 97718, () => ({
    body: { cal_id: Wire.filledText }
  }))
}) {}
