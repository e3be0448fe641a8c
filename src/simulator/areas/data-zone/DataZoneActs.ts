/**
 * What administrators, members and customers do that the data zone knows: each an act on the simulator of the context.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  ZoneConversationArrived,
  ZoneGroupChatAgreed,
  ZoneKeywordHit,
  ZoneProgramNotified,
  ZoneSingleChatAgreed
} from "../../../callback/events/DataZoneEvents.ts"
import { ZoneAgreeStatus, ZoneRoomAgreement, ZoneSingleAgreement } from "../../../data-zone/ChatData.ts"
import { KeywordHit } from "../../../data-zone/ChatKeywordRules.ts"
import { ZoneEdition, ZoneUser } from "../../../data-zone/DataZone.ts"
import { ZoneLogLevel } from "../../../data-zone/ZoneLogLevel.ts"
import {
  ZoneEncryption,
  ZoneMessage,
  ZoneMessageType,
  ZoneParty,
  ZonePartyType
} from "../../../data-zone/ZoneMessage.ts"
import * as Act from "../../engine/Act.ts"
import { command, event } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { pairKey, toSuites, zoneOf } from "./DataZone.ts"

/** 授权存档. An administrator lets the chats of a member be archived. */
export const archiveChats = Act.make({
  input: Act.input({ userid: Schema.String, editions: Schema.Array(ZoneEdition.schema) }),
  success: Schema.Void,
  run: Effect.fn(function*(archiving) {
    const corp = yield* Act.corpOf(archiving)
    const { user: { userid } } = yield* Act.memberOf(corp, archiving.userid)
    zoneOf(corp).users.set(
      userid,
      new ZoneUser({ userid, open_userid: undefined, edition_list: archiving.editions })
    )
  })
})

/** 安装专区程序. A program is authorised to the apps of a corp. */
export const installProgram = Act.make({
  input: Act.input({
    program_id: Schema.String,
    answers: Schema.Record(Schema.String, Schema.String).annotate({
      description: "What the program returns, by its abilities: JSON as text."
    }),
    debugToken: Schema.optional(Schema.String)
  }),
  success: Schema.Void,
  run: (installing) =>
    Effect.map(Act.corpOf(installing), (corp) => {
      zoneOf(corp).programs.set(installing.program_id, {
        answers: installing.answers,
        debugToken: installing.debugToken ?? "",
        isDebugged: false,
        logLevel: ZoneLogLevel.Info
      })
    })
})

/** 专区通知. A program calls the app that `DataZone.setReceiver` has set it for: every app that may use the data zone. */
export const notifyApps = Act.make({
  input: Act.input({ program_id: Schema.String, scene: Schema.optional(Schema.Int) }),
  run: Effect.fn(function*(notifying) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(notifying)
    if (zoneOf(corp).receiver !== notifying.program_id) {
      return yield* Act.fail(`${notifying.program_id} is not the program that was set to receive callbacks`)
    }
    const notice = event(ZoneProgramNotified, { NotifyId: world.id("notify-"), NotifyScene: notifying.scene })
    return yield* Act.tell(corp, toSuites(notice))
  })
})

const party = Schema.Struct({ id: Schema.String, type: ZonePartyType.schema })

/**
 * 产生会话. A text is sent, to one or in a group: archived once `DataZone.setPublicKey` has set a key. Suites are told of it,
 * and again if a rule hits. Returns its `msgid`.
 */
export const converse = Act.make({
  input: Act.input({
    from: party,
    to: Schema.Array(party),
    text: Schema.String,
    group: Schema.optional(Schema.Struct({ chatid: Schema.String, name: Schema.String }))
  }),
  success: Schema.String,
  run: Effect.fn(function*(conversing) {
    const { world } = yield* Engine
    const corp = yield* Act.corpOf(conversing)
    const at = yield* Clock.currentTimeMillis
    const zone = zoneOf(corp)
    const parties = [conversing.from, ...conversing.to]
    if (zone.keyVersion === undefined) return yield* Act.fail("no public key was set")
    if (!parties.some(({ id }) => zone.users.has(id))) return yield* Act.fail("nobody of them is archived")
    const { group, text } = conversing
    if (group !== undefined) zone.groups.set(group.chatid, group.name)
    const msgid = world.id("msg-")
    const hits = [...zone.rules].flatMap(([id, { rule }]) =>
      rule.keyword?.word_list?.some((word) => text.includes(word)) === true
        ? [new KeywordHit({ rule_id: id, has_hit_keyword: true, semantics_list: [] })]
        : []
    )
    zone.messages.push({
      at,
      text,
      hits,
      message: new ZoneMessage({
        msgid,
        sender: new ZoneParty(conversing.from),
        receiver_list: conversing.to.map((party) => new ZoneParty(party)),
        chatid: group?.chatid,
        send_time: timeOf(at),
        msgtype: ZoneMessageType.Text,
        service_encrypt_info: new ZoneEncryption({
          encrypted_secret_key: world.id("key-"),
          public_key_ver: zone.keyVersion
        })
      })
    })
    yield* Act.tell(corp, toSuites(command(ZoneConversationArrived, { Token: world.text(32) })))
    if (hits.length > 0) yield* Act.tell(corp, toSuites(command(ZoneKeywordHit, { Token: world.text(32) })))
    return msgid
  })
})

/**
 * 同意存档. An outsider agrees, or not, that the chat with a member is archived, or, with `chatid`, a group. Suites are told
 * where it is so.
 */
export const agree = Act.make({
  input: Act.input({
    external_userid: Schema.String,
    open_userid: Schema.optional(Schema.String.annotate({ description: "The member. One of the two is needed." })),
    chatid: Schema.optional(Schema.String.annotate({ description: "The group. One of the two is needed." })),
    status: ZoneAgreeStatus.schema
  }),
  run: Effect.fn(function*({ chatid, external_userid, open_userid, status, ...where }) {
    const corp = yield* Act.corpOf(where)
    const agreement = {
      external_userid,
      agree_status: status,
      status_change_time: timeOf(yield* Clock.currentTimeMillis)
    }
    const { rooms, singles } = zoneOf(corp)
    if (chatid !== undefined) {
      rooms.set(pairKey(chatid, external_userid), { chatid, agreement: new ZoneRoomAgreement(agreement) })
    } else if (open_userid !== undefined) {
      singles.set(pairKey(open_userid, external_userid), new ZoneSingleAgreement({ open_userid, ...agreement }))
    } else {
      return yield* Act.fail("open_userid or chatid is needed")
    }
    if (status === ZoneAgreeStatus.Disagreed) return []
    const notice = chatid === undefined
      ? command(ZoneSingleChatAgreed, { OpenUserID: open_userid, ExternalUserID: external_userid })
      : command(ZoneGroupChatAgreed, { ChatId: chatid, ExternalUserID: external_userid })
    return yield* Act.tell(corp, toSuites(notice))
  })
})
