/**
 * The text of an answer that grows: what of it a message holds, in whole characters.
 */

/** What an answer is made of: text, or what is folded away as thinking. */
export type AnswerPiece = string | { readonly thinking: string }

/** The most bytes of UTF-8 that a message may have. */
export const maxBytes = 20480

/** The folded thinking may take this much of it. */
const maxThinking = 4096

/** Room for the end of a block of code, where text continues in another message. */
const reserve = 16

/** Shown as waiting dots. */
const waiting = "<think></think>"

/** Text up to the limit of one message. */
export class AnswerText {
  readonly #overflow: "cut" | "split"
  #thinking = ""
  #thinkingBytes = 0
  #text = ""
  #bytes = 0
  #isCut = false

  constructor(overflow: "cut" | "split" = "cut") {
    this.#overflow = overflow
  }

  /** Adds as much as fits; what does not is returned. A text that is cut takes nothing more, for it would have gaps. */
  add(piece: AnswerPiece): string {
    const thinking = this.#thinking === "" ? 0 : this.#thinkingBytes + waiting.length
    const room = maxBytes - (this.#overflow === "cut" ? 0 : reserve) - thinking - this.#bytes
    if (typeof piece !== "string") {
      const fits = fitting(piece.thinking, Math.min(maxThinking - this.#thinkingBytes, room - waiting.length))
      this.#thinking += fits
      this.#thinkingBytes += byteLength(fits)
      return ""
    }
    const fits = this.#isCut ? "" : fitting(piece, room)
    this.#text += fits
    this.#bytes += byteLength(fits)
    const rest = piece.slice(fits.length)
    this.#isCut = this.#overflow === "cut" && (this.#isCut || rest !== "")
    return rest
  }

  /** The content of a message, with waiting dots as long as there is no text. */
  get growing(): string {
    return this.#thinking === "" && this.#text === "" ? waiting : this.content
  }

  /** The content of a message. */
  get content(): string {
    return this.#thinking === "" ? this.#text : `<think>${this.#thinking}</think>${this.#text}`
  }

  /** Takes a message off at a fitting place, and continues with what is behind that. */
  takePage(): string {
    const { code, end } = pageEnd(this.#text)
    const rest = this.#text.slice(end)
    this.#text = this.#text.slice(0, end) + (code ? "\n```" : "")
    const page = this.content
    this.clear()
    this.add(code ? `\`\`\`\n${rest}` : rest)
    return page
  }

  /** Forgets everything. */
  clear(): void {
    this.#thinking = ""
    this.#thinkingBytes = 0
    this.#text = ""
    this.#bytes = 0
    this.#isCut = false
  }
}

/** Where a page may end: after a paragraph, a line or a word in its second half; and whether that is within code. */
const pageEnd = (text: string): { readonly end: number; readonly code: boolean } => {
  const after = (mark: string): number | undefined => {
    const at = text.lastIndexOf(mark)
    return at >= text.length / 2 ? at + mark.length : undefined
  }
  const end = after("\n\n") ?? after("\n") ?? after("。") ?? after(" ") ?? text.length
  return { end, code: (text.slice(0, end).match(/^ *```/gm)?.length ?? 0) % 2 === 1 }
}

/** The beginning of a text that has at most so many bytes, no character of it broken. */
const fitting = (text: string, bytes: number): string =>
  bytes <= 0
    ? ""
    : text.length * 3 <= bytes
    ? text
    : text.slice(0, encoder.encodeInto(text, new Uint8Array(bytes)).read)

const byteLength = (text: string): number => encoder.encode(text).length

const encoder = new TextEncoder()
