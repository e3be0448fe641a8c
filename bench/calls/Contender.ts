/** How long one round of calls lasts, in milliseconds. */
export const roundMillis = 1_500

/** The address of the server. Answers the calls per second of one round, made one after the other. */
export type Question = { readonly url: string }

/** What every contender asks for: the departments of the corp. */
export const path = "/cgi-bin/department/list"
export const corpId = "ww0123456789abcdef"
export const secret = "a-secret-that-only-this-benchmark-knows"

/** Counts how often `call` runs to its end within a round. */
export const rateOf = async (call: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  let count = 0
  while (performance.now() - start < roundMillis) {
    await call()
    count++
  }
  return count / (performance.now() - start) * 1000
}
