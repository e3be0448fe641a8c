/** A backend that notes which events it is told of, and by whom they were caused, at a certain time. */
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import type * as CallbackEvent from "../../src/callback/CallbackEvent.ts"
import * as CallbackRouter from "../../src/callback/CallbackRouter.ts"
import { layerWeCom, options, serve } from "./backend.ts"

/** Monday, 2026-03-02 at 10:00 in China. */
export const monday = Date.UTC(2026, 2, 2, 2) / 1000

/** Runs a program on a simulated WeCom that tells a backend what happens. */
export const hearing = <A, E, R>(
  program: (heard: Array<CallbackEvent.CallbackEvent>) => Effect.Effect<A, E, R>,
  now = monday
) =>
  Effect.gen(function*() {
    const heard: Array<CallbackEvent.CallbackEvent> = []
    yield* serve(CallbackRouter.layer({
      ...options,
      handlers: {},
      fallback: (event) =>
        Effect.sync(() => {
          heard.push(event)
        })
    }))
    return yield* program(heard)
  }).pipe(
    Effect.scoped,
    Effect.provide(layerWeCom),
    // Before the simulator is there, which would live through all the time in between.
    (run) => Effect.andThen(TestClock.setTime(now * 1000), run)
  )
