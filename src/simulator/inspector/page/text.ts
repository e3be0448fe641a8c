/** The page's two languages, and how times, sizes and bodies read. */
import { signal } from "@preact/signals"

const stored = (): string | null => {
  try {
    return localStorage.getItem("language")
  } catch {
    return null // a browser that keeps nothing
  }
}

/** The language of the page: the browser's, or the one that was chosen. */
export const language = signal<"en" | "zh">(
  (stored() ?? navigator.language).toLowerCase().startsWith("zh") ? "zh" : "en"
)

/** Chooses the other language, and remembers it. */
export const toggleLanguage = (): void => {
  language.value = language.value === "zh" ? "en" : "zh"
  try {
    localStorage.setItem("language", language.value)
  } catch {
    // Then it lasts as long as the page.
  }
}

/** One of two texts, which stand with `|` between them: English, and Chinese. */
export const t = (both: string): string => both.split("|")[language.value === "zh" ? 1 : 0] ?? both

/** A time of the day. */
export const clock = (at: number): string => new Date(at).toLocaleTimeString(undefined, { hour12: false })

/** A number of bytes. */
export const size = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} B`
    : bytes < 1024 * 1024
    ? `${(bytes / 1024).toFixed(1)} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** A name and the id beside it, where a name was given. */
export const named = (name: string, id: number | string | undefined): string =>
  id === undefined || name === String(id) ? name : `${name} ${id}`

/** JSON and XML with one value a line; anything else as it is. */
export const pretty = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // No JSON, or cut off.
  }
  if (!text.startsWith("<xml>")) return text
  const root = new DOMParser().parseFromString(text, "text/xml").documentElement
  return root.tagName === "xml" && root.querySelector("parsererror") === null ? lines(root, "").join("\n") : text
}

/** One element a line, whether its text was CDATA or not. */
const lines = (element: Element, indent: string): ReadonlyArray<string> =>
  element.children.length === 0
    ? [`${indent}<${element.tagName}>${element.textContent}</${element.tagName}>`]
    : [
      `${indent}<${element.tagName}>`,
      ...[...element.children].flatMap((child) => lines(child, `${indent}  `)),
      `${indent}</${element.tagName}>`
    ]

/** What is in a JSON value under a name, as text. */
export const str = (value: unknown): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : ""

/** An object of JSON; an empty one for what is none. */
export const obj = (value: unknown): { readonly [name: string]: unknown } =>
  // Objects of parsed JSON have string keys.
  typeof value === "object" && value !== null && !Array.isArray(value) ? value as { [name: string]: unknown } : {}

/** A list of JSON; an empty one for what is none. */
export const list = (value: unknown): ReadonlyArray<unknown> => Array.isArray(value) ? value : []
