/**
 * 会议室事件: rooms are booked, and are free again.
 *
 * @see https://developer.work.weixin.qq.com/document/path/95333
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

const booking = () => ({
  MeetingRoomId: Wire.int,
  ...Wire.optionals({
    /** The meeting that it is booked for. */
    MeetingId: Schema.String,
    BookingId: Schema.String
  })
})

/**
 * 会议室预定事件: a member booked a room.
 * @see https://developer.work.weixin.qq.com/document/path/95333
 */
export class MeetingRoomBooked extends Event<MeetingRoomBooked>()("event/book_meeting_room", booking) {}

/**
 * 会议室取消事件: a member cancelled a booking.
 * @see https://developer.work.weixin.qq.com/document/path/95333
 */
export class MeetingRoomCancelled extends Event<MeetingRoomCancelled>()("event/cancel_meeting_room", booking) {}
