/** Ours, with schemas compiled to functions: before any of them is used. */
import "effect/schema/SchemaJITCompiler/enable"
import "./ours.ts"
