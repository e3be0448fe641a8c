/**
 * 下级/下游企业: calls as a corp that an app is shared with.
 *
 * @example
 * ```ts
 * const dealer = yield* MemberCorp.app({ corpid, agentid, business_type: CorpGroupType.Chain })
 * const members = yield* users.listIds({}).pipe(WeComApp.use(dealer))
 * ```
 */
import * as Cache from "effect/Cache"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import { WeComApp } from "../WeComApp.ts"
import type { ProvidedApp } from "../WeComApp.ts"
import { WeComClient } from "../WeComClient.ts"
import { CorpGroups, type CorpGroupType, type MemberCorpToken } from "./CorpGroups.ts"

/** Which corp, and which app there: see `CorpGroups.listSharedApps`. */
export interface SharedWith {
  readonly corpid: string
  /** The app's id in that corp. */
  readonly agentid: number
  /** Default: `CorpGroup` (企业互联). */
  readonly business_type?: Schema.Schema.Type<typeof CorpGroupType.schema> | undefined
}

/**
 * 获取下级/下游企业的access_token. An app for `WeComApp.use`, whose calls run in the corp that the current app is shared with.
 * Its token is fetched by the current app on first use, shared by concurrent calls, and fetched again a minute before it
 * expires or when it is refused. It may do what the corp allows: read the address book, and send messages.
 *
 * Make it once for each corp and keep it: each has a token of its own.
 * @see https://developer.work.weixin.qq.com/document/path/93359
 */
export const app = (shared: SharedWith): Effect.Effect<ProvidedApp, never, WeComClient> =>
  Effect.gen(function*() {
    const client = yield* WeComClient
    const owner = yield* client.app
    const fetch = client.execute(CorpGroups.endpoints.getToken)(shared).pipe(WeComApp.use(owner))
    const tokens = yield* Cache.makeWith(() => fetch, { capacity: 1, timeToLive: lifeOf })
    return WeComApp.provided({
      corpId: shared.corpid,
      agentId: shared.agentid,
      baseUrl: owner.baseUrl,
      tokens: {
        app: {
          get: Effect.map(Cache.get(tokens, "token"), ({ access_token }) => access_token),
          invalidate: (refused) =>
            Effect.asVoid(
              Cache.invalidateWhen(
                tokens,
                "token",
                ({ access_token }) => Redacted.value(access_token) === Redacted.value(refused)
              )
            )
        }
      }
    })
  })

/** A failure is passed to those who wait, and not kept. */
const lifeOf = (exit: Exit.Exit<MemberCorpToken, unknown>): Duration.Duration =>
  Exit.isSuccess(exit) ? Duration.seconds(Math.max((exit.value.expires_in ?? 0) - 60, 1)) : Duration.zero
