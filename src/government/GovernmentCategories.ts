/**
 * 配置事件类别: the two levels of categories that reports are sorted by.
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { alsoNamed } from "../internal/wire/identified.ts"
import * as Wire from "../Wire.ts"
import { name } from "./fields.ts"

/** 分类层级. */
export const CategoryLevel = Wire.oneOf({
  First: [1, "一级分类"],
  Second: [2, "二级分类"]
})

/** 事件类别. */
export class GovernmentCategory extends Schema.Class<GovernmentCategory>("effect-wecom/GovernmentCategory")({
  category_id: Schema.String,
  ...Wire.optionals({
    category_name: Schema.String,
    level: CategoryLevel.schema,
    /** The category of the first level that one of the second belongs to. */
    parent_category_id: Schema.String
  })
}) {}

const First = Schema.Struct({
  level: Schema.Literal(CategoryLevel.First),
  /** At most 30 characters. */
  category_name: name
})

const Second = Schema.Struct({
  level: Schema.Literal(CategoryLevel.Second),
  /** At most 30 characters, unique below its category of the first level. */
  category_name: name,
  /** The category of the first level that it belongs to. */
  parent_category_id: Schema.NonEmptyString
})

const identified = { category_id: Schema.NonEmptyString }

/** 一级分类 to add. */
export interface NewFirstCategory extends Schema.Struct.Type<typeof First.fields> {}

/** 二级分类 to add. */
export interface NewSecondCategory extends Schema.Struct.Type<typeof Second.fields> {}

/** 事件类别 to add, told apart by `level`. */
export type NewGovernmentCategory = NewFirstCategory | NewSecondCategory

const NewGovernmentCategory = Wire.narrow<NewGovernmentCategory>()(Schema.Union([First, Second]))

/** 事件类别 as it is to be, told apart by `level`. */
export type GovernmentCategoryEdit = NewGovernmentCategory & { readonly category_id: string }

const GovernmentCategoryEdit = Wire.narrow<GovernmentCategoryEdit>()(
  Schema.Union([Schema.Struct({ ...identified, ...First.fields }), Schema.Struct({ ...identified, ...Second.fields })])
)

/** A category by its names of today, or by those of older answers. */
const AnyCategory: Schema.Codec<GovernmentCategory, unknown> = Schema.Union([
  GovernmentCategory,
  alsoNamed(
    {
      cata_id: Schema.String,
      ...Wire.optionals({
        cata_name: Schema.String,
        level: CategoryLevel.schema,
        parent_cata_id: Schema.String
      })
    },
    ["cata_id"],
    ({ cata_id, cata_name, level, parent_cata_id }) =>
      new GovernmentCategory({
        category_id: cata_id,
        ...(cata_name === undefined ? {} : { category_name: cata_name }),
        ...(level === undefined ? {} : { level }),
        ...(parent_cata_id === undefined ? {} : { parent_category_id: parent_cata_id })
      })
  )
])

/** The sample of the document has `category_list`, its table `cata_list`. */
const categories = Schema.Struct({
  ...Wire.optionals({ category_list: Schema.Array(AnyCategory), cata_list: Schema.Array(AnyCategory) })
}).pipe(
  Schema.decodeTo(
    Schema.Array(Schema.toType(GovernmentCategory)),
    SchemaTransformation.transform<
      ReadonlyArray<GovernmentCategory>,
      {
        readonly category_list?: ReadonlyArray<GovernmentCategory> | undefined
        readonly cata_list?: ReadonlyArray<GovernmentCategory> | undefined
      }
    >({
      decode: ({ cata_list = [], category_list = [] }) => [...category_list, ...cata_list],
      encode: (category_list) => ({ category_list })
    })
  )
)

/** 配置事件类别: the two levels of categories that reports are sorted by. */
export class GovernmentCategories
  extends Domain.Service<GovernmentCategories>()("government/GovernmentCategories", "政民沟通", {
    /**
     * 添加事件类别. Returns its id.
     * @see https://developer.work.weixin.qq.com/document/path/94536
     */
    add: Endpoint.post("/cgi-bin/report/grid/add_cata", 94536, () => ({
      body: NewGovernmentCategory,
      success: Endpoint.pluck("category_id", Schema.String)
    })),
    /**
     * 修改事件类别. Replaces a category as a whole.
     * @see https://developer.work.weixin.qq.com/document/path/94537
     */
    update: Endpoint.post("/cgi-bin/report/grid/update_cata", { doc: 94537, idempotent: true }, () => ({
      body: GovernmentCategoryEdit
    })),
    /**
     * 删除事件类别.
     * @see https://developer.work.weixin.qq.com/document/path/94538
     */
    delete: Endpoint.post("/cgi-bin/report/grid/delete_cata", { doc: 94538, idempotent: true }, () => ({
      body: { category_id: Schema.NonEmptyString }
    })),
    /**
     * 获取事件类别列表. The categories of both levels.
     * @see https://developer.work.weixin.qq.com/document/path/94540
     */
    list: Endpoint.query("/cgi-bin/report/grid/list_cata", 94540, () => ({ success: categories }))
  })
{}
