/** An area of the API, as the simulator takes it in. */
export * from "./engine/Area.ts"
