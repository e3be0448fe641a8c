/**
 * Who may do what with documents: their rules (查看规则), members (通知范围) and security settings; of smart sheets also the
 * rules for their sheets (内容权限).
 */
import {
  DocumentAccess,
  DocumentAccessRule,
  type DocumentDepartment,
  type DocumentMember,
  DocumentMemberAccess,
  DocumentSecurity
} from "../../../oa/documents/DocumentPermissions.ts"
import { DocumentType } from "../../../oa/documents/Documents.ts"
import { type PrivilegeRule, SheetAccess } from "../../../oa/smart-sheets/SmartSheetPermissions.ts"
import * as State from "../../engine/State.ts"
import { type Corp, isUnder, type Member } from "../../engine/World.ts"
import type { Document } from "./Documents.ts"

/** A rule for members of its own. */
export interface ExtraRule {
  readonly rule: PrivilegeRule
  /** Userids in lower case. */
  readonly members: ReadonlySet<string>
}

/** Who may do what with a document. */
export interface Permissions {
  rule: DocumentAccessRule
  security: DocumentSecurity
  members: ReadonlyArray<DocumentMember>
  departments: ReadonlyArray<DocumentDepartment>
  /** Of a smart sheet: what everybody may do in its sheets. */
  everyone: PrivilegeRule["priv_list"]
  readonly extra: Map<number, ExtraRule>
}

const permissions = State.make("smart-sheets/permissions", () => new Map<string, Permissions>())

/** Smart sheets are edited by the corp's members, everything else is read. */
const standard = ({ type }: Document): Permissions => ({
  rule: new DocumentAccessRule({
    enable_corp_internal: true,
    corp_internal_auth: type === DocumentType.SmartSheet ? DocumentAccess.Write : DocumentAccess.Read,
    enable_corp_external: false,
    corp_external_auth: DocumentAccess.Read,
    corp_internal_approve_only_by_admin: false,
    corp_external_approve_only_by_admin: true,
    ban_share_external: false
  }),
  security: new DocumentSecurity({
    enable_readonly_copy: true,
    enable_readonly_comment: false,
    watermark: undefined
  }),
  members: [],
  departments: [],
  everyone: [],
  extra: new Map()
})

/** The permissions of a document. */
export const permissionsOf = (corp: Corp, document: Document): Permissions => {
  const all = permissions(corp)
  const found = all.get(document.id) ?? standard(document)
  all.set(document.id, found)
  return found
}

const isSame = (userid: string | undefined, { user }: Member): boolean =>
  userid?.toLowerCase() === user.userid.toLowerCase()

/** What a member may do with a document: nothing, read it, write it, or administer it. */
export const accessOf = (corp: Corp, document: Document, member: Member): number => {
  const { departments, members, rule } = permissionsOf(corp, document)
  const given = members.find(({ userid }) => isSame(userid, member))?.auth
  if (given !== undefined) return given
  const shared = departments.find(({ departmentid }) =>
    member.user.department.some((id) => isUnder(corp, id, [departmentid]))
  )?.auth
  return shared ?? (rule.enable_corp_internal === true ? rule.corp_internal_auth ?? DocumentAccess.Read : 0)
}

/** Whether a member administers a document. */
export const isAdmin = (corp: Corp, document: Document, member: Member): boolean =>
  accessOf(corp, document, member) === DocumentMemberAccess.Admin

/** Whether a member may add, change or delete records of a sheet. */
export const mayEdit = (
  corp: Corp,
  document: Document,
  sheet_id: string,
  member: Member,
  what: "insert" | "update" | "delete"
): boolean => {
  const access = accessOf(corp, document, member)
  if (access === DocumentMemberAccess.Admin) return true
  if (access !== DocumentMemberAccess.Write) return false
  const { everyone, extra } = permissionsOf(corp, document)
  const own = [...extra.values()].filter(({ members }) => members.has(member.user.userid.toLowerCase()))
  const rules = [...own.flatMap(({ rule }) => rule.priv_list), ...everyone].filter((rule) => rule.sheet_id === sheet_id)
  // Without a rule everybody edits; of several the widest counts.
  return rules.length === 0 ||
    rules.some(({ can_delete_record, can_insert_record, priv }) =>
      priv === undefined || priv === SheetAccess.All ||
      (priv === SheetAccess.Edit &&
        (what === "update" || (what === "insert" ? can_insert_record !== false : can_delete_record !== false)))
    )
}
