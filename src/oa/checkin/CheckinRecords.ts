/**
 * 打卡记录: when and where members checked in.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Wire from "../../Wire.ts"
import { degrees, mac, useridlist } from "./fields.ts"

/** 打卡类型: which records to list. */
export const CheckinDataType = Wire.oneOf({
  Work: [1, "上下班打卡"],
  Outside: [2, "外出打卡"],
  All: [3, "全部打卡"]
})

/** 打卡类型 of a record. */
export const CheckinType = Wire.oneOf({
  OnDuty: ["上班打卡", "上班打卡"],
  OffDuty: ["下班打卡", "下班打卡"],
  Outside: ["外出打卡", "外出打卡"],
  RecordOnly: ["仅记录打卡时间和位置", "仅记录打卡时间和位置"]
})

/** 异常类型 of a record. */
export const CheckinException = Wire.oneOf({
  Time: ["时间异常", "时间异常"],
  Place: ["地点异常", "地点异常"],
  Missing: ["未打卡", "未打卡"],
  Wifi: ["wifi异常", "wifi异常"],
  Device: ["非常用设备", "非常用设备"]
})

/** 过滤类型: which time of a device's records counts. */
export const HardwareFilter = Wire.oneOf({
  CheckinTime: [1, "按打卡时间过滤"],
  UploadTime: [2, "按设备上传打卡记录的时间过滤"]
})

/** 打卡设备类型. */
export const CheckinDeviceType = Wire.oneOf({
  AccessControl: [1, "门禁"],
  AttendanceMachine: [2, "考勤机（人脸识别、指纹识别）"],
  Other: [3, "其他"]
})

/** 打卡记录. */
export class CheckinRecord extends Schema.Class<CheckinRecord>("effect-wecom/CheckinRecord")({
  userid: Schema.String,
  ...Wire.optionals({
    checkin_time: Wire.time,
    /** When the member had to check in; of rules with fixed times or shifts alone. */
    sch_checkin_time: Wire.timeOrNone,
    checkin_type: CheckinType.schema,
    /** What was amiss: nothing if the list is empty. */
    exception_type: Wire.joined(";", CheckinException.schema),
    /** The rule. */
    groupid: Wire.int,
    groupname: Schema.String,
    /** The shift in the rule. */
    schedule_id: Wire.int,
    /** The period in the shift. */
    timeline_id: Wire.int,
    location_title: Schema.String,
    location_detail: Schema.String,
    /** In degrees, GCJ-02. */
    lat: degrees(90),
    /** In degrees, GCJ-02. */
    lng: degrees(180),
    wifiname: Schema.String,
    wifimac: Schema.String,
    deviceid: Schema.String,
    notes: Schema.String
  }),
  /** Ids for `Media.get`. */
  mediaids: Wire.list(Schema.String)
}) {}

/** 设备打卡数据: a record of a device, whether a rule counts it or not. */
export class HardwareCheckin extends Schema.Class<HardwareCheckin>("effect-wecom/HardwareCheckin")({
  userid: Schema.String,
  ...Wire.optionals({
    checkin_time: Wire.time,
    device_sn: Schema.String,
    device_name: Schema.String
  })
}) {}

/** 打卡记录 to add. */
export class NewCheckinRecord extends Schema.Opaque<NewCheckinRecord>()(
  Schema.Struct({
    userid: Schema.NonEmptyString,
    checkin_time: Wire.time,
    /** At most 1024 characters. */
    location_title: Wire.chars(1024),
    /** At most 1024 characters. */
    location_detail: Wire.chars(1024),
    device_type: CheckinDeviceType.schema,
    /** Brand of the device, at most 40 characters. */
    device_detail: Wire.chars(40),
    ...Wire.optionals({
      /** At most 1024 characters. */
      notes: Wire.chars(1024),
      /** At most 1024 characters. */
      wifiname: Wire.chars(1024),
      /** MAC address; needed with `wifiname`. */
      wifimac: mac,
      /** Media ids of `Media.upload`: at most 1. */
      mediaids: Wire.items(Wire.filledText, 1),
      /** In degrees, GCJ-02. */
      lat: degrees(90),
      /** In degrees, GCJ-02. */
      lng: degrees(180)
    })
  }).check(
    Schema.makeFilter(({ wifimac, wifiname }) =>
      wifiname === undefined || wifimac !== undefined || { path: ["wifimac"], issue: "is needed with wifiname" }
    )
  )
) {}

/** A picture of a face, at most 1 MiB. */
const face = Wire.base64.check(
  Schema.makeFilter((bytes: Uint8Array) =>
    bytes.length > 1_048_576
      ? `at most 1048576 bytes are allowed, got ${bytes.length}`
      : bytes.length > 0 || "the picture is empty"
  )
)

/** 打卡记录: when and where members checked in. */
export class CheckinRecords extends Domain.Service<CheckinRecords>()("oa/checkin/CheckinRecords", "OA·打卡", {
  /**
   * 获取打卡记录数据. The records of up to 100 members, whom the app may see, in at most 30 days; 600 calls a minute.
   * @see https://developer.work.weixin.qq.com/document/path/90262
   */
  list: Endpoint.query("/cgi-bin/checkin/getcheckindata", 90262, () => ({
    body: Schema.Struct({
      opencheckindatatype: CheckinDataType.schema,
      starttime: Wire.time,
      /** At most 30 days after `starttime`. */
      endtime: Wire.time,
      /** 1 to 100. */
      useridlist
    }).check(Wire.period("starttime", "endtime", 30)),
    success: Endpoint.pluck("checkindata", Wire.list(CheckinRecord))
  })),

  /**
   * 获取设备打卡数据. The raw records of attendance machines, those that fit no rule included, for up to 100 members and 31
   * days; none of phones. Unknown userids are ignored.
   * @see https://developer.work.weixin.qq.com/document/path/94126
   */
  listFromHardware: Endpoint.query("/cgi-bin/hardware/get_hardware_checkin_data", 94126, () => ({
    body: Schema.Struct({
      /** Default: `CheckinTime`. */
      filter_type: Wire.optional(HardwareFilter.schema),
      starttime: Wire.time,
      /** At most 31 days after `starttime`. */
      endtime: Wire.time,
      /** 1 to 100. */
      useridlist
    }).check(Wire.period("starttime", "endtime", 31)),
    success: Endpoint.pluck("checkindata", Wire.list(HardwareCheckin))
  })),

  /**
   * 添加打卡记录. Adds up to 200 records, such as those of a machine that WeCom does not know; they count by the member's
   * rule. An approved check-in (审批打卡) at the same time is replaced. 60 calls a minute, for apps of the corp's own.
   * @see https://developer.work.weixin.qq.com/document/path/99647
   */
  addMany: Endpoint.post("/cgi-bin/checkin/add_checkin_record", 99647, () => ({
    body: { records: Wire.items(NewCheckinRecord, 200, 1) }
  })),

  /**
   * 为打卡人员补卡. Corrects one check-in of a member, whose approved check-in (审批打卡) at the time is replaced; one that is
   * still being approved cannot be corrected. 600 calls a minute, for apps of the corp's own.
   * @see https://developer.work.weixin.qq.com/document/path/95803
   */
  correct: Endpoint.post("/cgi-bin/checkin/punch_correction", 95803, () => ({
    body: {
      userid: Schema.NonEmptyString,
      /** Midnight at the start of the day. */
      schedule_date_time: Wire.time,
      /**
       * When the member had to check in: seconds after that midnight, as a `work_sec` or `off_work_sec` of the rule says.
       * Leave it out where no rule says a time.
       */
      schedule_checkin_time: Wire.optional(Wire.intFrom(0)),
      /** When the member is to have checked in. */
      checkin_time: Wire.time,
      /** At most 512 bytes. */
      remark: Wire.optional(Wire.text(512))
    }
  })),

  /**
   * 录入打卡人员人脸信息. Sets the face by which a member checks in, replacing any earlier one; 10 calls a minute, for apps of
   * the corp's own.
   *
   * 301069: no such member; 301071: somebody else's face is similar, but this one has been set all the same; 301072: not
   * a usable picture.
   * @see https://developer.work.weixin.qq.com/document/path/93378
   */
  setFace: Endpoint.post("/cgi-bin/checkin/addcheckinuserface", { doc: 93378, idempotent: true }, () => ({
    body: {
      userid: Schema.NonEmptyString,
      /** The bytes of a picture, at most 1 MiB. */
      userface: face
    }
  }))
}) {}
