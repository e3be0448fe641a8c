/**
 * A simulated WeCom whose one app has a callback, and a backend that its callbacks reach: no socket in either direction.
 */
import { Effect, Layer, Redacted } from "effect"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator, type SimulatorOptions } from "../../src/simulator/Simulator.ts"

/** The callback URL of the app, with its secrets. */
export const callback = {
  url: "http://backend.test/wecom/callback",
  token: Redacted.make("backendCallbackToken"),
  encodingAesKey: Redacted.make("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
}

/** What the backend is told of its callback page. */
export const options = {
  path: "/wecom/callback",
  accounts: { token: callback.token, encodingAesKey: callback.encodingAesKey, receiveIds: [defaultCorp.corpId] }
} as const

/** A simulated WeCom, with a client that runs as its app, and what else there is. */
export const layerWeComWith = (more: Omit<SimulatorOptions, "corps"> = {}) =>
  Layer.unwrap(Effect.sync(() =>
    Simulator.layerTest({
      corps: [{ ...defaultCorp, apps: defaultCorp.apps.map((app) => ({ ...app, callback })) }],
      ...more
    })
  )).pipe(Layer.provideMerge(NodeCallbackCrypto.layer))

/** The simulated WeCom, with a client that runs as its app. */
export const layerWeCom = layerWeComWith()

/** Lets callbacks reach these routes until the scope ends. */
export const serve = <A, E, R>(routes: Layer.Layer<A, E, R>) => Layer.build(Simulator.layerBackend(routes))
