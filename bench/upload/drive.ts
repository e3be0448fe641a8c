import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import { Layer, ManagedRuntime, Redacted, Stream } from "effect"
import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
import { Upload } from "effect-wecom/media"
import * as example from "../../examples/drive-upload.ts"
import { corpId, secret } from "../calls/Contender.ts"
import { answer } from "../Process.ts"
import { makeSource, type Question } from "./Contender.ts"

/** `examples/drive-upload.ts`: reads the source twice, for the hashes and to send it in blocks. */
answer<Question, number>(async ({ size, url }) => {
  const layer = example.layer.pipe(
    Layer.provide(WeComClient.layer(WeComApp.secret({ corpId, secret: Redacted.make(secret), baseUrl: url }))),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(NodeHttpClient.layerUndici)
  )
  const source = makeSource(size)
  const stream = Stream.fromIterable({ [Symbol.iterator]: source.chunks }, { chunkSize: 1 })
  await using runtime = ManagedRuntime.make(layer)
  await runtime.runPromise(example.share(Upload.stream(stream, { filename: "大文件.bin", size }), "zhangsan"))
  return source.growth()
})
