/**
 * What tests of messages to customers share: the domains on a simulated WeCom, with files that were uploaded.
 */
import { Clock, DateTime, Effect, Layer } from "effect"
import { AcquisitionLinks } from "../../src/customers/AcquisitionLinks.ts"
import { MassMessages } from "../../src/customers/MassMessages.ts"
import { Moments } from "../../src/customers/Moments.ts"
import { MomentStrategies } from "../../src/customers/MomentStrategies.ts"
import { ProductAlbums } from "../../src/customers/ProductAlbums.ts"
import { WelcomeMessages } from "../../src/customers/WelcomeMessages.ts"
import { keepMedia } from "../../src/simulator/engine/World.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"

const services = Layer.mergeAll(
  AcquisitionLinks.layer,
  MassMessages.layer,
  Moments.layer,
  MomentStrategies.layer,
  ProductAlbums.layer,
  WelcomeMessages.layer
)

/** They run on a simulator of their own. */
export const simulated = Effect.provide(
  Layer.unwrap(Effect.sync(() => Layer.provideMerge(services, Simulator.layerTest())))
)

/** The first corp of the simulator. */
export const corp = Effect.map(Simulator, ({ world }) => [...world.corps.values()][0]!)

/** The id of a file that was uploaded. */
export const uploaded = (type: "image" | "video" | "file") =>
  Effect.gen(function*() {
    const { world } = yield* Simulator
    const file = { filename: `sample.${type}`, contentType: "application/octet-stream", bytes: new Uint8Array(8) }
    return keepMedia(world, yield* corp, type, file, yield* Clock.currentTimeMillis)
  })

/** A span of so many days that ends now. */
export const lastDays = (days: number) =>
  Effect.map(DateTime.now, (end_time) => ({ start_time: DateTime.subtract(end_time, { days }), end_time }))
