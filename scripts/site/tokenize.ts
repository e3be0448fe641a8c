/**
 * The words of a text, for the index and for what is searched: Chinese has no spaces, so a run of it becomes its pairs of
 * characters; identifiers are kept whole and in parts.
 * The browser gets this function as it is.
 */
export function tokenize(text: string): Array<string> {
  const tokens: Array<string> = []
  for (const [run] of text.matchAll(/\p{Script=Han}+|[\p{L}\p{N}]+(?:_[\p{L}\p{N}]+)*/gu)) {
    if (/\p{Script=Han}/u.test(run)) {
      const characters = [...run]
      if (characters.length === 1) tokens.push(run)
      characters.slice(1).forEach((character, index) => tokens.push(`${characters[index]}${character}`))
      continue
    }
    tokens.push(run)
    const parts = run.split(/_|(?<=[a-z0-9])(?=[A-Z])/)
    if (parts.length > 1) tokens.push(...parts)
  }
  return tokens.map((token) => token.toLowerCase())
}
