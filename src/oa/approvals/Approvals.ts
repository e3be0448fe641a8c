/**
 * 审批: applications for approval, and the templates they are made of.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Paging from "../../Paging.ts"
import * as Wire from "../../Wire.ts"
import { ApprovalControl, LocalizedText } from "./ApprovalControl.ts"
import { ApprovalDetail } from "./ApprovalDetail.ts"
import { ApprovalRelation, ApprovalStatus, ApproverMode, NodeType, StepStatus } from "./ApprovalStatus.ts"
import { ApprovalTemplate, NewTemplateControls, TemplateName } from "./ApprovalTemplate.ts"

/** 审批人模式: who decides. */
export const ApproverSource = Wire.oneOf({
  Given: [0, "通过接口指定审批人、抄送人"],
  Template: [1, "使用此模板在管理后台设置的审批流程"]
})

/** 抄送方式: when recipients are notified. */
export const NotifyType = Wire.oneOf({
  OnSubmission: [1, "提单时抄送"],
  OnApproval: [2, "单据通过后抄送"],
  Both: [3, "提单和单据通过后抄送"]
})

/** 审批单类型属性. */
export const RecordType = Wire.oneOf({
  Vacation: [1, "请假"],
  PunchCorrection: [2, "打卡补卡"],
  BusinessTrip: [3, "出差"],
  OutOfOffice: [4, "外出"],
  Overtime: [5, "加班"],
  ShiftChange: [6, "调班"],
  MeetingRoom: [7, "会议室预定"],
  Refund: [8, "退款审批"],
  RedPacket: [9, "红包报销审批"]
})

/** 筛选条件. Filters of different kinds narrow each other down; only `department` may be given more than once. */
export const ApprovalFilter = Schema.Union([
  Schema.Struct({ key: Schema.Literal("template_id"), value: Wire.filledText }),
  /** By userid. */
  Schema.Struct({ key: Schema.Literal("creator"), value: Wire.filledText }),
  /** By id of the applicant's department. */
  Schema.Struct({ key: Schema.Literal("department"), value: Wire.id }),
  Schema.Struct({ key: Schema.Literal("sp_status"), value: Wire.quoted(ApprovalStatus.schema) }),
  /** Applications of 2021-05-31 and later alone have one. */
  Schema.Struct({ key: Schema.Literal("record_type"), value: Wire.quoted(RecordType.schema) })
])
/** 筛选条件. */
export type ApprovalFilter = typeof ApprovalFilter.Type

const application = {
  /** Who applies. Visible to the app. */
  creator_userid: Wire.filledText,
  template_id: Wire.filledText,
  /** The applicant's department that the application is for. Default: the main one. */
  choose_department: Wire.optional(Wire.int),
  apply_data: Schema.Struct({
    /** Every required control of the template has a value. */
    contents: Schema.Array(ApprovalControl).check(
      Schema.makeFilter((controls: ReadonlyArray<ApprovalControl>) =>
        countFiles(controls) <= 6 || "at most 6 files are allowed in one application"
      )
    )
  }),
  /** 摘要信息: the lines that cards and lists show; at most three. */
  summary_list: Wire.items(
    Schema.Struct({
      summary_info: Schema.Array(Schema.Struct({ ...LocalizedText.fields, text: Wire.chars(20) }))
    }),
    3
  )
}

const countFiles = (controls: ReadonlyArray<ApprovalControl>): number =>
  controls.reduce(
    (count, control) =>
      count +
      (control.control === "File"
        ? control.value.files.length
        : control.control === "Table"
        ? control.value.children.reduce((count, { list }) => count + countFiles(list), 0)
        : 0),
    0
  )

/** A step that somebody decides or handles. */
const decided = {
  /** How several in one step do. */
  apv_rel: ApprovalRelation.schema,
  userid: Schema.Array(Wire.filledText)
}

/** 审批申请 that the template's own process decides. */
export class TemplateApplication extends Schema.Opaque<TemplateApplication>()(
  Schema.Struct({ ...application, use_template_approver: Schema.Literal(1) })
) {}

/** 审批申请 with a process of its own: `process`, or the older `approver`. */
export class ProcessApplication extends Schema.Opaque<ProcessApplication>()(
  Schema.Struct({
    ...application,
    use_template_approver: Schema.Literal(0),
    ...Wire.optionals({
      /** 审批流程: the steps in their order. */
      process: Schema.Struct({
        node_list: Schema.Array(Schema.Union([
          Schema.Struct({ type: Schema.Literal(NodeType.Approver), ...decided }),
          Schema.Struct({ type: Schema.Literal(NodeType.Handler), ...decided }),
          Schema.Struct({ type: Schema.Literal(NodeType.Notified), userid: Schema.Array(Wire.filledText) })
        ]))
      }),
      /** 审批流程 in its older form, instead of `process`. */
      approver: Schema.Array(Schema.Struct({
        attr: ApproverMode.schema,
        userid: Schema.Array(Wire.filledText)
      })),
      /** 抄送人, by userid, with `approver`. */
      notifyer: Schema.Array(Wire.filledText),
      /** When they hear of it. Default: on submission. */
      notify_type: NotifyType.schema
    })
  })
) {}

/** 审批申请: decided by the template's own process, or by a process that the application brings. */
export const Application = Schema.Union([
  TemplateApplication,
  ProcessApplication.pipe(Wire.withAnyOf("process", "approver"))
])
/** 审批申请. */
export type Application = typeof Application.Type

/** 审批单号 of one page. */
export class ApprovalNumbers extends Schema.Class<ApprovalNumbers>("effect-wecom/ApprovalNumbers")({
  sp_no_list: Wire.list(Schema.String),
  ...Wire.optionals({
    /** Where the next page begins; the last page has none. */
    new_next_cursor: Wire.id,
    /** The same for the older `cursor`. */
    next_cursor: Wire.int
  })
}) {}

/** 自建应用审批单: an application of the corp's own app in the approval process engine (审批流程引擎). */
export class OwnApproval extends Schema.Class<OwnApproval>("effect-wecom/OwnApproval")({
  ThirdNo: Wire.id,
  ...Wire.optionals({
    OpenTemplateId: Schema.String,
    OpenSpName: Schema.String,
    OpenSpstatus: ApprovalStatus.schema,
    ApplyTime: Wire.time,
    ApplyUserId: Schema.String,
    ApplyUsername: Schema.String,
    ApplyUserParty: Schema.String,
    ApplyUserImage: Schema.String
  }),
  ...Wire.optionals({
    ApprovalNodes: Schema.Struct({
      ApprovalNode: Wire.list(Schema.Struct(Wire.optionals({
        NodeStatus: StepStatus.schema,
        NodeAttr: ApproverMode.schema,
        /** Who decides: 1 fixed members, 2 a tag, 3 the superior. */
        NodeType: Wire.int,
        Items: Schema.Struct({
          Item: Wire.list(Schema.Struct({
            ...Wire.optionals({
              ItemUserId: Schema.String,
              ItemName: Schema.String,
              ItemParty: Schema.String,
              ItemImage: Schema.String,
              ItemStatus: StepStatus.schema,
              ItemSpeech: Schema.String
            }),
            /** When they decided; none while they have not. */
            ItemOpTime: Wire.timeOrNone.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0)))
          }))
        })
      })))
    }),
    NotifyNodes: Schema.Struct({
      NotifyNode: Wire.list(Schema.Struct({
        ...Wire.optionals({
          ItemUserId: Schema.String,
          ItemName: Schema.String,
          ItemParty: Schema.String,
          ItemImage: Schema.String
        })
      }))
    }),
    /** The step that is decided now, counted from 0. */
    ApproverStep: Wire.int,
    /** `ApproverStep`, as some answers spell it. */
    approverstep: Wire.int
  })
}) {}

/** 审批数据 in the older form. */
export class LegacyApproval extends Schema.Class<LegacyApproval>("effect-wecom/LegacyApproval")({
  ...Wire.optionals({
    /** The template's name. */
    spname: Schema.String,
    apply_name: Schema.String,
    /** The applicant's department. */
    apply_org: Schema.String
  }),
  approval_name: Wire.list(Schema.String),
  notify_name: Wire.list(Schema.String),
  sp_status: Wire.optional(ApprovalStatus.schema),
  sp_num: Wire.id,
  mediaids: Wire.list(Schema.String),
  ...Wire.optionals({
    apply_time: Wire.time,
    apply_user_id: Schema.String,
    /** 报销. */
    expense: Schema.Struct({
      ...Wire.optionals({
        /** 1 差旅费, 2 交通费, 3 招待费, 4 其他报销. */
        expense_type: Wire.int,
        reason: Schema.String
      }),
      item: Wire.list(Schema.Struct({
        ...Wire.optionals({
          /** 1 飞机票, 2 火车票, 3 的士费, 4 住宿费, 5 餐饮费, 6 礼品费, 7 活动费, 8 通讯费, 9 补助, 10 其他. */
          expenseitem_type: Wire.int,
          time: Wire.time,
          /** In yuan (元). */
          sums: Wire.int,
          reason: Schema.String
        })
      }))
    }),
    /** 请假. */
    leave: Schema.Struct({
      ...Wire.optionals({
        /** 0 half days, 1 hours. */
        timeunit: Wire.int,
        /** 1 年假, 2 事假, 3 病假, 4 调休假, 5 婚假, 6 产假, 7 陪产假, 8 其他. */
        leave_type: Wire.int,
        start_time: Wire.time,
        end_time: Wire.time,
        /** In hours. */
        duration: Wire.int,
        reason: Schema.String
      })
    }),
    /** 通用审批: what was filled in, as a JSON text by control. */
    comm: Schema.Struct({ apply_data: Wire.optional(Schema.String) })
  })
}) {}

const template = {
  template_name: TemplateName,
  template_content: Schema.Struct({ controls: NewTemplateControls })
}

/** Which applications to list the numbers of. */
export class ApprovalNumbersQuery extends Schema.Opaque<ApprovalNumbersQuery>()(
  Schema.Struct({
    starttime: Wire.quoted(Wire.time),
    /** At most 31 days after `starttime`. */
    endtime: Wire.quoted(Wire.time),
    ...Wire.optionals({
      /** `new_next_cursor` of the page before; none for the first. */
      new_cursor: Schema.String,
      /** `next_cursor` of the page before, as older programs do it: 0 for the first. */
      cursor: Wire.int
    }),
    /** How many numbers a page has at most: up to 100. */
    size: Wire.intBetween(1, 100),
    filters: Wire.optional(Schema.Array(ApprovalFilter))
  })
) {}

/** The first page is asked for with an empty `new_cursor`: without any, the answer has the older `next_cursor`. */
const withCursor = ApprovalNumbersQuery.pipe(
  Schema.decodeTo(
    Schema.toType(ApprovalNumbersQuery).check(Wire.period("starttime", "endtime", 31)),
    SchemaTransformation.transform<ApprovalNumbersQuery, ApprovalNumbersQuery>({
      decode: (page) => page,
      encode: (page) => page.cursor === undefined ? { ...page, new_cursor: page.new_cursor ?? "" } : page
    })
  )
)

/** 审批模板, as it is created. */
export class NewApprovalTemplate extends Schema.Opaque<NewApprovalTemplate>()(Schema.Struct(template)) {}

/** 审批模板, as it is replaced. */
export class ApprovalTemplateChange extends Schema.Opaque<ApprovalTemplateChange>()(
  Schema.Struct({ template_id: Wire.filledText, ...template })
) {}

/** 审批: applications for approval, and the templates they are made of. */
export class Approvals extends Domain.Service<Approvals>()("oa/approvals/Approvals", "OA·审批", {
  /**
   * 提交审批申请. Applies on behalf of a member; returns the application's number. 600 calls a minute.
   *
   * Controls are written with the functions of `ApprovalControl`; their ids are the template's ({@link getTemplate}).
   * 301025: a value does not fit the template; 301055: the app may not, or the member is not visible to it; 301079: the
   * time is another application's already. Templates for 打卡补卡 and 调班 cannot be applied for here, nor those whose
   * process lets the applicant choose.
   * @see https://developer.work.weixin.qq.com/document/path/91853
   */
  submit: Endpoint.post("/cgi-bin/oa/applyevent", 91853, () => ({
    body: Application,
    success: Endpoint.pluck("sp_no", Schema.String)
  })),

  /**
   * 获取审批申请详情. An application as it was filled in, and how far its approval is; 600 a minute.
   * @see https://developer.work.weixin.qq.com/document/path/91983
   */
  get: Endpoint.query("/cgi-bin/oa/getapprovaldetail", 91983, () => ({
    body: { sp_no: Wire.id },
    success: Endpoint.pluck("info", ApprovalDetail)
  })),

  /**
   * 批量获取审批单号. The numbers of the applications of a time, a page of them; 600 a minute. An app of the corp's own
   * gets those of the members that it sees, so a page may be shorter than `size` without being the last. 301112: a
   * shorter time has to be asked for.
   * @see https://developer.work.weixin.qq.com/document/path/91816
   */
  listNumbers: Endpoint.query("/cgi-bin/oa/getapprovalinfo", 91816, () => ({
    body: withCursor,
    success: ApprovalNumbers
  })),

  /**
   * 获取审批模板详情. The controls of a template with their ids and options; 600 a minute. 301025: no such template.
   * @see https://developer.work.weixin.qq.com/document/path/91982
   */
  getTemplate: Endpoint.query("/cgi-bin/oa/gettemplatedetail", 91982, () => ({
    body: { template_id: Wire.filledText },
    success: ApprovalTemplate
  })),

  /**
   * 创建审批模板. A new template, and its id. 301087: the corp has as many as it may.
   * @see https://developer.work.weixin.qq.com/document/path/97437
   */
  createTemplate: Endpoint.post("/cgi-bin/oa/approval/create_template", 97437, () => ({
    body: NewApprovalTemplate,
    success: Endpoint.pluck("template_id", Schema.String)
  })),

  /**
   * 更新审批模板. Replaces name and controls of a template that the same app has created; its process stays. 301115: it
   * is printed in a form of its own.
   * @see https://developer.work.weixin.qq.com/document/path/97438
   */
  updateTemplate: Endpoint.post("/cgi-bin/oa/approval/update_template", { doc: 97438, idempotent: true }, () => ({
    body: ApprovalTemplateChange
  })),

  /**
   * 复制/更新模板到企业. Brings a template of a third-party suite (its provider makes them) into the corp, or up to date
   * there; returns the id that it has there.
   * @see https://developer.work.weixin.qq.com/document/path/92630
   */
  copyTemplate: Endpoint.post("/cgi-bin/oa/approval/copytemplate", {
    doc: 92630,
    idempotent: true,
    withoutErrcode: "template_id"
  }, () => ({
    body: { open_template_id: Wire.filledText },
    success: Endpoint.pluck("template_id", Schema.String)
  })),

  /**
   * 查询自建应用审批单当前状态. An application of the approval process engine, by the app's own number.
   * @see https://developer.work.weixin.qq.com/document/path/90269
   */
  getOwn: Endpoint.query("/cgi-bin/corp/getopenapprovaldata", 90269, () => ({
    body: { thirdNo: Wire.filledText },
    success: Endpoint.pluck("data", OwnApproval)
  })),

  /**
   * 获取审批数据(旧). The applications of at most 30 days, up to 100 at once, in a form that is no longer developed: use
   * {@link listNumbers} and {@link get}.
   * @see https://developer.work.weixin.qq.com/document/path/91530
   */
  listLegacy: Endpoint.query("/cgi-bin/corp/getapprovaldata", 91530, () => ({
    body: Schema.Struct({
      starttime: Wire.time,
      endtime: Wire.time,
      /** The first number to get. Default: from the beginning. */
      next_spnum: Wire.optional(Wire.int)
    }).check(Wire.period("starttime", "endtime", 30)),
    success: Schema.Struct({
      ...Wire.optionals({
        /** How many this answer has. */
        count: Wire.int,
        /** How many there are in all. */
        total: Wire.int,
        /** The last number of this answer. */
        next_spnum: Wire.int
      }),
      data: Wire.list(LegacyApproval)
    })
  }))
}, (endpoints) => ({
  /**
   * 批量获取审批单号. All numbers of a time of at most 31 days, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/91816
   */
  listAllNumbers: Paging.make(endpoints.listNumbers, {
    items: (page) => page.sp_no_list,
    next: ({ new_next_cursor }, { cursor: _, ...input }) =>
      !new_next_cursor || new_next_cursor === input.new_cursor ? undefined : { ...input, new_cursor: new_next_cursor }
  })
})) {}
