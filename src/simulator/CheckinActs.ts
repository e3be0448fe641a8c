/** What members do about check-in: they check in. */
export * from "./areas/checkin/CheckinActs.ts"
