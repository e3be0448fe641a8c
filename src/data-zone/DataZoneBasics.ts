/**
 * 数据与智能专区·基础接口: what a corp authorises of its files, and how much programs log.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"
import { program } from "./fields.ts"
import { ZoneLogLevel } from "./ZoneLogLevel.ts"
import { ZoneScope } from "./ZoneScope.ts"

/** 文件内容存档授权信息. */
export class ZoneFileAuthorisation extends Schema.Class<ZoneFileAuthorisation>("effect-wecom/ZoneFileAuthorisation")(
  Wire.optionals({
    /** 1 or 2; no document that can be read says what they mean. */
    status: Wire.int,
    auth_scope: ZoneScope,
    begin_time: Wire.time,
    end_time: Wire.time,
    auth_user_count: Wire.int
  })
) {}

/** One page of the members whose files are archived. */
export class ZoneFileUserPage extends Schema.Class<ZoneFileUserPage>("effect-wecom/ZoneFileUserPage")({
  auth_user_list: Wire.list(Schema.Struct({ userid: Schema.String })),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/** 数据与智能专区·基础接口: what a corp authorises of its files, and how much programs log. */
export class DataZoneBasics
  extends Domain.Service<DataZoneBasics>()("data-zone/DataZoneBasics", "数据与智能专区·基础接口", {
    /**
     * 获取文件内容存档授权成员列表. One page of the members whose files are archived. For apps of a corp, third-party and
     * customised ones.
     * @see https://developer.work.weixin.qq.com/document/path/101873
     */
    listFileUsers: Endpoint.query("/cgi-bin/docdata/get_auth_user_list", 101873, () => ({
      body: Wire.optionals({
        cursor: Schema.String,
        /** Default: 200. */
        limit: Wire.intBetween(1, 1000)
      }),
      success: ZoneFileUserPage
    })),
    /**
     * 获取数据与智能专区文档存档授权信息. What the corp authorises of its files. For third-party apps alone.
     * @see https://developer.work.weixin.qq.com/document/path/101488
     */
    getFileAuthorisation: Endpoint.query("/cgi-bin/docdata/get_auth_info", 101488, () => ({
      success: ZoneFileAuthorisation
    })),
    /**
     * 获取当前日志打印级别. Of a program that is authorised to the app, but not of an official model; `DataZone.setLogLevel`
     * sets it.
     * @see https://developer.work.weixin.qq.com/document/path/100108
     */
    getLogLevel: Endpoint.query("/cgi-bin/chatdata/get_log_level", 100108, () => ({
      body: program,
      success: Endpoint.pluck("log_level", ZoneLogLevel.schema)
    }))
  }, (endpoints) => ({
    /**
     * 获取文件内容存档授权成员列表. All members of `listFileUsers`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101873
     */
    listAllFileUsers: Paging.byCursor(endpoints.listFileUsers, "auth_user_list")
  }))
{}
