/** 应用管理: apps, their menus, and what they show on the workbench. */
import * as Redacted from "effect/Redacted"
import { Agent, AgentAdmin, Agents, AgentSummary, InvalidScope } from "../../../../apps/Agents.ts"
import { type MenuButton, Menus } from "../../../../apps/Menus.ts"
import { Workbench, type WorkbenchData } from "../../../../apps/Workbench.ts"
import { type Codes, missing } from "../../../engine/FieldCodes.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { seenMember } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import { type App, type Corp, findMedia, findMember } from "../../../engine/World.ts"
import { permissionsOf } from "../permissionNames.ts"

/** Settings of an app that only it itself can see. */
interface Settings {
  description: string
  logo: string
  reportsLocation: boolean
  reportsEntering: boolean
  domain: string
  home: string
}

type Template = Parameters<Workbench["Service"]["setTemplate"]>[0]

/** What the apps of a corp have set. */
/** Of the buttons of a menu. */
const menuButtons: Codes = {
  "button": 40016,
  "button.name": missing(41102, 40018),
  "button.type": 40017,
  "button.key": 40019,
  "button.url": 40020,
  "button.sub_button": 40023,
  "button.sub_button.name": missing(41102, 40025),
  "button.sub_button.type": 40024,
  "button.sub_button.key": 40026,
  "button.sub_button.url": 40027
}

const state = State.make("apps/apps", () => ({
  settings: new Map<App, Settings>(),
  menus: new Map<App, ReadonlyArray<MenuButton>>(),
  templates: new Map<App, Template>(),
  /** By app, and userid in lower case. */
  workbenches: new Map<App, Map<string, WorkbenchData>>()
}))

/** The menu of an app, if it has made one. */
export const menuOf = (corp: Corp, app: App): ReadonlyArray<MenuButton> | undefined => state(corp).menus.get(app)

const settingsOf = (corp: Corp, app: App): Settings => {
  const { settings } = state(corp)
  const own = settings.get(app) ??
    { description: "", logo: "", reportsLocation: false, reportsEntering: false, domain: "", home: "" }
  settings.set(app, own)
  return own
}

/** The app's agent id: built-in apps such as contact sync have none. */
const agentIdOf = ({ agentId }: App): number => agentId ?? refuse(301002)

const agents = [
  route(Agents.endpoints.get, ({ app, corp }) => {
    const { description, domain, home, logo, reportsEntering, reportsLocation } = settingsOf(corp, app)
    const { departments = [], members = [], tags = [] } = app.visible ?? { departments: [1] }
    return new Agent({
      agentid: agentIdOf(app),
      name: app.name,
      square_logo_url: logo,
      description,
      allow_userinfos: { user: members.map((userid) => ({ userid })) },
      allow_partys: { partyid: departments },
      allow_tags: { tagid: tags },
      close: false,
      redirect_domain: domain,
      report_location_flag: reportsLocation,
      isreportenter: reportsEntering,
      home_url: home
    })
  }),

  route(Agents.endpoints.list, ({ app, corp }) =>
    app.agentId === undefined ? [] : [
      new AgentSummary({ agentid: app.agentId, name: app.name, square_logo_url: settingsOf(corp, app).logo })
    ]),

  route(Agents.endpoints.set, ({ app, corp, input, now, raw }) => {
    const settings = settingsOf(corp, app)
    if (input.name === "") refuse(45022)
    if (![undefined, 0, 1].includes(raw.report_location_flag as number | undefined)) refuse(40059) // any flag is decoded
    if (input.logo_mediaid !== undefined) {
      if (findMedia(corp, input.logo_mediaid, now) === undefined) refuse(40007, "invalid media_id")
      settings.logo = `https://example.com/logos/${input.logo_mediaid}`
    }
    app.name = input.name ?? app.name
    settings.description = input.description ?? settings.description
    settings.reportsLocation = input.report_location_flag ?? settings.reportsLocation
    settings.reportsEntering = input.isreportenter ?? settings.reportsEntering
    settings.domain = input.redirect_domain ?? settings.domain
    settings.home = input.home_url ?? settings.home
  }, { name: 45022, description: 45004, report_location_flag: 40059 }),

  route(Agents.endpoints.setScope, ({ app, corp, input }) => {
    const { allow_party = [], allow_tag = [], allow_user = [] } = input
    const members = Map.groupBy(allow_user, (userid) => findMember(corp, userid) !== undefined)
    const departments = Map.groupBy(allow_party, (id) => corp.departments.has(id))
    const tags = Map.groupBy(allow_tag, (id) => corp.tags.has(id))
    app.visible = { members: members.get(true), departments: departments.get(true), tags: tags.get(true) }
    return new InvalidScope({
      invaliduser: members.get(false) ?? [],
      invalidparty: departments.get(false) ?? [],
      invalidtag: tags.get(false) ?? []
    })
  }),

  // The corp's first member administers all of its apps.
  route(
    Agents.endpoints.listAdmins,
    ({ corp }) =>
      [...corp.members.values()].slice(0, 1).map(({ user }) => new AgentAdmin({ userid: user.userid, auth_type: 1 }))
  ),

  route(
    Agents.endpoints.listPermissions,
    ({ app }) => app.origin === "own" ? refuse(48002, "api forbidden") : permissionsOf(app)
  ),

  route(Agents.endpoints.migrateToCustomizedApp, ({ input, now, world }) => {
    const token = world.tokens.get(Redacted.value(input.suite_access_token))
    if (token?.principal.kind !== "suite") return refuse(40082)
    if (token.endsAt <= now) refuse(42009)
  })
]

const menus = [
  route(Menus.endpoints.create, ({ app, corp, input }) => {
    state(corp).menus.set(app, input.button)
  }, menuButtons),
  route(Menus.endpoints.get, ({ app, corp }) => existing(state(corp).menus, app, 46003)),
  route(Menus.endpoints.delete, ({ app, corp }) => {
    state(corp).menus.delete(app)
  })
]

const workbenchesOf = (corp: Corp, app: App): Map<string, WorkbenchData> => {
  const { workbenches } = state(corp)
  const own = workbenches.get(app) ?? new Map<string, WorkbenchData>()
  workbenches.set(app, own)
  return own
}

const templateOf = (corp: Corp, app: App): Template => state(corp).templates.get(app) ?? { type: "normal" }

const setWorkbench = (corp: Corp, app: App, userid: string, data: WorkbenchData): void => {
  const { user } = seenMember({ app, corp }, userid)
  workbenchesOf(corp, app).set(user.userid.toLowerCase(), data)
}

const workbench = [
  route(Workbench.endpoints.setTemplate, ({ app, corp, input }) => {
    state(corp).templates.set(app, input)
    if (input.type === "normal" || input.replace_user_data === true) workbenchesOf(corp, app).clear()
  }),

  route(Workbench.endpoints.getTemplate, ({ app, corp }) => {
    const { agentid: _, ...template } = templateOf(corp, app)
    return template
  }),

  route(Workbench.endpoints.setData, ({ app, corp, input }) => {
    const { agentid: _, userid, ...data } = input
    setWorkbench(corp, app, userid, data)
  }),

  route(Workbench.endpoints.setDataMany, ({ app, corp, input }) => {
    for (const userid of input.userid_list) setWorkbench(corp, app, userid, input.data)
  }),

  route(Workbench.endpoints.getData, ({ app, corp, input }) => {
    const { user } = seenMember({ app, corp }, input.userid)
    const own = workbenchesOf(corp, app).get(user.userid.toLowerCase())
    if (own !== undefined) return own
    const { agentid: _, replace_user_data: __, ...template } = templateOf(corp, app)
    return template
  })
]

export const apps = [...agents, ...menus, ...workbench]
