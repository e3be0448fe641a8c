import { Message } from "effect-wecom/messages"
import { createWeCom, type WeCom } from "effect-wecom/promise"
import { answer } from "../Process.ts"
import { agentId, content, corpId, type Question, rateOf, secret, user } from "./Contender.ts"

let wecom: WeCom | undefined

answer<Question, number>(({ call, url }) => {
  const { departments, messages } = wecom ??= createWeCom({ corpId, secret, agentId, baseUrl: url })
  return rateOf(() =>
    call === "list"
      ? departments.list()
      : messages.send(Message.text(content).to({ users: [user] }))
  )
})
