/** One line of the table. */
export interface Row {
  readonly what: string
  readonly ours: string
  readonly alternative: string
  readonly ratio: string
  /** What has to hold, in words; empty where the figure is only reported. */
  readonly bar: string
  readonly held: boolean | undefined
}

/** A row whose figures are rates (the larger, the better): ours against the alternative's. */
export const rate = (
  what: string,
  ours: number,
  [alternative, theirs]: readonly [name: string, rate: number],
  atLeast?: number
): Row => {
  const ratio = ours / theirs
  return {
    what,
    ours: `${round(ours)}/s`,
    alternative: `${alternative}: ${round(theirs)}/s`,
    ratio: ratio.toFixed(2),
    bar: atLeast === undefined ? "" : `>= ${atLeast}`,
    held: atLeast === undefined ? undefined : ratio >= atLeast
  }
}

/** The middle one; of an even number the mean of the two in the middle. */
export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/**
 * Measures contenders side by side: in every round each has its turn, in an order that shifts from round to round.
 * Answers each one's median. The first round warms up and does not count.
 */
export const interleave = async <Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, (round: number) => Promise<number>>>
): Promise<Readonly<Record<Name, number>>> => {
  const names = Object.keys(contenders) as Array<Name> // the keys of that record
  const results = new Map(names.map((name) => [name, new Array<number>()]))
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]!
      const result = await contenders[name](round)
      if (round > 0) results.get(name)?.push(result)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(results.get(name) ?? [])])) as Record<Name, number> // each name once
}

export const round = (value: number): string => Math.round(value).toLocaleString("en")
