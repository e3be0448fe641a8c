/**
 * Requests with one blank text: every sample, with each text that cannot be left out empty. What must be there must not be
 * blank, but for reviewed places, and each refusal names the field.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Cause } from "effect"
import { Effect, Exit, Schema } from "effect"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint, type Description } from "../../src/Endpoint.ts"
import { issuesOf } from "../../src/internal/kernel/issues.ts"
import { hasShared, sharedPath } from "../support/shared.ts"
import { bodyOf, ownSamples, refused, type Sample, sharedSamples, type Source } from "./Samples.ts"

/** What may be blank though it cannot be left out, each with the reason. */
const reviewed: ReadonlyArray<readonly [place: RegExp, reason: string]> = [
  [/grid\/update grid_parent_id$|grid\/delete grid_id$/, "the root of the grids has an empty id"],
  [
    /layout\/apply layout_id$|set_default selected_layout_id$|selected_background_id$/,
    "an empty id restores the default"
  ],
  [/remark remark_mobiles$/, "one empty number clears all of them"],
  [/get_customized_auth_url state$/, "a state of no letters is one"],
  [/meetingroom\/\w+ (city|building|floor)$/, "of a place of which parts are not known"],
  [/kf\/send_msg touser$/, "the simulator says what the server does of a customer whom it does not know (95002)"],
  [/getapprovaldetail sp_no$/, "read from a number as well"],
  [/compose_send content$/, "a mail may be its attachments"],
  [/add_records records\.values\./, "a cell may be empty"],
  [/filter_spec\.conditions\.string_value|condition\.string_value/, "a filter may look for nothing"],
  [/applyevent apply_data\./, "a control may be left empty"],
  [/create_template template_content\./, "controls say themselves what they need"],
  [/(attrs|external_attr)\.name$|wechat_channels\.nickname$/, "of a profile, whose parts an empty text clears"],
  [/group_welcome_template\/\w+ (miniprogram|file|video)\./, "shared with what answers have of it"],
  [/template_card\.|button\.replace_name$/, "cards are refused by WeCom, with the part that is missing"],
  [/news\.articles\.|miniprogram_notice\.appid$/, "shared by messages of every kind"],
  [/mentioned(_mobile)?_list$|webhook\/send image\./, "robots are told by WeCom what they lack"]
]

type Leaf = string | number | boolean | null
type Node = Leaf | ReadonlyArray<Node> | { readonly [key: string]: Node }
type Path = ReadonlyArray<string | number>

const requests = (source: Source): ReadonlyArray<{ readonly self: Description; readonly value: Node }> => {
  const byEndpoint = Map.groupBy(source.samples, ({ method, path }) => `${method} ${path}`)
  return catalogue.map(({ endpoint }) => describeEndpoint(endpoint)).flatMap((self) => {
    const siblings: ReadonlyArray<Sample> = byEndpoint.get(self.name) ?? []
    return siblings.filter((sample) =>
      (sample.kind === "request" || sample.section === "body") && refused[sample.file] === undefined &&
      (sample.placeholders ?? []).length === 0
    ).map((sample) => ({ self, value: bodyOf(source, sample, siblings, self.int64) as Node }))
  })
}

/** Where texts stand. */
const textsOf = (value: Node, path: Path = []): ReadonlyArray<Path> =>
  typeof value === "string"
    ? [path]
    : Array.isArray(value)
    ? value.slice(0, 1).flatMap((item, index) => textsOf(item, [...path, index]))
    : typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]))
    : []

/** The value with something else, or nothing, at a place. */
const changed = (value: Node, [head, ...rest]: Path, by: Node | undefined): Node => {
  if (head === undefined) throw new Error("no place")
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      index !== head ? [item] : rest.length > 0 ? [changed(item, rest, by)] : by === undefined ? [] : [by]
    )
  }
  const { [head]: there, ...others } = value as { readonly [key: string]: Node }
  return rest.length > 0
    ? { ...others, [head]: changed(there!, rest, by) }
    : by === undefined
    ? others
    : { ...others, [head]: by }
}

const suite = (source: () => Source) => {
  it("is refused where a text that has to be there is blank", () => {
    const taken = new Set<string>()
    let tried = 0
    for (const { self, value } of requests(source())) {
      const schema = self.method === "GET" ? self.schemas.query : self.schemas.body
      if (schema === undefined) continue
      const decode = (wire: Node) =>
        Schema.decodeUnknownExit(schema as Schema.Codec<unknown, unknown>, { onExcessProperty: "error" })(wire)
      if (Exit.isFailure(decode(value))) continue
      for (const path of textsOf(value)) {
        const isItem = typeof path.at(-1) === "number"
        if (!isItem && Exit.isSuccess(decode(changed(value, path, undefined)))) continue
        tried++
        const exit = decode(changed(value, path, ""))
        const field = path.filter((part) => typeof part === "string").join(".")
        if (Exit.isSuccess(exit)) taken.add(`${self.path} ${field}`)
        else {
          const issues = Effect.runSync(issuesOf(exit.cause as Cause.Cause<never>))
          assert.isTrue(
            issues.some(({ field, message }) =>
              `${field} ${message}`.includes(String(path.find((part) => typeof part === "string")))
            ),
            `${self.name} ${field}: ${JSON.stringify(issues)}`
          )
        }
      }
    }
    const places = [...taken]
    assert.isAbove(tried, 1000)
    assert.deepStrictEqual(places.filter((place) => !reviewed.some(([pattern]) => pattern.test(place))), [])
    assert.deepStrictEqual(
      reviewed.filter(([pattern]) => !places.some((place) => pattern.test(place))).map(([pattern]) => pattern.source),
      [],
      "no longer taken"
    )
  })
}

describe("own requests with one blank text", () => {
  suite(ownSamples)
})

describe.skipIf(!hasShared)("shared requests with one blank text", () => {
  suite(() => sharedSamples(sharedPath("wecom")))
})
