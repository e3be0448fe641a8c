/**
 * 账号ID转换. Here all apps are told plain ids, as those of corps that installed long ago are; the others are what these
 * endpoints make of them.
 */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import {
  BotUserIds,
  ChatIds,
  CorpExternalId,
  ExternalIdPair,
  IdConversion,
  KfIds,
  MigratedIdType,
  Migration,
  MigrationStatus,
  OpenUserIds,
  PendingIdPair,
  TagIds,
  TemporaryIdPair,
  TemporaryIds,
  TemporaryIdTarget,
  UserIds,
  WeChatUser
} from "../../../identity/IdConversion.ts"
import { openIdOf, plainIdOf } from "../../engine/OpenIds.ts"
import { existing, providerRoute, refuse, route, suiteRoute } from "../../engine/Route.ts"
import { isSeenMember, maySeeMember } from "../../engine/Sight.ts"
import * as State from "../../engine/State.ts"
import { type App, type Corp, findMember, isTemplate, type World } from "../../engine/World.ts"
import { customerServiceOf } from "../customer-service/CustomerService.ts"
import { type Customer, customersOf } from "../customers/Customers.ts"
import { openUserId, suiteOf } from "../third-party/Suites.ts"

const { endpoints } = IdConversion

interface Ids {
  /** When apps receive the provider's ids of groups, in milliseconds of the epoch. */
  readonly chatIdUpgrades: Map<App, number>
  /** Whom the provider asked for before they were customers: ids by unionid. */
  readonly pending: Map<string, string>
  massCallTicket: string | undefined
  /** Kinds of ids that third-party apps, or the app with an agent id, receive the provider's of. */
  readonly migrated: Map<number | undefined, Set<number>>
}

const stateOf = State.make("id-conversion/ids", (): Ids => ({
  chatIdUpgrades: new Map(),
  pending: new Map(),
  massCallTicket: undefined,
  migrated: new Map()
}))

/** The suite of an app of the provider; a corp's own app has none. */
const suiteOfApp = ({ app, world }: { readonly app: App; readonly world: World }) =>
  (suiteOf(world, app) ?? refuse(48002)).suite

/** An app that was developed for the corp. */
const developed = (call: { readonly app: App; readonly world: World }): void => {
  if (!isTemplate(suiteOfApp(call))) refuse(48002)
}

/** The provider's app with an agent id, which the corp's own app names. */
const sourceOf = (world: World, corp: Corp, app: App, agentId: number): App => {
  if (suiteOf(world, app) !== undefined) return refuse(48002)
  return installed(world, corp, agentId)
}

/** The app of the provider in a corp that has an agent id. */
const installed = (world: World, corp: Corp, agentId: number): App =>
  [...world.suites.values()].map(({ installations }) => installations.get(corp.id)?.app)
    .find((app) => app?.agentId === agentId) ?? refuse(301002)

/** From now on these apps receive the provider's ids. */
const migrate = (corp: Corp, agentId: number | undefined, ...types: ReadonlyArray<number>): void => {
  const { migrated } = stateOf(corp)
  migrated.set(agentId, new Set([...migrated.get(agentId) ?? [], ...types]))
}

const hasMigrated = (call: { readonly app: App; readonly corp: Corp; readonly world: World }, type: number) =>
  stateOf(call.corp).migrated.get(isTemplate(suiteOfApp(call)) ? call.app.agentId : undefined)?.has(type) === true

/** A corp that has one of the provider's suites. */
const authorised = (world: World, corpId: string): Corp => {
  const corp = existing(world.corps, corpId, 40013, "invalid corpid")
  return [...world.suites.values()].some(({ installations }) => installations.has(corpId)) ? corp : refuse(48004)
}

const seesCustomer = (corp: Corp, app: App, { follows }: Customer): boolean =>
  [...follows.keys()].some((userid) => isSeenMember({ app, corp }, userid))

/** The customer with an id, plain or the provider's. */
const customer = (corp: Corp, app: App, id: string): Customer => {
  const { customers } = customersOf(corp)
  const found = customers.get(plainIdOf(corp, "customer", id, customers.keys()) ?? id) ?? refuse(40096)
  return seesCustomer(corp, app, found) ? found : refuse(84061)
}

const byUnionid = (corp: Corp, unionid: string): Customer | undefined =>
  [...customersOf(corp).customers.values()].find(({ contact }) => contact.unionid === unionid)

/** Pairs for those of these ids that can be converted, and the others. */
const sorted = <A>(ids: ReadonlyArray<string>, convert: (id: string) => A | undefined) => {
  const done: Array<A> = []
  const invalid: Array<string> = []
  for (const id of ids) {
    const pair = convert(id)
    if (pair === undefined) invalid.push(id)
    else done.push(pair)
  }
  return { done, invalid }
}

const upgraded = (corp: Corp, ids: ReadonlyArray<string>) =>
  ids.map((external_userid) =>
    new ExternalIdPair({ external_userid, new_external_userid: openIdOf(corp, "customer", external_userid) })
  )

const week = 7 * 24 * 3600_000

const codes = { source_agentid: 41011, external_userid: 40096 }

export const idConversion = [
  route(endpoints.convertUseridsToOpenUserids, (call) => {
    suiteOfApp(call)
    const { app, corp, input } = call
    const { done, invalid } = sorted(input.userid_list, (userid) => {
      const found = findMember(corp, userid)
      return found !== undefined && maySeeMember(corp, app, found)
        ? { userid, open_userid: openUserId(corp, userid) }
        : undefined
    })
    return new OpenUserIds({ open_userid_list: done, invalid_userid_list: invalid })
  }),
  route(endpoints.convertOpenUseridsToUserids, ({ app, corp, input, world }) => {
    const source = input.source_agentid === undefined ? app : sourceOf(world, corp, app, input.source_agentid)
    const kind = input.source_agentid === undefined ? "robot user" : "user"
    const userids = [...corp.members.values()].filter((one) =>
      maySeeMember(corp, app, one) && maySeeMember(corp, source, one)
    ).map(({ user }) => user.userid)
    const { done, invalid } = sorted(input.open_userid_list, (open_userid) => {
      const userid = plainIdOf(corp, kind, open_userid, userids)
      return userid === undefined ? undefined : { userid, open_userid }
    })
    return new UserIds({ userid_list: done, invalid_open_userid_list: invalid })
  }, codes),
  providerRoute(endpoints.convertBotUseridsToOpenUserids, ({ input, world }) => {
    const corp = [...world.corps.values()].find(({ smartRobots }) => smartRobots.has(input.source_botid)) ??
      refuse(40058, "invalid source_botid")
    authorised(world, corp.id)
    const { done, invalid } = sorted(input.open_userid_list, (userid) => {
      const plain = plainIdOf(corp, "robot user", userid, corp.members.keys())
      return plain === undefined ? undefined : { userid, open_userid: openUserId(corp, plain) }
    })
    return new BotUserIds({
      open_corpid: openIdOf(corp, "corp", corp.id),
      items: done,
      invalid_open_userid_list: invalid
    })
  }),
  route(endpoints.convertExternalUseridFromService, ({ app, corp, input, world }) => {
    const source = sourceOf(world, corp, app, input.source_agentid)
    const found = customer(corp, app, input.external_userid)
    return seesCustomer(corp, source, found) ? found.contact.external_userid : refuse(84061)
  }, codes),
  route(endpoints.convertExternalUseridToService, (call) => {
    developed(call)
    const { app, corp, input } = call
    return openIdOf(corp, "customer", customer(corp, app, input.external_userid).contact.external_userid)
  }, codes),
  route(endpoints.upgradeExternalUserids, (call) => {
    suiteOfApp(call)
    const { app, corp, input } = call
    if (hasMigrated(call, MigratedIdType.Customers)) refuse(48002)
    return upgraded(corp, input.external_userid_list.filter((id) => customer(corp, app, id) !== undefined))
  }, codes),
  route(endpoints.upgradeGroupExternalUserids, (call) => {
    suiteOfApp(call)
    const { corp, input } = call
    if (hasMigrated(call, MigratedIdType.Customers)) refuse(48002)
    const { members } = existing(customersOf(corp).groups, input.chat_id, 86003)
    const inGroup = new Set(members.flatMap(({ external, id }) => external ? [id, openIdOf(corp, "customer", id)] : []))
    return upgraded(corp, input.external_userid_list.filter((id) => inGroup.has(id)))
  }),
  route(endpoints.convertUnionidToExternalUserid, ({ app, corp, input }) => {
    const found = byUnionid(corp, input.unionid) ?? refuse(84061)
    return seesCustomer(corp, app, found) ? found.contact.external_userid : refuse(84061)
  }),
  route(endpoints.convertUnionidToServiceExternalUserid, (call) => {
    suiteOfApp(call)
    const { app, corp, input } = call
    const state = stateOf(corp)
    if (input.mass_call_ticket !== undefined && Redacted.value(input.mass_call_ticket) !== state.massCallTicket) {
      refuse(40058, "invalid mass_call_ticket")
    }
    const found = byUnionid(corp, input.unionid)
    if (found !== undefined && seesCustomer(corp, app, found)) {
      return new WeChatUser({ external_userid: found.contact.external_userid })
    }
    const pending_id = openIdOf(corp, "pending", input.unionid)
    state.pending.set(input.unionid, pending_id)
    return new WeChatUser({ pending_id })
  }),
  route(endpoints.listPendingIds, (call) => {
    suiteOfApp(call)
    const { app, corp, input } = call
    const group = input.chat_id === undefined ? undefined : existing(customersOf(corp).groups, input.chat_id, 86003)
    return input.external_userid.flatMap((external_userid) => {
      const found = customersOf(corp).customers.get(external_userid)
      const pending_id = stateOf(corp).pending.get(found?.contact.unionid ?? "")
      const seen = found !== undefined && (group === undefined
        ? seesCustomer(corp, app, found)
        : group.members.some(({ id }) => id === external_userid))
      return seen && pending_id !== undefined ? [new PendingIdPair({ external_userid, pending_id })] : []
    })
  }),
  suiteRoute(
    endpoints.listExternalUseridsByUnionid,
    ({ input, suite }) =>
      [...suite.installations.values()].flatMap(({ app, corp }) => {
        const found = input.corpid === undefined || input.corpid === corp.id
          ? byUnionid(corp, input.unionid)
          : undefined
        return found !== undefined && seesCustomer(corp, app, found)
          ? [new CorpExternalId({ corpid: corp.id, external_userid: found.contact.external_userid })]
          : []
      })
  ),
  route(endpoints.convertTemporaryIds, ({ corp, input, world }) => {
    const others = [...world.corps.values()].filter((other) => other !== corp)
    const { done, invalid } = sorted(input.tmp_external_userid_list, (tmp_external_userid) => {
      if (input.user_type === TemporaryIdTarget.Customer) {
        const external_userid = plainIdOf(corp, "temporary", tmp_external_userid, customersOf(corp).customers.keys())
        return external_userid === undefined
          ? undefined
          : new TemporaryIdPair({ tmp_external_userid, external_userid })
      }
      for (const other of others) {
        const userids = [...other.members.values()].map(({ user }) => user.userid)
        const userid = plainIdOf(other, "temporary", tmp_external_userid, userids)
        if (userid !== undefined) return new TemporaryIdPair({ tmp_external_userid, corpid: other.id, userid })
      }
      return undefined
    })
    return new TemporaryIds({ results: done, invalid_tmp_external_userid_list: invalid })
  }),
  route(endpoints.convertTagIds, (call) => {
    suiteOfApp(call)
    const { corp, input } = call
    const groups = [...customersOf(corp).tagGroups.values()]
    const known = new Set(groups.flatMap(({ id, tags }) => [id, ...tags.map((tag) => tag.id)]))
    const { done, invalid } = sorted(
      input.external_tagid_list,
      (id) =>
        known.has(plainIdOf(corp, "tag", id, known) ?? id)
          ? { external_tagid: id, open_external_tagid: openIdOf(corp, "tag", id) }
          : undefined
    )
    return new TagIds({ items: done, invalid_external_tagid_list: invalid })
  }),
  route(endpoints.convertKfIds, (call) => {
    suiteOfApp(call)
    const { corp, input } = call
    const { accounts } = customerServiceOf(corp)
    const { done, invalid } = sorted(
      input.open_kfid_list,
      (id) =>
        accounts.has(plainIdOf(corp, "account", id, accounts.keys()) ?? id)
          ? { open_kfid: id, new_open_kfid: openIdOf(corp, "account", id) }
          : undefined
    )
    return new KfIds({ items: done, invalid_open_kfid_list: invalid })
  }),
  route(endpoints.convertChatIds, (call) => {
    developed(call)
    const { app, corp, input, now } = call
    const upgradeAt = stateOf(corp).chatIdUpgrades.get(app)
    if (upgradeAt === undefined || upgradeAt <= now) refuse(48002)
    const { groups } = customersOf(corp)
    const { done, invalid } = sorted(input.chat_id_list, (id) => {
      const owner = groups.get(plainIdOf(corp, "group", id, groups.keys()) ?? id)?.owner
      return owner !== undefined && isSeenMember({ app, corp }, owner)
        ? { chat_id: id, new_chat_id: openIdOf(corp, "group", id) }
        : undefined
    })
    return new ChatIds({ items: done, invalid_chat_id_list: invalid })
  }),
  route(endpoints.scheduleChatIdUpgrade, (call) => {
    developed(call)
    const { app, corp, input, now } = call
    const at = DateTime.toEpochMillis(input.upgrade_time)
    if (at < now || at > now + week) refuse(40035, "invalid upgrade_time")
    stateOf(corp).chatIdUpgrades.set(app, at)
  }),
  suiteRoute(endpoints.upgradeChatIdsOfNewCorps, ({ suite }) => {
    if (!isTemplate(suite)) refuse(48002)
  }),
  providerRoute(endpoints.convertCorpidToOpenCorpid, ({ input, world }) => {
    const corp = authorised(world, input.corpid)
    return openIdOf(corp, "corp", corp.id)
  }, { corpid: 41002 }),
  providerRoute(endpoints.finishExternalUseridMigration, ({ input, provider, world }) => {
    if (input.corpid === provider.corpId) refuse(610022)
    migrate(authorised(world, input.corpid), undefined, MigratedIdType.Customers)
  }, { corpid: 41002 }),
  providerRoute(endpoints.finishMigration, ({ input, provider, world }) => {
    if (input.corpid === provider.corpId) refuse(610022)
    const corp = authorised(world, input.corpid)
    if (input.agentid !== undefined) developed({ app: installed(world, corp, input.agentid), world })
    migrate(corp, input.agentid, ...input.openid_type)
  }, { corpid: 41002 }),
  route(endpoints.getMigration, (call) => {
    suiteOfApp(call)
    return MigratedIdType.values.map((openid_type) =>
      new Migration({
        openid_type,
        status: hasMigrated(call, openid_type) ? MigrationStatus.Done : MigrationStatus.Pending
      })
    )
  }),
  route(endpoints.applyMassCallTicket, (call) => {
    suiteOfApp(call)
    const state = stateOf(call.corp)
    if (state.massCallTicket !== undefined) refuse(48002)
    state.massCallTicket = call.world.text(64)
    return Redacted.make(state.massCallTicket)
  })
]
