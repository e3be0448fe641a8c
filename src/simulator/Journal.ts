/** What was asked of the simulator and what it answered, without the secrets. */
export * from "./engine/Journal.ts"
