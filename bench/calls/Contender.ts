/** How long one round of calls lasts, in milliseconds. */
export const roundMillis = 500

/** The call to measure: one that reads, a list of departments; one that writes, a text message; 1,000 members. */
export type Call = "list" | "send" | "page"

/** The server, and what to ask it for. Answers the calls per second of one round. */
export interface Question {
  readonly url: string
  readonly call: Call
  /** How many calls are under way at once. Default: 1. */
  readonly atOnce?: number
  /** How many services the caller's context holds besides. Default: none. */
  readonly services?: number
  /** The client for Node in place of undici's layer. */
  readonly lean?: boolean
}

export const corpId = "ww0123456789abcdef"
export const secret = "a-secret-that-only-this-benchmark-knows"
export const agentId = 1000002

export const listPath = "/cgi-bin/department/list"
export const sendPath = "/cgi-bin/message/send"
export const pagePath = "/cgi-bin/user/list"

/** The message, as a caller has it. */
export const content = "上线了：版本 4.1 已经发布，请大家更新。"
export const user = "zhangsan"

/** The same, as it travels. */
export const body = () => ({ touser: user, msgtype: "text", agentid: agentId, text: { content } })

/** Counts how often `call` runs to its end within a round, so many at once. */
export const rateOf = async (call: () => Promise<unknown>, atOnce = 1): Promise<number> => {
  const start = performance.now()
  let count = 0
  const caller = async (): Promise<void> => {
    while (performance.now() - start < roundMillis) {
      await call()
      count++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, caller))
  return count / (performance.now() - start) * 1000
}
