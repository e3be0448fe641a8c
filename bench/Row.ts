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

/** A row whose figures are rates (the larger, the better), round by round: ours against the alternative's. */
export const rate = (
  what: string,
  ours: ReadonlyArray<number>,
  [alternative, theirs]: readonly [name: string, rates: ReadonlyArray<number>],
  atLeast?: number
): Row => {
  const ratio = ratioOf(ours, theirs)
  return {
    what,
    ours: `${round(median(ours))}/s`,
    alternative: `${alternative}: ${round(median(theirs))}/s`,
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

/** How two contenders compare: the median over the rounds, for what disturbs a machine disturbs both of a round. */
export const ratioOf = (ours: ReadonlyArray<number>, theirs: ReadonlyArray<number>): number =>
  median(ours.map((value, round) => value / theirs[round]!))

/**
 * Measures contenders side by side: in every round each has its turn, in an order that shifts from round to round.
 * Answers what each one's rounds gave. The first rounds warm up, one where not said, and do not count: code that is not
 * compiled yet tells nothing of a server that runs for days.
 */
export const interleave = async <Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, (round: number) => Promise<number>>>,
  warmUp = 1
): Promise<Readonly<Record<Name, ReadonlyArray<number>>>> => {
  const names = Object.keys(contenders) as Array<Name> // the keys of that record
  const results = new Map(names.map((name) => [name, new Array<number>()]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]!
      const result = await contenders[name](round)
      if (round >= warmUp) results.get(name)?.push(result)
    }
  }
  return Object.fromEntries(results) as Readonly<Record<string, ReadonlyArray<number>>> as Record<
    Name,
    ReadonlyArray<number>
  > // each name once
}

export const round = (value: number): string => Math.round(value).toLocaleString("en")
