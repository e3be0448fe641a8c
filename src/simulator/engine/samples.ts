/** Answers without state. */
import * as Endpoint from "../../Endpoint.ts"
import type { Route } from "./Route.ts"

export const sampled = (endpoint: Endpoint.Endpoint<never, unknown>): Route => ({
  endpoint: Endpoint.describe(endpoint),
  source: "sample",
  codes: {},
  run: () => undefined
})
