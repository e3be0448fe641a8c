/** 异步任务: what is told when one has ended. */
import { BatchJobFinished, type BatchJobType } from "../../callback/events/JobEvents.ts"
import { SuiteBatchJobFinished } from "../../callback/events/SuiteEvents.ts"
import { type AppNotice, eventAndCommand } from "./Audience.ts"

/** A job has succeeded. */
export const jobFinished = (JobId: string, JobType: typeof BatchJobType.schema.Type): AppNotice =>
  eventAndCommand(BatchJobFinished, SuiteBatchJobFinished, { BatchJob: { JobId, JobType, ErrCode: 0, ErrMsg: "ok" } })
