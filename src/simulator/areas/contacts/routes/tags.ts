/** 标签管理. */
import { Tag, TagMembers, TagResult, Tags } from "../../../../contacts/Tags.ts"
import { existing, refuse, route } from "../../../engine/Route.ts"
import { isSeenDepartment, isSeenMember, seenMember, shownUser, type Viewer } from "../../../engine/Sight.ts"
import type { App, Corp, Tagged } from "../../../engine/World.ts"
import { changeTagged } from "../ContactChanges.ts"

const { endpoints } = Tags

const tooMany = (list: unknown) => Array.isArray(list) ? 81014 : 40035

const codes = { tagname: 40072, tagid: 40068, userlist: tooMany, partylist: tooMany }

const maxTags = 3000

export const tags = [
  route(endpoints.create, ({ app, corp, input: { tagid = firstFree(corp), tagname } }) => {
    if (corp.tags.has(tagid)) return refuse(40068, "tagid existed")
    if (corp.tags.size >= maxTags) return refuse(45009, "too many tags")
    unique(corp, tagid, tagname)
    corp.tags.set(tagid, {
      tag: new Tag({ tagid, tagname }),
      owner: app,
      members: new Set(),
      departments: new Set()
    })
    return tagid
  }, codes),
  route(endpoints.update, ({ app, corp, input: { tagid, tagname } }) => {
    const tagged = own(corp, app, tagid)
    unique(corp, tagid, tagname)
    tagged.tag = new Tag({ tagid, tagname })
  }, codes),
  route(endpoints.delete, ({ app, corp, input: { tagid } }) => {
    own(corp, app, tagid)
    corp.tags.delete(tagid)
  }, codes),
  route(endpoints.get, (call) => tagMembers(call, existing(call.corp.tags, call.input.tagid, 40068)), codes),
  route(endpoints.addMembers, (call) => {
    const { app, corp, input } = call
    const tagged = own(corp, app, input.tagid)
    const { parties, result, users } = sorted(
      input,
      (userid) => isSeenMember(call, userid),
      (id) => isSeenDepartment(call, id)
    )
    if (users.length + parties.length === 0) return refuse(40070, "all list invalid ")
    changeTagged(call, input.tagid, () => {
      for (const userid of users) tagged.members.add(userid.toLowerCase())
      for (const id of parties) tagged.departments.add(id)
    })
    return result
  }, codes),
  route(endpoints.removeMembers, (call) => {
    const { app, corp, input } = call
    const tagged = own(corp, app, input.tagid)
    const { parties, result, users } = sorted(
      input,
      (userid) => isSeenMember(call, userid) && tagged.members.has(userid.toLowerCase()),
      (id) => isSeenDepartment(call, id) && tagged.departments.has(id)
    )
    if (users.length + parties.length === 0) return refuse(40031, "all list invalid")
    changeTagged(call, input.tagid, () => {
      for (const userid of users) tagged.members.delete(userid.toLowerCase())
      for (const id of parties) tagged.departments.delete(id)
    })
    return result
  }, codes),
  // A provider's app knows its own alone.
  route(
    endpoints.list,
    ({ app, corp }) =>
      [...corp.tags.values()].filter(({ owner }) => app.origin !== "third-party" || owner === app).map(({ tag }) => tag)
  )
]

/** Who and what has a tag, as far as the app may see them. */
export const tagMembers = (viewer: Viewer, { departments, members, tag }: Tagged): TagMembers =>
  new TagMembers({
    tagname: tag.tagname,
    userlist: [...members].filter((userid) => isSeenMember(viewer, userid)).map((key) => {
      const { name, userid } = shownUser(viewer, seenMember(viewer, key))
      return { userid, name }
    }),
    partylist: [...departments].filter((id) => isSeenDepartment(viewer, id))
  })

/** A tag of the app's own. */
const own = (corp: Corp, app: App, tagid: number): Tagged => {
  const tagged = existing(corp.tags, tagid, 40068)
  return tagged.owner === app ? tagged : refuse(81011)
}

const unique = (corp: Corp, tagid: number, tagname: string): void => {
  for (const { tag } of corp.tags.values()) {
    if (tag.tagid !== tagid && tag.tagname === tagname) refuse(40071, "tagname existed")
  }
}

const firstFree = (corp: Corp): number => Math.max(0, ...corp.tags.keys()) + 1

/** What of a list can be changed, and the answer that names the rest. */
const sorted = (
  { partylist = [], userlist = [] }: {
    readonly userlist?: ReadonlyArray<string> | undefined
    readonly partylist?: ReadonlyArray<number> | undefined
  },
  isUser: (userid: string) => boolean,
  isParty: (id: number) => boolean
) => {
  const invalidlist = userlist.filter((userid) => !isUser(userid))
  return {
    users: userlist.filter(isUser),
    parties: partylist.filter(isParty),
    result: new TagResult({
      ...(invalidlist.length === 0 ? {} : { invalidlist }),
      invalidparty: partylist.filter((id) => !isParty(id))
    })
  }
}
