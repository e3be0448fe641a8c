/**
 * Samples of the reference data in our own words: the same keys, types and nesting, with neutral texts in place of theirs.
 */

const filler = "示例文字甲乙丙丁"

/** Identifiers, numbers and times stay; addresses and sentences become ours, no longer than they were. */
export const neutral = (text: string): string => {
  if (/^[\w\-.:@|,=+/$#]*$/.test(text) && !/^https?:/.test(text)) return text
  if (/^[\d\-:/ .]+$/.test(text)) return text
  if (text.startsWith("-----BEGIN PUBLIC KEY-----")) {
    return "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"
  }
  if (/^(https?|weixin|wxwork):/.test(text)) return "https://example.com/path".slice(0, Math.max(text.length, 20))
  return filler.slice(0, Math.min(text.length, filler.length))
}

/** Replaces the string values of JSON text, and leaves everything else, digits included, as it stands. */
export const neutralJson = (json: string): string =>
  json.replace(
    /"((?:[^"\\]|\\.)*)"(\s*:)?/g,
    (whole, inner: string, colon: string | undefined) =>
      colon !== undefined ? whole : JSON.stringify(neutral(JSON.parse(`"${inner}"`) as string))
  )
    .replace(/\s*\n\s*/g, "")

/** Replaces the texts of XML, in CDATA and bare, and leaves the elements and the way they are written as they stand. */
export const neutralXml = (xml: string): string =>
  xml.trim()
    .replace(
      /<!\[CDATA\[(.*?)\]\]>|(?<=>)([^<]+)(?=<)/gs,
      (_, cdata: string | undefined, bare: string | undefined) =>
        cdata !== undefined ? `<![CDATA[${neutral(cdata)}]]>` : bare!.trim() === "" ? "" : neutral(bare!.trim())
    )
