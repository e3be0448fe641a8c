/**
 * 通讯录ID转译 and 通讯录搜索: third-party apps are told ids in place of names. Here names are searched, ids sorted by name,
 * and files with ids turned into files with names, which only the corp's members can open. Calls run as the provider.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 查询类型. Default: both. */
export const SearchType = Wire.oneOf({
  Both: [0, "用户与部门"],
  Users: [1, "查询用户"],
  Departments: [2, "查询部门"]
})

/** 查询范围. */
export const SearchRange = Wire.oneOf({
  Serving: [0, "只查询在职用户"],
  ServingAndLeft: [1, "同时查询在职和离职用户"]
})

/** 精确匹配的字段. Default: a part is enough. */
export const MatchField = Wire.oneOf({
  Name: [1, "匹配用户名称或者部门名称"],
  EnglishName: [2, "匹配用户英文名"]
})

const query = {
  /** A name, its pinyin, or an English name: at most 64 characters. */
  query_word: Wire.chars(64),
  ...Wire.optionals({
    query_type: SearchType.schema,
    /** Default: those who serve; those who left within a year can be included. */
    query_range: SearchRange.schema,
    full_match_field: MatchField.schema,
    /** At most 200, of those who serve and of those who left each. Default: 50. */
    limit: Wire.intBetween(1, 200),
    cursor: Schema.String
  })
}

/** One of the searches of `searchMany`. */
export class Search extends Schema.Opaque<Search>()(
  Schema.Struct(query)
) {}

const Ids = Schema.Struct({
  userid: Wire.list(Schema.String),
  open_userid: Wire.list(Schema.String)
})

/** 查询结果: the ids that were found. */
export class Found extends Schema.Opaque<Found>()(
  Schema.Struct({
    ...Wire.optionals({
      /** Those who serve. */
      user: Ids,
      party: Schema.Struct({ department_id: Wire.list(Wire.int) }),
      /** Those who left. */
      dismiss_user: Ids
    })
  })
) {}
/** A page of what was found: it may have fewer than asked for, as what the app may not see is left out. */
export class SearchPage extends Schema.Class<SearchPage>("effect-wecom/SearchPage")({
  query_result: Found,
  ...Wire.optionals({
    is_last: Schema.Boolean,
    next_cursor: Schema.String
  })
}) {}

/** What one of several searches found. */
export class SearchResult extends Schema.Class<SearchResult>("effect-wecom/SearchResult")({
  /** The search that it is of. */
  query_request: Search,
  query_result: Found,
  ...Wire.optionals({
    is_last: Schema.Boolean,
    next_cursor: Schema.String
  })
}) {}

/** 排序属性. */
export const SortField = Wire.oneOf({
  Name: [0, "根据姓名拼音排序"],
  Alias: [1, "根据别名排序"]
})

/** 排序方式. */
export const SortOrder = Wire.oneOf({
  Ascending: [0, "升序排列"],
  Descending: [1, "降序排列"]
})

/** 媒体文件类型. */
export const TranslationFileType = Wire.oneOf({
  Image: ["image", "图片"],
  Voice: ["voice", "语音"],
  Video: ["video", "视频"],
  File: ["file", "普通文件"]
})

/** 附件类型: what the file is for, where it is for something special. */
export const TranslationAttachmentType = Wire.oneOf({
  Cashier: [3, "收银台"]
})

/** A file that was uploaded. */
export class TranslationFile extends Schema.Class<TranslationFile>("effect-wecom/TranslationFile")({
  type: TranslationFileType.schema,
  /** Good for three days. */
  media_id: Schema.String,
  created_at: Wire.optional(Wire.quoted(Wire.time))
}) {}

/** 任务状态. */
export const TranslationStatus = Wire.oneOf({
  Started: [1, "任务开始"],
  Running: [2, "任务进行中"],
  Finished: [3, "任务已完成"]
})

/** 异步任务结果. */
export class TranslationJob extends Schema.Class<TranslationJob>("effect-wecom/TranslationJob")({
  status: TranslationStatus.schema,
  ...Wire.optionals({
    /** Such as `contact_id_translate`. */
    type: Schema.String,
    result: Schema.Struct({
      contact_id_translate: Wire.optional(Schema.Struct({
        /** For a member who has logged in, in a browser; valid for 24 hours. */
        url: Schema.String
      }))
    })
  })
}) {
  /** The link to the file, once there is one: to be opened by a member of the corp who has logged in. */
  get url(): string | undefined {
    return this.result?.contact_id_translate?.url
  }
}

const template = (kind: string) => (id: string | number, corpid?: string): string =>
  `$${kind}=${corpid === undefined ? "" : `${corpid}/`}${id}$`

const mebibyte = 1024 * 1024

/** Every file is longer than five bytes. */
const upTo = (mebibytes: number): Endpoint.Size => ({ min: 6, max: mebibytes * mebibyte })

const where = {
  /** The corp whose address book is searched. */
  auth_corpid: Wire.filledText,
  /** Finds only what this app may see. Default, or 0: all that the provider may see. */
  agentid: Wire.optional(Wire.int)
}

const search = Endpoint.query(
  "/cgi-bin/service/contact/search",
  { doc: 91844, credential: "provider" },
  () => ({ body: { ...where, ...query }, success: SearchPage })
)

/** 通讯录ID转译: searching names, sorting ids by name, turning ids in files into names. */
export class ContactIdTranslation
  extends Domain.Service<ContactIdTranslation>()("third-party/ContactIdTranslation", "第三方应用·通讯录ID转译", {
    /**
     * 通讯录单个搜索. The members and departments of a corp whose names fit: a page.
     * @see https://developer.work.weixin.qq.com/document/path/91844
     */
    search,
    /**
     * 通讯录批量搜索. At most 50 searches in one call.
     * @see https://developer.work.weixin.qq.com/document/path/91844
     */
    searchMany: Endpoint.query("/cgi-bin/service/contact/batchsearch", { doc: 91844, credential: "provider" }, () => ({
      body: { ...where, query_request_list: Wire.items(Search, 50, 1) },
      success: Endpoint.pluck("query_result_list", Wire.list(SearchResult))
    })),
    /**
     * 通讯录userid排序. At most 1,000 userids in the order of their names, or of what the options say, the first one first.
     * @see https://developer.work.weixin.qq.com/document/path/92093
     */
    sort: Endpoint.query("/cgi-bin/service/contact/sort", { doc: 92093, credential: "provider" }, () => ({
      body: {
        auth_corpid: Wire.filledText,
        useridlist: Wire.items(Wire.filledText, 1000, 1),
        sort_options: Wire.optional(Schema.Array(Schema.Struct({
          ...Wire.optionals({
            sort_field: SortField.schema,
            sort_type: SortOrder.schema
          })
        })))
      },
      success: Endpoint.pluck("useridlist", Wire.list(Schema.String))
    })),
    /**
     * 服务商上传临时素材. A file to translate, or for another purpose of the provider; good for three days.
     *
     * More than 5 bytes; an image at most 2 MiB (JPG, PNG), a voice 2 MiB and 60 seconds (AMR), a video 10 MiB (MP4), a
     * file 20 MiB: `RequestInvalid` otherwise. The file's name may not begin with `/` nor have a `\` or `:` in it.
     * @see https://developer.work.weixin.qq.com/document/path/99310
     */
    upload: Endpoint.upload("/cgi-bin/service/media/upload", { doc: 99310, credential: "provider" }, "media", () => ({
      query: {
        type: TranslationFileType.schema,
        attachment_type: Wire.optional(TranslationAttachmentType.schema)
      },
      size: ({ type }) => upTo(type === "file" ? 20 : type === "video" ? 10 : 2),
      success: TranslationFile
    })),
    /**
     * 异步通讯录id转译. Writes names in place of {@link userName} and its kind into files (xls, xlsx, doc, docx, csv, txt), and
     * returns the id of the job. Its end is reported by `InfoType/batch_job_result`.
     * @see https://developer.work.weixin.qq.com/document/path/91846
     */
    translate: Endpoint.post(
      "/cgi-bin/service/contact/id_translate",
      { doc: 91846, credential: "provider" },
      () => ({
        body: Schema.Struct({
          auth_corpid: Wire.filledText,
          /** At most 20, of {@link ContactIdTranslation.endpoints.upload}. */
          media_id_list: Wire.items(Wire.filledText, 20, 1),
          ...Wire.optionals({
            /** Of the archive that they go into, without an ending: needed for several files. One file goes alone without. */
            output_file_name: Schema.String,
            /** Default: as the files are. */
            output_file_format: Schema.Literal("pdf")
          })
        }).check(
          Schema.makeFilter(({ media_id_list, output_file_name }) =>
            media_id_list.length < 2 || !!output_file_name ||
            { path: ["output_file_name"], issue: "several files go into an archive, which needs a name" }
          )
        ),
        success: Endpoint.pluck("jobid", Schema.String)
      })
    ),
    /**
     * 获取异步任务结果. How far a job of `translate` is.
     * @see https://developer.work.weixin.qq.com/document/path/91882
     */
    getResult: Endpoint.get("/cgi-bin/service/batch/getresult", { doc: 91882, credential: "provider" }, () => ({
      query: { jobid: Wire.filledText },
      success: TranslationJob
    }))
  }, (endpoints) => ({
    /**
     * 通讯录单个搜索. All pages, as a stream.
     * @see https://developer.work.weixin.qq.com/document/path/91844
     */
    searchAll: Paging.make(endpoints.search, {
      items: (page) => [page.query_result],
      next: (page, input) =>
        page.is_last !== true && page.next_cursor && page.next_cursor !== input.cursor
          ? { ...input, cursor: page.next_cursor }
          : undefined
    })
  }))
{
  /**
   * 转译模版: what to write into a file where a member's name goes. Of another corp with its id.
   *
   * @example
   * ```ts
   * const csv = `${userName("zhangsan")},${departmentName(2)}\n`
   * ```
   * @see https://developer.work.weixin.qq.com/document/path/91889
   */
  static readonly userName: (userid: string, corpid?: string) => string = template("userName")

  /** 转译模版: where a member's alias goes; left as it is where there is none. */
  static readonly userAlias: (userid: string, corpid?: string) => string = template("userAlias")

  /** 转译模版: where a member's alias goes, or the name where there is none. */
  static readonly userAliasOrName: (userid: string, corpid?: string) => string = template("userAliasOrName")

  /** 转译模版: where a department's name goes. */
  static readonly departmentName: (id: number, corpid?: string) => string = template("departmentName")
}
