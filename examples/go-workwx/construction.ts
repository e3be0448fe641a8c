import { NodeHttpClient } from "@effect/platform-node"
import { Effect, Layer, Redacted } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Departments } from "effect-wecom/contacts"

/** `workwx.New(corpID)` and `client.WithApp(corpSecret, agentID)`: an app is a value. */
export const app = WeComApp.secret({
  corpId: "your_corpid",
  secret: Redacted.make("your_corpsecret"),
  agentId: 1234567
})

/** `app.SpawnAccessTokenRefresher()`: nothing to start: the cache fetches and renews tokens by itself. */
export const client = WeComClient.layer(app).pipe(
  Layer.provide(TokenCache.layerMemory),
  Layer.provide(NodeHttpClient.layerUndici)
)

/** `workwx.WithQYAPIHost(host)` is a part of the app, `workwx.WithHTTPClient(client)` another `HttpClient`. */
export const clientWithOptions = (host: string) =>
  WeComClient.layer({ ...app, baseUrl: host }).pipe(
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndiciOptions({ connections: 16 }))
  )

/** The app's methods are services, which stand on a client. */
export const program = Effect.gen(function*() {
  const departments = yield* Departments
  return yield* departments.list()
}).pipe(Effect.provide(Departments.layer))

if (import.meta.main) {
  const listed = await Effect.runPromise(Effect.provide(program, clientWithOptions("http://localhost:8888")))
  console.log(listed.map(({ name }) => name))
}
