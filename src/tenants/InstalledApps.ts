/**
 * The apps of a provider in the corps that installed them: an `AppDirectory` over `PermanentCodes`.
 *
 * @example
 * ```ts
 * departments.list().pipe(AppDirectory.run({ corpId, suiteId }))
 * ```
 */
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { StoreError } from "../StoreError.ts"
import { type SuiteApp, WeComApp } from "../WeComApp.ts"
import { AppDirectory, type AppDirectoryOptions, type AppStore, type CorpApp } from "./AppDirectory.ts"
import { type PermanentCode, PermanentCodes } from "./PermanentCodes.ts"

/**
 * A directory whose apps are these suites where they are installed: third-party suites, and templates of apps developed
 * for corps (代开发应用模板, whose id starts with `dk`).
 */
export const layer = (
  suites: ReadonlyArray<SuiteApp>,
  options?: AppDirectoryOptions
): Layer.Layer<AppDirectory, never, PermanentCodes> =>
  AppDirectory.layer(Effect.map(PermanentCodes, (codes) => make(codes, suites)), options)

/** A suite as a caller in a corp that installed it. */
export const installed = (suite: SuiteApp, corpId: string, { agentId, code }: PermanentCode): CorpApp =>
  suite.suiteId.startsWith("dk")
    ? WeComApp.template({ corpId, agentId, suiteId: suite.suiteId, permanentCode: code, baseUrl: suite.baseUrl })
    : WeComApp.authorised(suite, { corpId, agentId, permanentCode: code })

const make = (codes: PermanentCodes["Service"], suites: ReadonlyArray<SuiteApp>): AppStore => ({
  list: (corpId) =>
    Effect.map(
      Effect.forEach(suites, (suite) =>
        Effect.map(
          codes.get(suite.suiteId, corpId),
          Option.map((code) => installed(suite, corpId, code))
        ), { concurrency: "unbounded" }),
      (found) => found.flatMap((app) => Option.isSome(app) ? [app.value] : [])
    ),
  put: (app) => {
    const suiteId = AppDirectory.suiteIdOf(app)
    return !("permanentCode" in app) || suiteId === undefined || suites.every((suite) => suite.suiteId !== suiteId)
      ? Effect.fail(
        new StoreError({ store: "apps", operation: "put", description: `a ${app._tag} app is of none of the suites` })
      )
      : codes.put(suiteId, app.corpId, { code: app.permanentCode, agentId: app.agentId })
  },
  remove: ({ agentId, corpId, suiteId }) =>
    Effect.forEach(
      suites.filter((suite) => suiteId === undefined || suite.suiteId === suiteId),
      (suite) =>
        Effect.flatMap(codes.get(suite.suiteId, corpId), (code) =>
          Option.isSome(code) && (agentId === undefined || code.value.agentId === agentId)
            ? codes.remove(suite.suiteId, corpId)
            : Effect.void),
      { discard: true }
    )
})
