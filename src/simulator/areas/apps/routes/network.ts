/** 企业微信IP段. */
import { Network } from "../../../../apps/Network.ts"
import { canned } from "../../../engine/Route.ts"

export const network = [
  // Addresses that belong to documentation, and the machine that the simulator runs on.
  canned(Network.endpoints.getApiIps, ["198.51.100.7", "203.0.113.*"]),
  canned(Network.endpoints.getCallbackIps, ["127.0.0.1", "198.51.100.*"])
]
