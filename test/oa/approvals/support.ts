import { Layer } from "effect"
import { Approvals } from "../../../src/oa/approvals/Approvals.ts"
import { Vacations } from "../../../src/oa/approvals/Vacations.ts"
import type { Answer } from "../../support/canned.ts"
import { canned } from "../support.ts"

/** Approvals and vacations over canned answers; the calls are those after the token. */
export const answering = (answer: Answer) => {
  const { calls, run } = canned(Layer.mergeAll(Approvals.layer, Vacations.layer), answer)
  return { sent: calls, run }
}
