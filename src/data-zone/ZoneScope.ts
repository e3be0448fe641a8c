/**
 * 授权范围: what a corp authorises of its members.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** Members, departments and tags that a corp authorises. */
export class ZoneScope extends Schema.Class<ZoneScope>("effect-wecom/ZoneScope")({
  userid_list: Wire.list(Schema.String),
  department_id_list: Wire.list(Wire.int),
  tag_id_list: Wire.list(Wire.int)
}) {}
