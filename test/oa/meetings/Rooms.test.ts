import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Layer, Redacted, Stream } from "effect"
import { NoVideoDisplay, RoomConnectors, SplitScreen } from "../../../src/oa/meetings/RoomConnectors.ts"
import {
  ControllerStatus,
  MraProtocol,
  RoomsDevices,
  RoomsResponseStatus
} from "../../../src/oa/meetings/RoomsDevices.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.merge(RoomsDevices.layer, RoomConnectors.layer)

describe("rooms with devices", () => {
  it.effect("are all listed, and tell their texts and passwords out of Base64", () => {
    const { run } = canned(services, ({ body, path }) => {
      if (path.endsWith("get_info")) {
        return {
          basic_info: { meeting_room_name: "一号", desc: "5L2g5aW9", password: "MzMz" },
          pmi_info: { pmi_code: "1", pmi_pwd: "not base64!" },
          hardware_info: { monitor_frequency: "60" },
          monitor_status: 1
        }
      }
      const { cursor } = body as { readonly cursor?: string }
      return cursor === undefined
        ? { has_more: true, next_cursor: "c", meeting_room_list: [{ meeting_room_id: "1", scheduled_status: 0 }] }
        : { has_more: false, meeting_room_list: [{ meeting_room_id: "2", scheduled_status: 1 }] }
    })
    return run(Effect.gen(function*() {
      const rooms = yield* RoomsDevices
      const all = yield* Stream.runCollect(rooms.listAll())
      assert.deepStrictEqual([...all].map(({ scheduled_status }) => scheduled_status), [false, true])
      const { basic_info, hardware_info, pmi_info } = yield* rooms.get({ meeting_room_id: "1" })
      assert.strictEqual(basic_info?.desc, "你好")
      assert.strictEqual(Redacted.value(basic_info?.password ?? Redacted.make("")), "333")
      assert.isUndefined(pmi_info?.pmi_pwd)
      assert.strictEqual(hardware_info?.monitor_frequency, 60)
    }))
  })

  it.effect("and devices of other makes are called, one of them at a time", () => {
    const { run, sent } = canned(services, () => ({ invite_id: "i1", status: 4, response_time: "2022/11/22 14:35:26" }))
    return run(Effect.gen(function*() {
      const rooms = yield* RoomsDevices
      const mra_address = { protocol: MraProtocol.Sip, dial_string: "sip:room@example.com" }
      assert.strictEqual(yield* rooms.call({ meetingid: "m1", mra_address }), "i1")
      assert.strictEqual(
        (yield* rooms.getResponse({ meetingid: "m1", meeting_room_id: "1" })).status,
        RoomsResponseStatus.Calling
      )
      assert.deepStrictEqual(sent(), [
        { meetingid: "m1", mra_address: { protocol: 1, dial_string: "sip:room@example.com" } },
        { meetingid: "m1", meeting_room_id: "1" }
      ])
      assert.deepStrictEqual(yield* refusal(rooms.call({ meetingid: "m1", meeting_room_id: "" })), [
        "meeting_room_id: at least one of meeting_room_id, mra_address is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(rooms.listMeetings({
          rooms_id: "1",
          start_time: DateTime.makeUnsafe(0),
          end_time: DateTime.makeUnsafe(91 * 86_400_000)
        })),
        ["end_time: at most 90 days after start_time are allowed"]
      )
    }))
  })

  it.effect("have controllers, whose state comes as a text or a number", () => {
    const { run } = canned(services, () => ({
      has_more: false,
      controller_info_list: [{ rooms_id: "1", status: "1" }, { rooms_id: "2", status: 0 }]
    }))
    return run(Effect.gen(function*() {
      const all = yield* Stream.runCollect((yield* RoomsDevices).listAllControllers())
      assert.deepStrictEqual([...all].map(({ status }) => status), [ControllerStatus.Online, ControllerStatus.Offline])
    }))
  })

  it.effect("are joined by connectors", () => {
    const { run, sent } = canned(services, () => ({ tmp_openid: "t1", default_layout: 3, raise_hands_state: true }))
    return run(Effect.gen(function*() {
      const connectors = yield* RoomConnectors
      const status = yield* connectors.getStatus({ meetingid: "m1", tmp_openid: "t1" })
      assert.deepStrictEqual([status.default_layout, status.raise_hands_state], [SplitScreen.OneAndMore, true])
      yield* connectors.setDefaultLayout({
        meetingid: "m1",
        mra: { tmp_openid: "t1" },
        default_layout: SplitScreen.Full,
        default_novideo_user: NoVideoDisplay.Hide
      })
      assert.deepStrictEqual(sent()[1], {
        meetingid: "m1",
        mra: { tmp_openid: "t1" },
        default_layout: 2,
        default_novideo_user: 2
      })
    }))
  })
})
