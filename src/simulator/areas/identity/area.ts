/** 身份验证, JS-SDK. */
import type { Area } from "../../engine/Area.ts"
import { identity as identityRoutes } from "./routes/identity.ts"
import { jsSdk } from "./routes/jsSdk.ts"

export const identity: Area = {
  name: "identity",
  routes: [
    ...identityRoutes,
    ...jsSdk
  ],
  access: {
    "identity/Identity": { powers: ["contacts"], errcode: 50001 },
    "identity/SecondVerification.getInfo": { powers: ["contacts"], errcode: 50001 }
  }
}
