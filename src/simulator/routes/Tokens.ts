/** 获取access_token. */
import * as Redacted from "effect/Redacted"
import * as Credential from "../../token/Credential.ts"
import { openRoute, refuse } from "../Route.ts"
import { grant } from "../World.ts"

export const tokens = [
  openRoute(Credential.getToken, ({ input, now, world }) => {
    const corp = world.corps.get(input.corpid) ?? refuse(40013, "invalid corpid")
    const app = corp.apps.find((app) => Redacted.value(app.secret) === Redacted.value(input.corpsecret)) ??
      refuse(40001, "invalid credential")
    const token = grant(world, { kind: "app", corp, app }, now)
    return {
      access_token: Redacted.make(token.value),
      expires_in: Math.floor((token.endsAt - now) / 1000)
    }
  })
]
