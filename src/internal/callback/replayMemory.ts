/**
 * A map that forgets: an entry stays for its lifetime at least and twice that at most, unless more than the capacity
 * come in between. Two generations, of which the older is dropped whole: nothing is ever searched for what to forget.
 */
export class ReplayMemory<A> {
  readonly #generationSize: number
  readonly #lifetime: number
  #current = new Map<string, A>()
  #previous = new Map<string, A>()
  #since = Number.NEGATIVE_INFINITY

  /** `lifetime` in milliseconds. */
  constructor(capacity: number, lifetime: number) {
    this.#generationSize = Math.ceil(capacity / 2)
    this.#lifetime = lifetime
  }

  get(key: string): A | undefined {
    return this.#current.get(key) ?? this.#previous.get(key)
  }

  set(key: string, value: A, now: number): void {
    if (this.#current.size >= this.#generationSize || now - this.#since > this.#lifetime) {
      this.#previous = this.#current
      this.#current = new Map()
      this.#since = now
    }
    this.#current.set(key, value)
  }

  delete(key: string): void {
    this.#current.delete(key)
    this.#previous.delete(key)
  }
}
