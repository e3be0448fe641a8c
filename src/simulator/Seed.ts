/** What a simulator starts with, as JSON that people write. */
export * from "./seed/Seed.ts"
