/** What the corps of a chain (上下游) do. */
export * from "./areas/partners/ChainActs.ts"
