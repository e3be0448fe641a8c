/**
 * 上下游通讯录管理: the chains of a corp, the corps in them, and the people of those.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 上下游. */
export class Chain extends Schema.Class<Chain>("effect-wecom/Chain")({
  chain_id: Schema.String,
  chain_name: Wire.optional(Schema.String)
}) {}

/** 上下游通讯录分组. */
export class ChainGroup extends Schema.Class<ChainGroup>("effect-wecom/ChainGroup")({
  groupid: Wire.int,
  ...Wire.optionals({
    group_name: Schema.String,
    /** The root is 1. */
    parentid: Wire.int,
    /** Greater comes first; below 2^32. */
    order: Wire.int
  })
}) {}

/** 上下游企业 as lists have it. */
export class ChainCorp extends Schema.Class<ChainCorp>("effect-wecom/ChainCorp")(
  Wire.optionals({
    /** Once it has joined. */
    corpid: Schema.String,
    /** Until it has joined. */
    pending_corpid: Schema.String,
    groupid: Wire.int,
    corp_name: Schema.String,
    /** What an import has called it. */
    custom_id: Schema.String,
    /** Who invited it, for the app of the chain alone. */
    invite_userid: Schema.String,
    is_joined: Wire.flag
  })
) {}

/** A page of corps. */
export class ChainCorpsPage extends Schema.Class<ChainCorpsPage>("effect-wecom/ChainCorpsPage")({
  group_corps: Wire.list(ChainCorp),
  ...Wire.optionals({ has_more: Schema.Boolean, next_cursor: Schema.String })
}) {}

/** 企业验证状态. */
export const ChainCorpQualification = Wire.oneOf({
  None: [1, "未验证"],
  Verified: [2, "已验证"],
  Certified: [3, "已认证"]
})

/** 上下游企业信息. */
export class ChainCorpInfo extends Schema.Class<ChainCorpInfo>("effect-wecom/ChainCorpInfo")(
  Wire.optionals({
    corp_name: Schema.String,
    /** Once it has joined. */
    qualification_status: ChainCorpQualification.schema,
    /** What an import has called it. */
    custom_id: Schema.String,
    groupid: Wire.int,
    is_joined: Schema.Boolean
  })
) {}

/** 联系人身份类型. */
export const ChainIdentity = Wire.oneOf({
  Member: [1, "成员"],
  Principal: [2, "负责人"]
})

/** 上下游联系人 to import. */
export class NewChainContact extends Schema.Opaque<NewChainContact>()(
  Schema.Struct({
    /** At most 32 characters. */
    name: Wire.chars(32),
    identity_type: ChainIdentity.schema,
    /** Of another country with `+` and its code, such as `+85259000000`. */
    mobile: Wire.filledText,
    /** Your own id: a number from 1 to 2^64 - 2, in digits, without a leading 0, and not of 11 or 13 digits. */
    user_custom_id: Wire.optional(Schema.String.check(
      Schema.makeFilter((value: string) =>
        /^[1-9]\d{0,19}$/.test(value) && value.length !== 11 && value.length !== 13 &&
          BigInt(value) <= 2n ** 64n - 2n ||
        "expected a number from 1 to 2^64 - 2 without a leading 0, not of 11 or 13 digits"
      )
    ))
  })
) {}

/** 上下游企业 to import, with its people. */
export class NewChainCorp extends Schema.Opaque<NewChainCorp>()(
  Schema.Struct({
    /** At most 32: Chinese, letters, digits and `-_()（）` or a space. */
    corp_name: Wire.chars(32).check(
      Schema.isPattern(/^[\p{Script=Han}A-Za-z0-9 \-_()（）]*$/u, {
        message: "only Chinese, letters, digits, spaces and -_()（） are allowed"
      })
    ),
    ...Wire.optionals({
      /** Where a new one goes, such as `华北区/北京市`. Default: the root. */
      group_path: Schema.String,
      /** Your own id: at most 64 letters and digits. It is lost where the corp has no principal. */
      custom_id: Schema.String.check(
        Schema.isPattern(/^[A-Za-z0-9]{0,64}$/, { message: "at most 64 letters and digits are allowed" })
      )
    }),
    /** At most 200, of whom 5 principals. */
    contact_info_list: Wire.items(NewChainContact, 200, 1).check(
      Schema.makeFilter((contacts: ReadonlyArray<typeof NewChainContact.Type>) =>
        contacts.filter(({ identity_type }) => identity_type === ChainIdentity.Principal).length <= 5 ||
        "at most 5 principals are allowed"
      )
    )
  })
) {}

/** 任务状态. */
export const ChainImportStatus = Wire.oneOf({
  Begun: [1, "任务开始"],
  Running: [2, "任务进行中"],
  Done: [3, "任务已完成"]
})

/** 导入状态. */
export const ChainImportOutcome = Wire.oneOf({
  All: [1, "全部企业导入成功"],
  Some: [2, "部分企业导入成功"],
  None: [3, "全部企业导入失败"]
})

/** A corp that was not imported, and why. One person that is wrong keeps out all of the corp. */
export class FailedChainCorp extends Schema.Class<FailedChainCorp>("effect-wecom/FailedChainCorp")({
  errcode: Wire.int,
  ...Wire.optionals({
    errmsg: Schema.String,
    corp_name: Schema.String,
    custom_id: Schema.String
  }),
  contact_info_list: Wire.list(Schema.Struct(Wire.optionals({
    mobile: Schema.String,
    errcode: Wire.int,
    errmsg: Schema.String
  })))
}) {}

/** 导入异步任务结果. */
export class ChainImport extends Schema.Class<ChainImport>("effect-wecom/ChainImport")(
  Wire.optionals({
    status: ChainImportStatus.schema,
    /** Once it is done. */
    result: Schema.Struct({
      ...Wire.optionals({
        chain_id: Schema.String,
        import_status: ChainImportOutcome.schema
      }),
      fail_list: Wire.list(FailedChainCorp)
    })
  })
) {}

/** A corp of a chain: `corpid` once it has joined, `pending_corpid` before; of both, the first counts. */
const chainCorp = Wire.withAnyOf("corpid", "pending_corpid")(Schema.Struct({
  chain_id: Wire.filledText,
  ...Wire.optionals({ corpid: Schema.String, pending_corpid: Schema.String })
}))

/** 上下游通讯录管理: the chains of a corp, the corps in them, and the people of those. */
export class ChainContacts extends Domain.Service<ChainContacts>()("partners/ChainContacts", "上下游corpgroup", {
  /**
   * 获取上下游信息. The chains that the app sees; all of them for the app of the chain (可调用接口的应用).
   * @see https://developer.work.weixin.qq.com/document/path/95820
   */
  listChains: Endpoint.get("/cgi-bin/corpgroup/corp/get_chain_list", 95820, () => ({
    success: Endpoint.pluck("chains", Wire.list(Chain))
  })),
  /**
   * 获取上下游通讯录分组. The groups of a chain, or one of them.
   * @see https://developer.work.weixin.qq.com/document/path/95315
   */
  listGroups: Endpoint.query("/cgi-bin/corpgroup/corp/get_chain_group", 95315, () => ({
    body: {
      chain_id: Wire.filledText,
      /** Default: all. */
      groupid: Wire.optional(Wire.int)
    },
    success: Endpoint.pluck("groups", Wire.list(ChainGroup))
  })),
  /**
   * 获取企业上下游通讯录分组下的企业详情列表. The corps of a group, without those of the groups below it.
   * @see https://developer.work.weixin.qq.com/document/path/95315
   */
  listCorps: Endpoint.query("/cgi-bin/corpgroup/corp/get_chain_corpinfo_list", 95315, () => ({
    body: {
      chain_id: Wire.filledText,
      ...Wire.optionals({
        /** Default: the root. */
        groupid: Wire.int,
        /** Whether those that have not joined come too. Default: `false`. */
        need_pending: Schema.Boolean,
        cursor: Schema.String,
        /** Pages, if it is greater than 0. Default: 0, all at once. */
        limit: Wire.intFrom(0)
      })
    },
    success: ChainCorpsPage
  })),
  /**
   * 获取企业上下游通讯录下的企业信息. A corp of a chain.
   * @see https://developer.work.weixin.qq.com/document/path/95820
   */
  getCorp: Endpoint.query("/cgi-bin/corpgroup/corp/get_chain_corpinfo", 95820, () => ({
    body: chainCorp,
    success: ChainCorpInfo
  })),
  /**
   * 批量导入上下游联系人. Invites corps and their people into a chain. One import at a time; 1,000 corps and 2,000 people in one,
   * 20,000 people a day. Returns the id of the job, for `getImport`; its end is reported by an event too.
   * @see https://developer.work.weixin.qq.com/document/path/95821
   */
  import: Endpoint.post("/cgi-bin/corpgroup/import_chain_contact", 95821, () => ({
    body: {
      chain_id: Wire.filledText,
      /** At most 1000, with at most 2000 people. */
      contact_list: Wire.items(NewChainCorp, 1000, 1).check(
        Schema.makeFilter((corps: ReadonlyArray<typeof NewChainCorp.Type>) => {
          const people = corps.reduce((sum, { contact_info_list }) => sum + contact_info_list.length, 0)
          return people <= 2000 || `at most 2000 people are allowed, got ${people}`
        })
      )
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),
  /**
   * 获取上下游导入异步任务结果. How far an import is, and what failed. At most 5 calls at a time.
   * @see https://developer.work.weixin.qq.com/document/path/95823
   */
  getImport: Endpoint.get("/cgi-bin/corpgroup/getresult", 95823, () => ({
    /** At most 64 bytes. */
    query: { jobid: Wire.text(64) },
    success: ChainImport
  })),
  /**
   * 移除企业. Removes a corp from a chain, whether it has joined or not. One call at a time.
   * @see https://developer.work.weixin.qq.com/document/path/95822
   */
  removeCorp: Endpoint.post("/cgi-bin/corpgroup/corp/remove_corp", { doc: 95822, idempotent: true }, () => ({
    body: chainCorp
  })),
  /**
   * 查询成员自定义id. What an import has called a member of a corp that has joined.
   * @see https://developer.work.weixin.qq.com/document/path/97441
   */
  getUserCustomId: Endpoint.query("/cgi-bin/corpgroup/corp/get_chain_user_custom_id", 97441, () => ({
    body: { chain_id: Wire.filledText, corpid: Wire.filledText, userid: Wire.filledText },
    success: Endpoint.pluck("user_custom_id", Wire.id)
  })),
  /**
   * 获取下级企业加入的上下游. The chains that a corp has joined.
   * @see https://developer.work.weixin.qq.com/document/path/97442
   */
  listChainsOfCorp: Endpoint.query("/cgi-bin/corpgroup/get_corp_shared_chain_list", 97442, () => ({
    body: { corpid: Wire.filledText },
    success: Endpoint.pluck("chains", Wire.list(Chain))
  }))
}, (endpoints) => ({
  /**
   * 获取企业上下游通讯录分组下的企业详情列表. All items of `listCorps`, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95315
   */
  listAllCorps: Paging.byCursor(endpoints.listCorps, "group_corps")
})) {}
