/** What becomes of the advanced interfaces (高级接口) that a provider has bought. */
export * from "./areas/advanced-api/AdvancedApiActs.ts"
