/**
 * 会议室: the rooms of a corp, and who has booked them.
 */
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 会议室设备. */
export const RoomEquipment = Wire.oneOf({
  Television: [1, "电视"],
  Telephone: [2, "电话"],
  Projector: [3, "投影"],
  Whiteboard: [4, "白板"],
  Video: [5, "视频"]
})

/** 会议室的预定状态. A room that needs approval is applied for first, then in approval, then booked. */
export const BookingStatus = Wire.oneOf({
  Booked: [0, "已预定"],
  Cancelled: [1, "已取消"],
  Applied: [2, "申请中"],
  InApproval: [3, "审批中"]
})

const Coordinate = Schema.Struct({
  /** Degrees. */
  latitude: Wire.quoted(Wire.number),
  /** Degrees. */
  longitude: Wire.quoted(Wire.number)
})

/** 会议室. */
export class MeetingRoom extends Schema.Class<MeetingRoom>("effect-wecom/MeetingRoom")({
  meetingroom_id: Wire.int,
  ...Wire.optionals({
    name: Schema.String,
    /** How many people have room in it. */
    capacity: Wire.int,
    city: Schema.String,
    building: Schema.String,
    floor: Schema.String,
    coordinate: Coordinate,
    need_approval: Wire.flag,
    /** Who may use it. Only the system app 会议室 is told. */
    range: Schema.Struct({ user_list: Wire.list(Schema.String), department_list: Wire.list(Wire.int) })
  }),
  equipment: Wire.list(RoomEquipment.schema)
}) {}

/** 预定: a room that somebody has booked, or has applied for. */
export class Booking extends Schema.Class<Booking>("effect-wecom/Booking")({
  booking_id: Schema.String,
  ...Wire.optionals({
    /** The booking of the series that this is one of; of `getBooking` alone. */
    master_booking_id: Schema.String,
    /** It cannot be read any more if it was deleted with a cancelled booking. */
    schedule_id: Schema.String,
    start_time: Wire.time,
    end_time: Wire.time,
    /** Userid. */
    booker: Schema.String,
    status: BookingStatus.schema
  })
}) {}

/** 会议室的预定: when a room is taken. */
export class RoomBookings extends Schema.Class<RoomBookings>("effect-wecom/RoomBookings")({
  meetingroom_id: Wire.int,
  schedule: Wire.list(Booking)
}) {}

/** 预定详情. */
export class RoomBooking extends Schema.Class<RoomBooking>("effect-wecom/RoomBooking")({
  meetingroom_id: Wire.int,
  schedule: Booking
}) {}

/** A room that was booked, with the schedule that was made for it. */
export class BookedRoom extends Schema.Class<BookedRoom>("effect-wecom/BookedRoom")({
  booking_id: Schema.String,
  schedule_id: Wire.optional(Schema.String)
}) {}

/** A room that was booked for a schedule or a meeting. */
export class BookedSeries extends Schema.Class<BookedSeries>("effect-wecom/BookedSeries")({
  booking_id: Schema.String,
  /** 会议室冲突日期: of a series, the days on which somebody else has the room, each by its midnight. */
  conflict_date: Wire.list(Wire.time)
}) {}

/** 预定 as {@link MeetingRooms.getBookingLegacy} returns it: the booking is called a meeting. */
export class LegacyBooking extends Schema.Class<LegacyBooking>("effect-wecom/LegacyBooking")({
  meetingroom_id: Wire.int,
  schedule: Schema.Struct({
    meeting_id: Schema.String,
    ...Wire.optionals({
      schedule_id: Schema.String,
      start_time: Wire.time,
      end_time: Wire.time,
      /** Userid. */
      booker: Schema.String,
      status: BookingStatus.schema
    })
  })
}) {}

interface Location {
  readonly city?: string | undefined
  readonly building?: string | undefined
  readonly floor?: string | undefined
}

/** The place of a room: all of it, or nothing. */
const wholeLocation = Schema.makeFilter((location: Location) => {
  const parts = ["city", "building", "floor"] as const
  const missing = parts.find((part) => location[part] === undefined)
  return missing === undefined || parts.every((part) => location[part] === undefined) ||
    { path: [missing], issue: "city, building and floor are needed together" }
})

/** A place to search: a building within its city, a floor within its building. */
const nestedLocation = Schema.makeFilter(({ building, city, floor }: Location) =>
  building !== undefined && city === undefined
    ? { path: ["city"], issue: "is needed to search by building" }
    : floor === undefined || building !== undefined || { path: ["building"], issue: "is needed to search by floor" }
)

const location = Wire.optionals({ city: Schema.String, building: Schema.String, floor: Schema.String })

/** 会议室名称: at most 30 characters. */
const name = Wire.chars(30)

const details = {
  ...location,
  ...Wire.optionals({
    equipment: Schema.Array(RoomEquipment.schema),
    /** Of the building. A building that exists keeps the one that it has. */
    coordinate: Coordinate,
    /** Who may use it. Default: everybody. */
    range: Schema.Struct({
      ...Wire.optionals({
        /** Userids, at most 1000. */
        user_list: Wire.items(Wire.filledText, 1000),
        /** At most 1000. */
        department_list: Wire.items(Wire.int, 1000)
      })
    })
  })
}

const newRoom = Schema.Struct({
  name,
  /** How many people have room in it. */
  capacity: Wire.intFrom(1),
  ...details
}).check(wholeLocation)
/** A room to add; `city`, `building` and `floor` are given together. */
export interface NewRoom extends Schema.Struct.Type<typeof newRoom.fields> {}
/** A room to add; `city`, `building` and `floor` are given together. */
export const NewRoom: Schema.Codec<NewRoom, typeof newRoom.Encoded> = newRoom

const roomEdit = Schema.Struct({
  meetingroom_id: Wire.int,
  ...Wire.optionals({
    name,
    /** How many people have room in it. */
    capacity: Wire.intFrom(1)
  }),
  ...details
}).check(wholeLocation)
/** What to change of a room; `city`, `building` and `floor` are given together. */
export interface RoomEdit extends Schema.Struct.Type<typeof roomEdit.fields> {}
/** What to change of a room; `city`, `building` and `floor` are given together. */
export const RoomEdit: Schema.Codec<RoomEdit, typeof roomEdit.Encoded> = roomEdit

const day = 24 * 60 * 60 * 1000

const bookingFilter = Schema.Struct({
  ...Wire.optionals({
    meetingroom_id: Wire.int,
    /** Default: now. */
    start_time: Wire.time,
    /** On the same day. Default: the next midnight. */
    end_time: Wire.time
  }),
  ...location
}).check(
  nestedLocation,
  Schema.makeFilter(({ end_time, start_time }) => {
    if (start_time === undefined || end_time === undefined) return true
    const length = DateTime.toEpochMillis(end_time) - DateTime.toEpochMillis(start_time)
    return length < 0
      ? { path: ["end_time"], issue: "must not be before start_time" }
      : length <= day || { path: ["end_time"], issue: "must be on the day of start_time" }
  })
)
/** Which bookings to list: of one room, or of a place; of all rooms without either. */
export interface BookingFilter extends Schema.Struct.Type<typeof bookingFilter.fields> {}
/** Which bookings to list: of one room, or of a place; of all rooms without either. */
export const BookingFilter: Schema.Codec<BookingFilter, typeof bookingFilter.Encoded> = bookingFilter

const newBooking = Schema.Struct({
  meetingroom_id: Wire.int,
  subject: Wire.optional(Schema.String),
  /** Rounded down to half an hour. */
  start_time: Wire.time,
  /** Rounded up to half an hour. */
  end_time: Wire.time,
  /** Userid. */
  booker: Wire.filledText,
  /** Userids. */
  attendees: Wire.optional(Schema.Array(Wire.filledText))
}).check(Wire.period("start_time", "end_time", Infinity))
/** When to book a room, and for whom. */
export interface NewBooking extends Schema.Struct.Type<typeof newBooking.fields> {}
/** When to book a room, and for whom. */
export const NewBooking: Schema.Codec<NewBooking, typeof newBooking.Encoded> = newBooking

/**
 * 会议室: the rooms of a corp, and who has booked them.
 *
 * For apps of the corp's own that the admin console names under 会议室. Rooms that need approval cannot be booked here.
 */
export class MeetingRooms extends Domain.Service<MeetingRooms>()("oa/meeting-rooms/MeetingRooms", "OA·会议室", {
  /**
   * 添加会议室. Returns the id of the room.
   * @see https://developer.work.weixin.qq.com/document/path/93619
   */
  create: Endpoint.post("/cgi-bin/oa/meetingroom/add", 93619, () => ({
    body: NewRoom,
    success: Endpoint.pluck("meetingroom_id", Wire.int)
  })),
  /**
   * 查询会议室. All rooms, or those of a place that have some equipment. To search by building needs its city, to search
   * by floor its building.
   * @see https://developer.work.weixin.qq.com/document/path/93619
   */
  list: Endpoint.query("/cgi-bin/oa/meetingroom/list", 93619, () => ({
    body: Schema.Struct({
      ...location,
      equipment: Wire.optional(Schema.Array(RoomEquipment.schema))
    }).check(nestedLocation),
    success: Endpoint.pluck("meetingroom_list", Wire.list(MeetingRoom))
  })),
  /**
   * 编辑会议室. Changes what is given; a `range` replaces the former one as a whole.
   * @see https://developer.work.weixin.qq.com/document/path/93619
   */
  update: Endpoint.post("/cgi-bin/oa/meetingroom/edit", { doc: 93619, idempotent: true }, () => ({
    body: RoomEdit
  })),
  /**
   * 删除会议室.
   * @see https://developer.work.weixin.qq.com/document/path/93619
   */
  delete: Endpoint.post("/cgi-bin/oa/meetingroom/del", 93619, () => ({
    body: { meetingroom_id: Wire.int }
  })),
  /**
   * 查询会议室的预定信息. When rooms are taken within one day, by default the rest of today.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  listBookings: Endpoint.query("/cgi-bin/oa/meetingroom/get_booking_info", 93620, () => ({
    body: BookingFilter,
    success: Endpoint.pluck("booking_list", Wire.list(RoomBookings))
  })),
  /**
   * 预定会议室. Books a room and makes a schedule for it; returns the ids of both.
   *
   * Times are rounded to half hours, from 15:15-15:45 to 15:00-16:00, of which one is the least. A start that is more than
   * 15 minutes ago moves on to the next half hour; an end that is past is refused.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  book: Endpoint.post("/cgi-bin/oa/meetingroom/book", 93620, () => ({
    body: NewBooking,
    success: BookedRoom
  })),
  /**
   * 通过日程预定会议室. Books a room for a schedule that the same app has made. If it repeats, the room is booked but for the
   * days in `conflict_date`. After that `Schedules.update` is refused: cancel the booking before, and book again.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  bookBySchedule: Endpoint.post("/cgi-bin/oa/meetingroom/book_by_schedule", 93620, () => ({
    body: {
      meetingroom_id: Wire.int,
      schedule_id: Wire.filledText,
      /** Userid. */
      booker: Wire.filledText
    },
    success: BookedSeries
  })),
  /**
   * 通过会议预定会议室. Books a room for a meeting that the same app has made. If it repeats, the room is booked but for the
   * days in `conflict_date`.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  bookByMeeting: Endpoint.post("/cgi-bin/oa/meetingroom/book_by_meeting", 93620, () => ({
    body: {
      meetingroom_id: Wire.int,
      meetingid: Wire.filledText,
      /** Userid. */
      booker: Wire.filledText
    },
    success: BookedSeries
  })),
  /**
   * 取消预定会议室. The whole booking, or one day of a series. Another app's booking cannot be cancelled (90499).
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  cancelBooking: Endpoint.post("/cgi-bin/oa/meetingroom/cancel_book", 93620, () => ({
    body: {
      booking_id: Wire.filledText,
      ...Wire.optionals({
        /** Whether the schedule stays. Default: false. Only of one that does not repeat. */
        keep_schedule: Wire.flag,
        /** The day of a series whose booking to cancel. Default: all. */
        cancel_date: Wire.time
      })
    }
  })),
  /**
   * 根据会议室预定ID查询预定详情. A booking of a room, such as a callback event names it.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  getBooking: Endpoint.query("/cgi-bin/oa/meetingroom/bookinfo/get", 93620, () => ({
    body: { meetingroom_id: Wire.int, booking_id: Wire.filledText },
    success: RoomBooking
  })),
  /**
   * 根据会议ID查询会议室的预定信息(旧). No longer in the documents: use {@link getBooking}.
   * @see https://developer.work.weixin.qq.com/document/path/93620
   */
  getBookingLegacy: Endpoint.query("/cgi-bin/oa/meetingroom/get_booking_info_by_meeting_id", 93620, () => ({
    body: { meetingroom_id: Wire.int, meeting_id: Wire.filledText },
    success: LegacyBooking
  }))
}) {}
