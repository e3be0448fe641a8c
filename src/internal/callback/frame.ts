/** The byte layout of a callback plaintext: 16 random bytes, message length, message, receive id, padding to 32. */

const blockSize = 32
const headSize = 20

const encoder = new TextEncoder()

/** What a decrypted callback holds. */
export interface Frame {
  readonly message: string
  readonly receiveId: string
}

/** Appends 1 to 32 bytes, each of which says how many they are (PKCS#7 over 32-byte blocks). */
export const pad = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
  const count = blockSize - bytes.length % blockSize
  const padded = new Uint8Array(bytes.length + count)
  padded.set(bytes)
  padded.fill(count, bytes.length)
  return padded
}

/** Takes the padding off; `undefined` when it is not what `pad` writes. */
export const unpad = (bytes: Uint8Array): Uint8Array | undefined => {
  const count = bytes[bytes.length - 1]
  if (count === undefined || count < 1 || count > blockSize || count > bytes.length) return undefined
  const end = bytes.length - count
  for (let i = end; i < bytes.length; i++) {
    if (bytes[i] !== count) return undefined
  }
  return bytes.subarray(0, end)
}

/** The padded plaintext of a message. */
export const encode = (frame: Frame, random: Uint8Array): Uint8Array<ArrayBuffer> => {
  // A UTF-16 unit takes at most 3 bytes of UTF-8.
  const bytes = new Uint8Array(headSize + 3 * (frame.message.length + frame.receiveId.length) + blockSize)
  bytes.set(random)
  const message = encoder.encodeInto(frame.message, bytes.subarray(headSize)).written
  new DataView(bytes.buffer).setUint32(16, message)
  const receiveId = encoder.encodeInto(frame.receiveId, bytes.subarray(headSize + message)).written
  const length = headSize + message + receiveId
  const count = blockSize - length % blockSize
  return bytes.fill(count, length, length + count).subarray(0, length + count)
}

/**
 * Reads a padded plaintext, or says which part of it is wrong. A text that is cut amid a character, as WeCom cuts some,
 * is read with the replacement character.
 */
export const decode = (padded: Uint8Array, toText: (bytes: Uint8Array) => string): Frame | "padding" | "frame" => {
  const bytes = unpad(padded)
  if (bytes === undefined) return "padding"
  if (bytes.length < headSize) return "frame"
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(16)
  if (headSize + length > bytes.length) return "frame"
  return {
    message: toText(bytes.subarray(headSize, headSize + length)),
    receiveId: toText(bytes.subarray(headSize + length))
  }
}
