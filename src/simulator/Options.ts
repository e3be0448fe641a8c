/** What a simulator starts with. */
export * from "./engine/Options.ts"
