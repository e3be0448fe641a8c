/** 智能文档. */
import type { Area } from "../../engine/Area.ts"
import { smartDocumentRoutes } from "./routes.ts"

export const smartDocuments: Area = {
  name: "smart-documents",
  routes: smartDocumentRoutes,
  access: { "oa/smart-documents": { powers: ["documents"] } }
}
