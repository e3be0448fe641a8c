/** Applications for advanced functions on the simulator: in raw JSON, and what members and administrators do about them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Acts from "../../src/simulator/areas/advanced-features/AdvancedFeatureActs.ts"
import { hearing, monday } from "../support/hearing.ts"
import { called } from "./raw.ts"

const feature = (path: string, body: object) => called.post(`/cgi-bin/advanced_feature/${path}`, body)

const ids = (fields: object = {}) =>
  Effect.map(
    feature("get_apply_id_list", { business_type: 3, ...fields }),
    ({ apply_id_list }) => apply_id_list as ReadonlyArray<string>
  )

describe("applications", () => {
  it.effect("are told, decided by the app, and brought to an end", () =>
    hearing((heard) =>
      Effect.gen(function*() {
        const apply_id = yield* Acts.apply({ userid: "LiSi", business_type: 3, reason: "空间不足" })
        yield* Acts.apply({ userid: "zhangsan", business_type: 1 })
        assert.deepStrictEqual(yield* ids(), [apply_id])
        assert.deepStrictEqual(yield* ids({ userid: "zhangsan" }), [])
        assert.deepStrictEqual(yield* ids({ req_type: 1 }), [])
        const approval = (fields: object) =>
          Effect.map(
            feature("set_approval_detail", {
              apply_id,
              approval_id: "a1",
              approval_status: 3,
              approval_url: "https://oa.example.com/a1",
              process_list: {
                node_list: [{ node_apv_status: 3, node_apv_rel: 1, completed_approvers: ["zhangsan"] }]
              },
              ...fields
            }),
            ({ errcode }) => errcode
          )
        assert.strictEqual(yield* approval({}), 0)
        assert.strictEqual(yield* approval({ approval_id: "a2" }), 40058)
        assert.strictEqual(yield* approval({ apply_id: "none" }), 40058)
        assert.deepStrictEqual(yield* ids({ req_type: 1 }), [apply_id])
        const read = () => Effect.map(feature("get_approval_info", { apply_id }), ({ approval_info }) => approval_info)
        const application = {
          apply_id,
          applicant: "lisi",
          create_time: monday,
          business_type: 3,
          approval_id: "a1",
          approval_url: "https://oa.example.com/a1",
          approval_type: 2,
          request_reason: "空间不足"
        }
        assert.deepStrictEqual(yield* read(), { ...application, approval_status: 3 })
        yield* Acts.finish({ apply_id, end: "assigned" })
        assert.deepStrictEqual(yield* read(), { ...application, approval_status: 5 })
        assert.deepStrictEqual((yield* called.post("/cgi-bin/security/vip/list", {})).userid_list, ["lisi"])
        assert.strictEqual(yield* approval({}), 40058)
        assert.include((yield* Effect.flip(Acts.finish({ apply_id, end: "rejected" }))).message, "no open application")
        assert.deepStrictEqual(
          heard.map(({ header }) => header.key),
          [
            "event/submit_vip_account_approval",
            "event/submit_vip_account_approval",
            "event/finish_vip_account_approval"
          ]
        )
        assert.deepInclude(heard[0], { ApplyId: apply_id, BusinessType: 3, ApplyReason: "空间不足" })
        assert.deepInclude(heard[2], { ApplyId: apply_id, FinishType: 2 })
      })
    ))
})
