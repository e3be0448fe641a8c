import { NodeHttpClient } from "@effect/platform-node"
import { Config, Effect, Layer } from "effect"
import { Departments, Users } from "effect-wecom/contacts"
import { Otlp } from "effect/observability"

// #region telemetry
/** Spans, metrics and logs of the whole program, to an OpenTelemetry collector. */
export const telemetry = Layer.unwrap(Effect.gen(function*() {
  const baseUrl = yield* Config.NonEmptyString("OTEL_EXPORTER_OTLP_ENDPOINT").pipe(
    Config.withDefault("http://localhost:4318")
  )
  return Otlp.layerJson({
    baseUrl,
    resource: { serviceName: "address-book" },
    metricsExportInterval: "30 seconds"
  })
})).pipe(Layer.provide(NodeHttpClient.layerUndici))
// #endregion

/** A span of your own; the spans of its calls are its children: `wecom /cgi-bin/department/list` and so on. */
export const countMembers = Effect.gen(function*() {
  const departments = yield* Departments
  const users = yield* Users
  const [root] = yield* departments.list()
  const members = root === undefined ? [] : yield* users.listNames({ department_id: root.id, fetch_child: true })
  yield* Effect.log(`${members.length} members`)
  return members.length
}).pipe(Effect.withSpan("count members"))
