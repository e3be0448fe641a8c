/** 应用版本付费: what corps have ordered of a suite. */
import type { AppOrder } from "../../../third-party/AppVersions.ts"
import * as State from "../../engine/State.ts"
import type { Suite } from "../../engine/World.ts"

/** The orders of a suite by their ids, and until when corps may try it, in milliseconds of the epoch. */
export const ordersOf = State.make("app-versions/orders", (_: Suite) => ({
  orders: new Map<string, AppOrder>(),
  /** The days by which the trials of corps were prolonged, and when they end. */
  trials: new Map<string, { readonly prolonged: number; readonly endsAt: number }>()
}))
