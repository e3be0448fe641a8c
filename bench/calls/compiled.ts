/** Ours, with schemas compiled to functions: before any of them is used. */
await import("effect/schema/SchemaJITCompiler/enable")
await import("./ours.ts")
