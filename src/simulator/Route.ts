/** Serves endpoints of your own. */
export * from "./engine/Route.ts"
