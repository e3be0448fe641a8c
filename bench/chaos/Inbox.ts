/**
 * The inbox of a chaos run, as each of its processes has it.
 */
import { NodeRedis } from "@effect/platform-node"
import { PgClient } from "@effect/sql-pg"
import { Layer, Redacted } from "effect"
import { CallbackInbox } from "effect-wecom/callback"
import { layerMysql } from "../../examples/mysql-inbox.ts"
import * as Sqlite from "../../test/support/sqlite.ts"

/** Where the events of a chaos run lie. */
export type Store = "redis" | "postgres" | "mariadb" | "sqlite"

/** After how long the shards of a dead worker are taken over, in milliseconds. */
export const takeover = 4_000

/** How long events are remembered after they were handled, in milliseconds. */
export const remember = 3_000

/** An inbox in a store at the given URL, or in the given file. */
export const layer = (store: Store, url: string): Layer.Layer<CallbackInbox, unknown> => {
  const options = { takeover, remember, interval: 250 }
  switch (store) {
    case "redis":
      return Layer.provide(CallbackInbox.layerRedis(options), NodeRedis.layer({ url }))
    case "postgres":
      return Layer.provide(
        CallbackInbox.layerSql(options),
        PgClient.layer({ url: Redacted.make(url), maxConnections: 8 })
      )
    case "mariadb":
      return Layer.provide(
        CallbackInbox.layerSql(options),
        layerMysql({ url: Redacted.make(url), connectionLimit: 8 })
      )
    case "sqlite":
      return Layer.provide(CallbackInbox.layerSql(options), Sqlite.connect(url).layer)
  }
}
