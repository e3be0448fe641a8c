/**
 * Which process works on which part of an inbox: every shard belongs to one process at a time, all processes have about
 * the same number, and those of a process that died move to the others.
 */
import * as EntityId from "effect/cluster/EntityId"
import * as MessageStorage from "effect/cluster/MessageStorage"
import * as RunnerAddress from "effect/cluster/RunnerAddress"
import * as RunnerHealth from "effect/cluster/RunnerHealth"
import * as Runners from "effect/cluster/Runners"
import type { RunnerStorage } from "effect/cluster/RunnerStorage"
import * as Sharding from "effect/cluster/Sharding"
import * as ShardingConfig from "effect/cluster/ShardingConfig"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"

/** How shards are shared. All processes that share an inbox must agree on these. */
export interface InboxShardsOptions {
  /**
   * After how long the others take over the shards of a process that died. It must be longer than the store is ever away,
   * and longer than any pause of a process: whoever is silent for longer loses its shards. Default: 15 seconds.
   */
  readonly takeover?: Duration.Input | undefined
}

/** Shares the shards of an inbox among the processes that work on it. */
export class InboxShards extends Context.Service<InboxShards, {
  /**
   * Works on the shards from 0 to `shards - 1` that this process is given, until the scope closes. The scope of a shard's
   * work closes when the shard goes to another process, which waits for that unless this process is silent.
   */
  readonly hold: <R>(
    shards: number,
    work: (shard: number) => Effect.Effect<void, never, R | Scope.Scope>
  ) => Effect.Effect<void, unknown, R | Scope.Scope>
}>()("effect-wecom/InboxShards") {
  /** Within this process: who comes first has them all, until its scope closes. */
  static readonly layerMemory: Layer.Layer<InboxShards> = Layer.sync(this, () => {
    const free = Semaphore.makeUnsafe(1)
    return InboxShards.of({
      hold: (shards, work) =>
        Effect.acquireRelease(free.take(1), () => free.release(1), { interruptible: true }).pipe(
          Effect.andThen(Effect.forEach(Array.from({ length: shards }, (_, shard) => shard), work, { discard: true }))
        )
    })
  })

  /**
   * Over `effect/cluster`: each process that works is a runner, and holds shards as the runner storage says. Runners do not
   * talk to each other; they need no port.
   */
  static layer<E, R>(
    storage: Layer.Layer<RunnerStorage, E, R | ShardingConfig.ShardingConfig>,
    options: InboxShardsOptions = {}
  ): Layer.Layer<InboxShards, never, Exclude<R, ShardingConfig.ShardingConfig>> {
    const takeover = Duration.fromInputUnsafe(options.takeover ?? "15 seconds")
    return Layer.effect(
      this,
      Effect.map(Effect.context<Exclude<R, ShardingConfig.ShardingConfig>>(), (context) =>
        InboxShards.of({
          hold: Effect.fnUntraced(function*(shards, work) {
            // A runner of its own for each work, and a storage that is made when it is needed: it may be away before.
            const runner = Sharding.layer.pipe(
              Layer.provide(Runners.layerNoop),
              Layer.provide([MessageStorage.layerNoop, RunnerHealth.layerNoop, storage]),
              Layer.provide(ShardingConfig.layer({
                runnerAddress: Option.some(RunnerAddress.make(crypto.randomUUID(), 0)),
                shardsPerGroup: shards,
                // A lock of a session ends with its connection, before its holder knows: a lease does not.
                shardLockDisableAdvisory: true,
                shardLockExpiration: takeover,
                shardLockRefreshInterval: Duration.times(takeover, 0.2),
                refreshAssignmentsInterval: Duration.min(Duration.times(takeover, 0.1), Duration.seconds(1)),
                entityMessagePollInterval: "1 second"
              })),
              Layer.fresh
            )
            const sharding = Context.get(
              yield* Layer.build(Layer.provide(runner, Layer.succeedContext(context))),
              Sharding.Sharding
            )
            for (const [shard, name] of names(shards, sharding).entries()) {
              yield* sharding.registerSingleton(name, work(shard))
            }
          })
        }))
    )
  }
}

/** For each shard a name that belongs there: the cluster places a name by its hash. */
const names = (shards: number, sharding: Sharding.Sharding["Service"]): ReadonlyArray<string> => {
  const found = new Map<number, string>()
  for (let i = 0; found.size < shards; i++) {
    const name = `shard-${i}`
    // The cluster counts from 1. Every text is an id.
    const { id } = sharding.getShardId(EntityId.make(name), "default")
    if (!found.has(id - 1)) found.set(id - 1, name)
  }
  return Array.from({ length: shards }, (_, shard) => found.get(shard) ?? "")
}
