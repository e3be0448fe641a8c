// #region promises
import { WeComError } from "effect-wecom"
import { Message } from "effect-wecom/messages"
import { createWeCom } from "effect-wecom/promise"

/** Made once for the process. Without options, the app comes from WECOM_CORP_ID, WECOM_CORP_SECRET and WECOM_AGENT_ID. */
const wecom = createWeCom()

/** What a controller of Express, Koa or NestJS calls. Says whether the member was reached. */
export const notify = async (userid: string, content: string): Promise<boolean> => {
  try {
    const { unreached } = await wecom.messages.send(Message.text(content).to({ users: [userid] }))
    return unreached.length === 0
  } catch (error) {
    // 81013: there is no such member, or the app may not see them.
    if (error instanceof WeComError && error.errcode === 81013) return false
    throw error
  }
}

/** Streams of pages are async iterables. */
export const userids = async (): Promise<ReadonlyArray<string>> => {
  const all: Array<string> = []
  for await (const { userid } of wecom.users.listAllIds()) if (userid !== undefined) all.push(userid)
  return all
}

/** When the process ends, or `await using wecom = createWeCom()`. */
export const close = () => wecom.close()
// #endregion

if (import.meta.main) {
  console.log("zhangsan was reached:", await notify("zhangsan", "上线了"))
  console.log("nobody was reached:", await notify("nobody", "上线了"))
  await close()
}
