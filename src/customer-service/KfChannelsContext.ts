/**
 * 视频号信息: where on a 视频号 a customer of 微信客服 came from.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../Wire.ts"

/** 视频号场景值. */
export const KfChannelsScene = Wire.oneOf({
  Home: [1, "视频号主页"],
  LiveProducts: [2, "视频号直播间商品列表页"],
  Showcase: [3, "视频号商品橱窗页"],
  ShopProduct: [4, "视频号小店商品详情页"],
  ShopOrder: [5, "视频号小店订单页"]
})

/** 视频号信息: where on a 视频号 a customer came from. */
export const KfChannelsContext = Schema.Struct({
  ...Wire.optionals({
    /** Of the 视频号, in the scenes 1 to 3. */
    nickname: Schema.String,
    /** Of the shop, in the scenes 4 and 5. */
    shop_nickname: Schema.String,
    scene: KfChannelsScene.schema
  })
})
export type KfChannelsContext = typeof KfChannelsContext.Type
