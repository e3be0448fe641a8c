/** 数据与智能专区. */
import * as Redacted from "effect/Redacted"
import { ZoneExportFinished } from "../../../callback/events/DataZoneEvents.ts"
import { ChatData, FoundZoneChats, FoundZoneMessages, ZoneMessagePage } from "../../../data-zone/ChatData.ts"
import { ChatExport, ChatExportStatus, ChatJobs } from "../../../data-zone/ChatJobs.ts"
import {
  ChatKeywordRules,
  KeywordMessage,
  KeywordMessagePage,
  KeywordRule,
  KeywordRulePage,
  KeywordRuleSummary
} from "../../../data-zone/ChatKeywordRules.ts"
import { DataZone, ZoneMedia, ZoneUserPage } from "../../../data-zone/DataZone.ts"
import { DataZoneBasics } from "../../../data-zone/DataZoneBasics.ts"
import { DataZoneDebugging, ZoneDebugMode } from "../../../data-zone/DataZoneDebugging.ts"
import { DataZonePrograms, ZoneProgramResult } from "../../../data-zone/DataZonePrograms.ts"
import { ZoneMessageDetail } from "../../../data-zone/ZoneMessage.ts"
import { announce, command } from "../../engine/Audience.ts"
import type { Caller } from "../../engine/Collection.ts"
import { pageOf } from "../../engine/Pages.ts"
import { existing, merged, refuse, route } from "../../engine/Route.ts"
import { timeOf } from "../../engine/Times.ts"
import { keepMedia } from "../../engine/World.ts"
import { pairKey, toSuites, type ZoneEntry, zoneOf, type ZoneProgram } from "./DataZone.ts"

const { endpoints } = DataZone
const chats = ChatData.endpoints
const keywords = ChatKeywordRules.endpoints
const debugging = DataZoneDebugging.endpoints
const programs = DataZonePrograms.endpoints

const programOf = (call: Caller & { readonly input: { readonly program_id: string } }): ZoneProgram =>
  existing(zoneOf(call.corp).programs, call.input.program_id, 40_058, "invalid program_id")

/** What an ability of a program returns. */
const answerOf = (
  call: Caller & { readonly input: { readonly program_id: string; readonly ability_id: string } }
): string => programOf(call).answers[call.input.ability_id] ?? refuse(40_058, "invalid ability_id")

const day = 86_400_000

/** Messages of the last days, from a cursor on; the last page has a cursor too, to continue from. */
const since = (
  { corp, input: { cursor, limit = 200 }, now }: Caller & {
    readonly input: { readonly cursor?: string | undefined; readonly limit?: number | undefined }
  },
  days: number,
  select: (entry: ZoneEntry) => boolean = () => true
) => {
  const { keyVersion, messages } = zoneOf(corp)
  if (keyVersion === undefined) refuse(40_058, "no public key was set")
  const start = cursor === undefined || cursor === ""
    ? messages.findIndex(({ at }) => at >= now - days * day)
    : Number(/^after-(\d+)$/.exec(cursor)?.[1] ?? refuse(50_100))
  const first = start < 0 ? messages.length : start
  const found = messages.map((entry, index) => ({ entry, index }))
    .filter(({ entry, index }) => index >= first && select(entry))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    entries: page.map(({ entry }) => entry),
    has_more: found.length > limit,
    next_cursor: `after-${found.length > limit && last !== undefined ? last.index + 1 : messages.length}`
  }
}

/** How long an export takes, in milliseconds. */
const exportTime = 1000

export const dataZone = [
  route(ChatJobs.endpoints.createExport, (call) => {
    const { corp, input, later, now, world } = call
    const template = existing(corp.media, input.media_id, 40_007)
    if (template.endsAt <= now) refuse(40_007)
    const jobid = world.id("export-")
    zoneOf(corp).exports.set(jobid, false)
    later(exportTime, (now) => {
      zoneOf(corp).exports.set(jobid, true)
      announce({ ...call, now }, toSuites(command(ZoneExportFinished, { JobId: jobid })))
    })
    return jobid
  }),
  route(
    ChatJobs.endpoints.getExport,
    ({ corp, input }) =>
      existing(zoneOf(corp).exports, input.jobid, 40_058, "invalid jobid")
        ? new ChatExport({ status: ChatExportStatus.Finished, result_errcode: 0, result_id: `result-${input.jobid}` })
        : new ChatExport({ status: ChatExportStatus.Running })
  ),
  route(
    chats.getRoomAgreements,
    ({ corp, input }) =>
      [...zoneOf(corp).rooms.values()].flatMap(({ agreement, chatid }) => chatid === input.chatid ? [agreement] : [])
  ),

  route(endpoints.setPublicKey, ({ corp, input }) => {
    const zone = zoneOf(corp)
    if (zone.keyVersion !== undefined && input.public_key_ver <= zone.keyVersion) {
      refuse(40_058, "public_key_ver must be higher than the one before")
    }
    zone.keyVersion = input.public_key_ver
  }),
  route(endpoints.listUsers, ({ corp, input: { cursor, limit = 200 } }) => {
    const { items, next_cursor } = pageOf([...zoneOf(corp).users.values()], cursor, limit)
    return new ZoneUserPage({ auth_user_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),
  route(endpoints.setReceiver, (call) => {
    programOf(call)
    zoneOf(call.corp).receiver = call.input.program_id
  }),
  route(endpoints.setMasking, ({ corp, input: { config, userid } }) => {
    if (!zoneOf(corp).users.has(userid)) refuse(60_111)
    zoneOf(corp).masking.set(userid, { ...zoneOf(corp).masking.get(userid), ...config })
  }),
  route(endpoints.getMasking, ({ corp, input: { userid } }) => ({
    hide_mobile: false,
    hide_idcard: false,
    hide_bankno: false,
    ...zoneOf(corp).masking.get(userid)
  })),
  route(endpoints.setLogLevel, (call) => {
    programOf(call).logLevel = call.input.log_level
  }),
  route(DataZoneBasics.endpoints.getLogLevel, (call) => programOf(call).logLevel),
  route(endpoints.uploadMedia, ({ corp, input, now, world }) =>
    new ZoneMedia({
      type: "file",
      media_id: keepMedia(world, corp, "file", input.media, now),
      created_at: timeOf(now)
    })),

  route(debugging.start, (call) => {
    const program = programOf(call)
    if (Redacted.value(call.input.debug_token) !== program.debugToken) refuse(40_058, "invalid debug_token")
    program.isDebugged = true
  }),
  route(debugging.finish, (call) => {
    programOf(call).isDebugged = false
  }),
  route(debugging.check, (call) => programOf(call).isDebugged ? ZoneDebugMode.Open : ZoneDebugMode.Closed),

  route(programs.call, answerOf),
  route(programs.start, (call) => {
    const answer = answerOf(call)
    const jobid = call.world.id("job-")
    zoneOf(call.corp).jobs.set(jobid, answer)
    return jobid
  }),
  route(programs.getResult, ({ corp, input }) =>
    new ZoneProgramResult({
      response_errcode: 0,
      response_data: existing(zoneOf(corp).jobs, input.jobid, 40_058, "invalid jobid")
    })),

  route(chats.listMessages, (call) => {
    const { entries, ...page } = since(call, 5)
    return new ZoneMessagePage({ ...page, msg_list: entries.map(({ message }) => message) })
  }),
  route(
    chats.getSingleAgreements,
    ({ corp, input }) =>
      input.item.flatMap(({ external_userid, open_userid }) =>
        zoneOf(corp).singles.get(pairKey(open_userid, external_userid)) ?? []
      )
  ),
  route(chats.searchChats, ({ corp, input: { cursor, limit = 50, query_word } }) => {
    const all = [...zoneOf(corp).groups].filter(([, name]) => name.includes(query_word))
    const { items, next_cursor } = pageOf(all.map(([chatid]) => ({ chatid })), cursor, limit)
    return new FoundZoneChats({ chat_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),
  route(chats.searchMessages, ({ corp, input, now }) => {
    const { chat_info, cursor, end_time, limit = 50, query_word, start_time } = input
    const [from, to] = [start_time?.epochMilliseconds ?? now - 30 * day, end_time?.epochMilliseconds ?? now]
    const ids = chat_info?.id_list?.map(({ external_userid, open_userid }) => open_userid ?? external_userid)
    const all = zoneOf(corp).messages.filter(({ at, message, text }) =>
      at >= from && at <= to && text.includes(query_word) &&
      (chat_info?.chat_type === undefined || (chat_info.chat_type === 2) === (message.chatid !== undefined)) &&
      (chat_info?.chat_id === undefined || chat_info.chat_id === message.chatid) &&
      (ids === undefined ||
        ids.every((id) => [message.sender, ...message.receiver_list].some((party) => party?.id === id)))
    ).toReversed()
    const { items, next_cursor } = pageOf(all.map(({ message: { msgid } }) => ({ msgid })), cursor, limit)
    return new FoundZoneMessages({ msg_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),

  route(keywords.create, ({ corp, input, now, world }) => {
    const { rules } = zoneOf(corp)
    if (rules.size >= 100) refuse(40_058, "more than 100 rules")
    const id = world.id("rule-")
    rules.set(id, { rule: new KeywordRule(input), at: now })
    return id
  }),
  route(keywords.list, ({ corp, input: { cursor, limit = 100 } }) => {
    const all = [...zoneOf(corp).rules].map(([rule_id, { at, rule: { name } }]) =>
      new KeywordRuleSummary({ rule_id, name, create_time: timeOf(at) })
    )
    const { items, next_cursor } = pageOf(all, cursor, limit)
    return new KeywordRulePage({ rule_list: items, has_more: next_cursor !== undefined, next_cursor })
  }),
  route(keywords.get, ({ corp, input }) => existing(zoneOf(corp).rules, input.rule_id, 40_058, "invalid rule_id").rule),
  route(keywords.update, ({ corp, input: { rule_id, ...changes } }) => {
    const { rules } = zoneOf(corp)
    const { at, rule } = existing(rules, rule_id, 40_058, "invalid rule_id")
    rules.set(rule_id, { at, rule: new KeywordRule(merged(rule, changes)) })
  }),
  route(keywords.delete, ({ corp, input }) => {
    if (!zoneOf(corp).rules.delete(input.rule_id)) refuse(40_058, "invalid rule_id")
  }),
  route(keywords.listMessages, (call) => {
    const { entries, ...page } = since(call, 3, ({ hits }) => hits.length > 0)
    return new KeywordMessagePage({
      ...page,
      msg_list: entries.map(({ hits, message: { msgid, ...detail } }) =>
        new KeywordMessage({
          msgid,
          hit_rule_list: hits,
          msg_detail: call.input.need_detail === true ? new ZoneMessageDetail(detail) : undefined
        })
      )
    })
  })
]
