/**
 * Rule groups, of customers and of moments: who looks after whom, and what they may do.
 */
import type * as Schema from "effect/Schema"
import type { newStrategy, strategyChange } from "../../../customers/strategies.ts"
import type { RangeNode } from "../../../customers/StrategyRange.ts"
import { pageOf } from "../../engine/Pages.ts"
import { type AppCall, existing, refuse } from "../../engine/Route.ts"
import { departmentsUnder, seenDepartment, seenMember, type Viewer } from "../../engine/Sight.ts"
import * as State from "../../engine/State.ts"
import { timeOf } from "../../engine/Times.ts"
import { type App, type Corp, findMember } from "../../engine/World.ts"

/** A rule group, as it is kept. */
export interface Strategy<Privilege> {
  readonly id: number
  readonly owner: App
  readonly parent: Strategy<Privilege> | undefined
  name: string
  /** Epoch milliseconds. */
  readonly at: number
  admins: ReadonlyArray<string>
  privilege: Privilege
  readonly range: Array<RangeNode>
}

type Call<Input> = Pick<AppCall<void>, "app" | "corp" | "now" | "world"> & { readonly input: Input }

export interface Page {
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

export interface Named {
  readonly strategy_id: number
}

type Allowing<Fields extends Schema.Struct.Fields, Privilege> = Schema.Struct.Type<Fields> & {
  readonly privilege?: Privilege | undefined
}

/** Rule groups of one `kind`, where `allowed` says what one allows that was made, or changed, with a privilege. */
export const make = <Privilege>(kind: string, allowed: (privilege: Privilege | undefined) => Privilege) => {
  const all = State.make(`customers/${kind}`, () => new Map<number, Strategy<Privilege>>())

  /** The rule group with an id, which the app made. */
  const of = (corp: Corp, app: App, id: number): Strategy<Privilege> => {
    const strategy = existing(all(corp), id, 40058, "invalid strategy_id")
    return strategy.owner === app ? strategy : refuse(48002)
  }

  return {
    of,
    /** Whether a rule group is for a member. */
    covers: (corp: Corp, id: number, userid: string): boolean => {
      const strategy = all(corp).get(id)
      return strategy !== undefined && covered(corp, strategy.range, { type: 1, userid })
    },
    list: ({ app, corp, input }: Call<Page>) => {
      const own = [...all(corp).values()].filter(({ owner }) => owner === app)
      const { items, next_cursor } = pageOf(own, input.cursor, input.limit ?? 1000)
      return { strategy: items.map(({ id }) => ({ strategy_id: id })), next_cursor }
    },
    get: ({ app, corp, input }: Call<Named>) => {
      const { admins, at, id, name, parent, privilege } = of(corp, app, input.strategy_id)
      return {
        strategy_id: id,
        parent_id: parent?.id ?? 0,
        strategy_name: name,
        create_time: timeOf(at),
        admin_list: admins,
        privilege: parent?.privilege ?? privilege
      }
    },
    listRange: ({ app, corp, input }: Call<Named & Page>) => {
      const { range } = of(corp, app, input.strategy_id)
      const { items, next_cursor } = pageOf(range, input.cursor, input.limit ?? 1000)
      return { range: items, next_cursor }
    },
    create: ({ app, corp, input, now, world }: Call<Allowing<ReturnType<typeof newStrategy>, Privilege>>): number => {
      const parent = input.parent_id ? of(corp, app, input.parent_id) : undefined
      let levels = 1
      for (let above = parent; above !== undefined; above = above.parent) levels += 1
      if (levels > maxLevels) refuse(40058, `at most ${maxLevels} levels`)
      for (const userid of input.admin_list) seenMember({ app, corp }, userid)
      checkRange({ app, corp }, parent, input.range)
      const id = world.next()
      all(corp).set(id, {
        id,
        owner: app,
        parent,
        name: input.strategy_name,
        at: now,
        admins: input.admin_list,
        privilege: allowed(input.privilege),
        range: [...input.range]
      })
      return id
    },
    update: ({ app, corp, input }: Call<Allowing<ReturnType<typeof strategyChange>, Privilege>>): void => {
      const strategy = of(corp, app, input.strategy_id)
      const { admin_list = [], range_add = [], range_del = [] } = input
      for (const userid of admin_list) seenMember({ app, corp }, userid)
      checkRange({ app, corp }, strategy.parent, range_add)
      changeRange(strategy.range, range_del, range_add)
      if (admin_list.length > 0) strategy.admins = admin_list
      if (input.privilege !== undefined) strategy.privilege = allowed(input.privilege)
      strategy.name = input.strategy_name ?? strategy.name
    },
    delete: ({ app, corp, input }: Call<Named>): void => {
      of(corp, app, input.strategy_id)
      all(corp).delete(input.strategy_id)
    }
  }
}

const maxLevels = 5

const maxRange = 3000

/** Whether a range has a node in it. */
const covered = (corp: Corp, range: ReadonlyArray<RangeNode>, node: RangeNode): boolean => {
  const departments = node.type === 2 ? [node.partyid] : findMember(corp, node.userid)?.user.department ?? []
  return range.some((other) =>
    other.type === 1
      ? node.type === 1 && other.userid.toLowerCase() === node.userid.toLowerCase()
      : departmentsUnder(corp, other.partyid).some(({ id }) => departments.includes(id))
  )
}

/** Checks that the nodes of a range are there, and part of the range above. */
const checkRange = (
  viewer: Viewer,
  parent: { readonly range: ReadonlyArray<RangeNode> } | undefined,
  range: ReadonlyArray<RangeNode>
): void => {
  for (const node of range) {
    if (node.type === 1) seenMember(viewer, node.userid)
    else seenDepartment(viewer, node.partyid)
    if (parent !== undefined && !covered(viewer.corp, parent.range, node)) {
      refuse(40058, "range is not part of that of the parent")
    }
  }
}

const sameNode = (a: RangeNode, b: RangeNode): boolean =>
  a.type === 1
    ? b.type === 1 && a.userid.toLowerCase() === b.userid.toLowerCase()
    : b.type === 2 && a.partyid === b.partyid

/** Removes nodes from a range, then adds others. */
const changeRange = (
  range: Array<RangeNode>,
  removed: ReadonlyArray<RangeNode>,
  added: ReadonlyArray<RangeNode>
): void => {
  const kept = range.filter((node) => !removed.some((other) => sameNode(node, other)))
  const fresh = added.filter((node) => !kept.some((other) => sameNode(node, other)))
  if (kept.length + fresh.length > maxRange) refuse(81017)
  range.splice(0, range.length, ...kept, ...fresh)
}
