/**
 * Whom a list of userids, departments and tags stands for, as far as an app may see them.
 */
import { isSeenDepartment, isSeenMember, seenMembers, type Viewer } from "./Sight.ts"
import { isTagged, isUnder, type Member } from "./World.ts"

/** Ids of members, departments and tags; ids of departments and tags are digits as text where they travel so. */
export interface Named {
  readonly users?: ReadonlyArray<string> | undefined
  readonly parties?: ReadonlyArray<number | string> | undefined
  readonly tags?: ReadonlyArray<number | string> | undefined
}

/** Who was found, and which ids stand for nobody. */
export interface Resolved {
  /** Each once. */
  readonly members: ReadonlySet<Member>
  /** In lower case, as answers have them. */
  readonly invalidUsers: ReadonlyArray<string>
  readonly invalidParties: ReadonlyArray<string>
  readonly invalidTags: ReadonlyArray<string>
}

/** Finds members by userid, department and tag. */
export const resolve = (viewer: Viewer, { parties = [], tags = [], users = [] }: Named): Resolved => {
  const { corp } = viewer
  const members = new Set<Member>()
  const visible = parties.length + tags.length === 0 ? [] : seenMembers(viewer)
  const invalidUsers = users.map((userid) => userid.toLowerCase()).filter((userid) => {
    const member = corp.members.get(userid)
    if (member === undefined || !isSeenMember(viewer, userid)) return true
    members.add(member)
    return false
  })
  const invalidParties = parties.map(String).filter((party) => {
    const id = Number(party)
    if (!isSeenDepartment(viewer, id)) return true
    for (const member of visible) {
      if (member.user.department.some((department) => isUnder(corp, department, [id]))) members.add(member)
    }
    return false
  })
  const invalidTags = tags.map(String).filter((id) => {
    const tag = corp.tags.get(Number(id))
    if (tag === undefined) return true
    for (const member of visible) {
      if (isTagged(corp, tag, member.user)) members.add(member)
    }
    return false
  })
  return { members, invalidUsers, invalidParties, invalidTags }
}
