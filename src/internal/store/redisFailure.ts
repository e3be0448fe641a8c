/**
 * What a failed Redis operation may tell.
 */

/** What failed, by code or kind: the text of a Redis error may repeat arguments, which hold secrets. */
export const codeOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return "failed"
  const code = "code" in cause ? cause.code : undefined
  if (typeof code === "string") return code
  return /^[A-Z]+(?= )/.exec(cause.message)?.[0] ?? cause.name
}
