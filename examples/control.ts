import { Effect } from "effect"
import { ControlApi } from "effect-wecom/simulator"
import { HttpApiClient } from "effect/http-api"

/** A member writes to the app, which has to answer in time: a test of a backend against a simulator that runs beside it. */
export const answersMembers = (simulator: string) =>
  Effect.gen(function*() {
    const { members, world } = yield* HttpApiClient.make(ControlApi, { baseUrl: simulator })
    const { now } = yield* world.get()
    yield* members.act({ params: { userid: "lisi" }, payload: { act: "text", content: "你好" } })
    return yield* members.await({ params: { userid: "lisi" }, payload: { msgtype: "text", after: now, timeout: 5000 } })
  })
