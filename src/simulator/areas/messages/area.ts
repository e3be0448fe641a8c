/** 应用消息, 群聊会话. */
import type { Area } from "../../engine/Area.ts"
import { messages as messagesRoutes } from "./routes/messages.ts"
import { smartSheetChats } from "./routes/smartSheetChats.ts"

export const messages: Area = {
  name: "messages",
  routes: [
    ...messagesRoutes,
    ...smartSheetChats
  ],
  access: {
    messages: { powers: ["messages"] },
    // Apps make chats among anybody, or not at all.
    "messages/AppChats": { powers: ["messages"], wholeCorp: true },
    "messages/SmartSheetChats": "open"
  }
}
