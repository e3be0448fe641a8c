/** What members do about calendars and schedules in the client: they change and delete them, and answer invitations. */
export * from "./areas/calendars/CalendarActs.ts"
