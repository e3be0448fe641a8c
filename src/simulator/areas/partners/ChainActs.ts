/** What administrators do about 上下游: each an act on the simulator of the context, which tells the corp's apps. */
import * as Effect from "effect/Effect"
import {
  ChainCorpsJoined,
  ChainCreated,
  ChainDeleted,
  ChainGroupsCreated
} from "../../../callback/events/ChainEvents.ts"
import { ChainGroup } from "../../../partners/ChainContacts.ts"
import { CorpGroupType } from "../../../partners/CorpGroups.ts"
import { type Act, corpOf, fail, type In, tell, type Told } from "../../engine/Act.ts"
import { event, type Notice } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import { chainsOf, type KeptChain } from "./Chains.ts"

const told = (corp: Corp, notice: Notice): Told => tell(corp, () => notice)

const chainOf = (of: In & { readonly chain_id: string }): Act<{ readonly corp: Corp; readonly chain: KeptChain }> =>
  Effect.flatMap(corpOf(of), (corp) => {
    const chain = chainsOf(corp).chains.get(of.chain_id)
    return chain === undefined ? fail(`${corp.id} has no chain ${of.chain_id}`) : Effect.succeed({ corp, chain })
  })

/** 创建上下游. Returns the id of the chain, whose root group is 1. */
export const create = (of: In & { readonly name: string }): Act<string> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const owner = yield* corpOf(of)
    const id = world.id("Ch")
    const root = new ChainGroup({ groupid: 1, group_name: of.name, parentid: 0, order: 1 })
    const chain: KeptChain = { id, name: of.name, owner, groups: new Map([[1, root]]), partners: [], rules: new Map() }
    chainsOf(owner).chains.set(id, chain)
    yield* told(owner, event(ChainCreated, { ChainId: id, GroupIds: [1], CorpIds: [] }))
    return id
  })

/** 删除上下游. */
export const remove = (of: In & { readonly chain_id: string }): Told =>
  Effect.flatMap(chainOf(of), ({ chain, corp }) => {
    chainsOf(corp).chains.delete(chain.id)
    return told(corp, event(ChainDeleted, { ChainId: chain.id }))
  })

/** 新建分组. Returns the id of the group. */
export const addGroup = (
  of: In & { readonly chain_id: string; readonly name: string; readonly parentid?: number }
): Act<number> =>
  Effect.gen(function*() {
    const { chain, corp } = yield* chainOf(of)
    const groupid = Math.max(...chain.groups.keys()) + 1
    chain.groups.set(
      groupid,
      new ChainGroup({ groupid, group_name: of.name, parentid: of.parentid ?? 1, order: groupid })
    )
    yield* told(corp, event(ChainGroupsCreated, { ChainId: chain.id, GroupIds: [groupid] }))
    return groupid
  })

/** 企业加入上下游. A corp takes up an invitation, or joins without one. */
export const join = (
  of: In & { readonly chain_id: string; readonly member: string; readonly pending_corpid?: string | undefined }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const { chain, corp } = yield* chainOf(of)
    const member = world.corps.get(of.member)
    if (member === undefined) return yield* fail(`there is no corp ${of.member}`)
    const invited = chain.partners.find(({ pending }) => pending === of.pending_corpid)
    if (of.pending_corpid !== undefined && invited === undefined) return yield* fail("there is no such invitation")
    if (chain.partners.some((partner) => partner.corp === member)) return yield* fail(`${member.id} has joined already`)
    if (invited === undefined) {
      chain.partners.push({
        pending: world.id("wp"),
        corp: member,
        name: member.name,
        groupid: 1,
        customId: undefined,
        people: []
      })
    } else {
      invited.corp = member
    }
    return yield* told(corp, event(ChainCorpsJoined, { ChainId: chain.id, CorpIds: [member.id] }))
  })

/** 共享应用. An app of the corp is shared with another one, where it has an agent id too. */
export const shareApp = (
  of: In & { readonly agentId: number; readonly member: string; readonly memberAgentId: number }
): Act<void> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(of)
    const member = world.corps.get(of.member)
    const app = corp.apps.find(({ agentId }) => agentId === of.agentId)
    const there = member?.apps.find(({ agentId }) => agentId === of.memberAgentId)
    if (member === undefined || app === undefined || there === undefined) {
      return yield* fail("there is no such app, or no such corp")
    }
    const { shares } = chainsOf(corp)
    shares.set(app, [...shares.get(app) ?? [], { corp: member, app: there, type: CorpGroupType.Chain }])
  })
