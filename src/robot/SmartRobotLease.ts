/**
 * Which process of a fleet holds the long connection of a 智能机器人: one at a time, the others stand by.
 *
 * WeCom keeps one connection for each bot: a later one takes the place of the earlier. Processes that connect on their own
 * would replace each other for ever.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { StoreError } from "../StoreError.ts"

/** A lease that this process holds. */
export interface HeldLease {
  /**
   * Fencing token: greater than that of every earlier holder. Write it beside what you store, and refuse a smaller one, to
   * be safe from a process that was stopped for a while and does not know yet that it lost the lease.
   */
  readonly epoch: number
  /** Ends when the lease was lost, such as after a long pause of this process. */
  readonly lost: Effect.Effect<void>
  /** Whether the lease is still good, as far as this process can tell without asking its store. */
  readonly isValid: Effect.Effect<boolean>
  /** Asks the store whether this process still holds the lease, and renews it. */
  readonly confirm: Effect.Effect<boolean>
}

/** Hands out leases by name. */
export class SmartRobotLease extends Context.Service<SmartRobotLease, {
  /** Waits until nobody else holds the lease, and holds it until the scope closes. Fails if the store does. */
  readonly hold: (name: string) => Effect.Effect<HeldLease, StoreError, Scope.Scope>
}>()("effect-wecom/SmartRobotLease") {
  /** Within this process: for a bot that runs in one process only. */
  static readonly layerMemory: Layer.Layer<SmartRobotLease> = Layer.sync(this, () => {
    const leases = new Map<string, { readonly turn: Semaphore.Semaphore; epoch: number }>()
    return SmartRobotLease.of({
      hold: (name) =>
        Effect.suspend(() => {
          const lease = leases.get(name) ?? { turn: Semaphore.makeUnsafe(1), epoch: 0 }
          leases.set(name, lease)
          return Effect.map(
            Effect.acquireRelease(lease.turn.take(1), () => lease.turn.release(1), { interruptible: true }),
            (): HeldLease => ({
              epoch: ++lease.epoch,
              lost: Effect.never,
              isValid: Effect.succeed(true),
              confirm: Effect.succeed(true)
            })
          )
        })
    })
  })
}
