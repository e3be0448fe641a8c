/**
 * What the stores of an inbox have in common.
 */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"

/** What keys begin with. */
export const defaultPrefix = "wecom:inbox"

/** What tables are called, or begin with. */
export const defaultTableName = "wecom_inbox"

/** The options with their defaults. */
export const withDefaults = (options: {
  readonly name?: string | undefined
  readonly shards?: number | undefined
  readonly remember?: Duration.Input | undefined
}): {
  readonly name: string
  readonly shards: number
  readonly remember: Duration.Duration
} => ({
  name: options.name ?? "callbacks",
  shards: Math.max(1, Math.floor(options.shards ?? 64)),
  remember: Duration.fromInputUnsafe(options.remember ?? "1 day")
})

/** The oldest failure first. */
export const byFailure: Order.Order<{ readonly failedAt: number }> = Order.mapInput(
  Order.Number,
  ({ failedAt }) => failedAt
)

const silence = Duration.seconds(5)

/** Fails an operation whose answer does not come, such as one on a connection that is gone without a word. */
export const answered = <E>(
  failed: (description: string) => E
): <A>(effect: Effect.Effect<A, E>) => Effect.Effect<A, E> =>
  Effect.timeoutOrElse({
    duration: silence,
    orElse: () => Effect.fail(failed(`no answer within ${Duration.format(silence)}`))
  })
