/**
 * Who shares a token: this process alone (memory), or every process on one store (Redis).
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

/** A token or ticket with its end. */
export interface Token {
  readonly value: Redacted.Redacted
  /** When it was obtained, in milliseconds of the epoch. */
  readonly obtainedAt: number
  /** When it ends, in milliseconds of the epoch. */
  readonly expiresAt: number
}

/** The store could not be reached or returned garbage. `TokenCache` then continues alone. */
export class TokenStoreError extends Schema.TaggedError<TokenStoreError>("effect-wecom/TokenStoreError")(
  "TokenStoreError",
  { operation: Schema.String, description: Schema.String }
) {
  override get message(): string {
    return `token store, ${this.operation}: ${this.description}`
  }
}

/**
 * Where tokens are kept. Three operations, so that another store is quickly written; a suite that every store must
 * pass is in `TokenStoreSuite` of `effect-wecom/testing`.
 */
export class TokenStore extends Context.Service<TokenStore, {
  /** The token under a key, unless it has ended. */
  readonly get: (key: string) => Effect.Effect<Option.Option<Token>, TokenStoreError>

  /**
   * Puts a token under a key if the value there is still `replacing` (or nothing, or ended); returns the
   * token that is there afterwards: the given one, or the one that somebody else put first.
   */
  readonly set: (
    key: string,
    token: Token,
    replacing: Option.Option<Redacted.Redacted>
  ) => Effect.Effect<Token, TokenStoreError>

  /**
   * Tries to become the only one to fetch the token of a key, for at most `duration`; given back when the scope
   * closes. `false` when somebody else holds it.
   */
  readonly lease: (
    key: string,
    duration: Duration.Duration
  ) => Effect.Effect<boolean, TokenStoreError, Scope.Scope>
}>()("effect-wecom/TokenStore") {
  /** Within this process. */
  static readonly layerMemory: Layer.Layer<TokenStore> = Layer.sync(this, () => makeMemory())
}

const makeMemory = (): TokenStore["Service"] => {
  const tokens = new Map<string, Token>()
  const leases = new Map<string, { readonly until: number }>()
  const live = (key: string, now: number): Option.Option<Token> => {
    const token = tokens.get(key)
    if (token === undefined) return Option.none()
    if (token.expiresAt > now) return Option.some(token)
    tokens.delete(key)
    return Option.none()
  }
  return TokenStore.of({
    get: (key) => Effect.map(Clock.currentTimeMillis, (now) => live(key, now)),
    set: (key, token, replacing) =>
      Effect.map(Clock.currentTimeMillis, (now) => {
        const current = live(key, now)
        const taken = Option.isSome(current) &&
          !(Option.isSome(replacing) && Redacted.value(replacing.value) === Redacted.value(current.value.value))
        if (taken) return current.value
        // Deleted first, so that the map stays in the order of obtaining, and those that ended are at its front.
        tokens.delete(key)
        tokens.set(key, token)
        for (const [oldest, { expiresAt }] of tokens) {
          if (expiresAt > now) break
          tokens.delete(oldest)
        }
        return token
      }),
    lease: (key, duration) =>
      Effect.acquireRelease(
        Effect.map(Clock.currentTimeMillis, (now) => {
          const held = leases.get(key)
          if (held !== undefined && held.until > now) return undefined
          const lease = { until: now + Duration.toMillis(duration) }
          leases.set(key, lease)
          return lease
        }),
        (lease) =>
          Effect.sync(() => {
            if (lease !== undefined && leases.get(key) === lease) leases.delete(key)
          })
      ).pipe(Effect.map((lease) => lease !== undefined))
  })
}
