/** 智能表格自动化创建的群聊: one chat, which stands for those of every smart sheet. */
import { SmartSheetChat, SmartSheetChatPage, SmartSheetChats } from "../../../../messages/SmartSheetChats.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import * as State from "../../../engine/State.ts"
import { type Corp, findMember } from "../../../engine/World.ts"

const { endpoints } = SmartSheetChats

const chats = State.make("messages/smart-sheet-chats", (corp) => {
  const user_list = [...corp.members.values()].map(({ user }) => user.userid)
  return new Map([["wrSmartSheetChat0001", new SmartSheetChat({ name: "自动化群聊", owner: user_list[0], user_list })]])
})

const userid = (corp: Corp, id: string): string => (findMember(corp, id) ?? refuse(86216)).user.userid

export const smartSheetChats = [
  route(endpoints.listIds, ({ corp, input }) => {
    const all = [...chats(corp).keys()]
    const start = Number(input.cursor ?? 0)
    const end = start + (input.limit ?? 100)
    return new SmartSheetChatPage({
      chat_id_list: all.slice(start, end),
      has_more: end < all.length,
      next_cursor: end < all.length ? `${end}` : undefined
    })
  }),
  route(endpoints.get, ({ corp, input }) => existing(chats(corp), input.chat_id, 86003)),
  route(endpoints.update, ({ corp, input: { add_user_list = [], chat_id, del_user_list = [], owner } }) => {
    const before = existing(chats(corp), chat_id, 86003)
    const leaving = del_user_list.map((id) => userid(corp, id))
    const joining = add_user_list.map((id) => userid(corp, id))
    const user_list = [...new Set([...before.user_list, ...joining])].filter((id) => !leaving.includes(id))
    const next = owner === undefined ? before.owner : userid(corp, owner)
    if (next === undefined || !user_list.includes(next)) refuse(86207)
    chats(corp).set(chat_id, new SmartSheetChat({ ...before, owner: next, user_list }))
  })
]
