/**
 * `wecom mcp`: the endpoints as tools of a Model Context Protocol server, over stdio or HTTP.
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as McpProtocol from "effect/ai/McpProtocol"
import * as McpSchema from "effect/ai/McpSchema"
import * as McpServer from "effect/ai/McpServer"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { createServer } from "node:http"
import * as WeComToolkit from "../../toolkit/WeComToolkit.ts"
import { appFor, withClient } from "../client.ts"
import { usage } from "../failure.ts"
import * as McpAccess from "../mcpAccess.ts"
import { say, toJson } from "../output.ts"
import { hidden, settings } from "../settings.ts"

const flags = {
  allowWrites: Flag.String("allow-writes").pipe(
    Flag.withMetavar("AREA"),
    Flag.withDescription(
      "Allow writes in an area, module, service or endpoint, such as 消息, contacts, Messages or Messages.send; may be " +
        "repeated. Default: none, so that tools only read."
    ),
    Flag.atLeast(0)
  ),
  allowDestructive: Flag.Boolean("allow-destructive").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Let deletions and their like happen without asking. Default: the client asks its user.")
  ),
  only: Flag.String("only").pipe(
    Flag.withMetavar("AREA"),
    Flag.withDescription("Leave out all endpoints but those of an area, named as above; may be repeated."),
    Flag.atLeast(0)
  ),
  everyTool: Flag.Boolean("every-tool").pipe(
    Flag.withDefault(false),
    Flag.withDescription("A tool for each endpoint, instead of three that search, describe and call.")
  ),
  http: Flag.optional(
    Flag.Int("http").pipe(
      Flag.withMetavar("PORT"),
      Flag.withDescription(
        "Serve http://127.0.0.1:PORT/mcp (0: a free port) instead of standard input and output. With WECOM_MCP_TOKEN in " +
          "the environment, clients must send it as a bearer token."
      )
    )
  ),
  host: Flag.String("host").pipe(
    Flag.withMetavar("ADDRESS"),
    Flag.withDefault("127.0.0.1"),
    Flag.withDescription(
      "Where --http listens. Default: 127.0.0.1, this machine alone; others need WECOM_MCP_TOKEN to be set."
    )
  )
}

/** `wecom mcp`. */
export const command = Command.make(
  "mcp",
  flags,
  ({ allowDestructive, allowWrites, everyTool, host, http, only }) =>
    Effect.gen(function*() {
      const given = yield* settings
      const access = { host, token: yield* hidden(McpAccess.tokenVariable) }
      if (Option.isSome(http)) yield* McpAccess.checked(access)
      const policy: WeComToolkit.Policy = {
        allowWrites: split(allowWrites),
        only: only.length === 0 ? undefined : split(only),
        appFor: (credential) =>
          credential === "suite" || credential === "provider"
            ? Effect.orElseSucceed(appFor(given, credential), () => undefined)
            : Effect.succeed(undefined)
      }
      const registrations = yield* registrationsOf(policy, everyTool)
      const confirming = Layer.succeed(WeComToolkit.Confirmation, allowDestructive ? () => Effect.succeed(true) : ask)
      const options = {
        name: "effect-wecom",
        version: "1",
        description: "企业微信 (WeCom): every endpoint of the server API.",
        instructions: everyTool
          ? "Each tool is an endpoint of the 企业微信 (WeCom) server API."
          : "The 企业微信 (WeCom) server API. search_endpoints finds an endpoint by Chinese or English words, " +
            "describe_endpoint shows its fields, call_endpoint calls it.",
        // Those that ask the user in the midst of a call.
        protocols: [McpProtocol.v2025_11_25, McpProtocol.v2025_06_18, McpProtocol.v2025_03_26, McpProtocol.v2024_11_05],
        registrations
      } as const
      if (Option.isNone(http)) {
        // When its client closes standard input, the server interrupts the fiber that launched it: that is how it ends.
        const serving = yield* Effect.forkChild(Layer.launch(Layer.provide(McpServer.layerStdio(options), confirming)))
        return yield* Effect.asVoid(Fiber.await(serving))
      }
      const routes = McpServer.layerHttp({ ...options, path: "/mcp" }).pipe(Layer.provide(confirming))
      const server = HttpRouter.serve(Layer.merge(McpAccess.layer(access), routes), {
        disableListenLog: true,
        disableLogger: true
      })
      return yield* Layer.launch(
        Layer.effectDiscard(HttpServer.addressFormattedWith((address) => say(`Listening at ${address}/mcp`))).pipe(
          Layer.provideMerge(server),
          Layer.provide(NodeHttpServer.layer(createServer, { port: http.value, host }))
        )
      )
    }).pipe(
      Effect.catchTag("ServeError", (error) =>
        Effect.fail(usage(`--http: ${String(error.cause)}`, "Choose another port or --host."))),
      withClient()
    )
).pipe(
  Command.withDescription(
    "Serve the API to AI agents (Model Context Protocol).\n\nFor a client's configuration: command `wecom`, arguments " +
      "`mcp`, with WECOM_CORP_ID and WECOM_CORP_SECRET in the environment, or a profile of `wecom login`."
  ),
  Command.withShortDescription("Serve the API to AI agents (Model Context Protocol)")
)

/** Names given one by one, or joined by commas. */
const split = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.flatMap((name) => name.split(",")).map((name) => name.trim()).filter((name) => name !== "")

const registrationsOf = (policy: WeComToolkit.Policy, everyTool: boolean) =>
  Effect.gen(function*() {
    if (!everyTool) {
      return McpServer.toolkit(WeComToolkit.Discovery).pipe(Layer.provide(WeComToolkit.layer(policy)))
    }
    const { layer, toolkit } = yield* WeComToolkit.endpointTools(["*"], policy)
    if (Object.keys(toolkit.tools).length === 0) {
      return yield* Effect.fail(
        usage("--only and --allow-writes leave no tool", "`wecom schema areas` lists the areas.")
      )
    }
    // Tools known at run time alone: what they need is the client.
    return McpServer.toolkit(toolkit).pipe(Layer.provide(layer)) as ReturnType<typeof McpServer.toolkit<{}>>
  })

const Answer = Schema.Struct({
  confirm: Schema.Boolean.annotate({ title: "Do it", description: "Whether to go on." })
})

/** Lets the client ask its user; a client that cannot is refused. */
const ask = (
  endpoint: WeComToolkit.ToolEndpoint,
  input: { readonly [field: string]: unknown }
): Effect.Effect<boolean> =>
  Effect.gen(function*() {
    const client = yield* Effect.serviceOption(McpSchema.McpServerClient)
    if (Option.isNone(client) || client.value.clientCapabilities.elicitation === undefined) return false
    const asked = McpServer.elicit({
      message: `${endpoint.official} (${endpoint.name}) cannot be undone. Input: ${toJson(input).slice(0, 500)}`,
      schema: Answer
    })
    return yield* asked.pipe(
      Effect.map(({ confirm }) => confirm),
      Effect.provideService(McpSchema.McpServerClient, client.value),
      Effect.catch(() => Effect.succeed(false)),
      Effect.catchCause(() => Effect.succeed(false))
    )
  })
