/**
 * What is to be looked at, and when: a binary heap, so that looking costs what is due and not what is held.
 */

/** Items by the time at which each is due. */
export interface Agenda<A> {
  readonly add: (at: number, item: A) => void
  /** When the earliest is due; `Infinity` when there is none. */
  readonly next: () => number
  /** Takes the earliest that is due by `now`. */
  readonly take: (now: number) => { readonly at: number; readonly item: A } | undefined
}

/** An empty one. */
export const make = <A>(): Agenda<A> => {
  const heap: Array<{ readonly at: number; readonly item: A }> = []
  const next = (): number => heap[0]?.at ?? Infinity

  return {
    next,
    add: (at, item) => {
      let index = heap.length
      while (index > 0) {
        const parent = (index - 1) >> 1
        const above = heap[parent]
        if (above === undefined || above.at <= at) break
        heap[index] = above
        index = parent
      }
      heap[index] = { at, item }
    },
    take: (now) => {
      if (next() > now) return undefined
      const first = heap[0]
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return first
      let index = 0
      while (true) {
        const left = 2 * index + 1
        const smaller = (heap[left + 1]?.at ?? Infinity) < (heap[left]?.at ?? Infinity) ? left + 1 : left
        const below = heap[smaller]
        if (below === undefined || below.at >= last.at) break
        heap[index] = below
        index = smaller
      }
      heap[index] = last
      return first
    }
  }
}
