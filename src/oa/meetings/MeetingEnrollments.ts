/**
 * 会议报名: who has enrolled for a meeting, and what they were asked.
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
 * 会议报名: who has enrolled for a meeting, and what they were asked.
 *
 * For meetings that the app has made, and that people enrol for. Only the corp's own apps (自建应用) may.
 */
export class MeetingEnrollments
  extends Domain.Service<MeetingEnrollments>()("oa/meetings/MeetingEnrollments", "OA·会议", {
    /**
     * 修改会议报名配置. Returns how many questions are asked: 0 if none are collected.
     * @see https://developer.work.weixin.qq.com/document/path/98797
     */
    setConfig: Endpoint.post("/cgi-bin/meeting/enroll/set_config", { doc: 98797, idempotent: true }, () => ({
      body: NewEnrollmentConfig,
      success: Endpoint.pluck("question_count", Wire.int)
    })),
    /**
     * 获取会议报名配置. Fails if nobody can enrol for it.
     * @see https://developer.work.weixin.qq.com/document/path/98800
     */
    getConfig: Endpoint.query("/cgi-bin/meeting/enroll/get_config", 98800, () => ({
      body: { meetingid: Schema.NonEmptyString },
      success: EnrollmentConfig
    })),
    /**
     * 获取会议成员报名 ID. By 会中临时ID; those who have not enrolled are left out.
     * @see https://developer.work.weixin.qq.com/document/path/98794
     */
    listIds: Endpoint.query("/cgi-bin/meeting/enroll/query_by_tmp_openid", 98794, () => ({
      body: EnrollmentIdQuery,
      success: Endpoint.pluck("enroll_id_list", Wire.list(EnrollmentId))
    })),
    /**
     * 获取会议报名信息. One page of those who have enrolled, with their answers.
     * @see https://developer.work.weixin.qq.com/document/path/98810
     */
    list: Endpoint.query(
      "/cgi-bin/meeting/enroll/list",
      98810,
      () => ({ body: EnrollmentQuery, success: EnrollmentPage })
    ),
    /**
     * 审批会议报名信息. Returns how many were dealt with.
     * @see https://developer.work.weixin.qq.com/document/path/98807
     */
    approve: Endpoint.post("/cgi-bin/meeting/enroll/approve", { doc: 98807, idempotent: true }, () => ({
      body: EnrollmentDecision,
      success: Endpoint.pluck("handled_count", Wire.int)
    })),
    /**
     * 导入会议报名信息. Fails if nobody can enrol for it.
     * @see https://developer.work.weixin.qq.com/document/path/98816
     */
    import: Endpoint.post(
      "/cgi-bin/meeting/enroll/import",
      98816,
      () => ({ body: EnrollmentImport, success: ImportedEnrollments })
    ),
    /**
     * 删除会议报名信息. Those who enrolled themselves as well as those imported. Returns how many were deleted.
     * @see https://developer.work.weixin.qq.com/document/path/98817
     */
    delete: Endpoint.post("/cgi-bin/meeting/enroll/delete", { doc: 98817, idempotent: true }, () => ({
      body: EnrollmentDeletion,
      success: Endpoint.pluck("total_count", Wire.int)
    }))
  }, (endpoints) => ({
    /**
     * 获取会议报名信息. All who have enrolled, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/98810
     */
    listAll: Paging.byCursor(endpoints.list, "enroll_list")
  }))
{}
