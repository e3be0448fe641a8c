/** What bots send, seen by the limits that stand around calls. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { describe, type Description, post } from "../../Endpoint.ts"
import type { WeComError } from "../../WeComError.ts"
import { type Attempt, limiters } from "../kernel/middlewares.ts"

/** How long a message waits for its turn. */
const patience = 2 * 60_000

/** The limits of one bot, those of its context. */
export const make = (botId: string) =>
  Effect.gen(function*() {
    const around = yield* limiters
    // Limits name what they do not know by a digest.
    const bot = Redacted.make(botId)
    const within = <A>(cmd: string, chatid: string, run: Effect.Effect<A, WeComError>): Effect.Effect<A, WeComError> =>
      around.length === 0 ? run : Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const attempt: Attempt = {
          endpoint: endpointOf(cmd),
          app: undefined,
          input: { bot, bot_id: botId, chatid },
          endsAt: now + patience
        }
        return around.reduceRight((inner, limiter) => limiter(attempt, inner), run)
      })
    return {
      /** A message, counted for its chat. */
      message: within,
      /** An upload, counted for the bot. */
      upload: <A>(cmd: string, run: Effect.Effect<A, WeComError>) => within(cmd, "", run)
    }
  })

const endpoints = new Map<string, Description>()

/** A command as limits see it: its path is its name. */
const endpointOf = (cmd: string): Description => {
  const known = endpoints.get(cmd)
  if (known !== undefined) return known
  const endpoint: Description = {
    ...describe(post(`/${cmd}`, { doc: 101463, credential: "key" }, () => ({}))),
    name: cmd
  }
  endpoints.set(cmd, endpoint)
  return endpoint
}
