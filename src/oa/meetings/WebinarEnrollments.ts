/**
 * 网络研讨会报名: who has enrolled for a webinar, and what they were asked.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import {
  EnrollmentConfig,
  EnrollmentDecision,
  EnrollmentDeletion,
  EnrollmentId,
  EnrollmentIdQuery,
  EnrollmentImport,
  EnrollmentPage,
  EnrollmentQuery,
  ImportedEnrollments,
  NewEnrollmentConfig
} from "./Enrollment.ts"

/**
 * 网络研讨会报名: who has enrolled for a webinar, and what they were asked.
 *
 * For webinars that the app has made, and that people enrol for. Only the corp's own apps (自建应用) may.
 */
export class WebinarEnrollments
  extends Domain.Service<WebinarEnrollments>()("oa/meetings/WebinarEnrollments", "OA·会议", {
    /**
     * 修改网络研讨会报名配置. Returns how many questions are asked: 0 if none are collected.
     * @see https://developer.work.weixin.qq.com/document/path/98875
     */
    setConfig: Endpoint.post("/cgi-bin/meeting/webinar/enroll/set_config", { doc: 98875, idempotent: true }, () => ({
      body: NewEnrollmentConfig,
      success: Endpoint.pluck("question_count", Wire.int)
    })),
    /**
     * 获取网络研讨会报名配置. Fails if nobody can enrol for it.
     * @see https://developer.work.weixin.qq.com/document/path/98874
     */
    getConfig: Endpoint.query("/cgi-bin/meeting/webinar/enroll/get_config", 98874, () => ({
      body: { meetingid: Schema.NonEmptyString },
      success: EnrollmentConfig
    })),
    /**
     * 获取网络研讨会成员报名 ID. By 会中临时ID; those who have not enrolled are left out.
     * @see https://developer.work.weixin.qq.com/document/path/98873
     */
    listIds: Endpoint.query("/cgi-bin/meeting/webinar/enroll/query_by_tmp_openid", 98873, () => ({
      body: EnrollmentIdQuery,
      success: Endpoint.pluck("enroll_id_list", Wire.list(EnrollmentId))
    })),
    /**
     * 获取网络研讨会报名信息. One page of those who have enrolled, with their answers.
     * @see https://developer.work.weixin.qq.com/document/path/98876
     */
    list: Endpoint.query(
      "/cgi-bin/meeting/webinar/enroll/list",
      { doc: 98876, int64: ["enroll_id"] },
      () => ({ body: EnrollmentQuery, success: EnrollmentPage })
    ),
    /**
     * 审批网络研讨会报名信息. Returns how many were dealt with.
     * @see https://developer.work.weixin.qq.com/document/path/98877
     */
    approve: Endpoint.post("/cgi-bin/meeting/webinar/enroll/approve", { doc: 98877, idempotent: true }, () => ({
      body: EnrollmentDecision,
      success: Endpoint.pluck("handled_count", Wire.int)
    })),
    /**
     * 导入网络研讨会报名信息. Fails if nobody can enrol for it.
     * @see https://developer.work.weixin.qq.com/document/path/98880
     */
    import: Endpoint.post(
      "/cgi-bin/meeting/webinar/enroll/import",
      98880,
      () => ({ body: EnrollmentImport, success: ImportedEnrollments })
    ),
    /**
     * 删除网络研讨会报名信息. Those who enrolled themselves as well as those imported. Returns how many were deleted.
     * @see https://developer.work.weixin.qq.com/document/path/98881
     */
    delete: Endpoint.post("/cgi-bin/meeting/webinar/enroll/delete", { doc: 98881, idempotent: true }, () => ({
      body: EnrollmentDeletion,
      success: Endpoint.pluck("total_count", Wire.int)
    }))
  }, (endpoints) => ({
    /**
     * 获取网络研讨会报名信息. All who have enrolled, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/98876
     */
    listAll: Paging.byCursor(endpoints.list, "enroll_list")
  }))
{}
