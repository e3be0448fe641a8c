/** 文档, 智能表格. */
import type { Area } from "../../engine/Area.ts"
import * as DocumentActs from "./DocumentActs.ts"
import { contents } from "./routes/contents.ts"
import { documents } from "./routes/documents.ts"
import { forms } from "./routes/forms.ts"
import { permissions } from "./routes/permissions.ts"
import { records } from "./routes/records.ts"
import { sheets } from "./routes/sheets.ts"
import { spreadsheets } from "./routes/spreadsheets.ts"

export const smartSheets: Area = {
  name: "smart-sheets",
  acts: DocumentActs,
  routes: [...documents, ...contents, ...permissions, ...spreadsheets, ...forms, ...sheets, ...records],
  access: {
    "oa/documents": { powers: ["documents"] },
    "oa/smart-sheets": { powers: ["documents"] }
  }
}
