/**
 * What can go wrong with an answer on purpose.
 */
import * as Duration from "effect/Duration"

/** A fault. */
export type Fault =
  /** An errcode, and nothing is done. */
  | { readonly _tag: "Errcode"; readonly errcode: number; readonly message: string | undefined }
  /** A gateway's HTML page with an HTTP status, and nothing is done. */
  | { readonly _tag: "Status"; readonly status: number }
  /** The call is done, and its answer is cut off in the middle of the JSON. */
  | { readonly _tag: "Truncated" }
  /** The connection breaks: before anything is done, or after, so that only the answer is lost. */
  | { readonly _tag: "Reset"; readonly done: boolean }
  /** Nothing happens for a while; then the call continues. */
  | { readonly _tag: "Stall"; readonly duration: Duration.Duration }

/** When a fault strikes. */
export interface Injection {
  readonly fault: Fault
  /** Only this endpoint, by path or by verb and path. Default: every endpoint. */
  readonly endpoint?: string | undefined
  /** How many calls it affects. Default: all. */
  readonly times?: number | undefined
  /** Its probability, from 0 to 1. Default: 1. */
  readonly probability?: number | undefined
}

/** An errcode, with its official label where no message is given. */
export const errcode = (errcode: number, message?: string): Fault => ({ _tag: "Errcode", errcode, message })

/** A gateway's HTML page. Default: 502. */
export const status = (status = 502): Fault => ({ _tag: "Status", status })

/** JSON that ends in the middle. */
export const truncated: Fault = { _tag: "Truncated" }

/** The connection breaks before anything is done, or with `done` only before the answer. */
export const reset = (options?: { readonly done?: boolean }): Fault => ({
  _tag: "Reset",
  done: options?.done ?? false
})

/** No response for a while. Default: for ever. */
export const stall = (duration: Duration.Input = Duration.infinity): Fault => ({
  _tag: "Stall",
  duration: Duration.fromInputUnsafe(duration)
})

/** The faults that are still to strike. */
export interface Faults {
  /** The fault for a call of this endpoint, if any strikes. */
  readonly strike: (method: string, path: string) => Fault | undefined
  readonly inject: (injection: Injection) => void
  readonly clear: () => void
  /** Takes back one, by its number; says whether there was one. */
  readonly remove: (id: number) => boolean
  /** What is still to strike. */
  readonly pending: () => ReadonlyArray<Injection & { readonly id: number }>
}

/** No faults yet. */
export const make = (random: { nextDoubleUnsafe(): number }): Faults => {
  let active: Array<Injection & { readonly id: number; left: number }> = []
  let sequence = 0
  return {
    strike: (method, path) => {
      for (const injection of active) {
        const { endpoint, fault, probability = 1 } = injection
        if (endpoint !== undefined && endpoint !== path && endpoint !== `${method} ${path}`) continue
        if (probability < 1 && random.nextDoubleUnsafe() >= probability) continue
        injection.left -= 1
        if (injection.left <= 0) active = active.filter((other) => other !== injection)
        return fault
      }
      return undefined
    },
    inject: (injection) => {
      active.push({ ...injection, id: ++sequence, left: injection.times ?? Infinity })
    },
    clear: () => {
      active = []
    },
    remove: (id) => {
      const before = active.length
      active = active.filter((injection) => injection.id !== id)
      return active.length < before
    },
    pending: () =>
      active.map(({ left, ...injection }) => ({ ...injection, ...(left === Infinity ? {} : { times: left }) }))
  }
}
