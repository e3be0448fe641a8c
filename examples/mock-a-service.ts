import { Effect, Layer } from "effect"
import { Departments } from "effect-wecom/contacts"
import { Simulator } from "effect-wecom/simulator"

const countDepartments = Effect.gen(function*() {
  const departments = yield* Departments
  return (yield* departments.list()).length
})

// #region mock
/** The service replaced: methods that are not given die when they are called. */
const withMock = countDepartments.pipe(
  Effect.provide(Layer.mock(Departments, { list: () => Effect.succeed([]) }))
)
// #endregion

// #region simulator
/** The vendor replaced: the real service over a WeCom without a socket, with tokens, limits and errcodes. */
const withSimulator = countDepartments.pipe(
  Effect.provide(Layer.provideMerge(Departments.layer, Simulator.layerTest()))
)
// #endregion

export const program = Effect.all({ mock: withMock, simulator: withSimulator })
