/** What members and administrators do about advanced functions (高级功能). */
export * from "./areas/advanced-features/AdvancedFeatureActs.ts"
