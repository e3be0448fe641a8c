/** What administrators, members and customers do that the data zone (专区) knows. */
export * from "./areas/data-zone/DataZoneActs.ts"
