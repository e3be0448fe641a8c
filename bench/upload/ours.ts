import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Effect, Layer, ManagedRuntime, Redacted, Schema, Stream } from "effect"
import { Endpoint, TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Upload } from "effect-wecom/media"
import { corpId, secret } from "../calls/Contender.ts"
import { answer } from "../Process.ts"
import { makeSource, type Question } from "./Contender.ts"

const upload = Endpoint.upload("/cgi-bin/media/upload", 90253, "media", () => ({
  query: { type: Schema.Literal("file") },
  success: Endpoint.pluck("media_id", Schema.String)
}))

answer<Question, number>(async ({ size, url }) => {
  const layer = WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), baseUrl: url })).pipe(
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )
  const program = Effect.gen(function*() {
    const client = yield* WeComClient
    const source = makeSource(size)
    const stream = Stream.fromIterable({ [Symbol.iterator]: source.chunks }, { chunkSize: 1 })
    yield* client.execute(upload)({ type: "file", media: Upload.stream(stream, { filename: "大文件.bin", size }) })
    return source.growth()
  })
  await using runtime = ManagedRuntime.make(layer)
  return await runtime.runPromise(program)
})
