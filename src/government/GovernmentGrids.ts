/**
 * 配置网格结构: the tree of grids by which a district is governed, with those in charge of each.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { name } from "./fields.ts"

/** 网格. */
export class GovernmentGrid extends Schema.Class<GovernmentGrid>("effect-wecom/GovernmentGrid")({
  grid_id: Schema.String,
  ...Wire.optionals({
    grid_name: Wire.id,
    /** The grid above. */
    grid_parent_id: Schema.String
  }),
  /** 负责人: userids. */
  grid_admin: Wire.list(Schema.String),
  /** 网格员: userids. */
  grid_member: Wire.list(Schema.String)
}) {}

/** 网格, by its id and name. */
export class GridName extends Schema.Class<GridName>("effect-wecom/GridName")({
  grid_id: Schema.String,
  grid_name: Wire.optional(Wire.id)
}) {}

/** 网格 to add. */
export class NewGovernmentGrid extends Schema.Opaque<NewGovernmentGrid>()(
  Schema.Struct({
    /** At most 30 characters, unique among its siblings. */
    grid_name: name,
    /** The grid above; at most 10 levels. */
    grid_parent_id: Schema.NonEmptyString,
    /** 负责人: 1 to 20 userids. */
    grid_admin: Wire.items(Wire.filledText, 20, 1),
    /** 网格员: at most 100 userids. */
    grid_member: Wire.optional(Wire.items(Wire.filledText, 100))
  })
) {}

/** 网格 as it is to be. */
export class GovernmentGridEdit extends Schema.Opaque<GovernmentGridEdit>()(
  Schema.Struct({
    grid_id: Schema.NonEmptyString,
    /** At most 30 characters, unique among its siblings. */
    grid_name: name,
    /** The grid above, `""` of the root; at most 10 levels. */
    grid_parent_id: Schema.String,
    /** 负责人: 1 to 20 userids. */
    grid_admin: Wire.items(Wire.filledText, 20, 1),
    /** 网格员: at most 100 userids. None are left if it is empty or left out. */
    grid_member: Wire.optional(Wire.items(Wire.filledText, 100))
  })
) {}

/** What became of a new grid. */
export class AddedGrid extends Schema.Class<AddedGrid>("effect-wecom/AddedGrid")({
  grid_id: Schema.String,
  /** Userids that could not be added to it. */
  invalid_userids: Wire.list(Schema.String)
}) {}

/** 用户负责及参与的网格. */
export class UserGrids extends Schema.Class<UserGrids>("effect-wecom/UserGrids")({
  /** Grids that the member is in charge of. */
  manage_grids: Wire.list(GridName),
  /** Grids that the member belongs to. */
  joined_grids: Wire.list(GridName)
}) {}

/**
 * 配置网格结构: the tree of grids by which a district is governed, with those in charge of each.
 *
 * At most 10 levels, 20 persons in charge and 100 members of a grid; a member is in charge of at most 10 grids.
 */
export class GovernmentGrids extends Domain.Service<GovernmentGrids>()("government/GovernmentGrids", "政民沟通", {
  /**
   * 添加网格. Returns its id, and the userids that could not be added to it.
   * @see https://developer.work.weixin.qq.com/document/path/94478
   */
  add: Endpoint.post("/cgi-bin/report/grid/add", 94478, () => ({ body: NewGovernmentGrid, success: AddedGrid })),
  /**
   * 编辑网格. Replaces a grid as a whole; returns the userids that could not be added to it.
   * @see https://developer.work.weixin.qq.com/document/path/94479
   */
  update: Endpoint.post("/cgi-bin/report/grid/update", { doc: 94479, idempotent: true }, () => ({
    body: GovernmentGridEdit,
    success: Endpoint.pluck("invalid_userids", Wire.list(Schema.String))
  })),
  /**
   * 删除网格. Deletes a grid and all grids below it, if none of them has members.
   * @see https://developer.work.weixin.qq.com/document/path/94480
   */
  delete: Endpoint.post("/cgi-bin/report/grid/delete", { doc: 94480, idempotent: true }, () => ({
    body: {
      /** `""` is the root. */
      grid_id: Schema.String
    }
  })),
  /**
   * 获取网格列表. A grid, the one above, and those directly below.
   * @see https://developer.work.weixin.qq.com/document/path/94481
   */
  list: Endpoint.query("/cgi-bin/report/grid/list", 94481, () => ({
    body: {
      /** Default: the root and those directly below. */
      grid_id: Wire.optional(Schema.String)
    },
    success: Endpoint.pluck("grid_list", Wire.list(GovernmentGrid))
  })),
  /**
   * 获取用户负责及参与的网格列表.
   * @see https://developer.work.weixin.qq.com/document/path/94482
   */
  listByUser: Endpoint.query("/cgi-bin/report/grid/get_user_grid_info", 94482, () => ({
    body: { userid: Schema.NonEmptyString },
    success: UserGrids
  }))
}) {}
