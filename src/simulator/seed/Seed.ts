/**
 * What a simulator starts with, as JSON that people write: corps with their departments, members, apps and robots,
 * customers and customer groups, accounts of 微信客服, approval templates. `jsonSchemaText` describes it to editors.
 */
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import type * as PlatformError from "effect/PlatformError"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { issuesOf, noSuchField } from "../../internal/kernel/issues.ts"
import * as Json from "../../internal/kernel/json.ts"
import { localized } from "../../oa/approvals/ApprovalControl.ts"
import { addTemplate, approvalsOf } from "../areas/approvals/Approvals.ts"
import { addAccount, customerServiceOf } from "../areas/customer-service/CustomerService.ts"
import { addCustomer, addGroup, customersOf } from "../areas/customers/Customers.ts"
import { SimulatorError } from "../engine/CallbackSender.ts"
import { Engine, type Options } from "../engine/Engine.ts"
import type { App, CallbackTarget, Corp, World } from "../engine/World.ts"

const text = (description: string) => Schema.String.annotate({ description })

const { optionalKey: optional } = Schema

/** Where callbacks go, and how they are encrypted. */
const Callback = Schema.Struct({
  url: Schema.String,
  token: Schema.String,
  encodingAesKey: text("43 letters and digits.")
}).annotate({ identifier: "Callback" })

const AppSeed = Schema.Struct({
  agentId: optional(Schema.Int.annotate({ description: "Built-in apps such as contact sync have none." })),
  name: optional(Schema.String),
  secret: Schema.String,
  callback: optional(Callback),
  visible: optional(
    Schema.Struct({
      members: optional(Schema.Array(Schema.String)),
      departments: optional(Schema.Array(Schema.Int)),
      tags: optional(Schema.Array(Schema.Int))
    }).annotate({ description: "可见范围. Default: the whole corp." })
  ),
  powers: optional(Schema.Array(Schema.String).annotate({ description: "接口权限. Default: all." }))
}).annotate({ identifier: "App" })

const MemberSeed = Schema.Struct({
  userid: Schema.String,
  name: optional(Schema.String),
  department: optional(Schema.Array(Schema.Int).annotate({ description: "Default: the root, 1." })),
  order: optional(Schema.Array(Schema.Int)),
  is_leader_in_dept: optional(Schema.Array(Schema.Boolean)),
  main_department: optional(Schema.Int),
  direct_leader: optional(Schema.Array(Schema.String)),
  position: optional(Schema.String),
  external_position: optional(Schema.String),
  mobile: optional(Schema.String),
  telephone: optional(Schema.String),
  email: optional(Schema.String),
  biz_mail: optional(Schema.String),
  alias: optional(Schema.String),
  english_name: optional(Schema.String),
  address: optional(Schema.String),
  gender: optional(Schema.Literals([0, 1, 2])),
  status: optional(Schema.Literals([1, 2, 4, 5]).annotate({ description: "Default: 1, activated." }))
}).annotate({ identifier: "Member" })

const CustomerSeed = Schema.Struct({
  external_userid: Schema.String,
  name: optional(Schema.String),
  type: optional(Schema.Literals([1, 2])),
  unionid: optional(Schema.String),
  followedBy: Schema.Array(Schema.String).annotate({ description: "Userids of members." })
}).annotate({ identifier: "Customer" })

const GroupSeed = Schema.Struct({
  chat_id: Schema.String,
  name: optional(Schema.String),
  owner: text("A userid."),
  members: optional(Schema.Array(Schema.String)),
  customers: optional(Schema.Array(Schema.String))
}).annotate({ identifier: "CustomerGroup" })

const TemplateSeed = Schema.Struct({
  template_id: Schema.String,
  name: optional(Schema.String),
  approvers: optional(
    Schema.Array(Schema.String).annotate({ description: "Userids, who decide one after the other." })
  ),
  controls: Schema.Array(Schema.Struct({
    control: Schema.Literals(["Text", "Textarea", "Number", "Money", "File", "Location"]),
    id: Schema.String,
    title: Schema.String
  }))
}).annotate({ identifier: "ApprovalTemplate" })

const CorpSeed = Schema.Struct({
  corpId: Schema.String,
  name: optional(Schema.String),
  apps: Schema.Array(AppSeed),
  departments: optional(Schema.Array(Schema.Struct({
    id: Schema.Int,
    name: Schema.String,
    parentid: optional(Schema.Int.annotate({ description: "Default: the root, 1." })),
    order: optional(Schema.Int)
  }))),
  members: optional(Schema.Array(MemberSeed)),
  robots: optional(Schema.Array(Schema.Struct({ key: Schema.String, name: optional(Schema.String) }))),
  smartRobots: optional(
    Schema.Array(Schema.Struct({
      botId: Schema.String,
      name: optional(Schema.String),
      secret: optional(Schema.String.annotate({ description: "Of its long connection." })),
      callback: optional(Callback)
    }))
  ),
  customers: optional(Schema.Array(CustomerSeed)),
  customerGroups: optional(Schema.Array(GroupSeed)),
  kfAccounts: optional(Schema.Array(Schema.Struct({ open_kfid: Schema.String, name: Schema.String }))),
  approvalTemplates: optional(Schema.Array(TemplateSeed))
}).annotate({ identifier: "Corp" })

/** A seed. */
export const Seed = Schema.Struct({
  $schema: optional(Schema.String),
  corps: Schema.Array(CorpSeed),
  suites: optional(Schema.Array(Schema.Struct({
    suiteId: Schema.String,
    secret: Schema.String,
    callback: optional(Callback)
  }))),
  seed: optional(
    Schema.Union([Schema.String, Schema.Finite]).annotate({
      description: "Where random ids come from: the same seed, the same run."
    })
  )
}).annotate({ identifier: "Seed", title: "What a WeCom simulator starts with" })

/** A seed. */
export interface Seed extends Schema.Schema.Type<typeof Seed> {}

/** The JSON Schema of seeds, to name in `$schema`. */
export const jsonSchemaText = (): string => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(Seed, { onExcessProperty: "error" })
  return `${
    JSON.stringify(
      { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema, $defs: definitions },
      undefined,
      2
    )
  }\n`
}

/** Reads a seed; fails with what does not fit, and where. */
export const fromJson = (json: string): Effect.Effect<Seed, SimulatorError> =>
  Effect.suspend(() => {
    let value: unknown
    try {
      value = Json.parse(json)
    } catch {
      return Effect.fail(new SimulatorError({ message: "the seed is not JSON" }))
    }
    const decoded = Schema.decodeUnknownExit(Seed, { onExcessProperty: "error" })(value)
    return decoded._tag === "Success" ? Effect.succeed(decoded.value) : Effect.flatMap(
      issuesOf(decoded.cause),
      (issues) =>
        Effect.fail(
          new SimulatorError({
            message: `the seed does not fit: ${
              issues.map(({ field, message }) =>
                `${field}: ${message === noSuchField ? `there is no such key; expected ${keysAt(field)}` : message}`
              ).join("; ")
            }`
          })
        )
    )
  })

/** A part of the JSON Schema of seeds, as far as keys go. */
interface Part {
  readonly $ref?: string
  readonly anyOf?: ReadonlyArray<Part>
  readonly items?: Part
  readonly properties?: { readonly [key: string]: Part }
}

/** The keys that there are where an unknown one stands. */
const keysAt = (field: string): string => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(Seed, { onExcessProperty: "error" })
  const parts = (part: Part): ReadonlyArray<Part> =>
    part.$ref === undefined
      ? [part, ...(part.anyOf ?? []).flatMap(parts)]
      : parts(definitions[part.$ref.split("/").at(-1) ?? ""] as Part) // references are to definitions
  const steps = field.split(/[.[\]]+/).filter((step) => step !== "").slice(0, -1)
  const found = steps.reduce(
    (found, step) =>
      found.flatMap(({ items, properties = {} }) => {
        const next = /^\d+$/.test(step) ? items : properties[step]
        return next === undefined ? [] : parts(next)
      }),
    parts(schema as Part)
  )
  const keys = [...new Set(found.flatMap(({ properties = {} }) => Object.keys(properties)))]
  return keys.length === 0 ? "no key" : `one of ${keys.join(", ")}`
}

/** Writes a seed, as people read it. It has the secrets. */
export const toJson = (seed: Seed): string => `${JSON.stringify(seed, undefined, 2)}\n`

/**
 * A seed as the options of a simulator.
 *
 * @example
 * ```ts
 * SimulatorServer.layer({ port: 8788, ...Seed.options(Seed.generate({ members: 10_000 })) })
 * ```
 */
export const options = (seed: Seed): Options => ({
  corps: seed.corps,
  suites: seed.suites,
  seed: seed.seed,
  begin: (world) => Effect.forEach(seed.corps, (corp) => plant(world, corp), { discard: true })
})

const plant = (world: World, seed: typeof CorpSeed.Type): Effect.Effect<void> =>
  Effect.gen(function*() {
    const { corpId } = seed
    const corp = world.corps.get(corpId)
    if (corp === undefined) return
    for (const customer of seed.customers ?? []) yield* addCustomer(world, { corpId, ...customer })
    for (const group of seed.customerGroups ?? []) yield* addGroup(world, { corpId, ...group })
    for (const { name, open_kfid } of seed.kfAccounts ?? []) addAccount(world, corp, { id: open_kfid, name })
    for (const { controls, ...template } of seed.approvalTemplates ?? []) {
      yield* addTemplate(world, {
        corpId,
        ...template,
        controls: controls.map(({ control, id, title }) => ({
          property: { control, id, title: localized(title), placeholder: [] },
          config: undefined
        }))
      })
    }
  })

/**
 * What a seed would make again of a simulator as it is now: its people, departments, apps, customers, groups, accounts
 * and templates, with their secrets. Messages, applications and tokens are left behind.
 */
export const capture = (world: World): Seed => ({
  corps: [...world.corps.values()].map((corp) => captureCorp(world, corp)),
  suites: [...world.suites.values()].map(({ callback, id, secret }) => ({
    suiteId: id,
    secret: Redacted.value(secret),
    ...callbackOf(callback)
  }))
})

const captureCorp = (world: World, corp: Corp): typeof CorpSeed.Type => ({
  corpId: corp.id,
  name: corp.name,
  apps: corp.apps.map(captureApp),
  departments: [...corp.departments.values()].filter(({ id }) => id !== 1).map(({ id, name = "", order, parentid }) =>
    defined({ id, name, parentid, order })
  ),
  members: [...corp.members.values()].map(({ user }) =>
    defined(Object.fromEntries(memberFields.map((name) => [name, user[name]]))) as typeof MemberSeed.Type // its fields
  ),
  robots: [...world.robots.values()].filter((robot) => robot.corp === corp).map(({ key, name }) => ({
    key: Redacted.value(key),
    name
  })),
  smartRobots: [...corp.smartRobots.values()].map(({ callback, id, name, secret }) =>
    defined({
      botId: id,
      name,
      secret: secret && Redacted.value(secret),
      ...callbackOf(callback)
    })
  ),
  customers: [...customersOf(corp).customers.values()].map(({ contact, follows }) =>
    defined({
      external_userid: contact.external_userid,
      name: contact.name,
      type: contact.type === 2 ? 2 as const : 1 as const,
      unionid: contact.unionid,
      followedBy: [...follows.values()].map(({ userid }) => userid)
    })
  ),
  customerGroups: [...customersOf(corp).groups.values()].map(({ id, members, name, owner }) => ({
    chat_id: id,
    name,
    owner,
    members: members.flatMap(({ external, id }) => external || id === owner ? [] : [id]),
    customers: members.flatMap(({ external, id }) => external ? [id] : [])
  })),
  kfAccounts: [...customerServiceOf(corp).accounts.values()].map(({ id, name }) => ({ open_kfid: id, name })),
  approvalTemplates: [...approvalsOf(corp).templates.values()].map(({ approvers, controls, id, names }) => ({
    template_id: id,
    name: names[0]?.text ?? id,
    approvers,
    controls: controls.flatMap((one) =>
      "property" in one && isSimple(one.property.control)
        ? [{ control: one.property.control, id: one.property.id, title: one.property.title[0]?.text ?? "" }]
        : []
    )
  }))
})

type Simple = (typeof TemplateSeed.Type)["controls"][number]["control"]

const simple: ReadonlySet<string> = new Set(["Text", "Textarea", "Number", "Money", "File", "Location"])

const isSimple = (control: string): control is Simple => simple.has(control)

const memberFields = Object.keys(MemberSeed.fields) as ReadonlyArray<keyof typeof MemberSeed.fields> // its keys

const captureApp = ({ agentId, callback, name, powers, secret, visible }: App): typeof AppSeed.Type =>
  defined({
    agentId,
    name,
    secret: Redacted.value(secret),
    ...callbackOf(callback),
    visible: visible && defined({ ...visible }),
    powers
  })

const callbackOf = (target: CallbackTarget | undefined) => target === undefined ? {} : { callback: targetOf(target) }

const targetOf = ({ encodingAesKey, token, url }: CallbackTarget): typeof Callback.Type => ({
  url,
  token: Redacted.value(token),
  encodingAesKey: Redacted.value(encodingAesKey)
})

type Defined<T> =
  & { readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] }
  & { readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** An object without the fields that are undefined. */
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never // what is left

// ---------------------------------------------------------------------------------------------------------------------
// Seeds that are made
// ---------------------------------------------------------------------------------------------------------------------

/** How large a corp is to be. */
export interface GenerateOptions {
  /** At most 100,000. Default: 100. */
  readonly members?: number | undefined
  /** Default: as many as there are members, at most 1,000. */
  readonly customers?: number | undefined
  /** Customer groups. Default: one for 20 customers. */
  readonly groups?: number | undefined
  /** Where the first app's messages and events go. */
  readonly callback?: (typeof Callback.Type) | undefined
}

/**
 * A corp of many members in a tree of departments, the same one every time: `u1`, `u2` and so on, 25 in a department, ten
 * departments below another one; customers `wm1` and so on, whom members have in turn.
 */
export const generate = (
  { callback, members = 100, customers = Math.min(members, 1000), groups = Math.ceil(customers / 20) }:
    GenerateOptions = {}
): Seed => {
  if (!Number.isInteger(members) || members < 1 || members > 100_000) {
    throw new RangeError(`members: expected 1 to 100000, got ${members}`)
  }
  const departments = Math.ceil(members / 25)
  const userid = (index: number) => `u${index % members + 1}`
  const customer = (index: number) => `wm${index % customers + 1}`
  return {
    corps: [{
      ...corpOf(callback),
      departments: Array.from({ length: departments }, (_, index) => ({
        id: index + 2,
        name: departmentName(index),
        parentid: index < 10 ? 1 : Math.floor((index - 10) / 10) + 2
      })),
      members: Array.from({ length: members }, (_, index) => ({
        userid: userid(index),
        name: personName(index),
        department: [Math.floor(index / 25) + 2],
        is_leader_in_dept: [index % 25 === 0],
        position: index % 25 === 0 ? "经理" : "职员",
        mobile: `1${3_000_000_000 + index}`,
        gender: index % 2 === 0 ? 1 as const : 2 as const
      })),
      customers: Array.from({ length: customers }, (_, index) => ({
        external_userid: customer(index),
        name: personName(index * 7 + 3),
        followedBy: [userid(index)]
      })),
      customerGroups: customers === 0 ? [] : Array.from({ length: groups }, (_, index) => ({
        chat_id: `wr${index + 1}`,
        name: `客户群 ${index + 1}`,
        owner: userid(index),
        customers: [...new Set(Array.from({ length: 20 }, (_, one) => customer(index * 20 + one)))]
      }))
    }]
  }
}

/** A small corp worth looking at: departments, members, an app, a robot, customers, an account and a template. */
export const example = (callback?: typeof Callback.Type): Seed => ({
  corps: [{
    ...corpOf(callback),
    departments: [{ id: 2, name: "研发部" }, { id: 3, name: "市场部" }, { id: 4, name: "前端组", parentid: 2 }],
    members: [
      {
        userid: "zhangsan",
        name: "张三",
        department: [2],
        is_leader_in_dept: [true],
        position: "经理",
        mobile: "13800000001"
      },
      { userid: "lisi", name: "李四", department: [2, 3], position: "工程师", mobile: "13800000002" },
      { userid: "wangwu", name: "王五", department: [3], position: "销售", mobile: "13800000003" },
      { userid: "zhaoliu", name: "赵六", department: [4], position: "工程师", mobile: "13800000004" }
    ],
    customers: [
      { external_userid: "wmCustomer1", name: "客户甲", followedBy: ["wangwu"] },
      { external_userid: "wmCustomer2", name: "客户乙", followedBy: ["wangwu", "lisi"] }
    ],
    customerGroups: [
      { chat_id: "wrGroup1", name: "客户群", owner: "wangwu", customers: ["wmCustomer1", "wmCustomer2"] }
    ],
    kfAccounts: [{ open_kfid: "wkAccount1", name: "客服" }],
    approvalTemplates: [{
      template_id: "leave",
      name: "事假",
      approvers: ["zhangsan"],
      controls: [{ control: "Textarea", id: "Textarea-1", title: "事由" }]
    }]
  }]
})

const corpOf = (callback: (typeof Callback.Type) | undefined) => ({
  corpId: "ww5a1d0e5c0ffee001",
  name: "示例企业",
  apps: [
    {
      agentId: 1000002,
      name: "示例应用",
      secret: "simulated-app-secret-0123456789abcdefghijkl",
      ...(callback === undefined ? {} : { callback })
    }
  ],
  robots: [{ name: "示例机器人", key: "simulated-robot-key" }]
})

const surnames = [..."赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"]
const givens = [..."伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂"]

const personName = (index: number): string =>
  `${surnames[index % surnames.length]}${givens[Math.floor(index / surnames.length) % givens.length]}${
    index >= surnames.length * givens.length ? givens[Math.floor(index / 11) % givens.length] : ""
  }`

const departmentName = (index: number): string =>
  `${["研发", "市场", "销售", "运营", "财务", "人事", "法务", "客服", "采购", "生产"][index % 10]}${
    index < 10 ? "部" : `${Math.floor(index / 10)} 组`
  }`

// ---------------------------------------------------------------------------------------------------------------------
// Files
// ---------------------------------------------------------------------------------------------------------------------

/** Reads the seed in a file. */
export const load = (
  path: string
): Effect.Effect<Seed, SimulatorError | PlatformError.PlatformError, FileSystem.FileSystem> =>
  Effect.flatMap(FileSystem.FileSystem, (files) => Effect.flatMap(files.readFileString(path), fromJson))

/**
 * Keeps what {@link capture} says of a simulator in a file, which holds its secrets: every ten seconds if it changed, and
 * when the scope ends. A simulator that is made of this file continues from there.
 */
export const persist = (
  path: string
): Effect.Effect<void, PlatformError.PlatformError, FileSystem.FileSystem | Engine | Scope.Scope> =>
  Effect.gen(function*() {
    const files = yield* FileSystem.FileSystem
    const { world } = yield* Engine
    let written = ""
    const save = Effect.suspend(() => {
      const text = toJson(capture(world))
      if (text === written) return Effect.void
      // Beside it first: a simulator that is killed leaves the old file or the new one.
      return files.writeFileString(`${path}.new`, text, { mode: 0o600 }).pipe(
        Effect.andThen(files.rename(`${path}.new`, path)),
        Effect.andThen(Effect.sync(() => {
          written = text
        }))
      )
    })
    yield* save
    yield* Effect.addFinalizer(() => Effect.ignore(save, { log: "Warn" }))
    yield* Effect.forkScoped(
      Effect.repeat(Effect.ignore(save, { log: "Warn" }), Schedule.spaced("10 seconds"))
    )
  })
