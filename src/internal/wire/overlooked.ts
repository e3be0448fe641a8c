/** What WeCom takes and does not look at: checks refuse it, and the simulator takes it with a warning, as WeCom does. */

/** Says so of something, in the issue of a check: `must be true, or ${ignores("repeat_type")}`. */
export const ignores = (what: string): string => `${phrase}${what}`

/** Whether an issue says so. */
export const isIgnored = (message: string): boolean => message.includes(phrase)

const phrase = "WeCom ignores "
