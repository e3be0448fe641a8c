/** 上下游: the chains of a corp, the corps in them, their people and rules; and the apps that are shared with others. */
import type { ChainGroup, FailedChainCorp, NewChainContact } from "../../../partners/ChainContacts.ts"
import type { ChainRule } from "../../../partners/ChainRules.ts"
import { refuse } from "../../engine/Route.ts"
import * as State from "../../engine/State.ts"
import type { App, Corp, World } from "../../engine/World.ts"

/** A corp of a chain, as it is kept. */
export interface Partner {
  /** Until it has joined. */
  readonly pending: string
  /** Once it has joined. */
  corp: Corp | undefined
  readonly name: string
  readonly groupid: number
  readonly customId: string | undefined
  readonly people: Array<NewChainContact>
}

/** A chain, as it is kept. */
export interface KeptChain {
  readonly id: string
  name: string
  readonly owner: Corp
  readonly groups: Map<number, ChainGroup>
  readonly partners: Array<Partner>
  readonly rules: Map<number, ChainRule>
}

/** An import, as it is kept. */
export interface KeptImport {
  readonly chain_id: string
  readonly corps: number
  readonly failed: ReadonlyArray<FailedChainCorp>
}

/** What a corp has made. */
export const chainsOf = State.make("partners/chains", (_: Corp) => ({
  chains: new Map<string, KeptChain>(),
  imports: new Map<string, KeptImport>(),
  /** The apps of other corps that are shared with them, by the app that is shared. */
  shares: new Map<App, Array<{ readonly corp: Corp; readonly app: App; readonly type: number }>>()
}))

/** A chain of a corp. */
export const chainOf = (corp: Corp, id: string): KeptChain => chainsOf(corp).chains.get(id) ?? refuse(670002)

/** The corp of a chain that is meant: `corpid` counts before `pending_corpid`. */
export const partnerOf = (
  { partners }: KeptChain,
  { corpid, pending_corpid }: { readonly corpid?: string | undefined; readonly pending_corpid?: string | undefined }
): Partner =>
  partners.find(({ corp, pending }) => corpid === undefined ? pending === pending_corpid : corp?.id === corpid) ??
    refuse(670004)

/** The chains, of all corps, that a corp has joined. */
export const joinedBy = ({ corps }: World, corpid: string): ReadonlyArray<KeptChain> =>
  [...corps.values()].flatMap((owner) => [...chainsOf(owner).chains.values()]).filter(({ partners }) =>
    partners.some(({ corp }) => corp?.id === corpid)
  )
