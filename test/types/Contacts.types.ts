/**
 * What the types of the address book and of identity allow, and what they refuse.
 */
import { Redacted } from "effect"
import {
  Attribute,
  AttributeType,
  type ContactExport,
  type ContactRules,
  type Departments,
  type Tags,
  type User,
  Users,
  UserStatus
} from "effect-wecom/contacts"
import { type Identity, LoginUrl, type MiniProgramLogin, type Visitor } from "effect-wecom/identity"

declare const departments: Departments["Service"]
declare const users: Users["Service"]
declare const tags: Tags["Service"]
declare const rules: ContactRules["Service"]
declare const exports: ContactExport["Service"]
declare const identity: Identity["Service"]
declare const login: MiniProgramLogin["Service"]
declare const user: User
declare const visitor: Visitor

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <_ extends true>(): void => {}

// Nothing to pass where nothing is needed.
departments.list()
departments.list({ id: 2 })
users.getJoinQrcode()
login.getSession({ js_code: "C" })
// @ts-expect-error a department has a parent
departments.create({ name: "研发部" })
// @ts-expect-error there is no such field
departments.list({ ids: 2 })
// @ts-expect-error the grant has one kind
login.getSession({ js_code: "C", grant_type: "refresh_token" })

// Statuses are known by name, and still open.
same<Equals<typeof UserStatus.Activated, 1>>()
const isKnown = user.status === UserStatus.Left || user.status === 99
// @ts-expect-error they are numbers
const isWrong = user.status === "1"

// Members have places, sent as parallel lists.
for (const { id, isLeader, order } of user.departments) {
  same<Equals<[typeof id, typeof order, typeof isLeader], [number, number, boolean]>>()
}
users.create({ userid: "zhangsan", name: "张三", mobile: "1", ...Users.inDepartments([{ id: 2, isLeader: true }]) })
// @ts-expect-error a place is a department
Users.inDepartments([{ order: 1 }])

// Something must be there to tag, or to invite.
tags.addMembers({ tagid: 1, partylist: [2] })
users.invite({ user: ["zhangsan"], tag: [1] })
// @ts-expect-error
tags.addMembers({ tagid: 1 })
// @ts-expect-error
users.invite({})

// Attributes: text and links for colleagues, mini programs for customers too.
const number = Attribute.text("工号", "42")
const card = Attribute.miniprogram("名片", { appid: "wx1", title: "名片" })
users.update({ userid: "zhangsan", extattr: { attrs: [number] }, external_profile: { external_attr: [number, card] } })
// @ts-expect-error colleagues see no mini programs
users.update({ userid: "zhangsan", extattr: { attrs: [card] } })
// @ts-expect-error a text has a value, no link
users.update({ userid: "zhangsan", extattr: { attrs: [{ type: 0, name: "工号", web: { url: "", title: "" } }] } })
for (const attribute of user.external_profile?.external_attr ?? []) {
  switch (attribute.type) {
    case AttributeType.Text:
      same<Equals<typeof attribute.text.value, string>>()
      break
    case AttributeType.Web:
      same<Equals<typeof attribute.web.url, string>>()
      break
    case AttributeType.Miniprogram:
      same<Equals<typeof attribute.miniprogram.appid, string>>()
      break
    default:
      same<Equals<typeof attribute.type, "Unknown">>()
  }
}

// Rules that hide have nobody whom they do not bind.
rules.create({
  rules: [{ rule_type: 1, range: { partyid: [2] } }, { rule_type: 2, range: {}, exclude: { tagid: [1] } }]
})
// @ts-expect-error
rules.create({ rules: [{ rule_type: 1, range: { partyid: [2] }, exclude: { tagid: [1] } }] })
// @ts-expect-error there is no fourth type
rules.create({ rules: [{ rule_type: 4, range: { partyid: [2] } }] })

// Secrets are redacted from the start.
exports.startUsers({ encoding_aeskey: Redacted.make("k") })
// @ts-expect-error
exports.startUsers({ encoding_aeskey: "k" })
// @ts-expect-error
identity.getDetail({ user_ticket: "t" })

// Visitors are members or not.
if ("userid" in visitor) same<Equals<typeof visitor.userid, string>>()
else same<Equals<typeof visitor.openid, string | undefined>>()
// @ts-expect-error not every visitor has a userid
const unsafe = visitor.userid

// A web login belongs to an app of a corp, or to a suite.
LoginUrl.webLogin({ corpid: "ww1", agentid: 1, redirect_uri: "https://example.com" })
LoginUrl.webLogin({ suite_id: "ww2", redirect_uri: "https://example.com" })
// @ts-expect-error
LoginUrl.webLogin({ corpid: "ww1", redirect_uri: "https://example.com" })
// @ts-expect-error
LoginUrl.authorization({ corpid: "ww1", redirect_uri: "https://example.com", scope: "snsapi_userinfo" })

export { isKnown, isWrong, unsafe }
