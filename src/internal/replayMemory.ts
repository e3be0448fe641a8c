/** A map that forgets: what has expired, and beyond its capacity the oldest. */
export class ReplayMemory<A> {
  readonly #entries = new Map<string, { readonly value: A; readonly expires: number }>()
  readonly #capacity: number
  readonly #lifetime: number

  /** `lifetime` in milliseconds, the same for all: so the order of arrival is the order of expiry. */
  constructor(capacity: number, lifetime: number) {
    this.#capacity = capacity
    this.#lifetime = lifetime
  }

  get(key: string): A | undefined {
    return this.#entries.get(key)?.value
  }

  set(key: string, value: A, now: number): void {
    this.#entries.set(key, { value, expires: now + this.#lifetime })
    for (const [oldest, { expires }] of this.#entries) {
      if (expires > now && this.#entries.size <= this.#capacity) break
      this.#entries.delete(oldest)
    }
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }
}
