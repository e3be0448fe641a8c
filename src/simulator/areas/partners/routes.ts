/** 上下游: chains, their corps, people and rules; calls as a corp that an app is shared with; shared customers. */
import * as Redacted from "effect/Redacted"
import { ChainCorpsRemoved } from "../../../callback/events/ChainEvents.ts"
import { BatchJobType } from "../../../callback/events/JobEvents.ts"
import {
  Chain,
  ChainContacts,
  ChainCorp,
  ChainCorpInfo,
  ChainCorpQualification,
  ChainCorpsPage,
  ChainGroup,
  ChainIdentity,
  ChainImport,
  ChainImportOutcome,
  ChainImportStatus,
  FailedChainCorp
} from "../../../partners/ChainContacts.ts"
import { ChainCustomers, ChainExternalId, ChainPendingId } from "../../../partners/ChainCustomers.ts"
import { ChainRule, ChainRules, type NewChainRule } from "../../../partners/ChainRules.ts"
import {
  CorpGroups,
  CorpGroupType,
  MemberCorpSession,
  MemberCorpToken,
  SharedApp,
  SharedAppsPage
} from "../../../partners/CorpGroups.ts"
import { announce, event } from "../../engine/Audience.ts"
import { jobFinished } from "../../engine/Jobs.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import { pageOf } from "../../engine/Pages.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { type Corp, grant } from "../../engine/World.ts"
import { customersOf } from "../customers/Customers.ts"
import { chainOf, chainsOf, joinedBy, type KeptChain, type Partner, partnerOf } from "./Chains.ts"

const { endpoints: contacts } = ChainContacts
const { endpoints: rules } = ChainRules
const { endpoints: groups } = CorpGroups
const { endpoints: customers } = ChainCustomers

const chain = ({ id, name }: KeptChain) => new Chain({ chain_id: id, chain_name: name })

const listed = ({ corp, customId, groupid, name, pending }: Partner): ChainCorp =>
  new ChainCorp({
    corpid: corp?.id,
    pending_corpid: corp === undefined ? pending : undefined,
    groupid,
    corp_name: name,
    custom_id: customId,
    is_joined: corp !== undefined
  })

/** The group with a path, made where there is none. */
const groupOf = ({ groups }: KeptChain, path: string | undefined): number => {
  let parent = 1
  for (const name of (path ?? "").split("/").filter((part) => part !== "")) {
    const found = [...groups.values()].find((group) => group.parentid === parent && group.group_name === name)
    const groupid = found?.groupid ?? Math.max(...groups.keys()) + 1
    if (found === undefined) {
      groups.set(groupid, new ChainGroup({ groupid, group_name: name, parentid: parent, order: groupid }))
    }
    parent = groupid
  }
  return parent
}

const ruleOf = ({ member_corp_range, owner_corp_range }: NewChainRule): ChainRule => {
  const { departmentids = [], userids = [] } = owner_corp_range
  const { corpids = [], groupids = [] } = member_corp_range
  return new ChainRule({ owner_corp_range: { departmentids, userids }, member_corp_range: { groupids, corpids } })
}

/** Those who are in a rule have to be there. */
const checkRule = (
  { corp }: AppCall<unknown>,
  kept: KeptChain,
  { member_corp_range, owner_corp_range }: NewChainRule
) => {
  for (const userid of owner_corp_range.userids ?? []) existing(corp.members, userid.toLowerCase(), 60111)
  for (const id of owner_corp_range.departmentids ?? []) existing(corp.departments, id, 60123)
  for (const id of member_corp_range.groupids ?? []) existing(kept.groups, id, 670003)
  for (const corpid of member_corp_range.corpids ?? []) partnerOf(kept, { corpid })
}

/** The corp and those in its chains. */
const inChains = (corp: Corp): ReadonlyArray<Corp> => [
  ...new Set([
    corp,
    ...[...chainsOf(corp).chains.values()].flatMap(({ partners }) => partners.flatMap(({ corp }) => corp ?? []))
  ])
]

const pendingId = (corp: Corp, unionid: string) => openIdOf(corp, "pending", unionid)

/** How long an import takes, in milliseconds. */
const importTime = 1000

export const routes = [
  route(contacts.listChains, ({ corp }) => [...chainsOf(corp).chains.values()].map(chain)),
  route(contacts.listGroups, ({ corp, input }) => {
    const { groups } = chainOf(corp, input.chain_id)
    return input.groupid === undefined ? [...groups.values()] : [existing(groups, input.groupid, 670003)]
  }),
  route(contacts.listCorps, ({ corp, input }) => {
    const kept = chainOf(corp, input.chain_id)
    const { groupid = 1, limit = 0, need_pending = false } = input
    existing(kept.groups, groupid, 670003)
    const found = kept.partners.filter((partner) =>
      partner.groupid === groupid && (need_pending || partner.corp !== undefined)
    )
    const { items, next_cursor } = pageOf(found, input.cursor, limit === 0 ? Infinity : limit)
    return new ChainCorpsPage({ group_corps: items.map(listed), has_more: next_cursor !== undefined, next_cursor })
  }),
  route(contacts.getCorp, ({ corp, input }) => {
    const { corp: member, customId, groupid, name } = partnerOf(chainOf(corp, input.chain_id), input)
    return new ChainCorpInfo({
      corp_name: name,
      qualification_status: member === undefined ? undefined : ChainCorpQualification.Verified,
      custom_id: customId,
      groupid,
      is_joined: member !== undefined
    })
  }),
  route(contacts.import, (call) => {
    const { app, corp, input, later, world } = call
    const kept = chainOf(corp, input.chain_id)
    const jobid = world.id("job")
    const failed: Array<FailedChainCorp> = []
    for (const { contact_info_list, corp_name, custom_id, group_path } of input.contact_list) {
      const isTaken = custom_id !== undefined && kept.partners.some(({ customId }) => customId === custom_id)
      if (isTaken) {
        failed.push(
          new FailedChainCorp({
            errcode: 670009,
            errmsg: "custom_id duplicated",
            corp_name,
            custom_id,
            contact_info_list: []
          })
        )
        continue
      }
      const isOwned = contact_info_list.some(({ identity_type }) => identity_type === ChainIdentity.Principal)
      kept.partners.push({
        pending: world.id("wp"),
        corp: undefined,
        name: corp_name,
        groupid: groupOf(kept, group_path),
        customId: isOwned ? custom_id : undefined,
        people: [...contact_info_list]
      })
    }
    later(importTime, (now) => {
      chainsOf(corp).imports.set(jobid, { chain_id: kept.id, corps: input.contact_list.length, failed })
      const notice = jobFinished(jobid, BatchJobType.ImportChainContacts)
      announce({ ...call, now }, (one) => one === app ? { ...notice, command: undefined } : undefined)
    })
    chainsOf(corp).imports.set(jobid, { chain_id: "", corps: 0, failed: [] })
    return jobid
  }),
  route(contacts.getImport, ({ corp, input }) => {
    const { chain_id, corps, failed } = existing(chainsOf(corp).imports, input.jobid, 40058, "invalid jobid")
    if (chain_id === "") return new ChainImport({ status: ChainImportStatus.Running })
    return new ChainImport({
      status: ChainImportStatus.Done,
      result: {
        chain_id,
        import_status: failed.length === 0
          ? ChainImportOutcome.All
          : failed.length < corps
          ? ChainImportOutcome.Some
          : ChainImportOutcome.None,
        fail_list: failed
      }
    })
  }),
  route(contacts.removeCorp, (call) => {
    const kept = chainOf(call.corp, call.input.chain_id)
    const partner = partnerOf(kept, call.input)
    kept.partners.splice(kept.partners.indexOf(partner), 1)
    if (partner.corp !== undefined) {
      const notice = event(ChainCorpsRemoved, { ChainId: kept.id, CorpIds: [partner.corp.id] })
      announce(call, () => notice)
    }
  }),
  route(contacts.getUserCustomId, ({ corp, input, world }) => {
    const { people } = partnerOf(chainOf(corp, input.chain_id), input)
    const member = existing(existing(world.corps, input.corpid, 40013).members, input.userid.toLowerCase(), 60111)
    const person = people.find(({ mobile }) => mobile === member.user.mobile)
    return person?.user_custom_id ?? refuse(60111, "the member was not imported")
  }),
  route(
    contacts.listChainsOfCorp,
    ({ corp, input, world }) => joinedBy(world, input.corpid).filter(({ owner }) => owner === corp).map(chain)
  ),

  route(rules.listIds, ({ corp, input }) => [...chainOf(corp, input.chain_id).rules.keys()]),
  route(rules.get, ({ corp, input }) => existing(chainOf(corp, input.chain_id).rules, input.rule_id, 670006)),
  route(rules.create, (call) => {
    const kept = chainOf(call.corp, call.input.chain_id)
    checkRule(call, kept, call.input.rule_info)
    const rule_id = call.world.next()
    kept.rules.set(rule_id, ruleOf(call.input.rule_info))
    return rule_id
  }),
  route(rules.update, (call) => {
    const { chain_id, rule_id, rule_info } = call.input
    const kept = chainOf(call.corp, chain_id)
    existing(kept.rules, rule_id, 670006)
    checkRule(call, kept, rule_info)
    kept.rules.set(rule_id, ruleOf(rule_info))
  }),
  route(rules.delete, ({ corp, input }) => {
    const { rules } = chainOf(corp, input.chain_id)
    existing(rules, input.rule_id, 670006)
    rules.delete(input.rule_id)
  }),

  route(groups.listSharedApps, ({ app, corp, input }) => {
    const { business_type = CorpGroupType.CorpGroup, corpid, cursor, limit = 0 } = input
    const found = (chainsOf(corp).shares.get(app) ?? []).filter(({ corp, type }) =>
      type === business_type && (corpid === undefined || corp.id === corpid)
    )
    const { items, next_cursor } = pageOf(found, cursor, limit === 0 ? Infinity : limit)
    return new SharedAppsPage({
      corp_list: items.map(({ app, corp }) =>
        new SharedApp({ corpid: corp.id, corp_name: corp.name, agentid: app.agentId })
      ),
      ending: next_cursor === undefined,
      next_cursor
    })
  }),
  route(groups.getToken, ({ app, corp, input, now, world }) => {
    const { agentid, business_type = CorpGroupType.CorpGroup, corpid } = input
    const shared = (chainsOf(corp).shares.get(app) ?? []).find((share) =>
      share.type === business_type && share.corp.id === corpid && share.app.agentId === agentid
    ) ?? refuse(670001)
    const token = grant(world, { kind: "app", corp: shared.corp, app: shared.app }, now)
    return new MemberCorpToken({
      access_token: Redacted.make(token.value),
      expires_in: Math.floor((token.endsAt - now) / 1000)
    })
  }),
  route(groups.transferSession, ({ corp, input }) =>
    new MemberCorpSession({
      userid: openIdOf(corp, "user", input.userid),
      session_key: Redacted.make(`${Redacted.value(input.session_key)}@${corp.id}`)
    })),

  route(
    customers.listExternalUserids,
    ({ corp, input }) =>
      inChains(corp).filter(({ id }) => input.corpid === undefined || id === input.corpid).flatMap((one) =>
        [...customersOf(one).customers.values()]
          .filter(({ contact }) => contact.unionid === input.unionid)
          .map(({ contact: { external_userid } }) => new ChainExternalId({ corpid: one.id, external_userid }))
      )
  ),
  route(customers.convertUnionidToPendingId, ({ corp, input }) => pendingId(corp, input.unionid)),
  route(customers.listPendingIds, ({ corp, input }) =>
    input.external_userid.flatMap((external_userid) => {
      const unionid = inChains(corp).map((one) => customersOf(one).customers.get(external_userid)?.contact.unionid)
        .find((unionid) => unionid !== undefined)
      return unionid === undefined
        ? []
        : [new ChainPendingId({ external_userid, pending_id: pendingId(corp, unionid) })]
    }))
]
