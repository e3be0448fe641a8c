/**
 * Rooms会议室: rooms with devices of the meetings app, which can be booked for meetings and called into them.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { cursor, page } from "./fields.ts"
import { MeetingState } from "./MeetingState.ts"
import { MeetingType } from "./MeetingType.ts"

/** Rooms会议室状态. */
export const RoomsStatus = Wire.oneOf({
  Inactive: [0, "未激活"],
  Unbound: [1, "未绑定"],
  Idle: [2, "空闲"],
  InUse: [3, "使用中"],
  Offline: [4, "离线"]
})

/** 账号类型. */
export const RoomsAccountType = Wire.oneOf({ Normal: [0, "普通"], Special: [1, "专款"], Trial: [2, "试用"] })

/** 控制器的设备状态. */
export const ControllerStatus = Wire.oneOf({ Offline: [0, "离线"], Online: [1, "在线"] })

/** Rooms会议室的水印. */
export const RoomsWatermark = Wire.oneOf({ Off: [0, "关闭"], SingleRow: [1, "单排水印"], SeveralRows: [2, "多排水印"] })

/** 自动接听. */
export const AutoResponse = Wire.oneOf({ On: [1, "开启"], Off: [2, "关闭"] })

/** 分享云录制: who may watch what was recorded in a room. */
export const RoomsRecordSharing = Wire.oneOf({
  Off: [0, "关闭分享"],
  Everybody: [1, "全部成员可查看"],
  SignedIn: [2, "仅登录成员可查看"],
  Corp: [3, "仅同企业成员可查看"],
  Attendees: [4, "仅参会成员可查看"]
})

/** 信令协议. */
export const MraProtocol = Wire.oneOf({ Sip: [1, "SIP"], H323: [2, "H.323"] })

/** 应答状态. */
export const RoomsResponseStatus = Wire.oneOf({
  /** For 60 seconds. */
  NoAnswer: [0, "无应答"],
  NotCalled: [1, "未呼叫"],
  Joining: [2, "入会中"],
  Refused: [3, "被拒绝"],
  Calling: [4, "呼叫中"],
  /** Of Rooms alone, not of connectors. */
  Cancelled: [5, "取消呼叫"],
  Left: [6, "已离会"]
})

const place = Wire.optionals({
  meeting_room_name: Schema.String,
  /** City, building and floor: `广州-大厦-10`. */
  meeting_room_location: Schema.String
})

const room = { meeting_room_id: Schema.String, ...place }

const booking = Wire.optionals({
  /** Whether it can be booked. */
  scheduled_status: Wire.flag,
  /** Whether it can be called. */
  is_allow_call: Schema.Boolean
})

/** Rooms会议室 that was booked. */
export class BookedRooms extends Schema.Class<BookedRooms>("effect-wecom/BookedRooms")(room) {}

/** Rooms会议室. */
export class RoomsRoom extends Schema.Class<RoomsRoom>("effect-wecom/RoomsRoom")({
  ...room,
  ...booking,
  ...Wire.optionals({
    account_type: RoomsAccountType.schema,
    /** 激活码. */
    active_code: Wire.secret,
    /** How many people have room in it. */
    participant_number: Wire.int,
    meeting_room_status: RoomsStatus.schema
  })
}) {}

/** A text that travels as Base64. */
const base64 = Schema.StringFromBase64

/** A secret that travels as Base64. */
const base64Secret = Schema.RedactedFromValue(base64)

/** Rooms会议室硬件信息. */
export class RoomsHardware extends Schema.Class<RoomsHardware>("effect-wecom/RoomsHardware")({
  ...Wire.optionals({
    factory: Schema.String,
    device_model: Schema.String,
    sn: Schema.String,
    ip: Schema.String,
    mac: Schema.String,
    rooms_version: Schema.String,
    firmware_version: Schema.String,
    /** Such as `ERROR`. */
    health_status: Schema.String,
    system_type: Schema.String,
    meeting_room_status: RoomsStatus.schema,
    /** Such as `2021-03-23 15:37:34`. */
    active_time: Schema.String,
    cpu_info: Schema.String,
    /** The most that was used. */
    cpu_usage: Schema.String,
    gpu_info: Schema.String,
    net_type: Schema.String,
    memory_info: Schema.String,
    /** 显示器刷新率. */
    monitor_frequency: Wire.number,
    camera_model: Schema.String,
    enable_video_mirror: Schema.Boolean,
    microphone_info: Schema.String,
    speaker_info: Schema.String
  })
}) {}

/** Rooms会议室详情. */
export class RoomsDetail extends Schema.Class<RoomsDetail>("effect-wecom/RoomsDetail")({
  ...booking,
  ...Wire.optionals({
    basic_info: Schema.Struct({
      rooms_id_list: Wire.list(Schema.String),
      ...Wire.optionals({
        meeting_room_name: Schema.String,
        city: Schema.String,
        building: Schema.String,
        floor: Schema.String,
        participant_number: Wire.int,
        device: Schema.String,
        desc: base64,
        /** 管理员密码. */
        password: base64Secret
      })
    }),
    account_info: Schema.Struct({
      ...Wire.optionals({
        account_type: RoomsAccountType.schema,
        /** `-` of a normal account: as long as the corp's. */
        valid_period: Schema.String
      })
    }),
    hardware_info: RoomsHardware,
    pmi_info: Schema.Struct({
      ...Wire.optionals({
        /** 专属 ID. */
        pmi_code: Schema.String,
        /** 入会密码. */
        pmi_pwd: base64Secret
      })
    }),
    /** Whether alarms are on. */
    monitor_status: Wire.flag
  })
}) {}

/** Rooms会议室配置项. */
export class RoomsConfig extends Schema.Class<RoomsConfig>("effect-wecom/RoomsConfig")({
  ...Wire.optionals({
    meeting_settings: Schema.Struct({
      ...Wire.optionals({
        water_mark: RoomsWatermark.schema,
        auto_response: AutoResponse.schema,
        /** 字幕. */
        caption: Schema.Boolean,
        /** 专属 ID. */
        room_pmi: Schema.Boolean,
        /** Whether its screen shows messages. */
        room_notification: Schema.Boolean
      })
    }),
    record_settings: Schema.Struct({
      ...Wire.optionals({ share_record: RoomsRecordSharing.schema, download_record: Schema.Boolean })
    })
  })
}) {}

/** A meeting in a room. */
export class RoomsMeeting extends Schema.Class<RoomsMeeting>("effect-wecom/RoomsMeeting")({
  meetingid: Schema.String,
  ...Wire.optionals({
    meeting_code: Schema.String,
    subject: Schema.String,
    status: MeetingState.schema,
    meeting_type: MeetingType.schema,
    start_time: Wire.time,
    end_time: Wire.time
  })
}) {}

/** 设备. */
export class RoomsDevice extends Schema.Class<RoomsDevice>("effect-wecom/RoomsDevice")({
  ...place,
  ...Wire.optionals({
    meeting_room_id: Schema.String,
    rooms_id: Schema.String,
    device_model: Schema.String,
    app_version: Schema.String,
    meeting_room_status: RoomsStatus.schema,
    /** 设备健康信息. */
    device_monitor_info: Schema.Struct({
      ...Wire.optionals({
        camera_status: Schema.Boolean,
        microphone_status: Schema.Boolean,
        speaker_status: Schema.Boolean
      })
    })
  })
}) {}

/** 控制器. */
export class RoomsController extends Schema.Class<RoomsController>("effect-wecom/RoomsController")({
  ...place,
  ...Wire.optionals({
    rooms_id: Schema.String,
    controller_name: Schema.String,
    manufacture_name: Schema.String,
    controller_model: Schema.String,
    app_version: Schema.String,
    status: Wire.quoted(ControllerStatus.schema),
    framework_version: Schema.String,
    ip_address: Schema.String,
    mac_address: Schema.String,
    cpu_type: Schema.String,
    cpu_usage: Schema.String,
    network_type: Schema.String,
    mem_usage: Schema.String
  })
}) {}

/** Rooms会议室资源: how many devices the corp has bought, uses, and had. */
export class RoomsInventory extends Schema.Class<RoomsInventory>("effect-wecom/RoomsInventory")({
  ...Wire.optionals({
    normal_count: Wire.int,
    special_count: Wire.int,
    normal_used_count: Wire.int,
    special_used_count: Wire.int,
    normal_expired_count: Wire.int,
    special_expired_count: Wire.int
  })
}) {}

/** 应答状态 of a room that was called. */
export class RoomsResponse extends Schema.Class<RoomsResponse>("effect-wecom/RoomsResponse")({
  ...Wire.optionals({
    status: RoomsResponseStatus.schema,
    /** When it was, such as `2022/11/22 14:35:26`. */
    response_time: Schema.String
  })
}) {}

/** MRA: where a device of another make is called. */
export class MraAddress extends Schema.Opaque<MraAddress>()(Schema.Struct({
  protocol: MraProtocol.schema,
  /** SIP: an IP address or a URI; H.323: an IP address or an E.164 number. */
  dial_string: Schema.NonEmptyString
})) {}

const call = {
  meetingid: Schema.NonEmptyString,
  ...Wire.optionals({
    meeting_room_id: Schema.String,
    mra_address: MraAddress
  })
}

/** A room of Rooms, or a device of another make. */
const called = Wire.withAnyOf("meeting_room_id", "mra_address")

const rooms = {
  meetingid: Schema.NonEmptyString,
  meeting_room_id_list: Wire.items(Wire.filledText, Infinity, 1)
}

const byName = {
  ...Wire.optionals({
    /** A part of it is enough. */
    meeting_room_name: Schema.String
  }),
  ...cursor,
  /** 1 to 50; the same from page to page. Default: 20. */
  limit: Wire.optional(Wire.intBetween(1, 50))
}

/** A page of the list. */
export class RoomsRoomPage extends Schema.Opaque<RoomsRoomPage>()(
  Schema.Struct({ ...page, meeting_room_list: Wire.list(RoomsRoom) })
) {}

/** A page of the list. */
export class RoomsMeetingPage extends Schema.Opaque<RoomsMeetingPage>()(
  Schema.Struct({ ...page, meeting_info_list: Wire.list(RoomsMeeting) })
) {}

/** A page of the list. */
export class RoomsDevicePage extends Schema.Opaque<RoomsDevicePage>()(
  Schema.Struct({ ...page, device_info_list: Wire.list(RoomsDevice) })
) {}

/** A page of the list. */
export class RoomsControllerPage extends Schema.Opaque<RoomsControllerPage>()(
  Schema.Struct({ ...page, controller_info_list: Wire.list(RoomsController) })
) {}

/**
 * Rooms会议室: rooms with devices of the meetings app, which can be booked for meetings and called into them.
 *
 * For meetings that the app has made. Only the corp's own apps (自建应用) may.
 */
export class RoomsDevices extends Domain.Service<RoomsDevices>()("oa/meetings/RoomsDevices", "OA·会议", {
  /**
   * 预定Rooms会议室. For a meeting of less than 24 hours, which does not repeat; several rooms if need be.
   * @see https://developer.work.weixin.qq.com/document/path/98791
   */
  book: Endpoint.post("/cgi-bin/meeting/rooms/book", 98791, () => ({
    body: {
      ...rooms,
      /** Whether the room shows the subject in the hour before. Default: true. */
      subject_visible: Wire.optional(Schema.Boolean)
    },
    success: Endpoint.pluck("meeting_room_list", Wire.list(BookedRooms))
  })),
  /**
   * 释放Rooms会议室.
   * @see https://developer.work.weixin.qq.com/document/path/98792
   */
  release: Endpoint.post("/cgi-bin/meeting/rooms/release", { doc: 98792, idempotent: true }, () => ({ body: rooms })),
  /**
   * 获取Rooms会议室列表. One page.
   * @see https://developer.work.weixin.qq.com/document/path/98795
   */
  list: Endpoint.query("/cgi-bin/meeting/rooms/list", 98795, () => ({
    body: byName,
    success: RoomsRoomPage
  })),
  /**
   * 获取Rooms会议室详情.
   * @see https://developer.work.weixin.qq.com/document/path/98793
   */
  get: Endpoint.query("/cgi-bin/meeting/rooms/get_info", 98793, () => ({
    body: { meeting_room_id: Schema.NonEmptyString },
    success: RoomsDetail
  })),
  /**
   * 获取Rooms会议室配置项.
   * @see https://developer.work.weixin.qq.com/document/path/98802
   */
  getConfig: Endpoint.query("/cgi-bin/meeting/rooms/get_config", 98802, () => ({
    body: { meeting_room_id: Schema.NonEmptyString },
    success: RoomsConfig
  })),
  /**
   * 获取Rooms会议室下的会议列表. One page of the meetings in a room, or with a device, in at most 90 days.
   * @see https://developer.work.weixin.qq.com/document/path/98796
   */
  listMeetings: Endpoint.query("/cgi-bin/meeting/rooms/list_meetings", 98796, () => ({
    body: Wire.withAnyOf("meeting_room_id", "rooms_id")(
      Schema.Struct({
        ...Wire.optionals({
          /** A room, or a device in `rooms_id`. */
          meeting_room_id: Schema.String,
          rooms_id: Schema.String,
          start_time: Wire.time,
          /** At most 90 days after `start_time`. */
          end_time: Wire.time
        }),
        ...cursor,
        /** 1 to 20; the same from page to page. Default: 20. */
        limit: Wire.optional(Wire.intBetween(1, 20))
      }).check(Wire.period("start_time", "end_time", 90))
    ),
    success: RoomsMeetingPage
  })),
  /**
   * 获取设备列表. One page of the corp's devices.
   * @see https://developer.work.weixin.qq.com/document/path/98798
   */
  listDevices: Endpoint.query("/cgi-bin/meeting/rooms/list_devices", 98798, () => ({
    body: byName,
    success: RoomsDevicePage
  })),
  /**
   * 获取控制器列表. One page of the corp's controllers.
   * @see https://developer.work.weixin.qq.com/document/path/98799
   */
  listControllers: Endpoint.query("/cgi-bin/meeting/rooms/list_controllers", 98799, () => ({
    body: {
      ...Wire.optionals({
        /** A part of it is enough. */
        controller_name: Schema.String
      }),
      ...cursor,
      /** 1 to 50; the same from page to page. Default: 20. */
      limit: Wire.optional(Wire.intBetween(1, 50))
    },
    success: RoomsControllerPage
  })),
  /**
   * 获取Rooms会议室资源.
   * @see https://developer.work.weixin.qq.com/document/path/98809
   */
  getInventory: Endpoint.query("/cgi-bin/meeting/rooms/get_inventory", 98809, () => ({
    body: {},
    success: RoomsInventory
  })),
  /**
   * 呼叫Rooms会议室. Calls a room, or a device of another make, into a meeting. Returns the id of the call.
   * @see https://developer.work.weixin.qq.com/document/path/98804
   */
  call: Endpoint.post("/cgi-bin/meeting/rooms/call", 98804, () => ({
    body: called(Schema.Struct(call)),
    success: Endpoint.pluck("invite_id", Schema.String)
  })),
  /**
   * 取消呼叫Rooms会议室.
   * @see https://developer.work.weixin.qq.com/document/path/98805
   */
  cancelCall: Endpoint.post("/cgi-bin/meeting/rooms/cancel_call", { doc: 98805, idempotent: true }, () => ({
    body: called(Schema.Struct({ ...call, invite_id: Schema.NonEmptyString }))
  })),
  /**
   * 获取Rooms会议室应答状态. Whether a room that was called has come.
   * @see https://developer.work.weixin.qq.com/document/path/98806
   */
  getResponse: Endpoint.query("/cgi-bin/meeting/rooms/get_response_status", 98806, () => ({
    body: called(Schema.Struct(call)),
    success: RoomsResponse
  }))
}, (endpoints) => ({
  /**
   * 获取Rooms会议室列表. All rooms, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98795
   */
  listAll: Paging.byCursor(endpoints.list, "meeting_room_list"),
  /**
   * 获取Rooms会议室下的会议列表. All of them, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98796
   */
  listAllMeetings: Paging.byCursor(endpoints.listMeetings, "meeting_info_list"),
  /**
   * 获取设备列表. All devices, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98798
   */
  listAllDevices: Paging.byCursor(endpoints.listDevices, "device_info_list"),
  /**
   * 获取控制器列表. All controllers, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/98799
   */
  listAllControllers: Paging.byCursor(endpoints.listControllers, "controller_info_list")
})) {}
