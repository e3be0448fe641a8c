/**
 * 永久授权码: what a provider got when a corp installed one of its suites, and must keep for as long as it is installed.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import type { StoreError } from "../StoreError.ts"

/** A suite in a corp. */
export interface PermanentCode {
  /** Fetches the corp's token; of an app that was developed for the corp (代开发应用) it is the secret. */
  readonly code: Redacted.Redacted
  /** The app's agent id in the corp, as `SuiteAuthorisation.getAuthInfo` returns it: endpoints such as `message/send` need it. */
  readonly agentId?: number | undefined
}

/**
 * The permanent codes of a provider, by suite and corp. Implement it over your own database with these three operations,
 * or take `RedisPermanentCodes`; a suite that every store must pass is in
 * `PermanentCodesSuite` of `effect-wecom/testing`. `InstalledApps` makes callers of them.
 */
export class PermanentCodes extends Context.Service<PermanentCodes, {
  /** The code of a suite in a corp, where it is installed. */
  readonly get: (suiteId: string, corpId: string) => Effect.Effect<Option.Option<PermanentCode>, StoreError>
  /** Keeps a code, in place of the one before. */
  readonly put: (suiteId: string, corpId: string, code: PermanentCode) => Effect.Effect<void, StoreError>
  /** Forgets a code: the corp removed the suite. */
  readonly remove: (suiteId: string, corpId: string) => Effect.Effect<void, StoreError>
}>()("effect-wecom/PermanentCodes") {
  /** Within this process: lost when it ends. */
  static readonly layerMemory: Layer.Layer<PermanentCodes> = Layer.sync(this, () => makeMemory())
}

const makeMemory = (): PermanentCodes["Service"] => {
  const codes = new Map<string, PermanentCode>()
  const keyOf = (suiteId: string, corpId: string): string => `${suiteId}\n${corpId}`
  return PermanentCodes.of({
    get: (suiteId, corpId) => Effect.sync(() => Option.fromUndefinedOr(codes.get(keyOf(suiteId, corpId)))),
    put: (suiteId, corpId, code) =>
      Effect.sync(() => {
        codes.set(keyOf(suiteId, corpId), code)
      }),
    remove: (suiteId, corpId) =>
      Effect.sync(() => {
        codes.delete(keyOf(suiteId, corpId))
      })
  })
}
