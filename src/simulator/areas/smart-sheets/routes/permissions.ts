/** 设置文档权限, 管理智能表格内容权限, 高级功能账号管理. */
import {
  DocumentAccountPage,
  DocumentAccountResult,
  DocumentAccounts
} from "../../../../oa/documents/DocumentAccounts.ts"
import {
  DocumentAccess,
  DocumentAccessRule,
  DocumentAuth,
  DocumentDepartment,
  DocumentMember,
  DocumentMemberAccess,
  DocumentPermissions,
  DocumentSecurity
} from "../../../../oa/documents/DocumentPermissions.ts"
import { DocumentType } from "../../../../oa/documents/Documents.ts"
import {
  PrivilegeRule,
  RuleType,
  SheetPrivilege,
  type SheetPrivilegeEdit,
  SmartSheetPermissions
} from "../../../../oa/smart-sheets/SmartSheetPermissions.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { type AppCall, existing, merged, refuse, route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { findMember } from "../../../engine/World.ts"
import { documentOf } from "../Documents.ts"
import { type Permissions, permissionsOf } from "../Permissions.ts"

const { endpoints } = DocumentPermissions
const rules = SmartSheetPermissions.endpoints
const accounts = DocumentAccounts.endpoints

const vips = State.make("smart-sheets/accounts", () => new Set<string>())

const permitted = (call: AppCall<{ readonly docid: string }>): Permissions =>
  permissionsOf(call.corp, documentOf(call, call.input.docid))

/** Documents, spreadsheets and forms are only read. */
const checkWrite = (call: AppCall<{ readonly docid: string }>, auth: number | undefined): void => {
  const isWrite = auth === DocumentAccess.Write
  if (isWrite && documentOf(call, call.input.docid).type !== DocumentType.SmartSheet) {
    refuse(40_058, "only smart sheets may be written by members")
  }
}

const isAdmin = ({ auth }: DocumentMember) => auth === DocumentMemberAccess.Admin

/** Whether two entries mean one person. */
const isSame = (one: Person, other: Person): boolean =>
  one.userid === undefined
    ? one.tmp_external_userid === other.tmp_external_userid
    : one.userid.toLowerCase() === other.userid?.toLowerCase()

interface Person {
  readonly userid?: string | undefined
  readonly tmp_external_userid?: string | undefined
}

/** At most so many administrators has a document, and so many rules a smart sheet. */
const admins = 3
const maxRules = 20

const extraOf = (permissions: Permissions, id: number) => existing(permissions.extra, id, 40_058, "invalid rule_id")

/** The privileges of a rule after a change. */
const changedPrivileges = (
  before: PrivilegeRule["priv_list"],
  changes: ReadonlyArray<typeof SheetPrivilegeEdit.Type>
): PrivilegeRule["priv_list"] => [
  ...before.filter(({ sheet_id }) => !changes.some((change) => change.sheet_id === sheet_id)),
  ...changes.filter(({ clear }) => clear !== true).map((change) => new SheetPrivilege({ ...change, clear: undefined }))
]

/** Gives members the paid functions, or takes them. */
const changeAccounts = (
  call: AppCall<{ readonly userid_list: ReadonlyArray<string> }>,
  change: (all: Set<string>, userid: string) => void
) => {
  const succ_userid_list = call.input.userid_list.filter((userid) => isSeenMember(call, userid))
  for (const userid of succ_userid_list) change(vips(call.corp), userid)
  return new DocumentAccountResult({
    succ_userid_list,
    fail_userid_list: call.input.userid_list.filter((userid) => !succ_userid_list.includes(userid))
  })
}

export const permissions = [
  route(endpoints.get, (call) => {
    const { departments, members, rule, security } = permitted(call)
    return new DocumentAuth({
      access_rule: rule,
      secure_setting: security,
      doc_member_list: members,
      co_auth_list: departments
    })
  }),

  route(endpoints.updateRule, (call) => {
    const permissions = permitted(call)
    const { co_auth_list = [], docid: _, update_co_auth_list, ...changes } = call.input
    for (const auth of [changes.corp_internal_auth, changes.corp_external_auth]) checkWrite(call, auth)
    for (const { auth, departmentid } of co_auth_list) {
      checkWrite(call, auth)
      if (!call.corp.departments.has(departmentid)) refuse(60_003)
    }
    const rule = new DocumentAccessRule(merged(permissions.rule, changes))
    if (
      (changes.corp_internal_approve_only_by_admin === true || changes.corp_external_approve_only_by_admin === true) &&
      !permissions.members.some(isAdmin)
    ) refuse(40_058, "the document has no administrator")
    if (rule.enable_corp_internal === false && changes.corp_internal_approve_only_by_admin === false) {
      refuse(40_058, "corp_internal_approve_only_by_admin must be true")
    }
    permissions.rule = rule
    if (update_co_auth_list === true) {
      permissions.departments = co_auth_list.map((department) => new DocumentDepartment(department))
    }
  }),

  route(endpoints.updateMembers, (call) => {
    const permissions = permitted(call)
    const { del_file_member_list = [], update_file_member_list = [] } = call.input
    for (const { auth, userid } of update_file_member_list) {
      checkWrite(call, auth)
      if (userid !== undefined && findMember(call.corp, userid) === undefined) refuse(60_111)
    }
    const gone = [...del_file_member_list, ...update_file_member_list]
    const members = [
      ...permissions.members.filter((member) => !gone.some((person) => isSame(person, member))),
      ...update_file_member_list.map(({ auth, tmp_external_userid, type, userid }) =>
        new DocumentMember({ type, userid, tmp_external_userid, auth })
      )
    ]
    if (members.filter(isAdmin).length > admins) refuse(40_058, "more than 3 administrators")
    permissions.members = members
  }),

  route(endpoints.updateSecurity, (call) => {
    const permissions = permitted(call)
    const { docid: _, ...changes } = call.input
    permissions.security = new DocumentSecurity(merged(permissions.security, changes))
  }),

  route(rules.list, (call) => {
    const { everyone, extra } = permitted(call)
    const { rule_id_list = [], type } = call.input
    return type === RuleType.Everyone
      ? [new PrivilegeRule({ type, priv_list: everyone, rule_id: undefined, name: undefined })]
      : rule_id_list.flatMap((id) => extra.get(id)?.rule ?? [])
  }),

  route(rules.update, (call) => {
    const permissions = permitted(call)
    const { docid, name, priv_list = [], rule_id, type } = call.input
    const sheets = documentOf(call, docid).sheets.map(({ id }) => id)
    if (!priv_list.every(({ sheet_id }) => sheets.includes(sheet_id))) refuse(301_085, "invalid sheet_id")
    if (type === RuleType.Everyone) permissions.everyone = changedPrivileges(permissions.everyone, priv_list)
    else {
      const id = rule_id ?? refuse(40_058)
      const { members, rule } = extraOf(permissions, id)
      permissions.extra.set(id, {
        members,
        rule: new PrivilegeRule({
          ...rule,
          name: name ?? rule.name,
          priv_list: changedPrivileges(rule.priv_list, priv_list)
        })
      })
    }
  }),

  route(rules.createRule, (call) => {
    const { extra } = permitted(call)
    const { name } = call.input
    if (extra.size >= maxRules) refuse(40_058, "more than 20 rules")
    if ([...extra.values()].some(({ rule }) => rule.name === name)) refuse(40_058, "name is taken")
    const rule_id = call.world.next()
    extra.set(rule_id, {
      members: new Set(),
      rule: new PrivilegeRule({ rule_id, type: RuleType.Extra, name, priv_list: [] })
    })
    return rule_id
  }),

  route(rules.updateRuleMembers, (call) => {
    const permissions = permitted(call)
    const { add_member_range, del_member_range, rule_id } = call.input
    const { members, rule } = extraOf(permissions, rule_id)
    const added = (add_member_range?.userid_list ?? []).map((userid) =>
      (findMember(call.corp, userid) ?? refuse(60_111)).user.userid.toLowerCase()
    )
    const removed = (del_member_range?.userid_list ?? []).map((userid) => userid.toLowerCase())
    permissions.extra.set(rule_id, {
      rule,
      members: new Set([...members, ...added].filter((userid) => !removed.includes(userid)))
    })
  }),

  route(rules.deleteRules, (call) => {
    const permissions = permitted(call)
    for (const id of call.input.rule_id_list) extraOf(permissions, id)
    for (const id of call.input.rule_id_list) permissions.extra.delete(id)
  }),

  route(accounts.add, (call) => changeAccounts(call, (all, userid) => void all.add(userid))),
  route(accounts.remove, (call) => changeAccounts(call, (all, userid) => void all.delete(userid))),

  route(accounts.list, (call) => {
    const { cursor, limit = 100 } = call.input
    const seen = [...vips(call.corp)].filter((userid) => isSeenMember(call, userid))
    const { items, next_cursor } = pageOf(seen, cursor, limit)
    return new DocumentAccountPage({ userid_list: items, has_more: next_cursor !== undefined, next_cursor })
  })
]
