/**
 * What administrators, members and customers do that the data zone knows: each an act on the simulator of the context.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { ZoneProgramNotified } from "../../../callback/events/DataZoneEvents.ts"
import { type ZoneAgreeStatus, ZoneSingleAgreement } from "../../../data-zone/ChatData.ts"
import { KeywordHit } from "../../../data-zone/ChatKeywordRules.ts"
import { type ZoneEdition, ZoneUser } from "../../../data-zone/DataZone.ts"
import { ZoneLogLevel } from "../../../data-zone/ZoneLogLevel.ts"
import {
  ZoneEncryption,
  ZoneMessage,
  ZoneMessageType,
  ZoneParty,
  type ZonePartyType
} from "../../../data-zone/ZoneMessage.ts"
import { type Act, corpOf, fail, type In, memberOf, tell, type Told } from "../../engine/Act.ts"
import { event } from "../../engine/Audience.ts"
import { Engine } from "../../engine/Engine.ts"
import { timeOf } from "../../engine/Times.ts"
import { pairKey, power, zoneOf, type ZoneProgram } from "./DataZone.ts"

/** 授权存档. An administrator lets the chats of a member be archived. */
export const archiveChats = (
  archiving: In & { readonly userid: string; readonly editions: ReadonlyArray<typeof ZoneEdition.schema.Type> }
): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(archiving)
    const { user: { userid } } = yield* memberOf(corp, archiving.userid)
    zoneOf(corp).users.set(
      userid,
      new ZoneUser({ userid, open_userid: undefined, edition_list: archiving.editions })
    )
  })

/** 安装专区程序. A program is authorised to the apps of a corp. */
export const installProgram = (
  installing: In & Pick<ZoneProgram, "answers"> & {
    readonly program_id: string
    readonly debugToken?: string | undefined
  }
): Act<void> =>
  Effect.map(corpOf(installing), (corp) => {
    zoneOf(corp).programs.set(installing.program_id, {
      answers: installing.answers,
      debugToken: installing.debugToken ?? "",
      isDebugged: false,
      logLevel: ZoneLogLevel.Info
    })
  })

/** 专区通知. A program calls the app that `DataZone.setReceiver` has set it for: every app that may use the data zone. */
export const notifyApps = (
  notifying: In & { readonly program_id: string; readonly scene?: number | undefined }
): Told =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(notifying)
    if (zoneOf(corp).receiver !== notifying.program_id) {
      return yield* fail(`${notifying.program_id} is not the program that was set to receive callbacks`)
    }
    const notice = event(ZoneProgramNotified, { NotifyId: world.id("notify-"), NotifyScene: notifying.scene })
    return yield* tell(corp, ({ powers }) => powers === undefined || powers.includes(power) ? notice : undefined)
  })

/** Who takes part in a conversation. */
export interface Party {
  readonly id: string
  readonly type: typeof ZonePartyType.schema.Type
}

/** 产生会话. A text is sent, to one or in a group: archived once `DataZone.setPublicKey` has set a key. */
export const converse = (
  conversing: In & {
    readonly from: Party
    readonly to: ReadonlyArray<Party>
    readonly text: string
    readonly group?: { readonly chatid: string; readonly name: string } | undefined
  }
): Act<string> =>
  Effect.gen(function*() {
    const { world } = yield* Engine
    const corp = yield* corpOf(conversing)
    const at = yield* Clock.currentTimeMillis
    const zone = zoneOf(corp)
    const parties = [conversing.from, ...conversing.to]
    if (zone.keyVersion === undefined) return yield* fail("no public key was set")
    if (!parties.some(({ id }) => zone.users.has(id))) return yield* fail("nobody of them is archived")
    const { group, text } = conversing
    if (group !== undefined) zone.groups.set(group.chatid, group.name)
    const msgid = world.id("msg-")
    zone.messages.push({
      at,
      text,
      hits: [...zone.rules].flatMap(([id, { rule }]) =>
        rule.keyword?.word_list?.some((word) => text.includes(word)) === true
          ? [new KeywordHit({ rule_id: id, has_hit_keyword: true, semantics_list: [] })]
          : []
      ),
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
    return msgid
  })

/** 同意存档. An outsider agrees, or not, that the chat with a member is archived. */
export const agree = (
  agreeing: In & {
    readonly open_userid: string
    readonly external_userid: string
    readonly status: typeof ZoneAgreeStatus.schema.Type
  }
): Act<void> =>
  Effect.gen(function*() {
    const corp = yield* corpOf(agreeing)
    const { external_userid, open_userid, status } = agreeing
    zoneOf(corp).singles.set(
      pairKey(open_userid, external_userid),
      new ZoneSingleAgreement({
        open_userid,
        external_userid,
        agree_status: status,
        status_change_time: timeOf(yield* Clock.currentTimeMillis)
      })
    )
  })
