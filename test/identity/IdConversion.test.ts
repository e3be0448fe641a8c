import { assert, describe, it } from "@effect/vitest"
import { DateTime, Effect, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { CustomerTags } from "../../src/customers/CustomerTags.ts"
import {
  IdConversion,
  MigratedIdType,
  MigrationStatus,
  TemporaryIdSource,
  TemporaryIdTarget
} from "../../src/identity/IdConversion.ts"
import { addAccount } from "../../src/simulator/areas/customer-service/CustomerService.ts"
import { addCustomer, addGroup } from "../../src/simulator/areas/customers/Customers.ts"
import { openIdOf } from "../../src/simulator/engine/OpenIds.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { AppDirectory } from "../../src/tenants/AppDirectory.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, install, provider, refusal, simulated, suites, templateId } from "../third-party/support.ts"

/** The corp's own app, and its provider's. */
const own = Effect.map(Simulator, ({ app }) => WeComApp.use(app({ corpId: "ww1" })))
const asInstalled = AppDirectory.run({ corpId: "ww1", suiteId: "ww-suite" })
const asDeveloped = AppDirectory.run({ corpId: "ww1", suiteId: templateId })
const asProvider = WeComApp.use(provider)

/** Whether an app is told the provider's ids of members, and those of customers. */
const migration = (as: typeof asInstalled) =>
  Effect.map(
    Effect.flatMap(IdConversion, ({ getMigration }) => as(getMigration())),
    (all) => all.map(({ status }) => status)
  )

const corp = Effect.map(Simulator, ({ world }) => world.corps.get("ww1") ?? assert.fail("no corp"))

describe("IdConversion", () => {
  it.effect("turns userids into the provider's and back", () =>
    Effect.gen(function*() {
      const { info } = yield* install("ww1", { visible: { members: ["ZhangSan", "lisi"] } })
      const conversion = yield* IdConversion
      const there = yield* asInstalled(
        conversion.convertUseridsToOpenUserids({ userid_list: ["ZhangSan", "lisi", "wangwu", "nobody"] })
      )
      assert.deepStrictEqual(there.open_userid_list.map(({ userid }) => userid), ["ZhangSan", "lisi"])
      assert.deepStrictEqual(there.invalid_userid_list, ["wangwu", "nobody"])
      const open_userid_list = [...there.open_userid_list.map(({ open_userid }) => open_userid), "woInvented"]
      const asOwn = yield* own
      const back = yield* asOwn(
        conversion.convertOpenUseridsToUserids({ open_userid_list, source_agentid: info.agent?.agentid })
      )
      assert.deepStrictEqual(back.userid_list, there.open_userid_list)
      assert.deepStrictEqual(back.invalid_open_userid_list, ["woInvented"])
      const wrong = conversion.convertOpenUseridsToUserids({ open_userid_list, source_agentid: 404 })
      assert.strictEqual(yield* errcode(asOwn(wrong)), 301002)
      // Only the provider's apps are told the provider's ids.
      assert.strictEqual(
        yield* errcode(asOwn(conversion.convertUseridsToOpenUserids({ userid_list: ["lisi"] }))),
        48002
      )
    }).pipe(simulated))

  it.effect("turns customers' ids into the provider's and back, until the migration is finished", () =>
    Effect.gen(function*() {
      const { info } = yield* install("ww1")
      const { world } = yield* Simulator
      const { external_userid } = yield* addCustomer(world, { corpId: "ww1", followedBy: ["lisi"] })
      const group = yield* addGroup(world, { corpId: "ww1", owner: "lisi", customers: [external_userid] })
      const conversion = yield* IdConversion
      const upgrade = conversion.upgradeExternalUserids({ external_userid_list: [external_userid] })
      const [pair] = yield* asInstalled(upgrade)
      const service = pair?.new_external_userid ?? assert.fail("not converted")
      assert.notStrictEqual(service, external_userid)
      const again = yield* asInstalled(conversion.upgradeExternalUserids({ external_userid_list: [service] }))
      assert.strictEqual(again[0]?.new_external_userid, service)
      const inGroup = yield* asInstalled(
        conversion.upgradeGroupExternalUserids({
          chat_id: group.id,
          external_userid_list: [external_userid, "wmNobody"]
        })
      )
      assert.deepStrictEqual(inGroup.map((pair) => pair.new_external_userid), [service])
      const source_agentid = info.agent?.agentid ?? 0
      const asOwn = yield* own
      const back = yield* asOwn(
        conversion.convertExternalUseridFromService({ external_userid: service, source_agentid })
      )
      assert.strictEqual(back, external_userid)

      yield* install("ww1", { template: true })
      assert.strictEqual(yield* asDeveloped(conversion.convertExternalUseridToService({ external_userid })), service)
      assert.strictEqual(
        yield* errcode(asInstalled(conversion.convertExternalUseridToService({ external_userid }))),
        48002
      )

      assert.deepStrictEqual(yield* migration(asInstalled), [MigrationStatus.Pending, MigrationStatus.Pending])
      yield* asProvider(conversion.finishExternalUseridMigration({ corpid: "ww1" }))
      assert.deepStrictEqual(yield* migration(asInstalled), [MigrationStatus.Pending, MigrationStatus.Done])
      assert.strictEqual(yield* errcode(asInstalled(upgrade)), 48002)
      const itself = conversion.finishExternalUseridMigration({ corpid: provider.corpId })
      assert.strictEqual(yield* errcode(asProvider(itself)), 610022)
    }).pipe(simulated))

  it.effect("is over for third-party apps, or for one that was developed for a corp, kind by kind", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const { info } = yield* install("ww1", { template: true })
      const { finishMigration } = yield* IdConversion
      const { Customers, Users } = MigratedIdType
      const corpid = "ww1"
      yield* asProvider(finishMigration({ corpid, openid_type: [Users] }))
      assert.deepStrictEqual(yield* migration(asInstalled), [MigrationStatus.Done, MigrationStatus.Pending])
      assert.deepStrictEqual(yield* migration(asDeveloped), [MigrationStatus.Pending, MigrationStatus.Pending])
      const agentid = info.agent?.agentid
      yield* asProvider(finishMigration({ corpid, agentid, openid_type: [Customers, Users] }))
      assert.deepStrictEqual(yield* migration(asDeveloped), [MigrationStatus.Done, MigrationStatus.Done])
      assert.strictEqual(
        yield* errcode(asProvider(finishMigration({ corpid, agentid: 404, openid_type: [Users] }))),
        301002
      )
      assert.strictEqual(yield* errcode(asProvider(finishMigration({ corpid: "ww2", openid_type: [Users] }))), 48004)
    }).pipe(simulated))

  it.effect("finds customers by unionid, and again those who became customers later", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const { world } = yield* Simulator
      const conversion = yield* IdConversion
      const user = { unionid: "union-1", openid: "open-1" }
      const before = yield* asInstalled(conversion.convertUnionidToServiceExternalUserid(user))
      assert.isUndefined(before.external_userid)
      const { external_userid } = yield* addCustomer(world, {
        corpId: "ww1",
        unionid: user.unionid,
        followedBy: ["lisi"]
      })
      const after = yield* asInstalled(conversion.convertUnionidToServiceExternalUserid(user))
      assert.deepStrictEqual([after.external_userid, after.pending_id], [external_userid, undefined])
      const met = yield* asInstalled(conversion.listPendingIds({ external_userid: [external_userid, "wmNobody"] }))
      assert.deepStrictEqual(met.map((pair) => ({ ...pair })), [
        { external_userid, pending_id: before.pending_id ?? "" }
      ])
      assert.strictEqual(
        yield* asInstalled(conversion.convertUnionidToExternalUserid({ unionid: user.unionid })),
        external_userid
      )
      const corps = yield* conversion.listExternalUseridsByUnionid(user)
      assert.deepStrictEqual(corps.map((found) => ({ ...found })), [{ corpid: "ww1", external_userid }])

      const mass_call_ticket = yield* asInstalled(conversion.applyMassCallTicket())
      yield* asInstalled(conversion.convertUnionidToServiceExternalUserid({ ...user, mass_call_ticket }))
      const forged = { ...user, mass_call_ticket: Redacted.make("forged") }
      assert.strictEqual(yield* errcode(asInstalled(conversion.convertUnionidToServiceExternalUserid(forged))), 40058)
      assert.strictEqual(yield* errcode(asInstalled(conversion.applyMassCallTicket())), 48002)
    }).pipe(simulated))

  it.effect("tells whom temporary ids, and the ids of a 智能机器人, stand for", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const { world } = yield* Simulator
      const { external_userid } = yield* addCustomer(world, { corpId: "ww1", followedBy: ["lisi"] })
      const conversion = yield* IdConversion
      const here = yield* corp
      const there = world.corps.get("ww2") ?? assert.fail("no corp")
      const customer = openIdOf(here, "temporary", external_userid)
      const partner = openIdOf(there, "temporary", "lisi")
      const convert = (user_type: number) =>
        asInstalled(conversion.convertTemporaryIds({
          business_type: TemporaryIdSource.Meeting,
          user_type,
          tmp_external_userid_list: [customer, partner]
        }))
      const customers = yield* convert(TemporaryIdTarget.Customer)
      assert.deepStrictEqual(customers.results.map((pair) => pair.external_userid), [external_userid])
      assert.deepStrictEqual(customers.invalid_tmp_external_userid_list, [partner])
      const partners = yield* convert(TemporaryIdTarget.CorpChain)
      assert.deepStrictEqual(partners.results.map(({ corpid, userid }) => [corpid, userid]), [["ww2", "lisi"]])

      const asOwn = yield* own
      const told = openIdOf(here, "robot user", "lisi")
      const { invalid_open_userid_list, userid_list } = yield* asOwn(
        conversion.convertOpenUseridsToUserids({ open_userid_list: [told, "lisi"] })
      )
      assert.deepStrictEqual(userid_list.map(({ userid }) => userid), ["lisi"])
      assert.deepStrictEqual(invalid_open_userid_list, ["lisi"])
      here.smartRobots.set("bot-1", { id: "bot-1", name: "bot", callback: {} as never })
      const robots = yield* asProvider(
        conversion.convertBotUseridsToOpenUserids({ open_userid_list: [told, "lisi"], source_botid: "bot-1" })
      )
      assert.deepStrictEqual(robots.items.map(({ userid }) => userid), [told])
      assert.deepStrictEqual(robots.invalid_open_userid_list, ["lisi"])
      assert.strictEqual(robots.open_corpid, yield* asProvider(conversion.convertCorpidToOpenCorpid({ corpid: "ww1" })))
      assert.strictEqual(yield* errcode(asProvider(conversion.convertCorpidToOpenCorpid({ corpid: "ww2" }))), 48004)
    }).pipe(simulated))

  it.effect("turns ids of groups into the provider's between the request and its time", () =>
    Effect.gen(function*() {
      yield* install("ww1", { template: true })
      const { world } = yield* Simulator
      const group = yield* addGroup(world, { corpId: "ww1", owner: "lisi" })
      const conversion = yield* IdConversion
      const convert = asDeveloped(conversion.convertChatIds({ chat_id_list: [group.id, "wrNobody"] }))
      assert.strictEqual(yield* errcode(convert), 48002)
      const upgrade = (days: number) =>
        Effect.flatMap(DateTime.now, (now) =>
          asDeveloped(conversion.scheduleChatIdUpgrade({ upgrade_time: DateTime.add(now, { days }) })))
      assert.strictEqual(yield* errcode(upgrade(8)), 40035)
      yield* upgrade(1)
      const { invalid_chat_id_list, items } = yield* convert
      assert.deepStrictEqual(
        items.map(({ chat_id }) =>
          chat_id
        ),
        [group.id]
      )
      assert.deepStrictEqual(invalid_chat_id_list, ["wrNobody"])
      const { suite, template } = yield* suites
      yield* conversion.upgradeChatIdsOfNewCorps().pipe(WeComApp.use(template))
      assert.strictEqual(yield* errcode(conversion.upgradeChatIdsOfNewCorps().pipe(WeComApp.use(suite))), 48002)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* errcode(convert), 48002)
    }).pipe(simulated))

  it.effect("tells tags and accounts that there are from others", () =>
    Effect.gen(function*() {
      yield* install("ww1")
      const { world } = yield* Simulator
      const conversion = yield* IdConversion
      const asOwn = yield* own
      const group = yield* asOwn(
        CustomerTags.use(({ create }) => create({ group_name: "等级", tag: [{ name: "重要" }] }))
      )
      const tag = group.tag[0]?.id ?? assert.fail("no tag")
      const tags = yield* asInstalled(
        conversion.convertTagIds({ external_tagid_list: [group.group_id, tag, "etNobody"] })
      )
      assert.deepStrictEqual(tags.items.map(({ external_tagid }) => external_tagid), [group.group_id, tag])
      assert.deepStrictEqual(tags.invalid_external_tagid_list, ["etNobody"])
      const open = tags.items.map(({ open_external_tagid }) => open_external_tagid)
      const again = yield* asInstalled(conversion.convertTagIds({ external_tagid_list: open }))
      assert.deepStrictEqual(again.items.map(({ open_external_tagid }) => open_external_tagid), open)

      const { id } = addAccount(world, yield* corp, { name: "客服" })
      const accounts = yield* asInstalled(conversion.convertKfIds({ open_kfid_list: [id, "wkNobody"] }))
      assert.deepStrictEqual(accounts.items.map(({ open_kfid }) => open_kfid), [id])
      assert.deepStrictEqual(accounts.invalid_open_kfid_list, ["wkNobody"])
    }).pipe(Effect.provide(CustomerTags.layer), simulated))

  it.effect("is called with the token that each endpoint wants", () => {
    const { app, layer, sent } = canned(() => ({ open_corpid: "wp1", external_userid_info: [], open_userid_list: [] }))
    return Effect.gen(function*() {
      const conversion = yield* IdConversion
      yield* conversion.convertCorpidToOpenCorpid({ corpid: "ww1" }).pipe(WeComApp.use(provider))
      yield* conversion.listExternalUseridsByUnionid({ unionid: "u", openid: "o" })
      yield* conversion.convertUseridsToOpenUserids({ userid_list: ["a"] }).pipe(WeComApp.use(app))
      yield* conversion.upgradeChatIdsOfNewCorps()
      assert.deepStrictEqual(sent().map(({ method, query }) => [method, ...query]), [
        ["POST", ["provider_access_token", "P"]],
        ["POST", ["suite_access_token", "S"]],
        ["POST", ["access_token", "A"]],
        ["GET", ["suite_access_token", "S"]]
      ])
    }).pipe(Effect.provide(layer))
  })

  it.effect("refuses more than the document allows, before it is sent", () => {
    const { app, layer, sent } = canned(() => ({}))
    return Effect.gen(function*() {
      const conversion = yield* IdConversion
      const ids = (length: number) => Array.from({ length }, (_, i) => `${i}`)
      assert.deepStrictEqual(yield* refusal(conversion.convertUseridsToOpenUserids({ userid_list: ids(1001) })), [
        "userid_list: at most 1000 items are allowed, got 1001"
      ])
      assert.deepStrictEqual(yield* refusal(conversion.listPendingIds({ external_userid: ids(101) })), [
        "external_userid: at most 100 items are allowed, got 101"
      ])
      assert.deepStrictEqual(yield* refusal(conversion.convertTagIds({ external_tagid_list: [] })), [
        "external_tagid_list: at least 1 item is needed"
      ])
      assert.deepStrictEqual(
        yield* refusal(conversion.convertTemporaryIds({
          business_type: 4,
          user_type: TemporaryIdTarget.Customer,
          tmp_external_userid_list: ["a"]
        })),
        ["business_type: expected one of 1, 2, 3"]
      )
      assert.deepStrictEqual(sent(), [])
    }).pipe(WeComApp.use(app), Effect.provide(layer))
  })
})
