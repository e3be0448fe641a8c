/** 会话内容存档. */
import * as DateTime from "effect/DateTime"
import { ChatArchive, RoomAgreement, SingleAgreement } from "../../../chat-archive/ChatArchive.ts"
import { existing, refuse, route } from "../../engine/Route.ts"
import { archiveOf, pairKey } from "./ChatArchive.ts"

const { endpoints } = ChatArchive

export const chatArchive = [
  route(endpoints.listPermittedUsers, ({ corp, input }) =>
    [...archiveOf(corp).members.values()]
      .filter(({ edition }) => input.type === undefined || edition === input.type)
      .map(({ userid }) => userid)),

  route(endpoints.checkSingleAgree, ({ corp, input }) =>
    input.info.map(({ exteranalopenid, userid }) => {
      const { at, status } = existing(archiveOf(corp).singles, pairKey(userid, exteranalopenid), 301061)
      return new SingleAgreement({
        userid,
        exteranalopenid,
        agree_status: status,
        status_change_time: DateTime.makeUnsafe(at)
      })
    })),

  route(
    endpoints.checkRoomAgree,
    ({ corp, input }) =>
      [...existing(archiveOf(corp).rooms, input.roomid, 40058, "invalid roomid").agreements.values()].map((agreement) =>
        new RoomAgreement({
          exteranalopenid: agreement.external_userid,
          agree_status: agreement.status,
          status_change_time: DateTime.makeUnsafe(agreement.at)
        })
      )
  ),

  route(
    endpoints.getGroupChat,
    ({ corp, input }) => existing(archiveOf(corp).rooms, input.roomid, 40058, "invalid roomid").chat ?? refuse(301059)
  ),

  route(
    endpoints.getRobot,
    ({ corp, input }) => existing(archiveOf(corp).robots, input.robot_id, 40058, "invalid robot_id")
  )
]
