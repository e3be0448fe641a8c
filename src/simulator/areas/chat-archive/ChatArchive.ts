/**
 * What the simulator knows of 会话内容存档: who is archived, who has agreed, and the groups and robots of the archive. All
 * of it is said by tests, with the functions here: nobody is archived at first.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type {
  AgreeStatus,
  ArchivedGroupChat,
  ArchivedRobot,
  ArchiveEdition
} from "../../../chat-archive/ChatArchive.ts"
import * as State from "../../engine/State.ts"
import { type Corp, corpOf, findMember, type World } from "../../engine/World.ts"

/** Whether somebody has agreed, and since when. */
export interface Agreement {
  readonly external_userid: string
  readonly status: typeof AgreeStatus.schema.Type
  /** Epoch milliseconds. */
  readonly at: number
}

/** All of it. */
export interface ChatArchive {
  /** The editions of members, by userid in lower case. */
  readonly members: Map<string, { readonly userid: string; readonly edition: number }>
  /** By userid in lower case and the outsider's id. */
  readonly singles: Map<string, Agreement>
  readonly rooms: Map<
    string,
    { readonly chat: ArchivedGroupChat | undefined; readonly agreements: Map<string, Agreement> }
  >
  readonly robots: Map<string, ArchivedRobot>
}

/** What a corp has of it; nothing at first. */
export const archiveOf: (corp: Corp) => ChatArchive = State.make("chat-archive/archive", (): ChatArchive => ({
  members: new Map(),
  singles: new Map(),
  rooms: new Map(),
  robots: new Map()
}))

/** Default: the first corp. */
interface Where {
  readonly corpId?: string | undefined
}

/** Archives the chats of a member. */
export const archiveMember = (
  world: World,
  options: Where & { readonly userid: string; readonly edition: typeof ArchiveEdition.schema.Type }
): Effect.Effect<void> =>
  Effect.sync(() => {
    const corp = corpOf(world, options.corpId)
    const userid = findMember(corp, options.userid)?.user.userid
    if (userid === undefined) throw new RangeError(`${corp.id} has no member ${options.userid}`)
    archiveOf(corp).members.set(userid.toLowerCase(), { userid, edition: options.edition })
  })

/** Lets an outsider agree, or not, that the chat with a member, or in a group, is archived. */
export const agree = (
  world: World,
  options: Where & {
    readonly external_userid: string
    readonly status: typeof AgreeStatus.schema.Type
    readonly with: { readonly userid: string } | { readonly roomid: string }
  }
): Effect.Effect<void> =>
  Effect.map(Clock.currentTimeMillis, (at) => {
    const { external_userid, status } = options
    const archive = archiveOf(corpOf(world, options.corpId))
    const agreement = { external_userid, status, at }
    if ("userid" in options.with) {
      archive.singles.set(pairKey(options.with.userid, external_userid), agreement)
    } else {
      const { roomid } = options.with
      const room = archive.rooms.get(roomid) ?? { chat: undefined, agreements: new Map<string, Agreement>() }
      archive.rooms.set(roomid, room)
      room.agreements.set(external_userid, agreement)
    }
  })

/** Makes a group of members alone, whose chats are archived. */
export const addArchivedGroup = (
  world: World,
  options: Where & { readonly roomid: string; readonly chat: ArchivedGroupChat }
): Effect.Effect<void> =>
  Effect.sync(() => {
    archiveOf(corpOf(world, options.corpId)).rooms.set(options.roomid, { chat: options.chat, agreements: new Map() })
  })

/** Makes a robot, whose messages are archived. */
export const addArchivedRobot = (
  world: World,
  options: Where & { readonly robot: ArchivedRobot }
): Effect.Effect<void> =>
  Effect.sync(() => {
    archiveOf(corpOf(world, options.corpId)).robots.set(options.robot.robot_id, options.robot)
  })

/** The key of a member and an outsider. */
export const pairKey = (userid: string, external_userid: string): string =>
  `${userid.toLowerCase()}\n${external_userid}`
