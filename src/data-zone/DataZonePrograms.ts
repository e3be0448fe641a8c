/**
 * 应用调用专区程序: an app calls a program that runs in the data zone, where conversations may be read.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { job, program } from "./fields.ts"

/** What a program returned to a job. */
export class ZoneProgramResult extends Schema.Class<ZoneProgramResult>("effect-wecom/ZoneProgramResult")(
  Wire.optionals({
    /** The program's own errcode. */
    response_errcode: Wire.int,
    /** JSON, of the shape that the program's output protocol has. */
    response_data: Schema.String
  })
) {}

const call = {
  ...program,
  /** One of the program's abilities. */
  ability_id: Wire.filledText,
  /** JSON, of the shape that the program's input protocol has. */
  request_data: Wire.filledText
}

/**
 * 应用调用专区程序: an app calls a program that runs in the data zone, where conversations may be read. For apps of a corp,
 * third-party and customised ones that have the permission 数据与智能专区.
 *
 * What goes in and comes out is JSON as text: `Schema.fromJsonString` reads and writes it.
 */
export class DataZonePrograms
  extends Domain.Service<DataZonePrograms>()("data-zone/DataZonePrograms", "数据与智能专区", {
    /**
     * 同步调用专区程序. Calls a program, and returns its output: JSON as text.
     * @see https://developer.work.weixin.qq.com/document/path/100020
     */
    call: Endpoint.post("/cgi-bin/chatdata/sync_call_program", 100020, () => ({
      body: {
        ...call,
        /** That of the callback `program_notify` to which this is the reply; valid for 10 minutes. */
        notify_id: Wire.optional(Schema.String)
      },
      success: Endpoint.pluck("response_data", Schema.String)
    })),
    /**
     * 创建异步调用专区程序任务. Begins a call of a program, and returns the job's id: `getResult` returns the result.
     * @see https://developer.work.weixin.qq.com/document/path/100021
     */
    start: Endpoint.post("/cgi-bin/chatdata/async_program_task", 100021, () => ({
      body: call,
      success: Endpoint.pluck("jobid", Schema.String)
    })),
    /**
     * 获取异步调用专区程序结果. What the program has reported of a job.
     * @see https://developer.work.weixin.qq.com/document/path/100021
     */
    getResult: Endpoint.query("/cgi-bin/chatdata/async_program_result", 100021, () => ({
      body: job,
      success: ZoneProgramResult
    }))
  })
{}
