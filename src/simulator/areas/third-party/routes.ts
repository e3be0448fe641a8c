/** 应用授权, 身份验证 of third-party apps, 成员授权, 推广二维码, 通讯录ID转译. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { SuiteBatchJobFinished } from "../../../callback/events/SuiteEvents.ts"
import type { Department } from "../../../contacts/Departments.ts"
import { UserGender } from "../../../contacts/UserGender.ts"
import type { User } from "../../../contacts/Users.ts"
import * as Endpoint from "../../../Endpoint.ts"
import {
  AuthMode,
  AuthorisedAgent,
  AuthorisedCorp,
  AuthType,
  CorpType,
  PrivilegeLevel,
  SubjectType
} from "../../../third-party/AuthorisedCorp.ts"
import {
  ContactIdTranslation,
  type Found,
  SearchPage,
  SearchRange,
  SearchResult,
  SearchType,
  SortField,
  SortOrder,
  TranslationFile,
  TranslationJob,
  TranslationStatus
} from "../../../third-party/ContactIdTranslation.ts"
import { CorpRegistration, RegisterCode, RegisteredCorp } from "../../../third-party/CorpRegistration.ts"
import {
  AuthorisedMember,
  AuthorisedMemberPage,
  MemberAuthorisation,
  SelectedMembers
} from "../../../third-party/MemberAuthorisation.ts"
import {
  AdminAuthType,
  PreAuthCode,
  SuiteAdmin,
  SuiteAuthorisation,
  SuiteAuthorisationInfo,
  SuiteInstallation,
  TemplateUrl
} from "../../../third-party/SuiteAuthorisation.ts"
import {
  LegacySuiteMemberVisitor,
  LoginInfo,
  LoginUserType,
  SuiteIdentity,
  SuiteMemberVisitor,
  SuiteMiniProgramSession,
  SuiteVisitorDetail
} from "../../../third-party/SuiteIdentity.ts"
import { plainIdOf } from "../../engine/OpenIds.ts"
import { Recent } from "../../engine/Recent.ts"
import { type AppCall, existing, openRoute, providerRoute, refuse, route, suiteRoute } from "../../engine/Route.ts"
import { isSeenMember, maySeeDepartment, maySeeMember } from "../../engine/Sight.ts"
import * as State from "../../engine/State.ts"
import {
  type App,
  type Corp,
  type File,
  findMedia,
  findMember,
  grant,
  type Installation,
  isTemplate,
  keepMedia,
  type Media,
  type Provider,
  type Suite,
  type World
} from "../../engine/World.ts"
import { accountLimit, member } from "../contacts/routes/users.ts"
import { providerLoginCodes, spend, suiteLoginCodes } from "../identity/Login.ts"
import { codeLife, queryLife, registrationsOf } from "./Registrations.ts"
import {
  acceptsPreAuthCode,
  issuePreAuthCode,
  openUserId,
  preAuthCodeLife,
  redeem,
  selectionOf,
  suiteOf
} from "./Suites.ts"

// ---------------------------------------------------------------------------------------------------------------------
// 应用授权
// ---------------------------------------------------------------------------------------------------------------------

const { endpoints: authorisation } = SuiteAuthorisation

/** A suite in a corp, with its permanent code. */
const installed = (suite: Suite, corpId: string, code: Redacted.Redacted): Installation => {
  const installation = existing(suite.installations, corpId, 40084)
  return Redacted.value(installation.app.secret) === Redacted.value(code) ? installation : refuse(40084)
}

const corpInfo = (corp: Corp): AuthorisedCorp =>
  new AuthorisedCorp({
    corpid: corp.id,
    corp_name: corp.name,
    corp_type: CorpType.Verified,
    corp_user_max: accountLimit(corp),
    corp_full_name: corp.name,
    subject_type: SubjectType.Company,
    auth_type: AuthType.Formal
  })

const agentOf = (suite: Suite, { app, mode }: Installation): AuthorisedAgent => {
  const { departments = [], members = [], tags = [] } = app.visible ?? { departments: [1] }
  return new AuthorisedAgent({
    agentid: app.agentId ?? 0,
    name: app.name,
    auth_mode: mode === "member" ? AuthMode.Member : AuthMode.Admin,
    is_customized_app: isTemplate(suite),
    privilege: {
      level: isTemplate(suite) ? PrivilegeLevel.Customised : PrivilegeLevel.BasicReadOnly,
      allow_user: members,
      allow_party: departments,
      allow_tag: tags,
      extra_user: [],
      extra_party: [],
      extra_tag: []
    }
  })
}

/** Spends the code of an installation. */
const install = (world: World, suite: Suite, code: Redacted.Redacted, now: number) => {
  const { installation, options } = redeem(world, suite, Redacted.value(code), now) ?? refuse(40078)
  const { app, by, corp } = installation
  const user = by === undefined ? undefined : findMember(corp, by)?.user
  return {
    installation,
    answer: {
      permanent_code: app.secret,
      auth_corp_info: new AuthorisedCorp({ corpid: corp.id, corp_name: corp.name }),
      auth_user_info: user && { userid: user.userid, open_userid: openUserId(corp, user.userid), name: user.userid },
      state: options.state
    }
  }
}

const authInfo = (suite: Suite, installation: Installation): SuiteAuthorisationInfo =>
  new SuiteAuthorisationInfo({
    auth_corp_info: corpInfo(installation.corp),
    auth_info: { agent: [agentOf(suite, installation)] }
  })

const authorisationRoutes = [
  suiteRoute(authorisation.getPreAuthCode, ({ now, suite, world }) =>
    new PreAuthCode({
      pre_auth_code: Redacted.make(issuePreAuthCode(world, suite, now)),
      expires_in: preAuthCodeLife / 1000
    })),
  suiteRoute(authorisation.setSessionInfo, ({ input, now, suite }) => {
    if (!acceptsPreAuthCode(suite, Redacted.value(input.pre_auth_code), now)) refuse(42007)
  }),
  suiteRoute(
    authorisation.getPermanentCode,
    ({ input, now, suite, world }) => new SuiteInstallation(install(world, suite, input.auth_code, now).answer)
  ),
  suiteRoute(authorisation.getPermanentCodeLegacy, ({ input, now, suite, world }) => {
    const { answer, installation } = install(world, suite, input.auth_code, now)
    const whole = {
      ...answer,
      auth_corp_info: corpInfo(installation.corp),
      auth_info: { agent: [agentOf(suite, installation)] }
    }
    if (isTemplate(suite)) return new SuiteInstallation(whole)
    const { app, corp } = installation
    const token = grant(world, { kind: "app", corp, app }, now)
    return new SuiteInstallation({
      ...whole,
      access_token: Redacted.make(token.value),
      expires_in: Math.floor((token.endsAt - now) / 1000)
    })
  }),
  suiteRoute(
    authorisation.getAuthInfo,
    ({ input, suite }) => authInfo(suite, installed(suite, input.auth_corpid, input.permanent_code)),
    { auth_corpid: 84054, permanent_code: 41025 }
  ),
  suiteRoute(
    authorisation.getAuthInfoLegacy,
    ({ input, suite }) => authInfo(suite, installed(suite, input.auth_corpid, input.permanent_code)),
    { auth_corpid: 84054, permanent_code: 41025 }
  ),
  suiteRoute(authorisation.listAdmins, ({ input, suite }) => {
    const { app, by, corp, mode } = existing(suite.installations, input.auth_corpid, 40084)
    if (app.agentId !== input.agentid) refuse(301002)
    const admin = by ?? [...corp.members.values()][0]?.user.userid
    return mode === "member" || admin === undefined ? [] : [
      new SuiteAdmin({ userid: admin, open_userid: openUserId(corp, admin), auth_type: AdminAuthType.Manage })
    ]
  }, { auth_corpid: 84054 }),
  suiteRoute(authorisation.getQrcodeUrl, ({ input, suite, world }) => {
    if (input.suite_id !== suite.id) refuse(48003)
    return `${world.origin}/_simulator/install?suite_id=${suite.id}&state=${input.state ?? ""}`
  }, { suite_id: 41021 }),
  providerRoute(authorisation.createTemplateUrl, ({ input, world }) => {
    for (const id of input.templateid_list) {
      if (!isTemplate(existing(world.suites, id, 40083))) refuse(40083)
    }
    const url = `${world.origin}/_simulator/templates?ids=${input.templateid_list.join()}&state=${input.state}`
    return new TemplateUrl({ qrcode_url: url, expires_in: 864_000 })
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// 身份验证
// ---------------------------------------------------------------------------------------------------------------------

const { endpoints: identity } = SuiteIdentity

/** Whom a ticket stands for. */
interface Ticket {
  readonly corp: Corp
  readonly userid: string
  /** Epoch milliseconds. */
  readonly endsAt: number
}

const userTickets = State.make("third-party/user-tickets", (_: Suite) => new Recent<string, Ticket>())
const userTicketLife = 7200

const codes = { code: 40029, js_code: 40029 }

/** Who brought a code, and the ticket for what they agreed to show. */
const visit = (world: World, suite: Suite, code: string, now: number) => {
  const { corp, scope, userid } = spend(suiteLoginCodes(suite), code, now)
  const installation = suite.installations.get(corp.id)
  const shows = scope === "snsapi_privateinfo" && installation !== undefined &&
    isSeenMember(installation, userid)
  if (!shows) return { corp, userid }
  const ticket = world.text(64)
  userTickets(suite).set(ticket, { corp, userid, endsAt: now + userTicketLife * 1000 })
  return { corp, userid, ticket: { user_ticket: Redacted.make(ticket), expires_in: userTicketLife } }
}

const detail = (suite: Suite, value: Redacted.Redacted, now: number): SuiteVisitorDetail => {
  const { corp, endsAt, userid } = userTickets(suite).get(Redacted.value(value)) ?? refuse(84015)
  if (endsAt <= now) return refuse(84014)
  const { avatar, gender, qr_code } = member(corp, userid).user
  return new SuiteVisitorDetail({
    corpid: corp.id,
    userid,
    name: userid,
    gender: gender ?? UserGender.Unspecified,
    avatar,
    qr_code
  })
}

const identityRoutes = [
  suiteRoute(identity.getVisitor, ({ input, now, suite, world }) => {
    const { corp, ticket, userid } = visit(world, suite, input.code, now)
    return new SuiteMemberVisitor({ corpid: corp.id, userid, open_userid: openUserId(corp, userid), ...ticket })
  }, codes),
  suiteRoute(identity.getDetail, ({ input, now, suite }) => detail(suite, input.user_ticket, now)),
  suiteRoute(identity.getVisitorLegacy, ({ input, now, suite, world }) => {
    const { corp, ticket, userid } = visit(world, suite, input.code, now)
    return new LegacySuiteMemberVisitor({
      CorpId: corp.id,
      UserId: userid,
      open_userid: openUserId(corp, userid),
      ...ticket
    })
  }, codes),
  suiteRoute(identity.getDetailLegacy, ({ input, now, suite }) => detail(suite, input.user_ticket, now)),
  providerRoute(identity.getLoginInfo, ({ input, now, provider, world }) => {
    const { corp, userid } = spend(providerLoginCodes(provider), Redacted.value(input.auth_code), now)
    const apps = [...world.suites.values()].flatMap(({ installations }) => installations.get(corp.id) ?? [])
    const administers = apps.some(({ by }) => by === userid)
    return new LoginInfo({
      usertype: administers ? LoginUserType.InternalAdmin : LoginUserType.Member,
      user_info: { userid, open_userid: openUserId(corp, userid), name: userid },
      corp_info: { corpid: corp.id },
      agent: administers ? apps.map(({ app }) => ({ agentid: app.agentId ?? 0, auth_type: 1 })) : []
    })
  }, { auth_code: 40029 }),
  suiteRoute(identity.getSession, ({ input, now, suite, world }) => {
    const { corp, userid } = spend(suiteLoginCodes(suite), input.js_code, now)
    return new SuiteMiniProgramSession({
      corpid: corp.id,
      userid,
      open_userid: openUserId(corp, userid),
      session_key: Redacted.make(`${world.text(22)}==`)
    })
  }, codes)
]

// ---------------------------------------------------------------------------------------------------------------------
// 成员授权
// ---------------------------------------------------------------------------------------------------------------------

const { endpoints: members } = MemberAuthorisation

/** The suite of the calling app, which members must have installed for themselves. */
const ownSuite = ({ app, world }: { readonly app: App; readonly world: World }) => {
  const found = suiteOf(world, app) ?? refuse(48002)
  return found.installation.mode === "member" ? found : refuse(60218)
}

const memberRoutes = [
  route(members.list, (call) => {
    ownSuite(call)
    const { app, corp, input } = call
    const { cursor = "", limit = 1000 } = input
    const all = app.visible?.members ?? []
    const start = cursor === "" ? 0 : Number(cursor)
    if (!Number.isInteger(start) || start < 0) return refuse(40035, "invalid cursor")
    const next = start + limit
    return new AuthorisedMemberPage({
      member_auth_list: all.slice(start, next).map((userid) =>
        new AuthorisedMember({ open_userid: openUserId(corp, userid) })
      ),
      next_cursor: next < all.length ? `${next}` : ""
    })
  }),
  route(members.isAuthorised, (call) => {
    ownSuite(call)
    const { app, corp, input } = call
    return (app.visible?.members ?? []).some((userid) => openUserId(corp, userid) === input.open_userid)
  }),
  route(members.listSelected, (call) => {
    const { suite } = ownSuite(call)
    const { app, corp, input } = call
    const { by, userids } = selectionOf(suite, corp, Redacted.value(input.selected_ticket)) ?? refuse(60233)
    const [seen, unseen] = [true, false].map((wanted) =>
      userids.filter((userid) => isSeenMember({ app, corp }, userid) === wanted)
    )
    return new SelectedMembers({
      operator_open_userid: openUserId(corp, by),
      open_userid_list: (seen ?? []).map((userid) => openUserId(corp, userid)),
      unauth_open_userid_list: (unseen ?? []).map((userid) => openUserId(corp, userid)),
      total: userids.length
    })
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// 推广二维码
// ---------------------------------------------------------------------------------------------------------------------

const { endpoints: registration } = CorpRegistration

const registrationRoutes = [
  providerRoute(registration.createCode, ({ input, now, provider, world }) => {
    if (!provider.packages.includes(input.template_id)) refuse(84020)
    const code = world.text(27)
    registrationsOf(provider).set(code, {
      code,
      templateId: input.template_id,
      state: input.state,
      corpName: input.corp_name,
      at: now,
      corp: undefined,
      admin: undefined,
      contactSync: undefined
    })
    return new RegisterCode({ register_code: code, expires_in: codeLife / 1000 })
  }, { template_id: 84019, state: 84025 }),
  providerRoute(registration.getCorp, ({ input, now, provider }) => {
    const found = existing(registrationsOf(provider), input.register_code, 84022)
    if (found.at + queryLife <= now) return refuse(84022)
    const { admin, contactSync, corp, state, templateId } = found
    if (corp === undefined) return refuse(84024)
    const left = contactSync === undefined ? 0 : Math.floor((contactSync.token.endsAt - now) / 1000)
    return new RegisteredCorp({
      corpid: corp.id,
      contact_sync: contactSync !== undefined && left > 0
        ? { access_token: Redacted.make(contactSync.token.value), expires_in: left }
        : undefined,
      auth_user_info: admin === undefined ? undefined : { userid: admin },
      state,
      template_id: templateId
    })
  }, { register_code: 84021 }),
  route(registration.finishContactSync, ({ app, now, world }: AppCall<void>) => {
    const registrations = world.provider === undefined ? [] : [...registrationsOf(world.provider).values()]
    const found = registrations.find(({ contactSync }) => contactSync?.app === app)
    if (found?.contactSync === undefined) return refuse(84023)
    found.contactSync.token.endsAt = now
    found.contactSync = undefined
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// 通讯录ID转译
// ---------------------------------------------------------------------------------------------------------------------

const { endpoints: translation } = ContactIdTranslation

/** A corp that has one of the provider's suites, and the one of these that a search is for. */
const customerOf = (world: World, corpId: string, agentId = 0): { readonly corp: Corp; readonly app?: App } => {
  const corp = existing(world.corps, corpId, 40013, "invalid corpid")
  const apps = [...world.suites.values()].flatMap(({ installations }) => installations.get(corpId)?.app ?? [])
  if (apps.length === 0) return refuse(48004)
  if (agentId === 0) return { corp }
  return { corp, app: apps.find((app) => app.agentId === agentId) ?? refuse(301002) }
}

interface Query {
  readonly query_word: string
  readonly query_type?: number | undefined
  readonly query_range?: number | undefined
  readonly full_match_field?: number | undefined
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

const fitting = (query: Query, names: ReadonlyArray<string | undefined>): boolean =>
  names.some((name) =>
    name !== undefined && (query.full_match_field === undefined
      ? name.toLowerCase().includes(query.query_word.toLowerCase())
      : name === query.query_word)
  )

const search = ({ app, corp }: { readonly corp: Corp; readonly app?: App }, query: Query) => {
  const { cursor = "", full_match_field, limit = 50, query_range, query_type = SearchType.Both } = query
  const start = cursor === "" ? 0 : Number(cursor)
  if (!Number.isInteger(start) || start < 0) return refuse(40035, "invalid cursor")
  const users = query_type === SearchType.Departments ? [] : [...corp.members.values()].filter((one) => {
    const { english_name, name } = one.user
    const names = full_match_field === undefined
      ? [name, english_name]
      : full_match_field === 1
      ? [name]
      : [english_name]
    return (app === undefined || maySeeMember(corp, app, one)) && fitting(query, names)
  })
  const parties = query_type === SearchType.Users || full_match_field === 2
    ? []
    : [...corp.departments.values()].filter(({ id, name }) =>
      (app === undefined || maySeeDepartment(corp, app, id)) && fitting(query, [name])
    )
  const found: ReadonlyArray<User | Department> = [...users.map(({ user }) => user), ...parties]
  const page = found.slice(start, start + limit)
  const userids = page.flatMap((one) => "userid" in one ? [one.userid] : [])
  const next = start + limit
  const result: Found = {
    user: { userid: userids, open_userid: userids.map((userid) => openUserId(corp, userid)) },
    party: { department_id: page.flatMap((one) => "userid" in one ? [] : [one.id]) },
    // Nothing is kept of the names of those who left.
    dismiss_user: query_range === SearchRange.ServingAndLeft ? { userid: [], open_userid: [] } : undefined
  }
  return { query_result: result, is_last: next >= found.length, next_cursor: next < found.length ? `${next}` : "" }
}

/** The provider's own files and jobs. */
interface Translations {
  readonly media: Map<string, Media>
  readonly jobs: Map<string, Job>
  readonly links: Map<string, { readonly file: File; readonly endsAt: number }>
}

interface Job {
  readonly url: string
  /** When it is done, in milliseconds of the epoch. */
  readonly endsAt: number
}

const translationsOf = State.make(
  "third-party/translations",
  (_: Provider): Translations => ({ media: new Map(), jobs: new Map(), links: new Map() })
)

/** How long a job takes. */
export const translationTime = 2000

const linkLife = 24 * 3600_000

/** Where the files are: beside the API, as those of exports. */
const link = Endpoint.download(
  "/cgi-bin/_simulator/translation",
  { doc: 91882, credential: "none" },
  () => ({ query: { file: Schema.String } })
)

/** Names in place of ids, as far as they are there; texts alone are read. */
const translate = (world: World, home: Corp, { bytes, contentType, filename }: File): File => {
  if (!/\.(csv|txt)$/i.test(filename)) return { bytes, contentType, filename }
  const text = new TextDecoder().decode(bytes).replace(
    /\$(userName|userAlias|userAliasOrName|departmentName)=(?:([^/$=]+)\/)?([^$/=]+)\$/g,
    (whole, kind: string, corpId: string | undefined, id: string) => {
      const corp = corpId === undefined ? home : world.corps.get(corpId)
      if (corp === undefined) return whole
      if (kind === "departmentName") return corp.departments.get(Number(id))?.name ?? whole
      const userid = plainIdOf(corp, "user", id, corp.members.keys()) ?? id
      const { alias, name } = findMember(corp, userid)?.user ?? {}
      return (kind === "userName" ? name : kind === "userAlias" ? alias : alias ?? name) ?? whole
    }
  )
  return { bytes: new TextEncoder().encode(text), contentType, filename }
}

const sortKeys = { [SortField.Name]: "name", [SortField.Alias]: "alias" } as const

const translationRoutes = [
  providerRoute(
    translation.search,
    ({ input, world }) => new SearchPage(search(customerOf(world, input.auth_corpid, input.agentid), input)),
    { auth_corpid: 84054 }
  ),
  providerRoute(translation.searchMany, ({ input, world }) => {
    const where = customerOf(world, input.auth_corpid, input.agentid)
    return input.query_request_list.map((query) => new SearchResult({ query_request: query, ...search(where, query) }))
  }, { auth_corpid: 84054 }),
  providerRoute(translation.sort, ({ input, world }) => {
    const { corp } = customerOf(world, input.auth_corpid)
    const options = input.sort_options ?? [{ sort_field: SortField.Name, sort_type: SortOrder.Ascending }]
    const collator = new Intl.Collator("zh-Hans-CN")
    return input.useridlist.map((userid) => member(corp, userid).user).toSorted((a, b) => {
      for (const { sort_field = SortField.Name, sort_type = SortOrder.Ascending } of options) {
        const key = sortKeys[sort_field as keyof typeof sortKeys] // checked by the endpoint's schema
        const order = collator.compare(a[key] ?? "", b[key] ?? "")
        if (order !== 0) return sort_type === SortOrder.Descending ? -order : order
      }
      return 0
    }).map(({ userid }) => userid)
  }, { auth_corpid: 84054 }),
  providerRoute(translation.upload, ({ input, now, provider, world }) =>
    new TranslationFile({
      type: input.type,
      media_id: keepMedia(world, translationsOf(provider), input.type, input.media, now),
      created_at: DateTime.makeUnsafe(now)
    }), { type: 40004 }),
  providerRoute(translation.translate, ({ input, notify, now, provider, world }) => {
    const { corp } = customerOf(world, input.auth_corpid)
    const state = translationsOf(provider)
    const files = input.media_id_list.map((id) => (findMedia(state, id, now) ?? refuse(40007)).file)
    const [first] = files.map((file) => translate(world, corp, file))
    const id = world.text(32)
    const endsAt = now + translationTime
    // Of several files the first stands for the archive.
    if (first !== undefined) state.links.set(id, { file: first, endsAt: endsAt + linkLife })
    const jobid = world.id("jobid_")
    state.jobs.set(jobid, { url: `${world.origin}/cgi-bin/_simulator/translation?file=${id}`, endsAt })
    notify(
      { provider },
      new SuiteBatchJobFinished({
        ServiceCorpId: provider.corpId,
        AuthCorpId: corp.id,
        TimeStamp: DateTime.makeUnsafe(endsAt),
        BatchJob: { JobId: jobid, JobType: "contact_id_translate", ErrCode: undefined, ErrMsg: undefined }
      }),
      translationTime
    )
    return jobid
  }, { auth_corpid: 84054 }),
  providerRoute(translation.getResult, ({ input, now, provider }) => {
    const { endsAt, url } = existing(translationsOf(provider).jobs, input.jobid, 40088)
    const type = "contact_id_translate"
    return endsAt <= now
      ? new TranslationJob({ status: TranslationStatus.Finished, type, result: { contact_id_translate: { url } } })
      : new TranslationJob({ status: TranslationStatus.Running, type })
  }),
  openRoute(link, ({ input, now, world }) => {
    const { endsAt, file } = existing(
      world.provider === undefined ? new Map() : translationsOf(world.provider).links,
      input.file,
      40035
    )
    return endsAt > now ? file : refuse(40035, "the link has expired")
  })
]

export const thirdParty = [
  ...authorisationRoutes,
  ...identityRoutes,
  ...memberRoutes,
  ...registrationRoutes,
  ...translationRoutes
]
