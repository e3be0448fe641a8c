/**
 * The languages of code: as Markdown names them, and as smart documents do.
 */

const prefix = "CODE_LANGUAGE_"

/** The short names of languages that Markdown knows them by. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["c#", "csharp"],
  ["c++", "cpp"],
  ["cs", "csharp"],
  ["js", "javascript"],
  ["md", "markdown"],
  ["plaintext", "text"],
  ["py", "python"],
  ["rb", "ruby"],
  ["rs", "rust"],
  ["ts", "typescript"],
  ["txt", "text"],
  ["yml", "yaml"]
])

const plain = `${prefix}PLAIN_TEXT`

/** `ts` is `CODE_LANGUAGE_TYPESCRIPT`; `undefined` if there is no name left of it. */
export const codeLanguage = (name: string): string | undefined => {
  const long = aliases.get(name.toLowerCase()) ?? name
  if (long === "text") return plain
  const key = long.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "")
  return key === "" ? undefined : prefix + key
}

/** `CODE_LANGUAGE_TYPESCRIPT` is `typescript`. */
export const markdownLanguage = (language: string | undefined): string | undefined =>
  language === undefined || language === `${prefix}UNSPECIFIED`
    ? undefined
    : language === plain
    ? "text"
    : language.replace(prefix, "").toLowerCase()
