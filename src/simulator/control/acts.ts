/** The control of the acts of areas: derived from what the acts say that they take and return. */
import * as Effect from "effect/Effect"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as OpenApi from "effect/http-api/OpenApi"
import * as Layer from "effect/Layer"
import type * as Schema from "effect/Schema"
import { type Acting, type Definition, definitionOf } from "../engine/Act.ts"
import type { Area } from "../engine/Area.ts"
import type { Delivery } from "../engine/CallbackSender.ts"
import { Engine } from "../engine/Engine.ts"
import { texts } from "./actTexts.ts"
import { Readable, Refused, Told } from "./ControlApi.ts"
import { told, withEngine } from "./outcome.ts"

/** An act of an area, and its control. */
export interface Control {
  readonly name: string
  /** Below `/_simulator/api`. */
  readonly path: `/${string}`
  readonly definition: Definition
  readonly run: Acting<object, unknown>
}

/** The acts of an area that are run over HTTP. */
export const controlsOf = ({ acts = {}, name: area }: Area): ReadonlyArray<Control> =>
  Object.entries(acts).flatMap(([name, act]) => {
    const definition = definitionOf(act)
    return definition === undefined ? [] : [{
      name,
      path: `/${area}/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` as const,
      definition,
      run: act as Acting<object, unknown> // it has a definition
    }]
  })

/** The schemas of acts need no services, as `Act.make` takes no others. */
type Codec = Schema.Codec<unknown, unknown>

const successOf = ({ success }: Definition): Codec =>
  success === undefined
    ? Told
    : success.ast._tag === "Void"
    ? HttpApiSchema.NoContent
    : success as Codec

const endpointOf = (area: string, { definition, name, path }: Control) =>
  HttpApiEndpoint.post(name, path, {
    payload: definition.input as Codec,
    success: successOf(definition),
    error: Refused
  }).annotateMerge(OpenApi.annotations({ description: texts[`${area}/${name}`] ?? "" }))

/** The group of an area's acts, which goes by the area's name; none where it has no acts. */
const groupsOf = (area: Area) => {
  const [first, ...rest] = controlsOf(area).map((control) => endpointOf(area.name, control))
  return first === undefined ? [] : [
    HttpApiGroup.make(identifierOf(area)).add(first, ...rest).annotateMerge(OpenApi.annotations({ title: area.name }))
  ]
}

/** Differs from the identifiers of `ControlApi`, some of whose groups have the name of an area. */
const identifierOf = ({ name }: Area): string => `acts of ${name}`

/** What can be done to a simulator over HTTP by the acts of these areas. */
export const apiOf = (areas: ReadonlyArray<Area>) => {
  const [first, ...rest] = areas.flatMap(groupsOf)
  const api = HttpApi.make("simulator")
  // Without acts it has no groups, which is for those who use it as if there were some.
  return (first === undefined ? api as never : api.add(first, ...rest))
    .prefix("/_simulator/api").middleware(Readable)
}

/** Does what the acts of these areas do. */
export const layerOf = (areas: ReadonlyArray<Area>) => {
  const api = apiOf(areas)
  return Layer.mergeAll(
    Layer.empty,
    ...areas.filter((area) => groupsOf(area).length > 0).map((area) =>
      HttpApiBuilder.group(
        api,
        identifierOf(area),
        Effect.fn(function*(handlers) {
          const acting = withEngine(yield* Engine)
          return handlers.handleAll(Object.fromEntries(
            controlsOf(area).map(({ definition, name, run }) => [
              name,
              // The payload was decoded by the act's own schema.
              ({ payload }: { readonly payload: unknown }) => acting(outcomeOf(definition, run(payload as object)))
            ])
          ))
        })
      )
    )
  )
}

/** What an act returns; without a schema, that is what became of callbacks. */
const outcomeOf = <E, R>({ success }: Definition, act: Effect.Effect<unknown, E, R>) =>
  success === undefined ? told(act as Effect.Effect<ReadonlyArray<Delivery>, E, R>) : act
