/**
 * Texts that nobody foresees, for signatures.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/** Sixteen letters and digits. */
export const nonce: Effect.Effect<string> = Effect.map(
  Effect.replicateEffect(Random.nextIntBetween(0, alphabet.length, { halfOpen: true }), 16),
  (indices) => indices.map((index) => alphabet.charAt(index)).join("")
)
