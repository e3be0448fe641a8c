/** What can go wrong with an answer on purpose. */
export * from "./engine/Fault.ts"
