/** The apps and smart robots of a corp. */
import { menuOf } from "../../areas/apps/routes/apps.ts"
import { isConnected } from "../../areas/robot/BotSocket.ts"
import type { App, World } from "../../engine/World.ts"
import type { AppView, BotView, MenuButton } from "../View.ts"
import type { Look } from "./names.ts"

/** The apps of a corp. */
export const apps = ({ corp, world }: Look, now: number): ReadonlyArray<AppView> =>
  corp.apps.map((app) => ({
    agentId: app.agentId,
    name: app.name,
    callback: app.callback?.url,
    tokenEndsAt: tokenEnd(world, app, now),
    // Buttons are plain data.
    menu: (menuOf(corp, app) ?? []) as ReadonlyArray<MenuButton>
  }))

/** The smart robots of a corp. */
export const bots = ({ corp, world }: Look): ReadonlyArray<BotView> =>
  [...corp.smartRobots.values()].map(({ callback, id, name }) => ({
    id,
    name,
    callback: callback?.url,
    connected: isConnected(world, id)
  }))

const tokenEnd = (world: World, app: App, now: number): number | undefined => {
  const token = world.newest.get(app)
  return token !== undefined && token.endsAt > now ? token.endsAt : undefined
}
