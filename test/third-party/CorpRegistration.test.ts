import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { Users } from "../../src/contacts/Users.ts"
import { Simulator } from "../../src/simulator/Simulator.ts"
import { CorpRegistration } from "../../src/third-party/CorpRegistration.ts"
import * as InstallUrl from "../../src/third-party/InstallUrl.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { canned, errcode, provider, refusal, simulated } from "./support.ts"

describe("CorpRegistration", () => {
  it.effect("leads from a code to a new corp, whose address book the provider fills", () =>
    Effect.gen(function*() {
      const registration = yield* CorpRegistration
      const users = yield* Users
      const simulator = yield* Simulator
      const asProvider = WeComApp.use(provider)
      const { expires_in, register_code } = yield* asProvider(
        registration.createCode({ template_id: "tpl-1", corp_name: "新企业", state: "s1" })
      )
      assert.strictEqual(expires_in, 600)
      assert.include(yield* InstallUrl.register({ register_code }), register_code)
      assert.strictEqual(yield* errcode(asProvider(registration.getCorp({ register_code }))), 84024)

      // Nobody listens to the event here: the corp is asked for instead.
      yield* Effect.ignore(simulator.registerCorp(register_code, { corpId: "ww9", admin: "boss" }))
      const corp = yield* asProvider(registration.getCorp({ register_code }))
      assert.deepStrictEqual(
        [corp.corpid, corp.auth_user_info?.userid, corp.state, corp.template_id, corp.contact_sync?.expires_in],
        ["ww9", "boss", "s1", "tpl-1", 1800]
      )
      const filling = WeComApp.use(
        CorpRegistration.contactSync(corp.corpid, corp.contact_sync?.access_token ?? assert.fail("no token"))
      )
      yield* filling(users.create({ userid: "first", name: "第一", mobile: "13800000000" }))
      assert.strictEqual((yield* filling(users.get({ userid: "first" }))).name, "第一")
      yield* filling(registration.finishContactSync())
      assert.strictEqual(yield* errcode(filling(users.get({ userid: "first" }))), 42001)
      assert.isUndefined((yield* asProvider(registration.getCorp({ register_code }))).contact_sync)
    }).pipe(simulated))

  it.effect("lets a code serve once, for 10 minutes, and the packages of the provider alone", () =>
    Effect.gen(function*() {
      const registration = yield* CorpRegistration
      const { registerCorp } = yield* Simulator
      const create = registration.createCode({ template_id: "tpl-1" }).pipe(WeComApp.use(provider))
      const other = registration.createCode({ template_id: "tpl-2" }).pipe(WeComApp.use(provider))
      assert.strictEqual(yield* errcode(other), 84020)
      const { register_code } = yield* create
      yield* TestClock.adjust("10 minutes")
      assert.match((yield* Effect.flip(registerCorp(register_code))).message, /ended/)
      const get = registration.getCorp({ register_code }).pipe(WeComApp.use(provider))
      assert.strictEqual(yield* errcode(get), 84024)
      yield* TestClock.adjust("24 hours")
      assert.strictEqual(yield* errcode(get), 84022)
      const install = registration.finishContactSync().pipe(
        WeComApp.use((yield* Simulator).app({ corpId: "ww1" }))
      )
      assert.strictEqual(yield* errcode(install), 84023)
    }).pipe(simulated))

  it.effect("refuses what the document does not allow, before it is sent", () => {
    const { layer, sent } = canned(() => ({}))
    return Effect.gen(function*() {
      const { createCode } = yield* CorpRegistration
      assert.deepStrictEqual(yield* refusal(createCode({ template_id: "t".repeat(129) })), [
        "template_id: at most 128 bytes of UTF-8 are allowed, got 129"
      ])
      assert.deepStrictEqual(yield* refusal(createCode({ template_id: "t", state: "a b" })), [
        "state: at most 128 letters and digits are allowed"
      ])
      assert.deepStrictEqual(sent(), [])
    }).pipe(WeComApp.use(provider), Effect.provide(layer))
  })
})
