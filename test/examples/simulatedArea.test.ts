/** An area of one's own in the simulator: its endpoints, to whom they are open, and what members do there. */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Redacted } from "effect"
import { Books, books, borrow } from "../../examples/simulated-area.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { type Power, selfBuilt } from "../../src/simulator/engine/Power.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { options, serve } from "../support/backend.ts"

const simulated = (powers?: ReadonlyArray<Power>) =>
  Effect.provide(
    Books.layer.pipe(
      Layer.provideMerge(Simulator.layerTest({
        areas: [books],
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
  it.effect("keeps books, and refuses ids that stand for none", () =>
    Effect.gen(function*() {
      const shelf = yield* Books
      const id = yield* shelf.add({ title: "朝霞", copies: 8 })
      yield* shelf.add({ title: "晚霞", copies: 4 })
      assert.deepStrictEqual((yield* shelf.list()).map(({ title }) => title), ["朝霞", "晚霞"])
      yield* shelf.delete({ book_id: id })
      assert.deepStrictEqual((yield* shelf.list()).map(({ title }) => title), ["晚霞"])
      const { errcode } = yield* Effect.flip(shelf.delete({ book_id: id }))
      assert.strictEqual(errcode, 40058)
    }).pipe(simulated()))

  it.effect("is open to apps with its power alone", () =>
    Effect.gen(function*() {
      const shelf = yield* Books
      assert.strictEqual((yield* Effect.flip(shelf.list())).errcode, 48002)
    }).pipe(simulated(selfBuilt)))

  it.effect("calls the app back when a member borrows a book", () =>
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
      const shelf = yield* Books
      const book_id = yield* shelf.add({ title: "朝霞", copies: 8 })
      const [delivery] = yield* borrow({ userid: "zhangsan", book_id })
      assert.isTrue(delivery?.acknowledged)
      assert.deepStrictEqual(heard, ["event/click"])
      assert.include((yield* Effect.flip(borrow({ userid: "zhangsan", book_id: 0 }))).message, "no book")
    }).pipe(Effect.scoped, simulated([...selfBuilt, "books"])))

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
