/** 群机器人, 智能机器人. */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { GroupRobot, RobotMedia } from "../../../../robot/GroupRobot.ts"
import { SmartRobot } from "../../../../robot/SmartRobot.ts"
import * as Conversation from "../../../engine/Conversation.ts"
import { keyRoute, refuse, robotRoute } from "../../../engine/Route.ts"
import { findMedia, findMember, keepMedia, type Robot } from "../../../engine/World.ts"
import { messageContent } from "../../messages/contentCodes.ts"
import { responseUrls } from "../SmartRobotChat.ts"

const { endpoints } = GroupRobot

export const robots = [
  robotRoute(endpoints.send, ({ input, now, raw, robot, world }) => {
    const { messages, window } = world.robotLimit
    if (taken(robot, now - window) >= messages) refuse(45009, "api freq out of limit")
    const content = raw[input.msgtype] as Robot["said"][number]["content"] // decoded by the schema of this very type
    if (typeof content.media_id === "string" && findMedia(robot, content.media_id, now) === undefined) {
      refuse(40007, "invalid media_id")
    }
    robot.said.push({ at: now, msgtype: input.msgtype, content })
    if (robot.said.length > world.keep * 2) robot.said.splice(0, world.keep)
  }, { ...messageContent, "markdown_v2.content": 45002 }),
  robotRoute(endpoints.uploadMedia, ({ input, now, robot, world }) =>
    new RobotMedia({
      type: input.type,
      media_id: keepMedia(world, robot, input.type, input.media, now),
      created_at: DateTime.makeUnsafe(now)
    }), { type: 40004 }),

  keyRoute(SmartRobot.endpoints.respond, ({ input, now, raw, world }) => {
    const code = Redacted.value(input.response_code)
    for (const corp of world.corps.values()) {
      const found = responseUrls(corp).get(code)
      const member = found && findMember(corp, found.userid)
      if (found === undefined || member === undefined || found.used || found.endsAt <= now) continue
      found.used = true
      const content = raw[input.msgtype] as Conversation.Content // decoded by the schema of this very type
      Conversation.deliver(
        { botId: found.botId, corp, now, world },
        { msgtype: input.msgtype, content, chatid: found.chatid },
        [member]
      )
      return
    }
    refuse(60140, "invalid response_code")
  }, { "markdown.content": 45002 })
]

/** How many messages were taken after a time. */
const taken = (robot: Robot, after: number): number => {
  let count = 0
  for (let i = robot.said.length - 1; i >= 0; i--) {
    if ((robot.said[i]?.at ?? 0) <= after) break
    count += 1
  }
  return count
}
