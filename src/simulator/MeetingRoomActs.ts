/** What members and administrators do with meeting rooms in the client. */
export * from "./areas/meeting-rooms/MeetingRoomActs.ts"
