/**
 * 上课直播: live lessons, and which students and parents watched them. `Livings` makes and changes them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { followEnding, keyed } from "./fields.ts"

/** 上课直播. */
export class SchoolLiving extends Schema.Class<SchoolLiving>("effect-wecom/SchoolLiving")({
  ...Wire.optionals({
    theme: Schema.String,
    living_start: Wire.time,
    /** Seconds. */
    living_duration: Wire.int,
    /** Userid of who broadcasts. */
    anchor_userid: Schema.String,
    /** 直播范围. */
    living_range: Schema.Struct({
      /** Ids of classes. */
      partyids: Wire.list(Wire.int),
      /** Names of groups that are of no class. */
      group_names: Wire.list(Schema.String)
    }),
    viewer_num: Wire.int,
    comment_num: Wire.int,
    open_replay: Wire.flag,
    /** 推流地址, to which anyone who has it can broadcast. Of an activity that has not begun alone. */
    push_stream_url: Wire.secret,
    /** 当前在线观看人数. */
    online_count: Wire.int,
    /** 直播预约人数. */
    subscribe_count: Wire.int
  })
}) {}

const watched = Wire.optionals({
  /** Seconds. */
  watch_time: Wire.int,
  /** When the viewer came first. */
  enter_time: Wire.time,
  /** When the viewer left last. */
  leave_time: Wire.time,
  is_comment: Wire.flag
})

const student = {
  student_userid: Schema.String,
  /** The parent who watched, or did not: by `listStudentViewers` and `listStudentAbsentees` alone. */
  parent_userid: Wire.optional(Schema.String),
  /** Ids of the student's classes. */
  partyids: Wire.list(Wire.int)
}

const parent = {
  parent_userid: Schema.String,
  student_userid: Wire.optional(Schema.String),
  /** Ids of the student's classes. */
  partyids: Wire.list(Wire.int)
}

/** 观看直播的学生. */
export class StudentViewer extends Schema.Class<StudentViewer>("effect-wecom/StudentViewer")({
  ...student,
  ...watched
}) {
  /** Tells students, parents and guests apart. */
  get kind(): "student" {
    return "student"
  }
}

/** 观看直播的家长. */
export class ParentViewer extends Schema.Class<ParentViewer>("effect-wecom/ParentViewer")({
  ...parent,
  ...watched
}) {
  /** Tells students, parents and guests apart. */
  get kind(): "parent" {
    return "parent"
  }
}

/** 观看直播的游客. */
export class GuestViewer extends Schema.Class<GuestViewer>("effect-wecom/GuestViewer")({
  /** 微信昵称. */
  nickname: Wire.optional(Schema.String),
  ...watched
}) {
  /** Tells students, parents and guests apart. */
  get kind(): "guest" {
    return "guest"
  }
}

/** Somebody who has watched, told apart by `kind`. */
export type SchoolViewer = StudentViewer | ParentViewer | GuestViewer

/** 未观看直播的学生. */
export class StudentAbsentee extends Schema.Class<StudentAbsentee>("effect-wecom/StudentAbsentee")(student) {
  /** Tells students from parents. */
  get kind(): "student" {
    return "student"
  }
}

/** 未观看直播的家长. */
export class ParentAbsentee extends Schema.Class<ParentAbsentee>("effect-wecom/ParentAbsentee")(parent) {
  /** Tells students from parents. */
  get kind(): "parent" {
    return "parent"
  }
}

/** Somebody who has not watched, told apart by `kind`. */
export type SchoolAbsentee = StudentAbsentee | ParentAbsentee

const continued = { has_more: Wire.flag, next_cursor: Schema.String }

/** 观看直播统计V2: a page of those who have watched. */
export class SchoolViewerPage extends Schema.Class<SchoolViewerPage>("effect-wecom/SchoolViewerPage")({
  ...Wire.optionals({
    ...continued,
    stat_info: Schema.Struct({
      students: Wire.list(StudentViewer),
      parents: Wire.list(ParentViewer),
      visitors: Wire.list(GuestViewer)
    })
  })
}) {
  /** All lists of the page. */
  get viewers(): ReadonlyArray<SchoolViewer> {
    const { parents = [], students = [], visitors = [] } = this.stat_info ?? {}
    return [...students, ...parents, ...visitors]
  }
}

/** 观看直播统计: a page of those who have watched. */
export class StudentViewerPage extends Schema.Class<StudentViewerPage>("effect-wecom/StudentViewerPage")({
  ...Wire.optionals({
    ...keyed,
    stat_infoes: Schema.Struct({
      students: Wire.list(StudentViewer),
      visitors: Wire.list(GuestViewer)
    })
  })
}) {
  /** Both lists of the page. */
  get viewers(): ReadonlyArray<StudentViewer | GuestViewer> {
    return [...this.stat_infoes?.students ?? [], ...this.stat_infoes?.visitors ?? []]
  }
}

/** 未观看直播统计V2: a page of those who have not watched. */
export class SchoolAbsenteePage extends Schema.Class<SchoolAbsenteePage>("effect-wecom/SchoolAbsenteePage")({
  ...Wire.optionals({
    ...continued,
    stat_info: Schema.Struct({
      students: Wire.list(StudentAbsentee),
      parents: Wire.list(ParentAbsentee)
    })
  })
}) {
  /** Both lists of the page. */
  get absentees(): ReadonlyArray<SchoolAbsentee> {
    return [...this.stat_info?.students ?? [], ...this.stat_info?.parents ?? []]
  }
}

/** 未观看直播统计: a page of those who have not watched. */
export class StudentAbsenteePage extends Schema.Class<StudentAbsenteePage>("effect-wecom/StudentAbsenteePage")({
  ...Wire.optionals({ ...keyed, stat_info: Schema.Struct({ students: Wire.list(StudentAbsentee) }) })
}) {}

const page = {
  livingid: Schema.NonEmptyString,
  /** Of the page before. Default: from the beginning. */
  next_cursor: Wire.optional(Schema.String)
}

const studentPage = {
  livingid: Schema.NonEmptyString,
  /** Of the page before. Default: from the beginning. */
  next_key: Wire.optional(Schema.String)
}

const followMore = Paging.followCursor({ cursor: "next_cursor" })

/**
 * 上课直播: live lessons, and which students and parents watched them. `Livings` makes and changes them.
 *
 * An app sees only the lessons that it has made. Students and parents count only if they follow 学校通知.
 */
export class SchoolLivings extends Domain.Service<SchoolLivings>()("school/SchoolLivings", "家校·直播", {
  /**
   * 获取直播详情.
   * @see https://developer.work.weixin.qq.com/document/path/93740
   */
  get: Endpoint.get("/cgi-bin/school/living/get_living_info", 93740, () => ({
    query: { livingid: Schema.NonEmptyString },
    success: Endpoint.pluck("living_info", SchoolLiving)
  })),
  /**
   * 获取观看直播统计V2. One page of those who have watched: students, parents and guests.
   * @see https://developer.work.weixin.qq.com/document/path/95793
   */
  listViewers: Endpoint.query("/cgi-bin/school/living/get_watch_stat_v2", 95793, () => ({
    body: page,
    success: SchoolViewerPage
  })),
  /**
   * 获取未观看直播统计V2. One page of those who have not watched: students and parents.
   * @see https://developer.work.weixin.qq.com/document/path/95795
   */
  listAbsentees: Endpoint.query("/cgi-bin/school/living/get_unwatch_stat_v2", 95795, () => ({
    body: page,
    success: SchoolAbsenteePage
  })),
  /**
   * 获取观看直播统计. One page of those who have watched: students, with the parent who did so for them, and guests.
   * @see https://developer.work.weixin.qq.com/document/path/93741
   */
  listStudentViewers: Endpoint.query("/cgi-bin/school/living/get_watch_stat", 93741, () => ({
    body: studentPage,
    success: StudentViewerPage
  })),
  /**
   * 获取未观看直播统计. One page of the students for whom nobody has watched, with their parents.
   * @see https://developer.work.weixin.qq.com/document/path/93742
   */
  listStudentAbsentees: Endpoint.query("/cgi-bin/school/living/get_unwatch_stat", 93742, () => ({
    body: studentPage,
    success: StudentAbsenteePage
  }))
}, (endpoints) => ({
  /**
   * 获取观看直播统计V2. All who have watched, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95793
   */
  listAllViewers: Paging.make(endpoints.listViewers, { items: ({ viewers }) => viewers, next: followMore }),
  /**
   * 获取未观看直播统计V2. All who have not watched, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95795
   */
  listAllAbsentees: Paging.make(endpoints.listAbsentees, { items: ({ absentees }) => absentees, next: followMore }),
  /**
   * 获取观看直播统计. All students and guests who have watched, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93741
   */
  listAllStudentViewers: Paging.make(endpoints.listStudentViewers, {
    items: ({ viewers }) => viewers,
    next: followEnding
  }),
  /**
   * 获取未观看直播统计. All students for whom nobody has watched, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/93742
   */
  listAllStudentAbsentees: Paging.make(endpoints.listStudentAbsentees, {
    items: ({ stat_info }) => stat_info?.students ?? [],
    next: followEnding
  })
})) {}
