/** 设备数据: what devices have recorded, for the apps that may read it; and the rules of doors. */
import {
  AccessDataPage,
  AccessRule,
  AccessRules,
  AddedAccessRule,
  AuthorisedDevice,
  CheckinDataPage,
  DeviceData,
  DeviceDataFilter,
  type DeviceDataQuery,
  TemperatureDataPage,
  UpdatedAccessRule
} from "../../../hardware/DeviceData.ts"
import { openIdOf } from "../../engine/OpenIds.ts"
import { pageOf } from "../../engine/Pages.ts"
import { type AppCall, existing, refuse, route } from "../../engine/Route.ts"
import { timeOf } from "../../engine/Times.ts"
import { hardwareOf, type KeptRule, type Recorded } from "./HardwareDevices.ts"

const { endpoints } = DeviceData

const readableBy = ({ app, corp }: Pick<AppCall<void>, "app" | "corp">): ReadonlySet<string> =>
  hardwareOf(corp).readable.get(app) ?? new Set()

/** The page of records that is asked for, of the devices that the app may read. */
const page = <A>(call: AppCall<typeof DeviceDataQuery.Type>, records: ReadonlyArray<Recorded<A>>) => {
  const { begin_time, cursor, data_filter_type, end_time, limit = 200, user_type, ...lists } = call.input
  const { device_sn_list = [], open_userid_list = [] } = lists
  const readable = readableBy(call)
  const found = records.filter(({ at, open_userid, sn, userType }) =>
    readable.has(sn) && userType === user_type && at >= begin_time.epochMilliseconds &&
    at <= end_time.epochMilliseconds &&
    (data_filter_type === DeviceDataFilter.Device
      ? device_sn_list.includes(sn)
      : open_userid_list.includes(open_userid))
  )
  const { items, next_cursor } = pageOf(found, cursor, limit)
  return { items: items.map(({ datum }) => datum), next_cursor }
}

interface Wanted {
  readonly rule_list: ReadonlyArray<string>
  readonly effect_open_userid_list: ReadonlyArray<
    { readonly open_userid: string; readonly user_type?: number | undefined }
  >
}

interface Edit {
  readonly device_sn_list: ReadonlyArray<string>
  readonly rule_name: string
  readonly pass_rule?: Wanted | undefined
  readonly remote_pass_rule?: Wanted | undefined
}

/** What is kept of a rule, and the open userids of it that are none. */
const ruleOf = (call: AppCall<Edit>, rule_id: string): { readonly kept: KeptRule; readonly invalid: Array<string> } => {
  const { app, corp, input, now } = call
  const readable = readableBy(call)
  if (input.device_sn_list.some((sn) => !readable.has(sn))) refuse(60_011)
  const known = new Set([...corp.members.values()].map(({ user }) => openIdOf(corp, "user", user.userid)))
  const made = (wanted: Wanted | undefined) =>
    wanted && new AccessRule({
      rule_id,
      name: input.rule_name,
      effect_time: timeOf(now),
      rule_list: wanted.rule_list,
      effect_open_userid_list: wanted.effect_open_userid_list.filter(({ open_userid }) => known.has(open_userid))
    })
  const named = [input.pass_rule, input.remote_pass_rule].flatMap((rule) => rule?.effect_open_userid_list ?? [])
  return {
    kept: {
      owner: app,
      devices: input.device_sn_list,
      pass: made(input.pass_rule),
      remotePass: made(input.remote_pass_rule)
    },
    invalid: [...new Set(named.flatMap(({ open_userid }) => known.has(open_userid) ? [] : [open_userid]))]
  }
}

const own = ({ app, corp, input }: AppCall<{ readonly rule_id: string }>): KeptRule => {
  const kept = existing(hardwareOf(corp).rules, input.rule_id, 40_058, "invalid rule_id")
  return kept.owner === app ? kept : refuse(60_011)
}

export const hardwareRoutes = [
  route(endpoints.listDevices, (call) => {
    const readable = readableBy(call)
    const item = [...hardwareOf(call.corp).devices.values()].filter(({ sn }) => readable.has(sn))
      .map(({ model, name, sn }) =>
        new AuthorisedDevice({
          device_sn: sn,
          remark_name: name,
          default_name: model,
          model_name: model,
          device_type: 1,
          device_ability: 7
        })
      )
    return { item }
  }),
  route(endpoints.listCheckins, (call) => {
    const { items, next_cursor } = page(call, hardwareOf(call.corp).checkins)
    return new CheckinDataPage({ checkindata: { items }, next_cursor })
  }),
  route(endpoints.listTemperatures, (call) => {
    const { items, next_cursor } = page(call, hardwareOf(call.corp).temperatures)
    return new TemperatureDataPage({ temperature_data: { items }, next_cursor })
  }),
  route(endpoints.listPasses, (call) => {
    const { items, next_cursor } = page(call, hardwareOf(call.corp).passes)
    return new AccessDataPage({ accesscontrol_data: { items }, next_cursor })
  }),
  route(endpoints.getAccessRules, (call) => {
    const { device_sn } = call.input
    if (!readableBy(call).has(device_sn)) refuse(60_011)
    const rules = [...hardwareOf(call.corp).rules.values()].filter(({ devices }) => devices.includes(device_sn))
    return new AccessRules({
      pass_rule: { items: rules.flatMap(({ pass }) => pass ?? []) },
      remote_pass_rule: { items: rules.flatMap(({ remotePass }) => remotePass ?? []) }
    })
  }),
  route(endpoints.addAccessRule, (call) => {
    const rule_id = call.world.id("rule-")
    const { invalid, kept } = ruleOf(call, rule_id)
    hardwareOf(call.corp).rules.set(rule_id, kept)
    return new AddedAccessRule({ rule_id, invalid_list: invalid })
  }),
  route(endpoints.updateAccessRule, (call) => {
    own(call)
    const { invalid, kept } = ruleOf(call, call.input.rule_id)
    hardwareOf(call.corp).rules.set(call.input.rule_id, kept)
    return new UpdatedAccessRule({ invalid_list: invalid })
  }),
  route(endpoints.deleteAccessRule, (call) => {
    own(call)
    hardwareOf(call.corp).rules.delete(call.input.rule_id)
  })
]
