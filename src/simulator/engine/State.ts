/**
 * What one area of the API knows, beside what everybody knows (`World`).
 */
import type { Corp, Stateful } from "./World.ts"

/** What an area keeps of an owner: made when it is first asked for. */
export interface State<S, Owner extends Stateful = Corp> {
  (owner: Owner): S
  /** The area and what is kept, such as `calendars/calendars`. */
  readonly key: string
}

/**
 * State that one area keeps of a corp (or of a suite, the provider, the whole world). Plain data: maps, sets, arrays,
 * records and models.
 *
 * @example
 * ```ts
 * const bookings = State.make("meeting-rooms/bookings", () => new Map<string, Booking>())
 *
 * route(MeetingRooms.endpoints.getBooking, ({ corp, input }) => existing(bookings(corp), input.booking_id, 40058))
 * ```
 */
export const make = <S, Owner extends Stateful = Corp>(
  key: string,
  initial: (owner: Owner) => S
): State<S, Owner> => {
  const self: State<S, Owner> = Object.assign((owner: Owner): S => {
    if (!owner.states.has(self)) owner.states.set(self, initial(owner))
    return owner.states.get(self) as S // set by the line above alone
  }, { key })
  return self
}
