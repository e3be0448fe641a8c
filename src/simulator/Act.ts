/** What somebody does outside the API, who calls back those that are told of it. */
export * from "./engine/Act.ts"
