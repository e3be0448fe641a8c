/**
 * 企业数据存档: whose files, documents and schedules are archived.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 存档成员. */
export class ArchiveMember extends Schema.Class<ArchiveMember>("effect-wecom/ArchiveMember")({
  userid: Schema.String,
  /** Whether the member has left the corp. */
  is_resigned: Wire.optional(Wire.flag)
}) {}

/** One page of members. */
export class ArchiveMemberPage extends Schema.Class<ArchiveMemberPage>("effect-wecom/ArchiveMemberPage")({
  auth_user_list: Wire.list(ArchiveMember),
  ...Wire.optionals({ has_more: Wire.flag, next_cursor: Schema.String })
}) {}

/**
 * 企业数据存档: whose files, documents and schedules are archived. For the corp's own apps that 文件内容存档 lists under
 * 可调用接口的应用.
 */
export class ArchiveMembers
  extends Domain.Service<ArchiveMembers>()("enterprise-archive/ArchiveMembers", "企业数据存档", {
    /**
     * 获取存档成员. One page of the members who are archived.
     * @see https://developer.work.weixin.qq.com/document/path/101700
     */
    list: Endpoint.query("/cgi-bin/security/file-content/get_auth_user_list", 101700, () => ({
      body: Wire.optionals({
        /** At most 128 bytes. */
        cursor: Wire.text(128),
        /** Default: 200. */
        limit: Wire.intBetween(1, 1000)
      }),
      success: ArchiveMemberPage
    }))
  }, (endpoints) => ({
    /**
     * 获取存档成员. All members of `list`, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/101700
     */
    listAll: Paging.byCursor(endpoints.list, "auth_user_list")
  }))
{}
