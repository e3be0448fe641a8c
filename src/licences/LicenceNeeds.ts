/**
 * 接口许可: which members of a corp need a licence, and whose ends soon. Both run as the provider, over `LicenceAccounts`.
 *
 * @example
 * ```ts
 * const members = Stream.flatMap(users.listAllIds({}), ({ userid }) => ...)
 *
 * LicenceNeeds.unlicensed({ corpid }, Stream.provideService(members, WeComApp.Current, corpApp))
 * ```
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { WeComError } from "../WeComError.ts"
import { LicenceAccounts, type LicensedMember } from "./LicenceAccounts.ts"
import type { LicenceType } from "./LicenceType.ts"

/** In which corp, and of which type. */
export interface Of {
  readonly corpid: string
  /** Default: either type. */
  readonly type?: typeof LicenceType.schema.Type | undefined
}

/**
 * Of these members (userids as the provider knows them), those without a licence that is valid now. The corp's licences
 * are read once, before the first member.
 */
export const unlicensed = <E, R>(
  of: Of,
  members: Stream.Stream<string, E, R>
): Stream.Stream<string, E | WeComError, R | LicenceAccounts> =>
  Stream.unwrap(Effect.gen(function*() {
    const now = yield* Clock.currentTimeMillis
    const licensed = new Set<string>()
    yield* Stream.runForEach(all(of), ({ expire_time, userid }) =>
      Effect.sync(() => {
        if (expire_time !== undefined && DateTime.toEpochMillis(expire_time) > now) licensed.add(userid)
      }))
    return Stream.filter(members, (userid) => !licensed.has(userid))
  }))

/**
 * Members whose licence is valid now and ends within a time from now. Default: 30 days.
 */
export const ending = (
  { within = Duration.days(30), ...of }: Of & { readonly within?: Duration.Input | undefined }
): Stream.Stream<LicensedMember, WeComError, LicenceAccounts> =>
  Stream.unwrap(Effect.map(Clock.currentTimeMillis, (now) => {
    const until = now + Duration.toMillis(Duration.fromInputUnsafe(within))
    return Stream.filter(all(of), ({ expire_time }) => {
      const at = expire_time === undefined ? undefined : DateTime.toEpochMillis(expire_time)
      return at !== undefined && at > now && at <= until
    })
  }))

const all = ({ corpid, type }: Of): Stream.Stream<LicensedMember, WeComError, LicenceAccounts> =>
  Stream.unwrap(Effect.map(LicenceAccounts, (accounts) => accounts.listAllMembers({ corpid, limit: 1000 }))).pipe(
    Stream.filter((member) => type === undefined || member.type === type)
  )
