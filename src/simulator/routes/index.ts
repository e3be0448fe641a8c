/** Every endpoint that the simulator serves. */
import type { Route } from "../Route.ts"
import { departments } from "./Departments.ts"
import { jsSdk } from "./JsSdk.ts"
import { media } from "./Media.ts"
import { messages } from "./Messages.ts"
import { robots } from "./Robots.ts"
import { tokens } from "./Tokens.ts"

export const routes: ReadonlyArray<Route> = [
  ...tokens,
  ...departments,
  ...messages,
  ...media,
  ...robots,
  ...jsSdk
]
