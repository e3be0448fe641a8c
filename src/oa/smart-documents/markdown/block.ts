/**
 * Blocks of smart documents as a tree.
 */
import type { NewSmartBlock } from "../SmartBlock.ts"

/** A block and the blocks within it, before WeCom has given them ids. */
export interface Block {
  readonly type: NewSmartBlock["type"]
  /** 文本内容. */
  readonly title?: string | undefined
  readonly props?: NewSmartBlock["props"]
  readonly children: ReadonlyArray<Block>
}

/** What happens to what cannot be carried over. */
export type Loss = "refuse" | "accept"
