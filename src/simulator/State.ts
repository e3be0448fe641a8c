/** What one area of the API knows. */
export * from "./engine/State.ts"
