/** Who is told of what happens in a corp. */
export * from "./engine/Audience.ts"
