/** Every area that the simulator has. */
import type { Area } from "../engine/Area.ts"
import { approvals } from "./approvals/area.ts"
import { apps } from "./apps/area.ts"
import { chatArchive } from "./chat-archive/area.ts"
import { contacts } from "./contacts/area.ts"
import { customerService } from "./customer-service/area.ts"
import { customers } from "./customers/area.ts"
import { idConversion } from "./id-conversion/area.ts"
import { identity } from "./identity/area.ts"
import { media } from "./media/area.ts"
import { messages } from "./messages/area.ts"
import { robot } from "./robot/area.ts"
import { thirdParty } from "./third-party/area.ts"
import { tokens } from "./tokens/area.ts"

export const areas: ReadonlyArray<Area> = [
  approvals,
  apps,
  chatArchive,
  contacts,
  customerService,
  customers,
  idConversion,
  identity,
  media,
  messages,
  robot,
  thirdParty,
  tokens
]
