import { CallbackReply } from "effect-wecom/callback"
import { createWeCom } from "effect-wecom/promise"

const variable = (name: string): string => {
  const value = process.env[name]
  if (value === undefined || value === "") throw new Error(`${name} is not set`)
  return value
}

/** Made once for the process: the app comes from WECOM_CORP_ID, WECOM_CORP_SECRET and WECOM_AGENT_ID. */
export const wecom = createWeCom()

export const callbacks = wecom.callbacks({
  token: variable("WECOM_CALLBACK_TOKEN"),
  encodingAesKey: variable("WECOM_CALLBACK_AES_KEY"),
  handlers: { text: ({ Content }) => CallbackReply.text(`收到：${Content}`) },
  fallback: (event) => console.log(`not handled: ${event}`)
})
