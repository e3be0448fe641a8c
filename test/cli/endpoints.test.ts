/**
 * Every endpoint of the catalogue: called by `wecom api` from its sample request, described to people, to AI agents and
 * in the OpenAPI document.
 */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Cause from "effect/Cause"
import * as CliConfig from "effect/cli/CliConfig"
import * as Command from "effect/cli/Command"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Sink from "effect/Sink"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { catalogue } from "../../src/catalogue.ts"
import { make } from "../../src/cli/commands/api.ts"
import { CliFailure, ExitCode } from "../../src/cli/failure.ts"
import { settingFlags } from "../../src/cli/settings.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import * as Signature from "../../src/internal/kernel/signature.ts"
import * as Endpoints from "../../src/internal/reflect/endpoints.ts"
import { type JsonSchema, ofEndpoint, resolve } from "../../src/internal/reflect/jsonSchema.ts"
import * as WeComToolkit from "../../src/toolkit/WeComToolkit.ts"
import { bodyOf, ownSamples, refused } from "../contract/Samples.ts"
import { account, listen, type Listening } from "./support.ts"

const samples = ownSamples()
const entries = catalogue.map((entry) => ({ ...entry, name: `${entry.service}.${entry.method}` }))

describe("the index", () => {
  it("has every endpoint of the catalogue, and says the same of it", () => {
    const told = Endpoints.endpoints().map(({ kind, module, name, request, stream, writes }) => ({
      kind,
      module,
      name,
      request,
      stream,
      writes
    }))
    const known = entries.map(({ endpoint, module, name, stream }) => {
      const { kind, name: request, readOnly } = describeEndpoint(endpoint)
      return { kind, module, name, request, stream, writes: !readOnly }
    })
    assert.deepStrictEqual(told, known, "run npm run fix")
  })

  it("takes nothing for a read that changes something by its official name", () => {
    const suspicious = Endpoints.endpoints().filter(({ official, writes }) =>
      !writes &&
      /^(?:批量)?(?:删除|创建|新建|更新|设置|修改|移除|发送|取消|撤回|解绑|编辑|添加|增加|禁用|停用|停止|关闭)/.test(
        official
      )
    )
    assert.deepStrictEqual(suspicious.map(({ name, official }) => `${name} ${official}`), [])
  })
})

describe("descriptions", () => {
  const document = JSON.parse(readFileSync(new URL("../../openapi/wecom.json", import.meta.url), "utf8")) as {
    readonly paths: { readonly [path: string]: { readonly [verb: string]: { readonly [key: string]: unknown } } }
  }

  it.effect("every endpoint has a page, a tool with a description, and an operation", () =>
    Effect.gen(function*() {
      const { toolkit } = yield* WeComToolkit.endpointTools(["*"], { allowWrites: ["*"] })
      const without: Array<string> = []
      for (const entry of Endpoints.endpoints()) {
        const page = yield* Endpoints.page(entry, "people")
        if (page.text === "" || entry.official === "" || entry.summary === "") without.push(`${entry.name}: text`)
        if (page.input["type"] !== "object") without.push(`${entry.name}: input`)
        const tool = toolkit.tools[`${entry.service}_${entry.method}`]
        if ((tool?.description ?? "").length < 20) without.push(`${entry.name}: tool`)
        if (!/^[\w-]{1,64}$/.test(tool?.name ?? "")) without.push(`${entry.name}: the tool's name`)
        const [verb = "", path = ""] = entry.request.split(" ")
        const operation = document.paths[path]?.[verb.toLowerCase()]
        const also = operation?.["x-also"] as ReadonlyArray<string> | undefined ?? []
        if (operation?.["operationId"] !== entry.name && !also.includes(entry.name)) {
          without.push(`${entry.name}: operation`)
        }
      }
      assert.deepStrictEqual(without, [])
    }))
})

describe("schemas", () => {
  it("say one type where several are read, and what lists hold", () => {
    const vague: Array<string> = []
    for (const { endpoint, name } of entries) {
      for (const form of ["wire", "people"] as const) {
        const definitions = new Map<string, JsonSchema>()
        const schemas = ofEndpoint(describeEndpoint(endpoint), {
          form,
          definitions,
          reference: (model) => `#/$defs/${model}`
        })
        const visit = (node: unknown, path: string): void => {
          if (typeof node !== "object" || node === null) return
          const { anyOf, items, maxItems, type } = node as JsonSchema
          const types = new Set(
            (Array.isArray(anyOf) ? anyOf : []).map((member: JsonSchema) =>
              String(member["type"]).replace("integer", "number")
            )
          )
          const bare = types.size === 2 && types.has("number") && types.has("string")
          if (bare) vague.push(`${name} ${form} ${path}: a number or a text`)
          if (type === "array" && items === undefined && maxItems !== 0 && !("prefixItems" in node)) {
            vague.push(`${name} ${form} ${path}: items`)
          }
          for (const [key, child] of Object.entries(node)) visit(child, `${path}/${key}`)
        }
        visit([schemas.query, schemas.body, schemas.success, Object.fromEntries(definitions)], "")
      }
    }
    assert.deepStrictEqual(vague, [])
  })
})

/** An input that a JSON Schema takes, as small as can be. */
const exampleOf = (given: JsonSchema, definitions: ReadonlyMap<string, JsonSchema>): unknown => {
  const schema = { ...resolve(given, definitions) }
  if (schema["const"] !== undefined) return schema["const"]
  if (Array.isArray(schema["enum"])) return schema["enum"][0]
  const variants = schema["anyOf"] as ReadonlyArray<JsonSchema> | undefined
  const required = schema["required"] as ReadonlyArray<string> | undefined ?? []
  const properties = schema["properties"] as { readonly [key: string]: JsonSchema } | undefined ?? {}
  const own = Object.fromEntries(required.map((key) => [key, exampleOf(properties[key] ?? {}, definitions)]))
  if (variants?.[0] !== undefined) {
    const variant = exampleOf(variants[0], definitions)
    return typeof variant === "object" && variant !== null ? { ...own, ...variant } : variant
  }
  switch (schema["type"]) {
    case "object":
      return own
    case "array":
      return Array.from(
        { length: Number(schema["minItems"] ?? 1) || 1 },
        () => exampleOf(schema["items"] as JsonSchema | undefined ?? { type: "string" }, definitions)
      )
    case "integer":
    case "number":
      return Number(schema["minimum"] ?? 1)
    case "boolean":
      return true
    default:
      return schema["format"] === "date-time" ? "2026-11-01T00:00:00Z" : "x".repeat(Number(schema["minLength"] ?? 1))
  }
}

describe("wecom api", () => {
  let simulator: Listening
  const folder = mkdtempSync(join(tmpdir(), "wecom-endpoints-"))
  beforeAll(async () => {
    writeFileSync(join(folder, "file.txt"), "the content of a file")
    simulator = await listen({
      suites: [{ suiteId: "suite1", secret: "suite-secret", installations: [] }],
      provider: { corpId: "wwprovider", secret: "provider-secret" }
    })
  })
  afterAll(async () => {
    await simulator[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  /** Runs the command in this process: what it printed, or what it failed with. */
  const call = (args: ReadonlyArray<string>, input: string) =>
    Effect.gen(function*() {
      let output = ""
      const stdio = Stdio.layerTest({
        stdin: Stream.succeed(new TextEncoder().encode(input)),
        stdinIsTerminal: Effect.succeed(false),
        stdoutIsTerminal: Effect.succeed(false),
        stderrIsTerminal: Effect.succeed(false),
        stdout: () =>
          Sink.forEach((chunk: string | Uint8Array) =>
            Effect.sync(() => {
              output += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk)
            })
          ),
        stderr: () => Sink.drain
      })
      const command = yield* make(args)
      const root = Command.make("wecom").pipe(
        Command.withSubcommands([command as Command.Command<"api", unknown, {}, unknown, never>]),
        Command.withGlobalFlags(settingFlags)
      )
      const env = {
        HOME: folder,
        WECOM_BASE_URL: simulator.url,
        WECOM_CORP_ID: account.corpId,
        WECOM_CORP_SECRET: account.secret,
        WECOM_AGENT_ID: `${account.agentId}`,
        WECOM_SUITE_ID: "suite1",
        WECOM_SUITE_SECRET: "suite-secret",
        WECOM_SUITE_TICKET: "a-ticket",
        WECOM_PROVIDER_CORP_ID: "wwprovider",
        WECOM_PROVIDER_SECRET: "provider-secret",
        WECOM_PAYMENT_KEY: "payment-key"
      }
      const layer = Layer.mergeAll(
        stdio,
        CliConfig.layer({ builtIns: [] }),
        ConfigProvider.layer(ConfigProvider.fromEnv({ env }))
      ).pipe(Layer.provideMerge(NodeServices.layer))
      const exit = yield* Effect.exit(Effect.provide(Command.runWith(root, { version: "1" })(args), layer))
      const error = Exit.isFailure(exit) ? Cause.squash(exit.cause) : undefined
      return { output, error }
    })

  it.live.each(entries)("$name", ({ endpoint, name }) =>
    Effect.gen(function*() {
      const self = describeEndpoint(endpoint)
      const entry = Endpoints.find(name)
      assert.isDefined(entry)
      if (entry === undefined) return
      const page = yield* Endpoints.page(entry, "people")
      const own = samples.samples.filter(({ method, path }) => method === self.method && path === self.path)
      const sample = own.find((each) =>
        each.kind === "request" && refused[each.file] === undefined && !each.placeholders
      )
      const sent = sample === undefined ? undefined : bodyOf(samples, sample, own, self.int64) as object
      // The signature is made by the client.
      const body = sent === undefined || !self.signed ? sent : Signature.unsigned(sent)
      // What no sample shows: fields of the query, and inputs of endpoints without a sample.
      const example = exampleOf(page.input, page.definitions) as object
      const query = self.schemas.query === undefined ? [] : Object.keys(self.schemas.query.fields)
      const needed = Object.fromEntries(Object.entries(example).filter(([key]) => query.includes(key)))
      const input = body === undefined ? example : { ...needed, ...body }
      const file = self.kind === "upload" ? [`--${self.part}`, join(folder, "file.txt")] : []
      const { error, output } = yield* call(["api", name, "--json", "-", ...file], JSON.stringify(input))
      if (error === undefined) {
        if (self.kind !== "download") assert.doesNotThrow(() => JSON.parse(output), output)
        return
      }
      // Refused by the simulator, which knows none of the objects of the samples: the call arrived all the same.
      assert.instanceOf(error, CliFailure, String(error))
      const { code, what } = error as CliFailure
      assert.notInclude([ExitCode.network, ExitCode.file] as ReadonlyArray<number>, code, what)
      if (sample !== undefined) assert.notStrictEqual(code, ExitCode.usage, what)
      else if (code === ExitCode.usage) assert.match(what, /: /, what)
    }).pipe(Effect.provide([NodeFileSystem.layer, NodePath.layer])))
})
