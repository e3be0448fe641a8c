/**
 * 设置文档权限: who may see and edit a document, and what readers may do with it.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"

/** 权限类型: `Write` only for smart sheets. */
export const DocumentAccess = Wire.oneOf({ Read: [1, "只读"], Write: [2, "读写"] })

/** 成员权限: `Write` only for smart sheets; a document has at most 3 administrators. */
export const DocumentMemberAccess = Wire.oneOf({ Read: [1, "只读"], Write: [2, "读写"], Admin: [7, "管理员"] })

/** 水印密度. */
export const WatermarkDensity = Wire.oneOf({ Sparse: [1, "稀疏"], Dense: [2, "紧密"] })

const rule = {
  /** Whether members of the corp may open it. */
  enable_corp_internal: Schema.Boolean,
  /** What members who open it may do. */
  corp_internal_auth: DocumentAccess.schema,
  /** Whether people outside the corp may open it. */
  enable_corp_external: Schema.Boolean,
  /** What people outside the corp who open it may do. */
  corp_external_auth: DocumentAccess.schema,
  /** Whether only an administrator may let members in; always so without `enable_corp_internal`. */
  corp_internal_approve_only_by_admin: Schema.Boolean,
  /**
   * Whether only an administrator may let people outside in; always so with neither `enable_corp_external` nor
   * `ban_share_external`.
   */
  corp_external_approve_only_by_admin: Schema.Boolean,
  /** Whether it may not be shared outside the corp. */
  ban_share_external: Schema.Boolean
}

/** 查看规则: who may open a document. */
export class DocumentAccessRule extends Schema.Class<DocumentAccessRule>("effect-wecom/DocumentAccessRule")({
  ...Wire.optionals(rule)
}) {}

const watermark = {
  margin_type: WatermarkDensity.schema,
  show_visitor_name: Schema.Boolean,
  show_text: Schema.Boolean,
  text: Schema.String
}

/** 水印. */
export class Watermark extends Schema.Opaque<Watermark>()(Schema.Struct(Wire.optionals(watermark))) {}

/** 安全设置. */
export class DocumentSecurity extends Schema.Class<DocumentSecurity>("effect-wecom/DocumentSecurity")({
  ...Wire.optionals({
    /** Whether readers may copy, export and print. */
    enable_readonly_copy: Schema.Boolean,
    watermark: Watermark,
    /** Whether readers may comment. */
    enable_readonly_comment: Schema.Boolean
  })
}) {}

/** 通知范围成员: who is notified of a document, and may open it. */
export class DocumentMember extends Schema.Class<DocumentMember>("effect-wecom/DocumentMember")({
  ...Wire.optionals({
    /** Always 1, a person. */
    type: Wire.int,
    userid: Schema.String,
    /** Of people outside the corp; another one in every document. `IdConversion` turns it into an external userid. */
    tmp_external_userid: Schema.String,
    auth: DocumentMemberAccess.schema
  })
}) {}

/** 特定部门: a department whose members may open a document. */
export class DocumentDepartment extends Schema.Class<DocumentDepartment>("effect-wecom/DocumentDepartment")({
  departmentid: Wire.int,
  ...Wire.optionals({
    /** Always 2, a department. */
    type: Wire.int,
    auth: DocumentAccess.schema
  })
}) {}

/** 文档权限信息. */
export class DocumentAuth extends Schema.Class<DocumentAuth>("effect-wecom/DocumentAuth")({
  ...Wire.optionals({ access_rule: DocumentAccessRule, secure_setting: DocumentSecurity }),
  doc_member_list: Wire.list(DocumentMember),
  co_auth_list: Wire.list(DocumentDepartment)
}) {}

const person = {
  /** A person, the only kind. */
  type: Wire.constant(1),
  ...Wire.optionals({
    userid: Schema.NonEmptyString,
    tmp_external_userid: Schema.NonEmptyString
  })
}

const isOnePerson = Schema.makeFilter((value: {
  readonly userid?: string | undefined
  readonly tmp_external_userid?: string | undefined
}) =>
  (value.userid === undefined) !== (value.tmp_external_userid === undefined) ||
  { path: ["userid"], issue: "either userid or tmp_external_userid is needed" }
)

/** 通知范围成员 to add or change. */
export class DocumentMemberEdit extends Schema.Opaque<DocumentMemberEdit>()(
  Schema.Struct({ ...person, auth: DocumentMemberAccess.schema }).check(isOnePerson)
) {}

/** 通知范围成员 to remove. */
export class DocumentMemberRef extends Schema.Opaque<DocumentMemberRef>()(Schema.Struct(person).check(isOnePerson)) {}

/** 修改文档查看规则: what to change; the rest stays. */
export class DocumentRuleEdit extends Schema.Opaque<DocumentRuleEdit>()(
  Schema.Struct({
    docid: Schema.NonEmptyString,
    ...Wire.optionals({
      ...rule,
      /** Whether `co_auth_list` takes the place of the present departments. */
      update_co_auth_list: Schema.Boolean,
      /** Departments whose members may open it; an empty list removes all. */
      co_auth_list: Schema.Array(
        Schema.Struct({ departmentid: Wire.int, auth: DocumentAccess.schema, type: Wire.constant(2) })
      )
    })
  }).check(
    Schema.makeFilter((edit) =>
      edit.co_auth_list !== undefined && edit.update_co_auth_list !== true
        ? { path: ["update_co_auth_list"], issue: "must be true for co_auth_list to be taken" }
        : edit.enable_corp_internal === false && edit.corp_internal_approve_only_by_admin === false
        ? { path: ["corp_internal_approve_only_by_admin"], issue: "must be true without enable_corp_internal" }
        : edit.enable_corp_external === false && edit.ban_share_external === false &&
            edit.corp_external_approve_only_by_admin === false
        ? {
          path: ["corp_external_approve_only_by_admin"],
          issue: "must be true with neither enable_corp_external nor ban_share_external"
        }
        : true
    )
  )
) {}

/**
 * 设置文档权限: who may see and edit a document, spreadsheet or smart sheet that the app has made, and what readers may
 * do with it.
 */
export class DocumentPermissions
  extends Domain.Service<DocumentPermissions>()("oa/documents/DocumentPermissions", "OA·文档", {
    /**
     * 获取文档权限信息. Who may open a document, whom it was given to, and its security settings.
     * @see https://developer.work.weixin.qq.com/document/path/97461
     */
    get: Endpoint.query("/cgi-bin/wedoc/doc_get_auth", 97461, () => ({
      body: { docid: Schema.NonEmptyString },
      success: DocumentAuth
    })),
    /**
     * 修改文档查看规则. Who may open a document: what is left out stays. Approval by administrators alone needs at least one
     * administrator.
     * @see https://developer.work.weixin.qq.com/document/path/97778
     */
    updateRule: Endpoint.post("/cgi-bin/wedoc/mod_doc_join_rule", { doc: 97778, idempotent: true }, () => ({
      body: DocumentRuleEdit
    })),
    /**
     * 修改文档通知范围及权限. Gives the document to people, changes what they may do, or takes it from them.
     * @see https://developer.work.weixin.qq.com/document/path/97781
     */
    updateMembers: Endpoint.post("/cgi-bin/wedoc/mod_doc_member", { doc: 97781, idempotent: true }, () => ({
      body: Schema.Struct({
        docid: Schema.NonEmptyString,
        ...Wire.optionals({
          /** To add or change, at most 100. */
          update_file_member_list: Wire.items(DocumentMemberEdit, 100),
          /** To remove, at most 100. */
          del_file_member_list: Wire.items(DocumentMemberRef, 100)
        })
      }).check(Wire.anyOf("update_file_member_list", "del_file_member_list"))
    })),
    /**
     * 修改文档安全设置. Whether readers may copy a document, and its watermark: what is left out stays.
     * @see https://developer.work.weixin.qq.com/document/path/97782
     */
    updateSecurity: Endpoint.post("/cgi-bin/wedoc/mod_doc_safty_setting", { doc: 97782, idempotent: true }, () => ({
      body: {
        docid: Schema.NonEmptyString,
        ...Wire.optionals({
          /** Whether readers may copy and download. */
          enable_readonly_copy: Schema.Boolean,
          watermark: Watermark
        })
      }
    }))
  })
{}
