/** What the simulator knows of reports. */
import type { JournalDetail } from "../../../oa/journals/JournalDetail.ts"
import * as State from "../../engine/State.ts"

/** 汇报, by their id, the oldest first. */
export const journalsOf = State.make("journals/journals", () => new Map<string, JournalDetail>())
