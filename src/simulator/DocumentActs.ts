/** What members do about documents outside the API: they add and change records, and fill in forms. */
export * from "./areas/smart-sheets/DocumentActs.ts"
