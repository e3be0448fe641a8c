/** What becomes of an act, as it is told over HTTP. */
import * as Effect from "effect/Effect"
import type { Delivery } from "../engine/CallbackSender.ts"
import { Engine } from "../engine/Engine.ts"

/** Acts on an engine, by its clock. */
export const withEngine = (engine: Engine["Service"]) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  engine.inTime(Effect.provideService(effect, Engine, engine))

/** What became of each callback. */
export const told = <E, R>(act: Effect.Effect<ReadonlyArray<Delivery>, E, R>) =>
  Effect.map(act, (deliveries) => ({ deliveries: deliveries.map(delivered) }))

/** What became of a callback, as it is told. */
export const delivered = ({ acknowledged, attempts, problem, replyText, text }: Delivery) => ({
  text,
  acknowledged,
  attempts: attempts.map(({ at, problem, status }) => ({ at, status, problem })),
  replyText,
  problem
})
