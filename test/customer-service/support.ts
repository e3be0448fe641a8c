/**
 * What tests of 微信客服 share: the domains on a simulated WeCom, an account, and files that were uploaded.
 */
import { Clock, Effect, Layer } from "effect"
import { KfAccounts } from "../../src/customer-service/KfAccounts.ts"
import { KfCustomers } from "../../src/customer-service/KfCustomers.ts"
import { KfKnowledge } from "../../src/customer-service/KfKnowledge.ts"
import { KfMessages } from "../../src/customer-service/KfMessages.ts"
import { KfServicers } from "../../src/customer-service/KfServicers.ts"
import { KfSessions } from "../../src/customer-service/KfSessions.ts"
import { KfStatistics } from "../../src/customer-service/KfStatistics.ts"
import { keepMedia } from "../../src/simulator/engine/World.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const services = Layer.mergeAll(
  KfAccounts.layer,
  KfCustomers.layer,
  KfKnowledge.layer,
  KfMessages.layer,
  KfServicers.layer,
  KfSessions.layer,
  KfStatistics.layer
)

/** They run on a simulator of their own. */
export const simulated = Effect.provide(
  Layer.unwrap(Effect.sync(() => Layer.provideMerge(services, Simulator.layerTest())))
)

/** The first corp of the simulator. */
export const corp = Effect.map(Simulator, ({ world }) => [...world.corps.values()][0]!)

/** The id of a file that was uploaded. */
export const uploaded = (filename: string) =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    const file = { filename, contentType: "application/octet-stream", bytes: new Uint8Array(8) }
    return keepMedia(world, yield* corp, "image", file, yield* Clock.currentTimeMillis)
  })

/** The id of a new account that these members answer for. */
export const account = (...servicers: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const accounts = yield* KfAccounts
    const open_kfid = yield* accounts.create({ name: "售后", media_id: yield* uploaded("avatar.png") })
    if (servicers.length > 0) yield* (yield* KfServicers).add({ open_kfid, userid_list: servicers })
    return open_kfid
  })
