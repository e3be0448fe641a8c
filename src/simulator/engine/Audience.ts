/**
 * Who is told of what happens in a corp: its own apps, and those that it has installed. Third-party suites are told of
 * most things by a command of their own.
 */
import type * as CallbackEvent from "../../callback/CallbackEvent.ts"
import type { Call, Callee } from "./Route.ts"
import { maySeeMember } from "./Sight.ts"
import { timeOf } from "./Times.ts"
import { type App, type Corp, isTemplate, type Member, type Suite, type World } from "./World.ts"

type EventHeader = "ToUserName" | "FromUserName" | "CreateTime"

type CommandHeader = "SuiteId" | "ServiceCorpId" | "AuthCorpId" | "TimeStamp"

/** The class of an event: what it takes depends on the event. */
type EventClass = new(fields: never) => CallbackEvent.Known

type Body<Class extends EventClass, Header extends string> = Omit<ConstructorParameters<Class>[0], Header>

/** Something that happened, as an app is told of it, and as a suite is, where that is another event. */
export interface Notice {
  /** Nothing, where suites alone are told. */
  readonly event: ((corp: Corp, now: number) => CallbackEvent.Known) | undefined
  /** `none`: suites are not told, their apps neither. */
  readonly command: ((corp: Corp, suite: Suite, now: number) => CallbackEvent.Known) | "none" | undefined
}

/** A notice of which apps are told. */
export interface AppNotice extends Notice {
  readonly event: NonNullable<Notice["event"]>
}

/** A notice to apps, of what a member did, or WeCom itself. */
export const event = <Class extends EventClass>(
  Event: Class,
  body: Body<Class, EventHeader>,
  userid = "sys"
): AppNotice => ({
  event: (corp, now) =>
    // The header and the body are together what the class takes.
    new Event({ ToUserName: corp.id, FromUserName: userid, CreateTime: timeOf(now), ...body } as never),
  command: undefined
})

/** A notice to apps, and to suites by a command that says the same. */
export const eventAndCommand = <Class extends EventClass, SuiteClass extends EventClass>(
  Event: Class,
  Command: SuiteClass,
  body: Body<Class, EventHeader> & Body<SuiteClass, CommandHeader>
): AppNotice => ({
  event: event(Event, body as Body<Class, EventHeader>).event, // it is both
  command: command(Command, body as Body<SuiteClass, CommandHeader>).command // it is both
})

/** A notice to suites alone. */
export const command = <SuiteClass extends EventClass>(
  Command: SuiteClass,
  body: Body<SuiteClass, CommandHeader>
): Notice => ({
  event: undefined,
  command: (corp, { id }, now) =>
    // The header and the body are together what the class takes.
    new Command({ SuiteId: id, AuthCorpId: corp.id, TimeStamp: timeOf(now), ...body } as never)
})

/** What an app is told: nothing, where it may not see what it is about. */
export type Telling = (app: App) => Notice | undefined

/** Tells one app alone. */
export const toApp = (one: App, notice: Notice): Telling => (app) => app === one ? notice : undefined

/** Tells those who may see a member. */
export const seeing = (corp: Corp, member: Member, notice: Notice): Telling => (app) =>
  maySeeMember(corp, app, member) ? notice : undefined

/** The apps of a corp, its own and those that it has installed. */
export const appsOf = (
  world: World,
  corp: Corp
): ReadonlyArray<{ readonly app: App; readonly suite: Suite | undefined }> => [
  ...corp.apps.map((app) => ({ app, suite: undefined })),
  ...[...world.suites.values()].flatMap((suite) => {
    const installed = suite.installations.get(corp.id)
    return installed === undefined ? [] : [{ app: installed.app, suite }]
  })
]

/** Who is called back, and with what: whoever has a callback for it. */
export const audience = (
  world: World,
  corp: Corp,
  now: number,
  telling: Telling
): ReadonlyArray<readonly [to: Callee, event: CallbackEvent.Known]> =>
  appsOf(world, corp).flatMap(({ app, suite }): ReadonlyArray<readonly [Callee, CallbackEvent.Known]> => {
    if (app.callback === undefined && suite?.callback === undefined) return []
    const notice = telling(app)
    if (notice === undefined) return []
    // Apps that are developed for corps (代开发应用) are told as the corp's own are.
    if (suite !== undefined && !isTemplate(suite) && notice.command !== undefined) {
      return suite.callback === undefined || notice.command === "none"
        ? []
        : [[{ suite }, notice.command(corp, suite, now)]]
    }
    return app.callback === undefined || notice.event === undefined
      ? []
      : [[{ corp, app }, notice.event(corp, now)]]
  })

/** Tells of what a call has done, once it is answered. */
export const announce = (
  { corp, notify, now, world }: Pick<Call<void>, "notify" | "now" | "world"> & { readonly corp: Corp },
  telling: Telling
): void => {
  for (const [to, event] of audience(world, corp, now, telling)) notify(to, event)
}
