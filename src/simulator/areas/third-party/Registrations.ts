/**
 * 推广二维码: corps that register with a provider's promotion code.
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as SuiteEvents from "../../../callback/events/SuiteEvents.ts"
import { addressOf, type CallbackSender, SimulatorError } from "../../engine/CallbackSender.ts"
import * as State from "../../engine/State.ts"
import {
  addCorp,
  type App,
  type Corp,
  grant,
  makeApp,
  type Provider,
  type Token,
  type World
} from "../../engine/World.ts"

/** A corp to be. */
export interface RegisterOptions {
  /** Default: a new one. */
  readonly corpId?: string | undefined
  readonly name?: string | undefined
  /** The userid of its administrator. Default: `admin`. */
  readonly admin?: string | undefined
}

/** A promotion code, and the corp that registered with it. */
export interface Registration {
  readonly code: string
  readonly templateId: string
  readonly state: string | undefined
  readonly corpName: string | undefined
  /** When it was made, in milliseconds of the epoch. */
  readonly at: number
  corp: Corp | undefined
  admin: string | undefined
  /** What fills the new address book until it is finished. */
  contactSync: { readonly app: App; readonly token: Token } | undefined
}

/** How long a code serves for registering, and for asking what became of it. */
export const codeLife = 600_000
export const queryLife = 24 * 3600_000

const contactSyncLife = 1800_000

/** The registrations of a provider, by code. */
export const registrationsOf = State.make("third-party/registrations", (_: Provider) => new Map<string, Registration>())

/** A corp follows the link of a code and registers: returns its id; the provider is told with `register_corp`. */
export const register = (
  { sender, world }: { readonly sender: CallbackSender; readonly world: World },
  code: string,
  options: RegisterOptions = {}
): Effect.Effect<string, SimulatorError> =>
  Effect.gen(function*() {
    const { provider } = world
    const now = yield* Clock.currentTimeMillis
    const registration = provider && registrationsOf(provider).get(code)
    if (provider === undefined || registration === undefined) {
      return yield* new SimulatorError({ message: "there is no such register_code" })
    }
    if (registration.corp !== undefined || registration.at + codeLife <= now) {
      return yield* new SimulatorError({ message: "the register_code has been used or has ended" })
    }
    const { admin = "admin", corpId = world.id("ww"), name = registration.corpName } = options
    const corp = addCorp(world, { corpId, name, apps: [], members: [{ userid: admin }] })
    const app = makeApp({ secret: world.text(43), name: "contact_sync" })
    const token = grant(world, { kind: "app", corp, app }, now)
    token.endsAt = now + contactSyncLife
    registration.corp = corp
    registration.admin = admin
    registration.contactSync = { app, token }
    const address = addressOf({ provider })
    if (address !== undefined) {
      const event = new SuiteEvents.CorpRegistered({
        ServiceCorpId: provider.corpId,
        AuthCorpId: corpId,
        TimeStamp: DateTime.makeUnsafe(now),
        RegisterCode: code,
        AuthUserInfo: { UserId: admin },
        State: registration.state,
        TemplateId: registration.templateId,
        ContactSync: { AccessToken: Redacted.make(token.value), ExpiresIn: contactSyncLife / 1000 }
      })
      yield* sender.send(address, event.key, event.raw)
    }
    return corpId
  })
