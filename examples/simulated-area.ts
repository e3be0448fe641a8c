import { Effect, Schema } from "effect"
import { Domain, Endpoint, Wire } from "effect-wecom"
import { MeetingRoomEvents } from "effect-wecom/callback/events"
import { Act, type Area, Audience, Collection, Route } from "effect-wecom/simulator"

/** 会议室. */
export class MeetingRoom extends Schema.Class<MeetingRoom>("example/MeetingRoom")({
  meetingroom_id: Wire.int,
  name: Schema.String,
  capacity: Wire.int
}) {}

/** 会议室管理, as far as this example goes. */
export class MeetingRooms extends Domain.Service<MeetingRooms>()("example/MeetingRooms", "OA·会议室", {
  add: Endpoint.post("/cgi-bin/oa/meetingroom/add", 93619, () => ({
    body: { name: Wire.words(30), capacity: Wire.intBetween(1, 10_000) },
    success: Endpoint.pluck("meetingroom_id", Wire.int)
  })),
  list: Endpoint.query("/cgi-bin/oa/meetingroom/list", 93619, () => ({
    body: Wire.optionals({ city: Schema.String }),
    success: Endpoint.pluck("meetingroom_list", Wire.list(MeetingRoom))
  })),
  delete: Endpoint.post("/cgi-bin/oa/meetingroom/del", 93619, () => ({ body: { meetingroom_id: Wire.int } }))
}) {}

// #region area
const { endpoints } = MeetingRooms

/** What the area keeps of each corp. */
const rooms = Collection.make<MeetingRoom, number>("meeting-rooms/rooms", {
  id: (world) => world.next(),
  missing: 40058,
  message: "invalid meetingroom_id"
})

export const meetingRooms: Area = {
  name: "meeting-rooms",
  services: [MeetingRooms],
  routes: [
    Route.route(endpoints.add, (call) => {
      const made = rooms.add(call, (meetingroom_id) => new MeetingRoom({ ...call.input, meetingroom_id }))
      return made.meetingroom_id
    }, { name: 40058 }),
    Route.route(endpoints.list, (call) => rooms.list(call)),
    Route.route(endpoints.delete, (call) => void rooms.remove(call, call.input.meetingroom_id))
  ],
  access: { "example/MeetingRooms": { powers: ["meeting-rooms"] } }
}
// #endregion

// #region act
/** 预定. A member books a room in the client: the apps that may see the member are told. */
export const book = (act: Act.In & { readonly userid: string; readonly meetingroom_id: number }): Act.Told =>
  Effect.gen(function*() {
    const corp = yield* Act.corpOf(act)
    const member = yield* Act.memberOf(corp, act.userid)
    if (rooms.find(corp, act.meetingroom_id)._tag === "None") {
      return yield* Act.fail(`there is no meeting room ${act.meetingroom_id}`)
    }
    return yield* Act.tell(
      corp,
      Audience.seeing(
        corp,
        member,
        Audience.event(MeetingRoomEvents.MeetingRoomBooked, { MeetingRoomId: act.meetingroom_id })
      )
    )
  })
// #endregion
