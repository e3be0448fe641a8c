/**
 * What happens in conversations that 会话内容存档 archives: each an act on the simulator of the context.
 */
import * as Effect from "effect/Effect"
import { ChatArchiveNotified } from "../../../callback/events/DataZoneEvents.ts"
import { corpOf, fail, input, make, tell } from "../../engine/Act.ts"
import { event } from "../../engine/Audience.ts"
import { archiveOf } from "./ChatArchive.ts"

/**
 * 产生会话回调. Members talk: apps that may read the archive are told that there is something to be read. The messages
 * themselves are read with the vendor's SDK, not over HTTP.
 */
export const converse = make({
  input: input({}),
  run: (conversing) =>
    Effect.gen(function*() {
      const corp = yield* corpOf(conversing)
      if (archiveOf(corp).members.size === 0) return yield* fail(`nobody of ${corp.id} is archived`)
      const notice = event(ChatArchiveNotified, {})
      return yield* tell(
        corp,
        ({ powers }) => powers === undefined || powers.includes("chat-archive") ? notice : undefined
      )
    })
})
