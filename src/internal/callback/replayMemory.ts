/**
 * A map that forgets: an entry stays for its lifetime at least and twice that at most, unless more than the capacity
 * come in between. Two generations, of which the older is dropped whole: nothing is ever searched for what to forget.
 */
export class ReplayMemory<A> {
  readonly #generationWeight: number
  readonly #lifetime: number
  #current = new Map<string, A>()
  #previous = new Map<string, A>()
  #weight = 0
  #since = Number.NEGATIVE_INFINITY

  /** `capacity` in whatever entries weigh, `lifetime` in milliseconds. */
  constructor(capacity: number, lifetime: number) {
    this.#generationWeight = Math.ceil(capacity / 2)
    this.#lifetime = lifetime
  }

  get(key: string): A | undefined {
    return this.#current.get(key) ?? this.#previous.get(key)
  }

  set(key: string, value: A, now: number, weight = 1): void {
    if (this.#weight + weight > this.#generationWeight || now - this.#since > this.#lifetime) {
      this.#previous = this.#current
      this.#current = new Map()
      this.#weight = 0
      this.#since = now
    }
    this.#current.set(key, value)
    this.#weight += weight
  }

  /** Puts another value in the place of one that is remembered. */
  replace(key: string, value: A): void {
    const generation = this.#current.has(key) ? this.#current : this.#previous
    if (generation.has(key)) generation.set(key, value)
  }

  delete(key: string): void {
    this.#current.delete(key)
    this.#previous.delete(key)
  }
}
