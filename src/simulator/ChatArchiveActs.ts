/** 会话内容存档: who is archived, and who agrees to it. */
export { addArchivedGroup, addArchivedRobot, agree, archiveMember } from "./areas/chat-archive/ChatArchive.ts"
export * from "./areas/chat-archive/ChatArchiveActs.ts"
