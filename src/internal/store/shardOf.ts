/**
 * Which shard a sender belongs to. All processes of a fleet, and all versions of this library, must agree.
 */

/** FNV-1a, then spread so that its lowest bits depend on every character. */
export const shardOf = (order: string, shards: number): number => {
  let value = 0x811c9dc5
  for (let i = 0; i < order.length; i++) value = Math.imul(value ^ order.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  return ((value ^ (value >>> 13)) >>> 0) % shards
}
