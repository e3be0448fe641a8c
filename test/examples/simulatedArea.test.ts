/** An area of one's own in the simulator: its endpoints, to whom they are open, and what members do there. */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Redacted } from "effect"
import { book, MeetingRooms, meetingRooms } from "../../examples/simulated-area.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { type Power, selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { options, serve } from "../support/backend.ts"

const simulated = (powers?: ReadonlyArray<Power>) =>
  Effect.provide(
    MeetingRooms.layer.pipe(
      Layer.provideMerge(Simulator.layerTest({
        areas: [meetingRooms],
        corps: [{
          ...defaultCorp,
          apps: defaultCorp.apps.map((app) => ({
            ...app,
            powers,
            callback: {
              url: "http://backend.test/wecom/callback",
              token: options.accounts.token,
              encodingAesKey: Redacted.value(options.accounts.encodingAesKey)
            }
          }))
        }]
      })),
      Layer.provideMerge(NodeCallbackCrypto.layer)
    )
  )

describe("examples/simulated-area.ts", () => {
  it.effect("keeps rooms, and refuses ids that stand for none", () =>
    Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      const id = yield* rooms.add({ name: "朝霞", capacity: 8 })
      yield* rooms.add({ name: "晚霞", capacity: 4 })
      assert.deepStrictEqual((yield* rooms.list()).map(({ name }) => name), ["朝霞", "晚霞"])
      yield* rooms.delete({ meetingroom_id: id })
      assert.deepStrictEqual((yield* rooms.list()).map(({ name }) => name), ["晚霞"])
      const { errcode } = yield* Effect.flip(rooms.delete({ meetingroom_id: id }))
      assert.strictEqual(errcode, 40058)
    }).pipe(simulated()))

  it.effect("is open to apps with its power alone", () =>
    Effect.gen(function*() {
      const rooms = yield* MeetingRooms
      assert.strictEqual((yield* Effect.flip(rooms.list())).errcode, 48002)
    }).pipe(simulated(selfBuilt)))

  it.effect("calls the app back when a member books a room", () =>
    Effect.gen(function*() {
      const heard: Array<string> = []
      yield* serve(CallbackRouter.layer({
        ...options,
        handlers: {},
        fallback: ({ header }) =>
          Effect.sync(() => {
            heard.push(header.key)
          })
      }))
      const rooms = yield* MeetingRooms
      const meetingroom_id = yield* rooms.add({ name: "朝霞", capacity: 8 })
      const [delivery] = yield* book({ userid: "zhangsan", meetingroom_id })
      assert.isTrue(delivery?.acknowledged)
      assert.deepStrictEqual(heard, ["event/book_meeting_room"])
      assert.include((yield* Effect.flip(book({ userid: "zhangsan", meetingroom_id: 0 }))).message, "no meeting room")
    }).pipe(Effect.scoped, simulated([...selfBuilt, "meeting-rooms"])))

  it.effect("is refused a power that nothing needs", () =>
    Effect.gen(function*() {
      const exit = yield* Effect.exit(Effect.provide(
        Simulator,
        Simulator.layer({
          corps: [{ corpId: "ww1", apps: [{ secret: "s", powers: ["meeting-room"] }] }]
        })
      ))
      assert.include(
        `${Exit.isFailure(exit) ? Cause.squash(exit.cause) : ""}`,
        "there is no power meeting-room: expected one of advanced-features, approvals"
      )
    }))
})
