/** 身份验证, 二次验证, 小程序登录. The codes are those of `Login`, whichever page or mini program asks for them. */
import * as Redacted from "effect/Redacted"
import { UserGender } from "../../../../contacts/UserGender.ts"
import { User } from "../../../../contacts/Users.ts"
import { UserStatus } from "../../../../contacts/UserStatus.ts"
import { Identity, LegacyMemberVisitor, MemberVisitor, VisitorDetail } from "../../../../identity/Identity.ts"
import { MiniProgramLogin, MiniProgramSession } from "../../../../identity/MiniProgramLogin.ts"
import { SecondVerification, VerificationInfo } from "../../../../identity/SecondVerification.ts"
import { Recent } from "../../../engine/Recent.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { isSeenMember } from "../../../engine/Sight.ts"
import * as State from "../../../engine/State.ts"
import type { Corp } from "../../../engine/World.ts"
import { member } from "../../contacts/routes/users.ts"
import { type LoginCode, loginCodes, spend } from "../Login.ts"

/** What a ticket or a code stands for. */
interface Ticket {
  readonly userid: string
  /** Epoch milliseconds. */
  readonly endsAt: number
}

const userTickets = State.make("identity/user-tickets", () => new Recent<string, Ticket>())
const tfaCodes = State.make("identity/tfa-codes", () => new Recent<string, Ticket>())

const userTicketLife = 1800_000
const tfaCodeLife = 5 * 60_000

const codes = { code: 40029, js_code: 40029, userid: 40003 }

export const identity = [
  route(Identity.endpoints.getVisitor, (call) => {
    const { corp, input, now, world } = call
    const { scope, userid } = use(corp, input.code, now)
    // Members may come whom the app does not see: it is told who they are, and no more.
    if (scope !== "snsapi_privateinfo" || !isSeenMember(call, userid)) return new MemberVisitor({ userid })
    const ticket = world.text(64)
    userTickets(corp).set(ticket, { userid, endsAt: now + userTicketLife })
    return new MemberVisitor({ userid, user_ticket: Redacted.make(ticket) })
  }, codes),
  route(Identity.endpoints.getDetail, ({ corp, input, now }) => {
    const ticket = userTickets(corp).get(Redacted.value(input.user_ticket)) ?? refuse(84015)
    if (ticket.endsAt <= now) return refuse(84014)
    const { address, avatar, biz_mail, email, gender, mobile, qr_code, userid } = member(corp, ticket.userid).user
    return new VisitorDetail({
      userid,
      gender: gender ?? UserGender.Unspecified,
      avatar,
      qr_code,
      mobile,
      email,
      biz_mail,
      address
    })
  }),
  route(
    Identity.endpoints.getVisitorLegacy,
    ({ corp, input, now }) => new LegacyMemberVisitor({ UserId: use(corp, input.code, now).userid }),
    codes
  ),
  route(SecondVerification.endpoints.getInfo, ({ corp, input, now, world }) => {
    const { userid } = use(corp, input.code, now)
    const tfa_code = world.text(43)
    tfaCodes(corp).set(tfa_code, { userid, endsAt: now + tfaCodeLife })
    return new VerificationInfo({ userid, tfa_code: Redacted.make(tfa_code) })
  }, codes),
  route(SecondVerification.endpoints.passLogin, ({ corp, input }) => {
    const found = member(corp, input.userid)
    found.user = new User({ ...found.user, status: UserStatus.Activated })
  }, codes),
  route(SecondVerification.endpoints.pass, ({ corp, input, now }) => {
    const code = Redacted.value(input.tfa_code)
    const given = tfaCodes(corp).get(code) ?? refuse(40207)
    const { user } = member(corp, input.userid)
    if (given.userid !== user.userid || given.endsAt <= now) return refuse(40207)
    tfaCodes(corp).delete(code)
  }, codes),
  route(MiniProgramLogin.endpoints.getSession, ({ corp, input, now, world }) =>
    new MiniProgramSession({
      corpid: corp.id,
      userid: use(corp, input.js_code, now).userid,
      session_key: Redacted.make(`${world.text(22)}==`)
    }), codes)
]

const use = (corp: Corp, value: string, now: number): LoginCode => spend(loginCodes(corp), value, now)
