/** What members do in meetings: they join, leave, share, record and enrol. */
export * from "./areas/meetings/MeetingActs.ts"
