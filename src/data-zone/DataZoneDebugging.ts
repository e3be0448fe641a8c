/**
 * 专区调试模式: programs of the data zone are debugged in a test corp.
 */
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Wire from "../Wire.ts"
import { program } from "./fields.ts"

/** 专区程序的调试模式状态. */
export const ZoneDebugMode = Wire.oneOf({ Closed: [1, "关闭"], Open: [2, "开启"] })

/**
 * 专区调试模式: programs of the data zone are debugged. Of third-party apps in corps where it is installed for testing
 * alone; of customised ones in the provider's test corp.
 */
export class DataZoneDebugging
  extends Domain.Service<DataZoneDebugging>()("data-zone/DataZoneDebugging", "数据与智能专区", {
    /**
     * 开启专区调试模式. Of a program, by its debug token.
     * @see https://developer.work.weixin.qq.com/document/path/100091
     */
    start: Endpoint.post("/cgi-bin/chatdata/open_debug_mode", { doc: 100091, idempotent: true }, () => ({
      body: {
        ...program,
        /** 调试凭证 of the program. */
        debug_token: Wire.secret
      }
    })),
    /**
     * 关闭专区调试模式.
     * @see https://developer.work.weixin.qq.com/document/path/100092
     */
    finish: Endpoint.post("/cgi-bin/chatdata/close_debug_mode", { doc: 100092, idempotent: true }, () => ({
      body: program
    })),
    /**
     * 获取专区调试模式状态.
     * @see https://developer.work.weixin.qq.com/document/path/100114
     */
    check: Endpoint.query("/cgi-bin/chatdata/check_debug_mode", 100114, () => ({
      body: program,
      success: Endpoint.pluck("debug_mode_status", ZoneDebugMode.schema)
    }))
  })
{}
