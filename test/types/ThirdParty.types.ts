/**
 * What the types of third-party apps allow, and what they refuse.
 */
import { type Effect, Redacted } from "effect"
import type { StoreError, SuiteApp, WeComError } from "effect-wecom"
import type { CallbackEvent, CallbackRouter } from "effect-wecom/callback"
import type { Department, Departments } from "effect-wecom/contacts"
import { type IdConversion, LoginUrl } from "effect-wecom/identity"
import { AppDirectory, SuiteTickets } from "effect-wecom/tenants"
import {
  type ContactIdTranslation,
  InstallUrl,
  type SuiteAuthorisation,
  type SuiteVisitor
} from "effect-wecom/third-party"

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <A, B>(_: Equal<A, B>): void => {}

declare const departments: Departments["Service"]
declare const authorisation: SuiteAuthorisation["Service"]
declare const translation: ContactIdTranslation["Service"]
declare const conversion: IdConversion["Service"]
declare const suite: SuiteApp
const code = Redacted.make("code")

// Running as a corp adds the directory to what is needed, and changes nothing else.
const run = departments.list().pipe(AppDirectory.run("ww1"))
same<typeof run, Effect.Effect<ReadonlyArray<Department>, WeComError, AppDirectory>>(true)
departments.list().pipe(AppDirectory.run({ corpId: "ww1", agentId: 7, suiteId: "ww-suite" }))
// @ts-expect-error: an agent id alone names no corp
departments.list().pipe(AppDirectory.run({ agentId: 7 }))

// A suite belongs to no corp.
declare const apps: AppDirectory["Service"]
// @ts-expect-error: only apps of corps are kept
apps.put(suite)

// The ready handler fits its event, and no other.
const handlers: CallbackRouter.Handlers = { "InfoType/suite_ticket": SuiteTickets.receive }
void handlers
// @ts-expect-error: a ticket is not an installation
const crossed: CallbackRouter.Handlers = { "InfoType/create_auth": SuiteTickets.receive }
void crossed
declare const pushed: CallbackEvent.ByKey["InfoType/suite_ticket"]
const received = SuiteTickets.receive(pushed)
same<typeof received, Effect.Effect<void, StoreError, SuiteTickets>>(true)
same<typeof pushed["SuiteTicket"], Redacted.Redacted>(true)
declare const created: CallbackEvent.ByKey["InfoType/create_auth"]
same<typeof created["AuthCode"], Redacted.Redacted>(true)

// Codes are secrets from the moment they enter.
authorisation.getPermanentCode({ auth_code: created.AuthCode })
// @ts-expect-error: a plain text is no secret
authorisation.getPermanentCode({ auth_code: "code" })
// @ts-expect-error: a misspelt key
authorisation.getAuthInfo({ auth_corp_id: "ww1", permanent_code: code })
// @ts-expect-error: the URL is asked for, not the picture
authorisation.getQrcodeUrl({ suite_id: "ww-suite", result_type: 1 })
InstallUrl.install({ suite_id: "ww-suite", pre_auth_code: code, redirect_uri: "https://example.com" })
// @ts-expect-error: a plain text is no secret
InstallUrl.install({ suite_id: "ww-suite", pre_auth_code: "code", redirect_uri: "https://example.com" })
// @ts-expect-error: nobody else may log in
LoginUrl.providerLogin({ corpid: "ww1", redirect_uri: "https://example.com", usertype: "guest" })

// A visitor is a member or not.
declare const visitor: SuiteVisitor
if ("userid" in visitor) same<typeof visitor.corpid, string>(true)
else same<typeof visitor.openid, string>(true)
// @ts-expect-error: which of the two it is has to be asked first
void visitor.userid

translation.translate({ auth_corpid: "ww1", media_id_list: ["m1"], output_file_format: "pdf" })
// @ts-expect-error: pdf is the only other format
translation.translate({ auth_corpid: "ww1", media_id_list: ["m1"], output_file_format: "docx" })

conversion.convertOpenUseridsToUserids({ open_userid_list: ["wo1"] })
// @ts-expect-error: whose id it is must be said
conversion.convertExternalUseridFromService({ external_userid: "wm1" })
