/**
 * 商品图册: the products that members show to their customers.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 图片, by the id that `media/upload_attachment` returned. */
export const ProductImage = Schema.Struct({
  type: Schema.Literal("image"),
  image: Schema.Struct({ media_id: Wire.filledText })
})
/** 图片. */
export type ProductImage = typeof ProductImage.Type

/** 商品. */
export class Product extends Schema.Class<Product>("effect-wecom/Product")({
  product_id: Schema.String,
  ...Wire.optionals({
    /** Its name, and what there is to say about it. */
    description: Schema.String,
    /** In fen, a hundredth of a yuan. */
    price: Wire.int,
    product_sn: Schema.String,
    /** Not in lists. */
    create_time: Wire.time
  }),
  /** Pictures, by ids that `media/get` takes. */
  attachments: Wire.list(Wire.variants("type", [ProductImage]))
}) {}

const description = Wire.chars(300)

const price = Wire.intBetween(0, 5_000_000)

const productSn = Wire.text(128).check(Schema.isPattern(/^[0-9A-Za-z]*$/, { message: "only digits and letters" }))

const images = Wire.items(ProductImage, 9)

/** One page of 商品图册. */
export class ProductPage extends Schema.Opaque<ProductPage>()(
  Schema.Struct({
    product_list: Wire.list(Product),
    next_cursor: Wire.optional(Schema.String)
  })
) {}

/** 商品图册: the products that members show to their customers. */
export class ProductAlbums extends Domain.Service<ProductAlbums>()("customers/ProductAlbums", "客户联系·商品图册", {
  /**
   * 创建商品图册. Adds a product with 1 to 9 pictures; returns its id. Fails with 41202 where there are too many.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  create: Endpoint.post("/cgi-bin/externalcontact/add_product_album", 95096, () => ({
    body: {
      /** Its name, and what there is to say about it: at most 300 characters. */
      description,
      /** In fen, a hundredth of a yuan: at most 5,000,000. */
      price,
      /** At most 128 digits and letters. */
      product_sn: Wire.optional(productSn),
      attachments: Wire.items(ProductImage, 9, 1)
    },
    success: Endpoint.pluck("product_id", Schema.String)
  })),
  /**
   * 获取商品图册. One product of the corp, also of other apps.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  get: Endpoint.query("/cgi-bin/externalcontact/get_product_album", 95096, () => ({
    body: { product_id: Wire.filledText },
    success: Endpoint.pluck("product", Product)
  })),
  /**
   * 获取商品图册列表. The products that the app may see; one page.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  list: Endpoint.query("/cgi-bin/externalcontact/get_product_album_list", 95096, () => ({
    body: Wire.optionals({
      /** Default: 50. */
      limit: Wire.intBetween(1, 100),
      cursor: Schema.String
    }),
    success: ProductPage
  })),
  /**
   * 编辑商品图册. Changes a product that this app made; what is left out stays.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  update: Endpoint.post("/cgi-bin/externalcontact/update_product_album", 95096, () => ({
    body: {
      product_id: Wire.filledText,
      ...Wire.optionals({
        description: description,
        price: price,
        product_sn: productSn,
        attachments: images
      })
    }
  })),
  /**
   * 删除商品图册. Deletes a product that this app made.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  delete: Endpoint.post("/cgi-bin/externalcontact/delete_product_album", 95096, () => ({
    body: { product_id: Wire.filledText }
  }))
}, (endpoints) => ({
  /**
   * 获取商品图册列表. All products, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95096
   */
  listAll: Paging.byCursor(endpoints.list, "product_list")
})) {
  /** 图片. A picture of a product. */
  static readonly image = (media_id: string): ProductImage => ({ type: "image", image: { media_id } })
}
