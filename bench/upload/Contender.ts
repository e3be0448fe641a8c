const chunkSize = 64 * 1024

/** Where to, and how many bytes. Answers by how many bytes the resident memory grew. */
export type Question = { readonly url: string; readonly size: number }

/**
 * Chunks that are all different, with a watch on the resident memory: by how much its peak grows after a tenth of the
 * way, which is gone again if the source is read again. Peaks on both sides, because the collector lets garbage stand
 * for a while.
 */
export const makeSource = (size: number) => {
  const count = size / chunkSize
  let peak = 0
  let atTenth: number | undefined
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  return {
    *chunks(): Generator<Uint8Array> {
      for (let index = 1; index <= count; index++) {
        look()
        if (index === Math.ceil(count / 10)) atTenth ??= peak
        yield new Uint8Array(chunkSize).fill(index)
      }
    },
    growth: (): number => {
      look()
      return peak - (atTenth ?? peak)
    }
  }
}
