/**
 * What the stores of an inbox have in common.
 */
import * as Duration from "effect/Duration"
import * as Order from "effect/Order"
import type { DeadLetter, InboxStoreOptions } from "../../callback/InboxStore.ts"

/** What keys begin with. */
export const defaultPrefix = "wecom:inbox"

/** What tables are called, or begin with. */
export const defaultTableName = "wecom_inbox"

/** The options with their defaults. */
export const withDefaults = (options: InboxStoreOptions): {
  readonly name: string
  readonly shards: number
  readonly remember: Duration.Duration
} => ({
  name: options.name ?? "callbacks",
  shards: Math.max(1, Math.floor(options.shards ?? 64)),
  remember: Duration.fromInputUnsafe(options.remember ?? "1 day")
})

/** The oldest failure first. */
export const byFailure: Order.Order<DeadLetter> = Order.mapInput(Order.Number, ({ failedAt }) => failedAt)
