/**
 * State of which a simulator that runs for days remembers only the newest: codes, tickets, jobs and files.
 */

const maxEntries = 10_000

const maxBytes = 256 * 1024 * 1024

/** A map that forgets its oldest entries beyond 10,000 of them, or beyond 256 MiB where they are weighed in bytes. */
export class Recent<K, V> extends Map<K, V> {
  readonly #weigh: (value: V) => number
  #bytes = 0

  constructor(weigh: (value: V) => number = () => 0) {
    super()
    this.#weigh = weigh
  }

  override set(key: K, value: V): this {
    this.delete(key)
    super.set(key, value)
    this.#bytes += this.#weigh(value)
    for (const oldest of this.keys()) {
      if (oldest === key || this.size <= maxEntries && this.#bytes <= maxBytes) break
      this.delete(oldest)
    }
    return this
  }

  override delete(key: K): boolean {
    const value = this.get(key)
    if (value !== undefined) this.#bytes -= this.#weigh(value)
    return super.delete(key)
  }
}
