// #region promises
import { NodeHttpClient } from "@effect/platform-node"
import { Layer, ManagedRuntime } from "effect"
import { TokenCache, WeComClient, WeComError } from "effect-wecom"
import { Message, Messages } from "effect-wecom/messages"

/** Made once for the process: its services share one client and one token. */
const wecom = ManagedRuntime.make(
  Messages.layer.pipe(
    Layer.provide(WeComClient.layerConfig()),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )
)

/** What a controller of Express, Koa or NestJS calls. Says whether the member was reached. */
export const notify = async (userid: string, content: string): Promise<boolean> => {
  try {
    const message = Message.text(content).to({ users: [userid] })
    const { unreached } = await wecom.runPromise(Messages.use((messages) => messages.send(message)))
    return unreached.length === 0
  } catch (error) {
    // 81013: there is no such member, or the app may not see them.
    if (error instanceof WeComError && error.errcode === 81013) return false
    throw error
  }
}

/** When the process ends. */
export const close = () => wecom.dispose()
// #endregion

if (import.meta.main) {
  console.log("zhangsan was reached:", await notify("zhangsan", "上线了"))
  console.log("nobody was reached:", await notify("nobody", "上线了"))
  await close()
}
