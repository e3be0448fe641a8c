/** File names in `Content-Disposition`. */
import { baseName } from "./multipart.ts"

/** The name in `Content-Disposition`, without any folders that the sender put before it. */
export const filenameOf = (disposition = ""): string | undefined => {
  const name = rawNameOf(disposition)
  return name === undefined ? undefined : baseName(name) || undefined
}

/** `filename*` of RFC 6266 where there is one, or else `filename`. */
const rawNameOf = (disposition: string): string | undefined => {
  const encoded = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(disposition)?.[1]
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition)
  const raw = (plain?.[1] ?? plain?.[2])?.trim()
  return (encoded === undefined ? undefined : decoded(() => decodeURIComponent(encoded))) ??
    (raw === undefined || raw === "" ? undefined : fromLatin1(raw) ?? raw)
}

/** Header values arrive as Latin-1: a raw UTF-8 file name is put together again. */
const fromLatin1 = (raw: string): string | undefined =>
  /^[\x20-\xff]*$/.test(raw)
    ? decoded(() =>
      new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(raw, (char) => char.charCodeAt(0)))
    )
    : undefined

const decoded = (decode: () => string): string | undefined => {
  try {
    return decode()
  } catch {
    return undefined
  }
}
