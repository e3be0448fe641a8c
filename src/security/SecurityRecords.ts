/**
 * 安全管理·记录: what administrators and members did, which files were passed on, and what was captured from the screen.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 管理端操作类型. */
export const AdminOperationType = Wire.oneOf({
  Permissions: [2, "权限管理变更"],
  MembersAndDepartments: [3, "成员与部门变更"],
  Others: [7, "其它"],
  Apps: [8, "应用变更"],
  ContactsAndChats: [11, "通讯录与聊天管理"],
  Corp: [12, "企业信息管理"],
  ExternalContacts: [13, "外部联系人管理"]
})

/** 成员操作类型. */
export const MemberOperationType = Wire.oneOf({
  AddExternalContact: [1, "添加外部联系人"],
  DeleteExternalContact: [2, "删除外部联系人"],
  TagCustomer: [3, "标记企业客户"],
  LogInOnNewDevice: [4, "新设备登录"],
  ChangeMobile: [5, "更换手机号"],
  BindWeChat: [6, "绑定微信号"],
  ChangeWeChat: [7, "换绑微信号"],
  Invite: [8, "邀请成员"],
  BanLogin: [9, "封禁登录"],
  ChangeAlias: [11, "修改昵称"],
  ChangeName: [12, "修改姓名"],
  LogInOnSecondDevice: [13, "副设备登录"],
  ConfirmFeatureOrder: [15, "确认高级功能订单"],
  ChangeApp: [16, "应用变更"],
  ConfirmArchiveOrder: [17, "确认会话内容存档订单"],
  BanInterconnection: [20, "封禁互通"],
  LockDevice: [21, "锁定设备"]
})

/** 文件操作类型. */
export const FileOperationType = Wire.oneOf({
  Upload: [101, "上传"],
  CreateFolder: [102, "新建文件夹"],
  Download: [103, "下载"],
  Update: [104, "更新"],
  Star: [105, "星标"],
  Move: [106, "移动"],
  Copy: [107, "复制"],
  Rename: [108, "重命名"],
  Delete: [109, "删除"],
  Restore: [110, "恢复"],
  DeleteForGood: [111, "彻底删除"],
  ForwardToWeCom: [112, "转发到企业微信"],
  DownloadByLink: [113, "通过链接下载"],
  GetShareLink: [114, "获取分享链接"],
  ChangeShareLink: [115, "修改分享链接"],
  CloseShareLink: [116, "关闭分享链接"],
  AddToFavourites: [117, "收藏"],
  CreateDocument: [118, "新建文档"],
  CreateSpreadsheet: [119, "新建表格"],
  Open: [121, "打开"],
  Export: [124, "导出文件"],
  AddMember: [127, "添加文件成员"],
  ChangeMemberPermission: [128, "修改文件成员权限"],
  RemoveMember: [129, "移除文件成员"],
  SetWatermark: [130, "设置文档水印"],
  ChangeInternalPermission: [131, "修改企业内权限"],
  ChangeExternalPermission: [132, "修改企业外权限"],
  AddShortcut: [133, "添加快捷入口"],
  ForwardToWeChat: [134, "转发到微信"],
  Preview: [135, "预览"],
  ManagePermissions: [136, "权限管理"],
  ChangeSecurity: [139, "安全设置"],
  ShareByMail: [140, "通过邮件分享"],
  TransferFromLeaver: [142, "离职成员文件转交"],
  ApproveDownload: [10_001, "通过下载申请"],
  RejectDownload: [10_002, "拒绝下载申请"]
})

/** 文件操作来源: where a file was uploaded or downloaded. */
export const FileOperationSource = Wire.oneOf({
  Chat: [401, "聊天"],
  Mail: [402, "邮件"],
  Documents: [403, "文档"],
  Drive: [404, "微盘"],
  Calendar: [405, "日程"],
  Meeting: [406, "会议"],
  Approval: [407, "审批"],
  Journal: [408, "汇报"],
  Form: [409, "收集表"],
  Customers: [410, "客户联系"],
  CorpChain: [411, "上下游"],
  Favourites: [450, "收藏"],
  FileList: [451, "文件列表"],
  Others: [452, "其他"]
})

/** 设备类型 of a download. */
export const FileDeviceType = Wire.oneOf({ Corp: [1, "企业可信设备"], Personal: [2, "个人可信设备"] })

/** 企业外部人员的用户类型. */
export const ExternalOperatorType = Wire.oneOf({ WeChat: [1, "微信用户"], WeCom: [2, "企业微信用户"] })

/** 截屏内容的类型. */
export const ScreenContentType = Wire.oneOf({
  Chat: [1, "聊天"],
  Contacts: [2, "通讯录"],
  Mail: [3, "邮件"],
  File: [4, "文件"],
  Calendar: [5, "日程"],
  Others: [6, "其他"]
})

const operation = Wire.optionals({
  time: Wire.time,
  userid: Schema.String,
  /** In words; mobile numbers may be among them. */
  detail_info: Schema.String,
  ip: Schema.String
})

const pages = Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })

/** 管理端操作日志. */
export class AdminOperation extends Schema.Class<AdminOperation>("effect-wecom/AdminOperation")({
  ...operation,
  ...Wire.optionals({
    oper_type: AdminOperationType.schema,
    /** What exactly was done: `AdminOperationDetail.label` has the official words. */
    detail_type: Wire.int
  })
}) {}

/** One page of what administrators did. */
export class AdminOperationPage extends Schema.Class<AdminOperationPage>("effect-wecom/AdminOperationPage")({
  record_list: Wire.list(AdminOperation),
  ...pages
}) {}

/** 成员操作记录. */
export class MemberOperation extends Schema.Class<MemberOperation>("effect-wecom/MemberOperation")({
  ...operation,
  oper_type: Wire.optional(MemberOperationType.schema)
}) {}

/** One page of what members did. */
export class MemberOperationPage extends Schema.Class<MemberOperationPage>("effect-wecom/MemberOperationPage")({
  record_list: Wire.list(MemberOperation),
  ...pages
}) {}

/** 企业外部人员 who did something with a file. */
export class ExternalOperator extends Schema.Class<ExternalOperator>("effect-wecom/ExternalOperator")(Wire.optionals({
  type: ExternalOperatorType.schema,
  name: Schema.String,
  /** Of users of WeCom. */
  corp_name: Schema.String
})) {}

/** 文件防泄漏操作记录. */
export class FileOperation extends Schema.Class<FileOperation>("effect-wecom/FileOperation")(Wire.optionals({
  time: Wire.time,
  /** Of a member. */
  userid: Schema.String,
  /** Of an outsider. */
  external_user: ExternalOperator,
  operation: Schema.Struct(Wire.optionals({
    type: FileOperationType.schema,
    /** Of `Upload` and `Download`. */
    source: FileOperationSource.schema
  })),
  /** In words, or the file's name. */
  file_info: Schema.String,
  file_md5: Schema.String,
  /** In bytes. */
  file_size: Wire.int,
  /** Who asked, of `ApproveDownload` and `RejectDownload`. */
  applicant_name: Schema.String,
  /** Of `Download`. */
  device_type: FileDeviceType.schema,
  /** Of `Download` by a member: as `TrustedDevices` knows it. */
  device_code: Schema.String
})) {}

/** One page of what was done with files. */
export class FileOperationPage extends Schema.Class<FileOperationPage>("effect-wecom/FileOperationPage")({
  record_list: Wire.list(FileOperation),
  ...pages
}) {}

/** 截屏/录屏操作记录. */
export class ScreenCapture extends Schema.Class<ScreenCapture>("effect-wecom/ScreenCapture")(Wire.optionals({
  time: Wire.time,
  userid: Schema.String,
  /** Only if the app may see it. */
  department_id: Wire.int,
  screen_shot_type: ScreenContentType.schema,
  /** In words. */
  screen_shot_content: Schema.String,
  /** `iOS` or `iPad`. */
  system: Schema.String
})) {}

/** One page of screen captures. */
export class ScreenCapturePage extends Schema.Class<ScreenCapturePage>("effect-wecom/ScreenCapturePage")({
  record_list: Wire.list(ScreenCapture),
  ...pages
}) {}

/** 域名信息. */
export class ServerDomain extends Schema.Class<ServerDomain>("effect-wecom/ServerDomain")({
  domain: Schema.String,
  ...Wire.optionals({
    /** The domain above it, spelt as WeCom does. */
    universal_domian: Schema.String,
    /** `TCP` or `UDP`. */
    protocol: Schema.String,
    /** Whether WeCom does not work without it. */
    is_necessary: Wire.flag,
    /** What it is for. */
    description: Schema.String
  }),
  port: Wire.list(Wire.int)
}) {}

/** IP信息. */
export class ServerIp extends Schema.Class<ServerIp>("effect-wecom/ServerIp")({
  ip: Schema.String,
  ...Wire.optionals({
    /** `TCP` or `UDP`. */
    protocol: Schema.String,
    /** Whether WeCom does not work without it. */
    is_necessary: Wire.flag,
    /** What it is for. */
    description: Schema.String
  }),
  port: Wire.list(Wire.int)
}) {}

/** 企业微信域名IP信息: what a firewall has to let through. */
export class ServerAddresses extends Schema.Class<ServerAddresses>("effect-wecom/ServerAddresses")({
  domain_list: Wire.list(ServerDomain),
  ip_list: Wire.list(ServerIp)
}) {}

const span = {
  start_time: Wire.time,
  end_time: Wire.time
}

const operations = Wire.optionals({
  /** Who did it. Default: everybody. */
  userid: Schema.String,
  /** Of this query alone: one of another query, or of the other log, cannot be used. */
  cursor: Schema.String,
  /** Default: 400. A page may hold fewer and not be the last. */
  limit: Wire.intBetween(1, 400)
})

const captured = Wire.optionals({
  /** Default: everybody; at most 100. */
  userid_list: Wire.items(Wire.filledText, 100),
  cursor: Schema.String,
  limit: Wire.intBetween(1, 1000)
})

/** Which operations of administrators: at most 7 days, not before 180 days ago. */
export class AdminOperationQuery extends Schema.Opaque<AdminOperationQuery>()(
  Schema.Struct({
    ...span,
    ...operations,
    /** Default: all. */
    oper_type: Wire.optional(AdminOperationType.schema)
  }).check(Wire.period("start_time", "end_time", 7))
) {}

/** Which operations of members: at most 7 days, not before 180 days ago. */
export class MemberOperationQuery extends Schema.Opaque<MemberOperationQuery>()(
  Schema.Struct({
    ...span,
    ...operations,
    /** Default: all. */
    oper_type: Wire.optional(MemberOperationType.schema)
  }).check(Wire.period("start_time", "end_time", 7))
) {}

/** Which operations with files: at most 14 days. */
export class FileOperationQuery extends Schema.Opaque<FileOperationQuery>()(
  Schema.Struct({
    ...span,
    ...captured,
    /** Default: all. */
    operation: Wire.optional(Schema.Struct({
      type: FileOperationType.schema,
      /** Of `Upload` and `Download` alone. */
      source: Wire.optional(FileOperationSource.schema)
    }))
  }).check(Wire.period("start_time", "end_time", 14))
) {}

/** Which screen captures: at most 14 days. */
export class ScreenCaptureQuery extends Schema.Opaque<ScreenCaptureQuery>()(
  Schema.Struct({
    ...span,
    ...captured,
    ...Wire.optionals({
      /** At most 100, which the app may see. */
      department_id_list: Wire.items(Wire.int, 100),
      /** Default: all. */
      screen_shot_type: ScreenContentType.schema
    })
  }).check(Wire.period("start_time", "end_time", 14))
) {}

/**
 * 安全管理·记录: what administrators and members did, which files were passed on, and what was captured from the screen.
 * For the corp's own apps that the console lists under 可调用接口的应用 of the page in question.
 */
export class SecurityRecords extends Domain.Service<SecurityRecords>()("security/SecurityRecords", "安全管理", {
  /**
   * 获取管理端操作日志. One page of what administrators did, up to 7 days of the last 180: of all of them, whether the app
   * may see them or not, but not what came through the API. At most 600 calls a minute.
   * @see https://developer.work.weixin.qq.com/document/path/100179
   */
  listAdminOperations: Endpoint.query("/cgi-bin/security/admin_oper_log/list", 100179, () => ({
    body: AdminOperationQuery,
    success: AdminOperationPage
  })),
  /**
   * 获取成员操作记录. One page of what members did whom the app may see, up to 7 days of the last 180. At most 600 calls a
   * minute.
   * @see https://developer.work.weixin.qq.com/document/path/100178
   */
  listMemberOperations: Endpoint.query("/cgi-bin/security/member_oper_log/list", 100178, () => ({
    body: MemberOperationQuery,
    success: MemberOperationPage
  })),
  /**
   * 获取文件防泄漏操作记录. One page of what was done with files, up to 14 days, by those whom the app may see. Records are
   * kept for ever.
   * @see https://developer.work.weixin.qq.com/document/path/98079
   */
  listFileOperations: Endpoint.query("/cgi-bin/security/get_file_oper_record", 98079, () => ({
    body: FileOperationQuery,
    success: FileOperationPage
  })),
  /**
   * 获取截屏/录屏操作记录. One page of screen captures, up to 14 days, by those whom the app may see.
   * @see https://developer.work.weixin.qq.com/document/path/100128
   */
  listScreenCaptures: Endpoint.query("/cgi-bin/security/get_screen_oper_record", 100128, () => ({
    body: ScreenCaptureQuery,
    success: ScreenCapturePage
  })),
  /**
   * 获取企业微信域名IP信息. What a firewall has to let through; they change.
   * @see https://developer.work.weixin.qq.com/document/path/100079
   */
  getServerAddresses: Endpoint.get("/cgi-bin/security/get_server_domain_ip", 100079, () => ({
    success: ServerAddresses
  }))
}, (endpoints) => ({
  /**
   * 获取管理端操作日志. All records of `listAdminOperations`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/100179
   */
  listAllAdminOperations: Paging.byCursor(endpoints.listAdminOperations, "record_list"),
  /**
   * 获取成员操作记录. All records of `listMemberOperations`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/100178
   */
  listAllMemberOperations: Paging.byCursor(endpoints.listMemberOperations, "record_list"),
  /**
   * 获取文件防泄漏操作记录. All records of `listFileOperations`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98079
   */
  listAllFileOperations: Paging.byCursor(endpoints.listFileOperations, "record_list"),
  /**
   * 获取截屏/录屏操作记录. All records of `listScreenCaptures`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/100128
   */
  listAllScreenCaptures: Paging.byCursor(endpoints.listScreenCaptures, "record_list")
})) {}
