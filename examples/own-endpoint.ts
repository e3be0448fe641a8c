import { Effect, Schema } from "effect"
import { Endpoint, WeComClient, Wire } from "effect-wecom"

/** An endpoint that the library does not have yet. */
export const getPerm = Endpoint.post("/cgi-bin/novel/get_perm", { doc: 12345, idempotent: true }, () => ({
  body: { userid: Schema.String, since: Wire.optional(Wire.time) },
  success: Endpoint.pluck("perm_list", Wire.list(Schema.String))
}))

export const program = Effect.gen(function*() {
  const client = yield* WeComClient
  return yield* client.execute(getPerm)({ userid: "zhangsan" })
})
