import { NodeHttpClient, NodeRuntime } from "@effect/platform-node"
import { Config, Console, Effect, Layer } from "effect"
import { TokenCache, WeComClient } from "effect-wecom"
import { Message } from "effect-wecom/messages"
import { SchoolMessages, SchoolUsers } from "effect-wecom/school"

/** Tells the parents of a class something; returns who was not reached, and who has not followed the school yet. */
export const notify = Effect.fn("notify")(function*(classId: number, text: string) {
  const messages = yield* SchoolMessages
  const users = yield* SchoolUsers
  const { unreached } = yield* messages.send({ ...Message.text(text), to_party: [classId] })
  const parents = yield* users.listParents({ department_id: classId })
  return {
    unreached,
    parents: parents.length,
    notFollowing: parents.filter(({ is_subscribe }) => is_subscribe !== true).map(({ parent_userid }) => parent_userid)
  }
})

if (import.meta.main) {
  Effect.gen(function*() {
    const { notFollowing, parents } = yield* notify(yield* Config.Int("CLASS"), yield* Config.NonEmptyString("TEXT"))
    yield* Console.log(`${parents - notFollowing.length} of ${parents} parents are told`)
    if (notFollowing.length > 0) yield* Console.log(`call these: ${notFollowing.join(", ")}`)
  }).pipe(
    Effect.provide(
      Layer.merge(SchoolMessages.layer, SchoolUsers.layer).pipe(
        Layer.provide(WeComClient.layerConfig()), // WECOM_CORP_ID, WECOM_CORP_SECRET, WECOM_AGENT_ID
        Layer.provide(TokenCache.layerMemory),
        Layer.provide(NodeHttpClient.layerUndici)
      )
    ),
    NodeRuntime.runMain
  )
}
