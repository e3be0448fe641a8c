/**
 * Texts that are too long for one message.
 */

const encoder = new TextEncoder()

const bytesOf = (text: string): number => encoder.encode(text).length

/** A text in parts of at most `limit` bytes: cut between lines where it can be, never within a character. */
export const parts = (text: string, limit: number): ReadonlyArray<string> => {
  if (bytesOf(text) <= limit) return [text]
  const found: Array<string> = []
  let current = ""
  const close = () => {
    if (current !== "") found.push(current.replace(/\n$/, ""))
    current = ""
  }
  for (const line of text.split(/(?<=\n)/)) {
    if (bytesOf(current + line) <= limit) {
      current += line
      continue
    }
    close()
    for (const { segment } of segments.segment(line)) {
      if (bytesOf(current + segment) > limit) close()
      current += segment
    }
  }
  close()
  return found.filter((part) => part !== "")
}

const segments = new Intl.Segmenter("zh", { granularity: "grapheme" })
