import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { MeetingAdvancedLayouts } from "../../../src/oa/meetings/MeetingAdvancedLayouts.ts"
import { GridType, GridVideo, type NewSeat, PollingUnit } from "../../../src/oa/meetings/MeetingLayout.ts"
import { MeetingLayouts } from "../../../src/oa/meetings/MeetingLayouts.ts"
import { canned, refusal } from "../support.ts"

const services = Layer.merge(MeetingLayouts.layer, MeetingAdvancedLayouts.layer)

describe("basic layouts", () => {
  it.effect("seat people, shared screens and apps, each with what it needs", () => {
    const { run, sent } = canned(services, () => ({
      selected_layout_id: "l1",
      layout_list: [{ layout_id: "l1", page_list: [{ layout_template_id: "1", user_seat_list: [{ grid_id: "1" }] }] }]
    }))
    return run(Effect.gen(function*() {
      const layouts = yield* MeetingLayouts
      const page = (...user_seat_list: ReadonlyArray<NewSeat>) => ({
        meetingid: "m1",
        layout_list: [{ page_list: [{ layout_template_id: "1", user_seat_list }] }]
      })
      const added = yield* layouts.addMany(page(
        { grid_id: "1", grid_type: GridType.Video, userid: "lisi", nick_name: "小李" },
        { grid_id: "2", grid_type: GridType.Share },
        { grid_id: "3", grid_type: GridType.Tool, tool_sdkid: "sdk1" }
      ))
      assert.strictEqual(added.layout_list[0]?.page_list[0]?.user_seat_list[0]?.grid_id, "1")
      assert.deepStrictEqual(
        sent(),
        [{
          meetingid: "m1",
          layout_list: [{
            page_list: [{
              layout_template_id: "1",
              user_seat_list: [
                { grid_id: "1", grid_type: 1, userid: "lisi", nick_name: "小李" },
                { grid_id: "2", grid_type: 2 },
                { grid_id: "3", grid_type: 3, tool_sdkid: "sdk1" }
              ]
            }]
          }]
        }]
      )
      const refused = (seat: object) => refusal(layouts.addMany(page(seat as NewSeat))) // seats that no type allows
      const at = "layout_list[0].page_list[0].user_seat_list[0]"
      assert.deepStrictEqual(yield* refused({ grid_id: "1", grid_type: 1, userid: "lisi" }), [
        `${at}.nick_name: is needed for a video`
      ])
      assert.deepStrictEqual(yield* refused({ grid_id: "1", grid_type: 1, nick_name: "小李" }), [
        `${at}.userid: is needed for a video, or tmp_openid`
      ])
      assert.deepStrictEqual(yield* refused({ grid_id: "1", grid_type: 3 }), [`${at}.tool_sdkid: is needed for an app`])
    }))
  })

  it.effect("go back to what they were with an empty id", () => {
    const { run, sent } = canned(services)
    return run(Effect.gen(function*() {
      const layouts = yield* MeetingLayouts
      yield* layouts.setDefault({ meetingid: "m1", selected_layout_id: "" })
      yield* layouts.setDefaultBackground({ meetingid: "m1", selected_background_id: "" })
      yield* (yield* MeetingAdvancedLayouts).apply({ meetingid: "m1", layout_id: "" })
      assert.deepStrictEqual(sent(), [
        { meetingid: "m1", selected_layout_id: "" },
        { meetingid: "m1", selected_background_id: "" },
        { meetingid: "m1", layout_id: "" }
      ])
      const images = Array.from({ length: 8 }, () => ({ image_md5: "m", image_url: "https://example.com/1.png" }))
      assert.deepStrictEqual(yield* refusal(layouts.addBackgrounds({ meetingid: "m1", image_list: images })), [
        "image_list: at most 7 items are allowed, got 8"
      ])
    }))
  })
})

describe("advanced layouts", () => {
  it.effect("name people in Base64, and let them take turns", () => {
    const { run, sent } = canned(services, () => ({
      layout_list: [{
        layout_id: "l1",
        page_list: [{ user_seat_list: [{ user_list: [{ userid: "lisi", nick_name: "5bCP5p2O" }] }] }]
      }]
    }))
    return run(Effect.gen(function*() {
      const layouts = yield* MeetingAdvancedLayouts
      const seat = {
        grid_id: "1",
        grid_type: GridType.Video,
        video_type: GridVideo.Chosen,
        user_list: [{ userid: "lisi", nick_name: "小李" }, { tmp_openid: "t2" }]
      }
      const page = { layout_template_id: "3", user_seat_list: [seat] }
      const polling_setting = {
        polling_interval_unit: PollingUnit.Second,
        polling_interval: 10,
        ignore_user_novideo: false,
        ignore_user_absence: true
      }
      const add = (page_list: Parameters<typeof layouts.update>[0]["page_list"]) =>
        layouts.addMany({ meetingid: "m1", layout_list: [{ page_list }] })
      const [added] = yield* add([{ ...page, enable_polling: true, polling_setting }])
      assert.strictEqual(added?.page_list[0]?.user_seat_list[0]?.user_list[0]?.nick_name, "小李")
      assert.deepStrictEqual(sent(), [{
        meetingid: "m1",
        layout_list: [{
          page_list: [{
            ...page,
            enable_polling: true,
            polling_setting,
            user_seat_list: [{ ...seat, user_list: [{ userid: "lisi", nick_name: "5bCP5p2O" }, { tmp_openid: "t2" }] }]
          }]
        }]
      }])
      const at = "layout_list[0].page_list[0]"
      assert.deepStrictEqual(yield* refusal(add([page])), [
        `${at}.user_seat_list[0].user_list: several need enable_polling: they take turns`
      ])
      assert.deepStrictEqual(yield* refusal(add([{ ...page, enable_polling: true }])), [
        `${at}.polling_setting: is needed with enable_polling`
      ])
      assert.deepStrictEqual(yield* refusal(add([{ ...page, user_seat_list: [{ ...seat, user_list: [] }] }])), [
        `${at}.user_seat_list[0].user_list: is needed for video_type 3`
      ])
      assert.deepStrictEqual(
        yield* refusal(layouts.deleteMany({ meetingid: "m1", layout_id_list: Array.from({ length: 21 }, () => "l") })),
        ["layout_id_list: at most 20 items are allowed, got 21"]
      )
    }))
  })
})
