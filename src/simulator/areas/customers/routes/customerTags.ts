/** 管理企业标签, 管理企业规则组下的客户标签, 编辑客户企业标签. */
import { CustomerTag, CustomerTagGroup, CustomerTags } from "../../../../customers/CustomerTags.ts"
import { StrategyTag, StrategyTagGroup, StrategyTags } from "../../../../customers/StrategyTags.ts"
import type { NewTag } from "../../../../customers/Tag.ts"
import { refuse, route } from "../../../engine/Route.ts"
import { timeOf } from "../../../engine/Times.ts"
import type { App, Corp, World } from "../../../engine/World.ts"
import { customersOf, findTag, settle, type Tag, type TagGroup } from "../Customers.ts"
import { followOf } from "./customers.ts"
import { strategies } from "./customerStrategies.ts"

const maxTags = 10_000

const nameCodes = { name: 40071, group_name: 40071, "tag.name": 40071 }

interface Addition {
  readonly group_id?: string | undefined
  readonly group_name?: string | undefined
  readonly order?: number | undefined
  readonly tag: ReadonlyArray<NewTag>
}

/** Adds tags to a group, which is made where it has to be: the group, and the new tags. */
const add = (
  { app, corp, now, world }: { readonly app: App; readonly corp: Corp; readonly now: number; readonly world: World },
  input: Addition,
  strategy: number | undefined
): { readonly group: TagGroup; readonly tags: ReadonlyArray<Tag> } => {
  const { tagGroups } = customersOf(corp)
  const groups = [...tagGroups.values()].filter((group) => !group.deleted)
  const found = input.group_id === undefined || input.group_id === ""
    ? groups.find((group) => group.strategy === strategy && group.name === input.group_name)
    : groups.find((group) => group.strategy === strategy && group.id === input.group_id) ?? refuse(40068)
  const group = found ?? {
    id: world.id("et"),
    name: input.group_name ?? "",
    order: input.order ?? 0,
    at: now,
    owner: app,
    strategy,
    deleted: false,
    tags: []
  }
  const wanted = new Map(input.tag.toReversed().map((tag) => [tag.name, tag]))
  for (const tag of group.tags) if (!tag.deleted && wanted.has(tag.name)) refuse(40071, "UserTag Name Already Exist")
  const count = groups.flatMap(({ tags }) => tags).filter((tag) => !tag.deleted).length
  if (count + wanted.size > maxTags) refuse(40126)
  const tags = [...wanted.values()].toReversed().map(({ name, order = 0 }): Tag => ({
    id: world.id(strategy === undefined ? "et" : "st"),
    name,
    order,
    at: now,
    deleted: false
  }))
  group.tags.push(...tags)
  tagGroups.set(group.id, group)
  return { group, tags }
}

/** Renames or moves a tag or a group. */
const edit = (
  { app, corp }: { readonly app: App; readonly corp: Corp },
  input: { readonly id: string; readonly name?: string | undefined; readonly order?: number | undefined },
  ofStrategy: boolean
): void => {
  const { group, tag } = target(app, corp, input.id, ofStrategy)
  const siblings = tag === undefined
    ? [...customersOf(corp).tagGroups.values()].filter(({ strategy }) => strategy === group.strategy)
    : group.tags
  if (siblings.some((other) => other.id !== input.id && !other.deleted && other.name === input.name)) {
    refuse(40071, "UserTag Name Already Exist")
  }
  const edited = tag ?? group
  edited.name = input.name ?? edited.name
  edited.order = input.order ?? edited.order
}

/** Deletes tags and groups, and takes them off everybody. A group goes with its last tag. */
const remove = (
  { app, corp }: { readonly app: App; readonly corp: Corp },
  input: { readonly tag_id?: ReadonlyArray<string> | undefined; readonly group_id?: ReadonlyArray<string> | undefined },
  ofStrategy: boolean
): void => {
  const targets = [...input.tag_id ?? [], ...input.group_id ?? []].map((id) => target(app, corp, id, ofStrategy))
  for (const { group, tag } of targets) {
    for (const gone of tag === undefined ? group.tags : [tag]) {
      gone.deleted = true
      for (const { follows } of customersOf(corp).customers.values()) {
        for (const { tags } of follows.values()) tags.delete(gone.id)
      }
    }
    group.deleted = group.tags.every(({ deleted }) => deleted)
  }
}

/** The tag or the group with an id, which the app made. */
const target = (
  app: App,
  corp: Corp,
  id: string,
  ofStrategy: boolean
): { readonly group: TagGroup; readonly tag: Tag | undefined } => {
  const group = customersOf(corp).tagGroups.get(id)
  const found = findTag(corp, id) ?? (group === undefined || group.deleted ? undefined : { group, tag: undefined })
  if (found === undefined || (found.group.strategy !== undefined) !== ofStrategy) return refuse(40068)
  return found.group.owner === app ? found : refuse(81011)
}

/** The groups that are asked for, with the tags that are; deleted ones where they are asked for by id. */
const select = (
  corp: Corp,
  { group_id = [], tag_id = [] }: {
    readonly group_id?: ReadonlyArray<string> | undefined
    readonly tag_id?: ReadonlyArray<string> | undefined
  },
  belongs: (group: TagGroup) => boolean
): ReadonlyArray<{ readonly group: TagGroup; readonly tags: ReadonlyArray<Tag> }> => {
  const groups = [...customersOf(corp).tagGroups.values()].filter(belongs).toSorted((a, b) => b.order - a.order)
  const sorted = ({ tags }: TagGroup) => tags.toSorted((a, b) => b.order - a.order)
  if (group_id.length > 0) {
    return groups.filter(({ id }) => group_id.includes(id)).map((group) => ({ group, tags: sorted(group) }))
  }
  if (tag_id.length > 0) {
    return groups.map((group) => ({ group, tags: sorted(group).filter(({ id }) => tag_id.includes(id)) }))
      .filter(({ tags }) => tags.length > 0)
  }
  return groups.filter(({ deleted }) => !deleted)
    .map((group) => ({ group, tags: sorted(group).filter(({ deleted }) => !deleted) }))
}

const tagFields = ({ at, id, name, order }: Tag) => ({ id, name, create_time: timeOf(at), order })

const groupFields = ({ at, id, name, order }: TagGroup) => ({
  group_id: id,
  group_name: name,
  create_time: timeOf(at),
  order
})

const corpTags = [
  route(CustomerTags.endpoints.list, ({ corp, input }) => {
    const byId = (input.tag_id?.length ?? 0) + (input.group_id?.length ?? 0) > 0
    return select(corp, input, ({ strategy }) => strategy === undefined).map(({ group, tags }) =>
      new CustomerTagGroup({
        ...groupFields(group),
        ...(byId ? { deleted: group.deleted } : {}),
        tag: tags.map((tag) => new CustomerTag({ ...tagFields(tag), ...(byId ? { deleted: tag.deleted } : {}) }))
      })
    )
  }),
  route(CustomerTags.endpoints.create, (call) => {
    const { group, tags } = add(call, call.input, undefined)
    return new CustomerTagGroup({ ...groupFields(group), tag: tags.map((tag) => new CustomerTag(tagFields(tag))) })
  }, nameCodes),
  route(CustomerTags.endpoints.update, (call) => edit(call, call.input, false), nameCodes),
  route(CustomerTags.endpoints.delete, (call) => remove(call, call.input, false)),
  route(CustomerTags.endpoints.mark, (call) => {
    const { corp, input, now } = call
    settle(corp, now)
    const { follow } = followOf(call, input.userid, input.external_userid)
    const { add_tag = [], remove_tag = [] } = input
    for (const id of [...add_tag, ...remove_tag]) {
      const strategy = (findTag(corp, id) ?? refuse(40068)).group.strategy
      if (strategy !== undefined && !strategies.covers(corp, strategy, input.userid)) refuse(81011)
    }
    for (const id of remove_tag) follow.tags.delete(id)
    for (const id of add_tag) follow.tags.add(id)
  })
]

const strategyTags = [
  route(StrategyTags.endpoints.list, ({ app, corp, input }) => {
    if (input.strategy_id !== undefined) strategies.of(corp, app, input.strategy_id)
    const belongs = ({ owner, strategy }: TagGroup) =>
      strategy !== undefined && owner === app && (input.strategy_id === undefined || strategy === input.strategy_id)
    return select(corp, input, belongs).map(({ group, tags }) =>
      new StrategyTagGroup({
        ...groupFields(group),
        strategy_id: group.strategy,
        tag: tags.map((tag) => new StrategyTag(tagFields(tag)))
      })
    )
  }),
  route(StrategyTags.endpoints.create, (call) => {
    const strategy = strategies.of(call.corp, call.app, call.input.strategy_id)
    if (strategy.parent !== undefined) refuse(40058, "tags are of rule groups of the first level")
    const { group, tags } = add(call, call.input, strategy.id)
    return new StrategyTagGroup({ ...groupFields(group), tag: tags.map((tag) => new StrategyTag(tagFields(tag))) })
  }, nameCodes),
  route(StrategyTags.endpoints.update, (call) => edit(call, call.input, true), nameCodes),
  route(StrategyTags.endpoints.delete, (call) => remove(call, call.input, true))
]

export const customerTags = [...corpTags, ...strategyTags]
