/**
 * One account's callback encryption and signature: what `CallbackCrypto` makes.
 */
import type * as Effect from "effect/Effect"
import type { CallbackError } from "./CallbackError.ts"

/** A decrypted callback: the message and whom it was meant for (a corp id, a suite id, or `""`). */
export interface Plaintext {
  readonly message: string
  readonly receiveId: string
}

/** The values that a signature covers, as text from the URL and the body. */
export interface Signable {
  /** Unix seconds, as text. */
  readonly timestamp: string
  readonly nonce: string
  /** The ciphertext, base64. */
  readonly encrypt: string
}

/** What 对外收款 callbacks encrypt once more, as it comes: {@link CallbackCipher.decryptResource}. */
export interface EncryptedResource {
  /** In base64, its last 16 bytes the authentication tag. */
  readonly ciphertext: string
  readonly nonce: string
  readonly associated_data?: string | undefined
}

/** Opens the files of one key: see `CallbackCrypto`. */
export interface MediaCipher {
  /** Decrypts a file that an 智能机器人 callback links to; fails with `DecryptionFailed`. */
  readonly decryptMedia: (bytes: Uint8Array) => Effect.Effect<Uint8Array, CallbackError>
  /** Encrypts a file as 智能机器人 callbacks link to: the other direction of `decryptMedia`. */
  readonly encryptMedia: (bytes: Uint8Array) => Effect.Effect<Uint8Array>
}

/** Signs, verifies, encrypts and decrypts for one account: one token and one EncodingAESKey, its key prepared once. */
export interface CallbackCipher extends MediaCipher {
  /** The `msg_signature` of the values: 40 lower-case hex digits. */
  readonly sign: (values: Signable) => Effect.Effect<string>
  /** Compares in constant time; fails with `SignatureMismatch`. */
  readonly verify: (values: Signable & { readonly signature: string }) => Effect.Effect<void, CallbackError>
  /** Decrypts base64 ciphertext; fails with `DecryptionFailed`. Verify its signature first. */
  readonly decrypt: (encrypt: string) => Effect.Effect<Plaintext, CallbackError>
  /** Encrypts to base64. `random` are the 16 leading bytes, drawn from the runtime's secure source when left out. */
  readonly encrypt: (plaintext: Plaintext, random?: Uint8Array) => Effect.Effect<string>
  /** The next 16 bytes of the runtime's secure source. */
  readonly random: () => Uint8Array
  /** Decrypts what 对外收款 callbacks encrypt once more (AEAD_AES_256_GCM); fails with `DecryptionFailed`. */
  readonly decryptResource: (resource: EncryptedResource) => Effect.Effect<string, CallbackError>
}
