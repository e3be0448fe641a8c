import { build } from "esbuild"

const send = `Messages.use((messages) => messages.send(Message.text("hi").to({ users: ["zhangsan"] })))`

const withEffect = `
  import { Effect, Layer, Redacted } from "effect"
  import { TokenCache, WeComApp, WeComClient } from "effect-wecom"
  import { Message, Messages } from "effect-wecom/messages"
  import { FetchHttpClient } from "effect/http"
  Effect.runPromise(${send}.pipe(Effect.provide(Messages.layer.pipe(
    Layer.provide(WeComClient.layer(WeComApp.secret({ corpId: "ww1", secret: Redacted.make("secret"), agentId: 1 }))),
    Layer.provide(TokenCache.layerMemory),
    Layer.provide(FetchHttpClient.layer)
  ))))`

/** Programs that send one text, for a runtime without Node's modules. */
const programs = {
  "with Effect": withEffect,
  "with Effect and labels of errcodes": `import "effect-wecom/labels"\n${withEffect}`,
  "with promises, as far as it is loaded at its start": `
    import { createWeCom } from "effect-wecom/promise"
    createWeCom({ corpId: "ww1", secret: "secret", agentId: 1 })
      .messages.send({ touser: ["zhangsan"], msgtype: "text", text: { content: "hi" } })`
}

/** One of the programs. */
export type Program = keyof typeof programs

/** How large each may be, in bytes. Most of it is Effect. */
export const ceilings: Readonly<Record<Program, number>> = {
  "with Effect": 275_000,
  "with Effect and labels of errcodes": 390_000,
  "with promises, as far as it is loaded at its start": 290_000
}

/** What is loaded at the start of a program, minified, in bytes. `folder` is where the package is found by name. */
export const sizeOf = async (folder: string, program: Program): Promise<number> => {
  const { metafile } = await build({
    stdin: { contents: programs[program], resolveDir: folder },
    outdir: `${folder}/out`,
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error"
  })
  const { outputs } = metafile
  const loaded = new Set<string>()
  const load = (path: string): void => {
    if (loaded.has(path)) return
    loaded.add(path)
    for (const { kind, path: imported } of outputs[path]?.imports ?? []) if (kind === "import-statement") load(imported)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === "<stdin>") load(path)
  return [...loaded].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0)
}
