/**
 * 网页授权登录 of schools, for third-party apps: calls run as a suite.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { identified } from "../internal/wire/identified.ts"
import * as Wire from "../Wire.ts"

/** 家长. A visitor who is a parent, at each of the schools. */
export class SuiteParentVisitor extends Schema.Class<SuiteParentVisitor>("effect-wecom/SuiteParentVisitor")({
  parents: Schema.Array(Schema.Struct({ corpid: Schema.String, parent_userid: Schema.String })),
  /** Of the phone; another one after WeCom is installed again. */
  DeviceId: Wire.optional(Schema.String)
}) {}

/** 学生. A visitor who is a student, at each of the schools. */
export class SuiteStudentVisitor extends Schema.Class<SuiteStudentVisitor>("effect-wecom/SuiteStudentVisitor")({
  students: Schema.Array(Schema.Struct({ corpid: Schema.String, student_userid: Schema.String })),
  /** Of the phone; another one after WeCom is installed again. */
  DeviceId: Wire.optional(Schema.String)
}) {}

/** 家校访问用户身份. Who visits: a parent if `"parents" in visitor`. Never nobody. */
export const SuiteSchoolVisitor: Schema.Codec<SuiteParentVisitor | SuiteStudentVisitor, unknown> = Schema.Union([
  identified(SuiteParentVisitor, ["parents"]),
  identified(SuiteStudentVisitor, ["students"])
])
export type SuiteSchoolVisitor = typeof SuiteSchoolVisitor.Type

/** 网页授权登录 of schools, for third-party apps: calls run as a suite. */
export class SuiteSchoolIdentity
  extends Domain.Service<SuiteSchoolIdentity>()("school/SuiteSchoolIdentity", "家校·基础", {
    /**
     * 获取家校访问用户身份. 50001: the page is not of the suite's trusted domain; 40029: the code is used up or too old.
     * @see https://developer.work.weixin.qq.com/document/path/95790
     */
    getVisitor: Endpoint.get(
      "/cgi-bin/service/school/getuserinfo3rd",
      { doc: 95790, credential: "suite", idempotent: false },
      () => ({
        query: {
          /** From the query of the redirect: at most 512 bytes, good for 5 minutes and one use. */
          code: Wire.text(512)
        },
        success: SuiteSchoolVisitor
      })
    )
  })
{}
