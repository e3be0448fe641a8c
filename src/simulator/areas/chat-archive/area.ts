/** 会话内容存档. */
import type { Area } from "../../engine/Area.ts"
import * as ChatArchiveActs from "./ChatArchiveActs.ts"
import { chatArchive as chatArchiveRoutes } from "./routes.ts"

export const chatArchive: Area = {
  name: "chat-archive",
  acts: ChatArchiveActs,
  routes: chatArchiveRoutes,
  access: { "chat-archive": { powers: ["chat-archive"] } }
}
