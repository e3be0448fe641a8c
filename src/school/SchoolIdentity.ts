/**
 * 网页授权登录 of schools: which parent or student visits a page, told from the `code` that the visitor brings.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { identified } from "../internal/wire/identified.ts"
import * as Wire from "../Wire.ts"

/** 家长. A visitor who is a parent. */
export class ParentVisitor extends Schema.Class<ParentVisitor>("effect-wecom/ParentVisitor")({
  parent_userid: Schema.String,
  /** Of the phone; another one after WeCom is installed again. */
  DeviceId: Wire.optional(Schema.String)
}) {}

/** 学生. A visitor who is a student. */
export class StudentVisitor extends Schema.Class<StudentVisitor>("effect-wecom/StudentVisitor")({
  student_userid: Schema.String,
  /** Of the phone; another one after WeCom is installed again. */
  DeviceId: Wire.optional(Schema.String)
}) {}

/** 家校访问用户身份. Who visits: a parent if `"parent_userid" in visitor`. Never nobody. */
export const SchoolVisitor: Schema.Codec<ParentVisitor | StudentVisitor, unknown> = Schema.Union([
  identified(ParentVisitor, ["parent_userid"]),
  identified(StudentVisitor, ["student_userid"])
])
export type SchoolVisitor = typeof SchoolVisitor.Type

/** 网页授权登录 of schools: which parent or student visits a page. */
export class SchoolIdentity extends Domain.Service<SchoolIdentity>()("school/SchoolIdentity", "家校·基础", {
  /**
   * 获取家校访问用户身份. 50001: the page is not of the app's trusted domain; 40029: the code is used up or too old.
   * @see https://developer.work.weixin.qq.com/document/path/95791
   */
  getVisitor: Endpoint.get("/cgi-bin/school/getuserinfo", { doc: 95791, idempotent: false }, () => ({
    query: {
      /** From the query of the redirect: at most 512 bytes, good for 5 minutes and one use. */
      code: Wire.text(512)
    },
    success: SchoolVisitor
  }))
}) {}
