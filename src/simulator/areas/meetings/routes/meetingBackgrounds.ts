/** 会议背景. */
import { MeetingBackground, MeetingBackgrounds, MeetingLayouts } from "../../../../oa/meetings/MeetingLayouts.ts"
import { refuse, route } from "../../../engine/Route.ts"
import * as State from "../Meetings.ts"
import { afterwards } from "./shared.ts"

const { endpoints } = MeetingLayouts
const { meetings } = State

/** How many backgrounds a meeting has at most. */
const most = 7

const shown = (
  { backgrounds: { selected } }: State.Held,
  list: ReadonlyArray<MeetingBackground>
): MeetingBackgrounds => new MeetingBackgrounds({ selected_background_id: selected, background_list: list })

const known = ({ backgrounds: { list } }: State.Held, id: string): string =>
  list.some(({ background_id }) => background_id === id) ? id : refuse(40058, "invalid background_id")

/** Deletes backgrounds, but not the one that is used. */
const remove = (held: State.Held, ids: ReadonlyArray<string>): void => {
  const { list, selected } = held.backgrounds
  for (const id of ids) if (known(held, id) === selected) refuse(40058, "the meeting uses the background")
  held.backgrounds = { selected, list: list.filter(({ background_id }) => !ids.includes(background_id)) }
}

export const meetingBackgrounds = [
  route(endpoints.addBackgrounds, (call) => {
    const { default_image_order = 1, image_list, meetingid } = call.input
    const held = meetings.get(call, meetingid)
    const { list, selected } = held.backgrounds
    if (list.length + image_list.length > most) refuse(40058, "a meeting has at most 7 backgrounds")
    const added = image_list.map(({ image_md5 }) =>
      new MeetingBackground({ background_id: call.world.id("background-"), image_md5 })
    )
    const chosen = added[default_image_order - 1]?.background_id
    held.backgrounds = { selected: chosen ?? selected, list: [...list, ...added] }
    const urls = image_list.map(({ image_url }) => image_url)
    afterwards(call, () => State.picturesUploaded(held, urls, [".png"]))
    return shown(held, added)
  }),

  route(endpoints.listBackgrounds, (call) => {
    const held = meetings.get(call, call.input.meetingid)
    return shown(held, held.backgrounds.list)
  }),

  route(endpoints.setDefaultBackground, (call) => {
    const { meetingid, selected_background_id: id } = call.input
    const held = meetings.get(call, meetingid)
    held.backgrounds = { ...held.backgrounds, selected: id === "" ? id : known(held, id) }
  }),

  route(endpoints.deleteBackground, (call) => {
    remove(meetings.get(call, call.input.meetingid), [call.input.background_id])
  }),

  route(endpoints.deleteBackgrounds, (call) => {
    remove(meetings.get(call, call.input.meetingid), call.input.background_id_list)
  })
]
