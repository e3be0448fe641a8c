/**
 * No schema hides what it does not know: a walk over every schema's wire side finds untyped places.
 */
import { Schema } from "effect"
import { assert, describe, it } from "vitest"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { untyped } from "../support/untyped.ts"

/** Untyped on purpose, each with its reason. */
const reviewed: { readonly [place: string]: string } = {
  "POST /cgi-bin/wedoc/smartsheet/webhook body /schema/*": "titles by the ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/webhook body /add_records/-/values/*": "cells by the ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/webhook body /update_records/-/values/*": "cells by the ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/webhook success /add_records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/wedoc/smartsheet/webhook success /update_records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/wedoc/smartsheet/add_records body /records/-/values/*":
    "cells by the titles or ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/update_records body /records/-/values/*":
    "cells by the titles or ids of a sheet's fields",
  "POST /cgi-bin/wedoc/smartsheet/add_records success /records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/wedoc/smartsheet/update_records success /records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/wedoc/smartsheet/get_records success /records/-/values/*": "cells of every kind of field",
  "POST /cgi-bin/wedoc/smartsheet/add_records success /records/-/values/*/-/*":
    "a part of a cell that this version does not know",
  "POST /cgi-bin/wedoc/smartsheet/update_records success /records/-/values/*/-/*":
    "a part of a cell that this version does not know",
  "POST /cgi-bin/wedoc/smartsheet/get_records success /records/-/values/*/-/*":
    "a part of a cell that this version does not know",
  "POST /cgi-bin/wedoc/smartsheet/add_view success /view/property/field_visibility/*":
    "whether fields are shown, by their ids",
  "POST /cgi-bin/wedoc/smartsheet/update_view body /property/field_visibility/*":
    "whether fields are shown, by their ids",
  "POST /cgi-bin/wedoc/smartsheet/update_view success /view/property/field_visibility/*":
    "whether fields are shown, by their ids",
  "POST /cgi-bin/wedoc/smartsheet/get_views success /views/-/property/field_visibility/*":
    "whether fields are shown, by their ids",
  "POST /cgi-bin/oa/getapprovaldetail success /info/apply_data/contents/-/value/stat_field/-": "in no document",
  "POST /cgi-bin/oa/getapprovaldetail success /info/apply_data/contents/-/value/sum_field/-": "in no document",
  "POST /cgi-bin/oa/journal/get_record_detail success /info/apply_data/contents/-/value/stat_field/-": "in no document",
  "POST /cgi-bin/oa/journal/get_record_detail success /info/apply_data/contents/-/value/sum_field/-": "in no document",
  "POST /cgi-bin/oa/gettemplatedetail success /template_content/controls/-/config/table/stat_field/-": "in no document"
}

describe("schemas", () => {
  it("finds untyped places", () => {
    assert.deepStrictEqual(
      untyped(Schema.Struct({ a: Schema.Array(Schema.Json), b: Schema.Record(Schema.String, Schema.String) })),
      ["/a/-", "/b/*"]
    )
  })

  it("are typed everywhere but at the reviewed places", () => {
    const places = catalogue.flatMap(({ endpoint }) => {
      const self = describeEndpoint(endpoint)
      const { body, query, success } = self.schemas
      return [["query", query], ["body", body], ["success", success]].flatMap(([part, schema]) =>
        schema === undefined
          ? []
          : untyped(schema as Schema.Constraint).map((path) => `${self.name} ${part as string} ${path}`)
      )
    })
    assert.deepStrictEqual(places.filter((place) => reviewed[place] === undefined), [])
    assert.deepStrictEqual(Object.keys(reviewed).filter((place) => !places.includes(place)), [], "no longer there")
  })
})
