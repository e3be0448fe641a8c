import { WeComError } from "effect-wecom"
import { CallbackReply } from "effect-wecom/callback"
import { Message } from "effect-wecom/messages"
import { createWeCom } from "effect-wecom/promise"
import { Hono } from "hono"

interface Env {
  readonly WECOM_CORP_ID: string
  readonly WECOM_CORP_SECRET: string
  readonly WECOM_AGENT_ID: string
  readonly WECOM_CALLBACK_TOKEN: string
  readonly WECOM_CALLBACK_AES_KEY: string
  readonly WECOM_BASE_URL?: string
}

const make = (env: Env) => {
  const wecom = createWeCom({
    corpId: env.WECOM_CORP_ID,
    secret: env.WECOM_CORP_SECRET,
    agentId: Number(env.WECOM_AGENT_ID),
    baseUrl: env.WECOM_BASE_URL
  })
  const callbacks = wecom.callbacks({
    token: env.WECOM_CALLBACK_TOKEN,
    encodingAesKey: env.WECOM_CALLBACK_AES_KEY,
    handlers: { text: ({ Content }) => CallbackReply.text(`收到：${Content}`) },
    fallback: (event) => console.log(`not handled: ${event}`)
  })
  return { wecom, callbacks }
}

// Made once for the isolate, at the first request: before it, Workers have no secrets.
let made: ReturnType<typeof make> | undefined

const app = new Hono<{ Bindings: Env }>()

/** POST /notify/zhangsan with a text as its body: sends it. */
app.post("/notify/:userid", async (context) => {
  const { wecom } = made ??= make(context.env)
  try {
    const content = await context.req.text()
    const { msgid } = await wecom.messages.send(Message.text(content).to({ users: [context.req.param("userid")] }))
    return context.json({ msgid })
  } catch (error) {
    if (error instanceof WeComError) return context.json({ error: error.message }, 502)
    throw error
  }
})

app.all("/wecom/callback", (context) => (made ??= make(context.env)).callbacks.fetch(context.req.raw))

export default app
