/** What corps and providers do about the paid versions of a suite (应用版本付费). */
export * from "./areas/app-versions/AppOrderActs.ts"
