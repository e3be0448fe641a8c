/**
 * Every endpoint of the catalogue is served from the moment it is declared: called through the client with a request made
 * from its schema, it is answered from state, or with a sample.
 */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Layer, Redacted, Schema, Stream } from "effect"
import { HttpClient } from "effect/http"
import { catalogue } from "../../src/catalogue.ts"
import { type User, Users } from "../../src/contacts/Users.ts"
import { UserStatus } from "../../src/contacts/UserStatus.ts"
import * as Endpoint from "../../src/Endpoint.ts"
import * as Upload from "../../src/media/Upload.ts"
import { type Paged, paging } from "../../src/Paging.ts"
import { services } from "../../src/services.ts"
import { areas } from "../../src/simulator/areas/index.ts"
import { Engine } from "../../src/simulator/engine/Engine.ts"
import * as Gateway from "../../src/simulator/engine/Gateway.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import * as Sample from "../../src/simulator/engine/Sample.ts"
import { issueTicket } from "../../src/simulator/engine/World.ts"
import { TokenCache } from "../../src/token/TokenCache.ts"
import { WeComApp } from "../../src/WeComApp.ts"
import { WeComClient } from "../../src/WeComClient.ts"
import { WeComError } from "../../src/WeComError.ts"

const suite = { suiteId: "ww-suite", secret: "suite-secret" }

const provider = { corpId: "ww-provider", secret: "provider-secret" }

const world = Layer.unwrap(Effect.map(Engine, ({ handle, world }) => {
  const [corp] = world.corps.values()
  const [app] = corp?.apps ?? []
  assert.isDefined(corp)
  assert.isDefined(app)
  return WeComClient.layer(WeComApp.secret({ corpId: corp.id, secret: app.secret, agentId: app.agentId })).pipe(
    Layer.provideMerge(TokenCache.layerMemory),
    Layer.provideMerge(Layer.succeed(HttpClient.HttpClient, Gateway.client(handle)))
  )
}))

/** The simulator as it is. */
const simulator = Layer.provideMerge(
  world,
  Engine.layer({ corps: [defaultCorp], suites: [suite], provider }, areas, catalogue)
)

/** A simulator that has tokens alone: all else is answered with samples. */
const samples = Layer.provideMerge(
  world,
  Engine.layer(
    { corps: [defaultCorp], suites: [suite], provider },
    areas.filter(({ name }) => name === "tokens"),
    catalogue
  )
)

const model = WeComApp.model({
  modelId: "model-1",
  modelSecret: Redacted.make("model-secret"),
  modelTicket: Effect.succeed(Redacted.make("model-ticket"))
})

/** Runs with the credential that an endpoint is called with. */
const as = (credential: Endpoint.Credential) => <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    switch (credential) {
      case "suite": {
        const [found] = world.suites.values()
        assert.isDefined(found)
        const app = WeComApp.suite({
          suiteId: suite.suiteId,
          agentId: 1000002,
          suiteSecret: Redacted.make(suite.secret),
          suiteTicket: Effect.sync(() => Redacted.make(issueTicket(world, found, 0)))
        })
        return yield* WeComApp.use(app)(self)
      }
      case "provider":
        return yield* WeComApp.use(
          WeComApp.provider({
            corpId: provider.corpId,
            providerSecret: Redacted.make(provider.secret),
            paymentKey: Redacted.make("payment-key")
          })
        )(self)
      case "model":
        return yield* WeComApp.use(model)(self)
      case "device":
        return yield* WeComApp.use(
          WeComApp.device(model, { deviceSn: "SN1", deviceSecret: Redacted.make("device-secret") })
        )(self)
      default:
        return yield* self
    }
  })

const fileOf = ({ part, schemas }: Endpoint.Description, input: object) => {
  const { min } = schemas.size?.(input as never) ?? { min: 6 }
  return { [part]: Upload.bytes(new Uint8Array(Math.max(6, min)).fill(65), { filename: "sample.txt" }) }
}

/** An endpoint, called with a sample of its input. */
const called = (endpoint: Endpoint.Endpoint<never, unknown>) => {
  const self = Endpoint.describe(endpoint)
  return Effect.gen(function*() {
    const client = yield* WeComClient
    const input = Sample.input(self)
    const whole = self.kind === "upload" ? { ...input, ...fileOf(self, input) } : input
    return yield* client.execute(endpoint)(whole as never) // made from its own schemas
  }).pipe(as(self.credential), Effect.provideService(WeComClient.RetryPolicy, undefined))
}

describe("every endpoint of the catalogue", () => {
  it.effect("is answered by the simulator: with what was asked for, or an errcode", () =>
    Effect.gen(function*() {
      const { journal } = yield* Engine
      const wrong: Array<string> = []
      for (const { endpoint } of catalogue) {
        const { name, path } = Endpoint.describe(endpoint)
        const exit = yield* Effect.exit(called(endpoint))
        const served = journal.entries().findLast((entry) => entry.path === path)?.source
        const error = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
        const answered = error === undefined || error instanceof WeComError && error.errcode !== undefined
        if (!answered || served === undefined) wrong.push(`${name}: ${String(error)}`)
      }
      assert.deepStrictEqual(wrong, [])
    }).pipe(Effect.provide(simulator)))

  it.effect("has a sample answer, which is the same every time", () =>
    Effect.gen(function*() {
      const { journal } = yield* Engine
      const wrong: Array<string> = []
      const rest = catalogue.filter(({ module }) => module !== "token/Credential")
      for (const { endpoint } of rest) {
        const { int64, kind, name, path, schemas } = Endpoint.describe(endpoint)
        const exit = yield* Effect.exit(called(endpoint))
        const entry = journal.entries().findLast((entry) => entry.path === path)
        if (Exit.isFailure(exit)) wrong.push(`${name}: ${String(Cause.squash(exit.cause))}`)
        else if (entry?.source !== "sample") wrong.push(`${name}: the journal says ${entry?.source}`)
        else if (kind === "json") {
          // The schemas of endpoints need no services.
          const success = schemas.success as Schema.Codec<unknown>
          const written = (value: unknown) => JSON.stringify(Schema.encodeUnknownSync(success)(value))
          assert.strictEqual(written(exit.value), written(Sample.make(success, name, int64)), name)
        }
      }
      assert.deepStrictEqual(wrong, [])
    }).pipe(Effect.provide(samples)))

  it("has a sample without empty lists and absent fields, as far as it is not made of itself", () => {
    const bare = catalogue.flatMap(({ endpoint }) => {
      const { kind, name, schemas: { success } } = Endpoint.describe(endpoint)
      if (kind === "download") return []
      const empty = (value: unknown): boolean =>
        Array.isArray(value)
          ? value.length === 0 || value.some(empty)
          : typeof value === "object" && value !== null && Object.values(value).some(empty)
      return empty(Sample.make(success, name)) ? [name] : []
    })
    // Menus have menus below them, nodes of documents have nodes; a record with nothing amiss names nothing.
    assert.deepStrictEqual(bare, [
      "GET /cgi-bin/menu/get",
      "POST /cgi-bin/checkin/getcheckindata",
      "POST /cgi-bin/wedoc/document/get"
    ])
    const { name, schemas } = Endpoint.describe(Users.endpoints.get)
    const user = Sample.make(schemas.success, name) as User // what the endpoint returns
    assert.isAbove(Object.values(user).filter((value) => value !== undefined).length, 15)
    assert.isTrue(UserStatus.values.includes(user.status as never))
  })

  it.effect("has a sample that is the last page, if it pages", () =>
    Effect.gen(function*() {
      const client = yield* WeComClient
      const streams = services.flatMap(({ endpoints }) =>
        Object.values(endpoints).filter((method): method is Paged<never, unknown> => paging(method)._tag === "Some")
      )
      assert.isAbove(streams.length, 30)
      for (const stream of streams) {
        const found = paging(stream)
        if (found._tag === "None") continue
        const self = Endpoint.describe(found.value.endpoint)
        const items = yield* client.stream(stream)(Sample.input(self) as never).pipe(
          Stream.take(100),
          Stream.runCollect,
          as(self.credential)
        )
        assert.isBelow(items.length, 10, self.name)
      }
    }).pipe(Effect.provide(samples)))

  it.effect("takes the files of uploads, and gives back those that a download names", () =>
    Effect.gen(function*() {
      const client = yield* WeComClient
      const find = (path: string) => {
        const found = catalogue.find(({ endpoint }) => Endpoint.describe(endpoint).path === path)
        assert.isDefined(found)
        return found.endpoint as Endpoint.Endpoint<unknown, never> // called with inputs that fit
      }
      const media = Upload.text("你好", { filename: "问候.txt" })
      const { media_id }: { media_id: string } = yield* client.execute(find("/cgi-bin/media/upload"))({
        type: "file",
        media
      })
      const file: { readonly bytes: Effect.Effect<Uint8Array, WeComError>; readonly filename: string } = yield* client
        .execute(find("/cgi-bin/media/get"))({ media_id })
      assert.strictEqual(new TextDecoder().decode(yield* file.bytes), "你好")
      assert.strictEqual(file.filename, "问候.txt")
      const unknown: typeof file = yield* client.execute(find("/cgi-bin/media/get"))({ media_id: "none" })
      assert.include(new TextDecoder().decode(yield* unknown.bytes), "sample")
    }).pipe(Effect.provide(samples)))
})
