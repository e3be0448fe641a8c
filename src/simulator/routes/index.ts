/** Every endpoint that the simulator serves. */
import type { Route } from "../Route.ts"
import { departments } from "./Departments.ts"
import { tokens } from "./Tokens.ts"

export const routes: ReadonlyArray<Route> = [
  ...tokens,
  ...departments
]
