/**
 * Days in China, as WeCom counts statistics by.
 */

/** Milliseconds of a day. */
export const day = 24 * 3600_000

const offset = 8 * 3600_000

/** The midnight before a time, in milliseconds of the epoch. */
export const midnight = (at: number): number => Math.floor((at + offset) / day) * day - offset
