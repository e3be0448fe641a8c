/** What administrators do about 上下游: each an act on the simulator of the context, which tells the corp's apps. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ChainSharingChanged, LinkedCorpSharingChanged } from "../../../callback/events/AppEvents.ts"
import {
  ChainCorpsJoined,
  ChainCorpsRemoved,
  ChainCorpsUpdated,
  ChainCreated,
  ChainDeleted,
  ChainGroupsCreated,
  ChainGroupsDeleted,
  ChainGroupsUpdated,
  ChainUpdated
} from "../../../callback/events/ChainEvents.ts"
import { SharedAgentChanged, SharedChainChanged } from "../../../callback/events/SuiteEvents.ts"
import { ChainGroup } from "../../../partners/ChainContacts.ts"
import { CorpGroupType } from "../../../partners/CorpGroups.ts"
import * as Act from "../../engine/Act.ts"
import { appsOf, event, eventAndCommand, type Notice, toApp } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import type { Corp } from "../../engine/World.ts"
import { chainsOf, type KeptChain, type Partner } from "./Chains.ts"

const told = (corp: Corp, notice: Notice): Act.Told => Act.tell(corp, () => notice)

const ofChain = { chain_id: Schema.String }

const chainOf = (
  of: Act.In & { readonly chain_id: string }
): Act.Act<{ readonly corp: Corp; readonly chain: KeptChain }> =>
  Effect.flatMap(Act.corpOf(of), (corp) => {
    const chain = chainsOf(corp).chains.get(of.chain_id)
    return chain === undefined ? Act.fail(`${corp.id} has no chain ${of.chain_id}`) : Effect.succeed({ corp, chain })
  })

const groupOf = (of: Act.In & { readonly chain_id: string; readonly groupid: number }) =>
  Effect.flatMap(chainOf(of), ({ chain, corp }) => {
    const group = chain.groups.get(of.groupid)
    return group === undefined
      ? Act.fail(`${chain.id} has no group ${of.groupid}`)
      : Effect.succeed({ corp, chain, group })
  })

const partnerOf = (of: Act.In & { readonly chain_id: string; readonly member: string }) =>
  Effect.flatMap(chainOf(of), ({ chain, corp }) => {
    const partner = chain.partners.find((partner) => partner.corp?.id === of.member)
    return partner === undefined
      ? Act.fail(`${of.member} has not joined ${chain.id}`)
      : Effect.succeed({ corp, chain, partner })
  })

/** 创建上下游. Returns the id of the chain, whose root group is 1. */
export const create = Act.make({
  input: Act.input({ name: Schema.String }),
  success: Schema.String,
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const owner = yield* Act.corpOf(of)
    const id = world.id("Ch")
    const root = new ChainGroup({ groupid: 1, group_name: of.name, parentid: 0, order: 1 })
    const chain: KeptChain = { id, name: of.name, owner, groups: new Map([[1, root]]), partners: [], rules: new Map() }
    chainsOf(owner).chains.set(id, chain)
    yield* told(owner, event(ChainCreated, { ChainId: id, GroupIds: [1], CorpIds: [] }))
    return id
  })
})

/** 更新上下游. A chain gets another name. */
export const rename = Act.make({
  input: Act.input({ ...ofChain, name: Schema.String }),
  run: (of) =>
    Effect.flatMap(chainOf(of), ({ chain, corp }) => {
      chain.name = of.name
      return told(corp, event(ChainUpdated, { ChainId: chain.id }))
    })
})

/** 删除上下游. */
export const remove = Act.make({
  input: Act.input(ofChain),
  run: (of) =>
    Effect.flatMap(chainOf(of), ({ chain, corp }) => {
      chainsOf(corp).chains.delete(chain.id)
      return told(corp, event(ChainDeleted, { ChainId: chain.id }))
    })
})

/** 新建分组. Returns the id of the group. */
export const addGroup = Act.make({
  input: Act.input({ ...ofChain, name: Schema.String, parentid: Schema.optional(Schema.Int) }),
  success: Schema.Int,
  run: Effect.fn(function*(of) {
    const { chain, corp } = yield* chainOf(of)
    const groupid = Math.max(...chain.groups.keys()) + 1
    chain.groups.set(
      groupid,
      new ChainGroup({ groupid, group_name: of.name, parentid: of.parentid ?? 1, order: groupid })
    )
    yield* told(corp, event(ChainGroupsCreated, { ChainId: chain.id, GroupIds: [groupid] }))
    return groupid
  })
})

const ofGroup = { ...ofChain, groupid: Schema.Int }

/** 更新分组. A group gets another name. */
export const renameGroup = Act.make({
  input: Act.input({ ...ofGroup, name: Schema.String }),
  run: (of) =>
    Effect.flatMap(groupOf(of), ({ chain, corp, group }) => {
      chain.groups.set(of.groupid, new ChainGroup({ ...group, group_name: of.name }))
      return told(corp, event(ChainGroupsUpdated, { ChainId: chain.id, GroupIds: [of.groupid] }))
    })
})

/** 删除分组. A group without corps, and without groups below it, is deleted. */
export const removeGroup = Act.make({
  input: Act.input(ofGroup),
  run: (of) =>
    Effect.flatMap(groupOf(of), ({ chain, corp }) => {
      if (of.groupid === 1) return Act.fail("the root group stays as long as the chain")
      const isUsed = chain.partners.some(({ groupid }) => groupid === of.groupid) ||
        [...chain.groups.values()].some(({ parentid }) => parentid === of.groupid)
      if (isUsed) return Act.fail("the group is not empty")
      chain.groups.delete(of.groupid)
      return told(corp, event(ChainGroupsDeleted, { ChainId: chain.id, GroupIds: [of.groupid] }))
    })
})

/** 企业加入上下游. A corp takes up an invitation, or joins without one. */
export const join = Act.make({
  input: Act.input({ ...ofChain, member: Schema.String, pending_corpid: Schema.optional(Schema.String) }),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const { chain, corp } = yield* chainOf(of)
    const member = world.corps.get(of.member)
    if (member === undefined) return yield* Act.fail(`there is no corp ${of.member}`)
    const invited = chain.partners.find(({ pending }) => pending === of.pending_corpid)
    if (of.pending_corpid !== undefined && invited === undefined) return yield* Act.fail("there is no such invitation")
    if (chain.partners.some((partner) => partner.corp === member)) {
      return yield* Act.fail(`${member.id} has joined already`)
    }
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
})

const ofPartner = { ...ofChain, member: Schema.String }

/** 更新企业. A corp of a chain is put into another group. */
export const moveCorp = Act.make({
  input: Act.input({ ...ofPartner, groupid: Schema.Int }),
  run: (of) =>
    Effect.flatMap(groupOf(of), () =>
      Effect.flatMap(partnerOf(of), ({ chain, corp, partner }) => {
        const moved: Partner = { ...partner, groupid: of.groupid }
        chain.partners.splice(chain.partners.indexOf(partner), 1, moved)
        return told(corp, event(ChainCorpsUpdated, { ChainId: chain.id, CorpIds: [of.member] }))
      }))
})

/** 移除企业. A corp is removed from a chain. */
export const removeCorp = Act.make({
  input: Act.input(ofPartner),
  run: (of) =>
    Effect.flatMap(partnerOf(of), ({ chain, corp, partner }) => {
      chain.partners.splice(chain.partners.indexOf(partner), 1)
      return told(corp, event(ChainCorpsRemoved, { ChainId: chain.id, CorpIds: [of.member] }))
    })
})

/**
 * 共享应用. An app of the corp is shared with another one, where it has an agent id too: in a chain (上下游), or, with
 * `among: "linked"`, in 企业互联. The app is told, or the suite if it is installed from one.
 */
export const shareApp = Act.make({
  input: Act.input({
    agentId: Schema.Int,
    member: Schema.String,
    memberAgentId: Schema.Int,
    among: Schema.optional(Schema.Literals(["chain", "linked"]).annotate({ description: "Default: chain." }))
  }),
  run: Effect.fn(function*(of) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(of)
    const member = world.corps.get(of.member)
    const app = appsOf(world, corp).find(({ app }) => app.agentId === of.agentId)?.app
    const there = member && appsOf(world, member).find(({ app }) => app.agentId === of.memberAgentId)?.app
    if (member === undefined || app === undefined || there === undefined) {
      return yield* Act.fail("there is no such app, or no such corp")
    }
    const isLinked = of.among === "linked"
    const { shares } = chainsOf(corp)
    const type = isLinked ? CorpGroupType.CorpGroup : CorpGroupType.Chain
    shares.set(app, [...shares.get(app) ?? [], { corp: member, app: there, type }])
    const notice = isLinked
      ? eventAndCommand(LinkedCorpSharingChanged, SharedAgentChanged, { CorpId: corp.id })
      : eventAndCommand(ChainSharingChanged, SharedChainChanged, { CorpId: corp.id })
    return yield* Act.tell(corp, toApp(app, notice))
  })
})
