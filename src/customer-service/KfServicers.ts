/**
 * 接待人员管理: the members who answer for an account of 微信客服.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as ErrorCode from "../ErrorCode.ts"
import * as Wire from "../Wire.ts"
import { KfStopType } from "./KfStopType.ts"

/** 接待状态, as lists return it. */
export const KfServicerStatus = Wire.oneOf({
  Serving: [0, "接待中"],
  Stopped: [1, "停止接待"]
})

/** 接待人员: a member (`userid`), or all of a department (`department_id`). */
export class KfServicer extends Schema.Class<KfServicer>("effect-wecom/KfServicer")({
  ...Wire.optionals({
    userid: Schema.String,
    department_id: Wire.int,
    /** Of members, for apps that manage the account. */
    status: KfServicerStatus.schema,
    stop_type: KfStopType.schema
  })
}) {}

/** 操作结果: what became of one member or department; adding one that is there already succeeds. */
export class KfServicerResult extends Schema.Class<KfServicerResult>("effect-wecom/KfServicerResult")({
  ...Wire.optionals({
    userid: Schema.String,
    department_id: Wire.int
  }),
  /** 0 is success. */
  errcode: Wire.int,
  errmsg: Wire.optional(Schema.String)
}) {
  /** The official label of the errcode, where one is known. */
  get label(): string | undefined {
    return ErrorCode.label(this.errcode)
  }
}

const changed = (departments: number) =>
  Schema.Struct({
    open_kfid: Wire.filledText,
    ...Wire.optionals({
      userid_list: Wire.items(Wire.filledText, 100),
      department_id_list: Wire.items(Wire.int, departments)
    })
  }).pipe(Wire.withAnyOf("userid_list", "department_id_list"))

/** 接待人员管理: the members who answer for an account, at most 2000 and 20 departments. */
export class KfServicers extends Domain.Service<KfServicers>()("customer-service/KfServicers", "微信客服", {
  /**
   * 添加接待人员. Adds up to 100 members and 20 departments; returns what became of each: `PartialResult.failOnPartial`
   * makes one that failed a failure. Fails with 95020 where there are too many.
   * @see https://developer.work.weixin.qq.com/document/path/94646
   */
  add: Endpoint.post("/cgi-bin/kf/servicer/add", { doc: 94646, idempotent: true }, () => ({
    body: changed(20),
    success: Endpoint.pluck("result_list", Wire.list(KfServicerResult))
  })),
  /**
   * 删除接待人员. Removes up to 100 members and 100 departments; returns what became of each.
   * @see https://developer.work.weixin.qq.com/document/path/94647
   */
  remove: Endpoint.post("/cgi-bin/kf/servicer/del", { doc: 94647, idempotent: true }, () => ({
    body: changed(100),
    success: Endpoint.pluck("result_list", Wire.list(KfServicerResult))
  })),
  /**
   * 获取接待人员列表. The members and departments who answer for an account.
   * @see https://developer.work.weixin.qq.com/document/path/94645
   */
  list: Endpoint.get("/cgi-bin/kf/servicer/list", 94645, () => ({
    query: { open_kfid: Wire.filledText },
    success: Endpoint.pluck("servicer_list", Wire.list(KfServicer))
  }))
}) {}
