/** What members do about reports (汇报): they submit, read and comment on them. */
export * from "./areas/journals/JournalActs.ts"
