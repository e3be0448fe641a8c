import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { ContactWays, ContactWayScene, ContactWayType } from "../../src/customers/ContactWays.ts"
import { canned, errcode, refusal, simulated } from "./support.ts"

const byQrCode = { type: ContactWayType.Single, scene: ContactWayScene.QrCode, user: ["zhangsan"] } as const

describe("contact ways", () => {
  it.effect("are made, changed, streamed and deleted", () =>
    Effect.gen(function*() {
      const ways = yield* ContactWays
      const made = yield* Effect.forEach(["a", "b", "c"], (state) => ways.create({ ...byQrCode, state }))
      const [first] = made
      assert.isDefined(first)
      assert.isDefined(first.qr_code)
      yield* ways.update({ config_id: first.config_id, user: ["lisi"] })
      const way = yield* ways.get({ config_id: first.config_id })
      assert.deepStrictEqual([way.state, way.user, way.skip_verify], ["a", ["lisi"], true])
      const all = yield* Stream.runCollect(ways.listAll({ limit: 2 }))
      assert.deepStrictEqual(all.map(({ config_id }) => config_id), made.map(({ config_id }) => config_id))
      yield* ways.delete({ config_id: first.config_id })
      assert.strictEqual(yield* errcode(ways.get({ config_id: first.config_id })), 41044)
    }).pipe(simulated))

  it.effect("show an image of the conclusions by its URL", () =>
    Effect.gen(function*() {
      const ways = yield* ContactWays
      const { config_id } = yield* ways.create({
        ...byQrCode,
        is_temp: true,
        expires_in: 3600,
        conclusions: { text: { content: "再见" }, image: { media_id: "M" } }
      })
      const { conclusions, is_temp } = yield* ways.get({ config_id })
      assert.isTrue(is_temp)
      assert.strictEqual(conclusions?.text?.content, "再见")
      assert.match(conclusions?.image?.pic_url ?? "", /^https:/)
      assert.deepStrictEqual(yield* Stream.runCollect(ways.listAll()), [])
    }).pipe(simulated))

  it.effect("refuse wrong values before anything is sent", () => {
    const { bodies, layer } = canned(() => ({ errcode: 0 }))
    return Effect.gen(function*() {
      const ways = yield* ContactWays
      const named = "POST /cgi-bin/externalcontact/add_contact_way | "
      const refused = (changes: object) => refusal(ways.create({ ...byQrCode, ...changes }))
      assert.strictEqual(yield* refused({ type: 3 }), `${named}type: expected one of 1, 2`)
      assert.strictEqual(yield* refused({ user: undefined, party: [1] }), `${named}user: type 1 (单人) needs a userid`)
      assert.strictEqual(
        yield* refused({ user: [] }),
        `${named}user: at least one of user, party is needed | user: type 1 (单人) needs a userid`
      )
      assert.strictEqual(
        yield* refused({ state: "s".repeat(31) }),
        `${named}state: at most 30 characters are allowed, got 31`
      )
      assert.match(yield* refused({ is_temp: true, expires_in: 15 * 24 * 3600 }), /expires_in: /)
      assert.strictEqual(
        yield* refused({ is_temp: true, conclusions: {} }),
        `${named}conclusions: one of text, image, link, miniprogram is needed`
      )
      assert.deepStrictEqual(bodies(), [])
    }).pipe(Effect.provide(layer))
  })
})
