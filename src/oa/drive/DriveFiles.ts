/**
 * 管理文件: the files and folders of the drive (微盘).
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Domain from "../../Domain.ts"
import * as Endpoint from "../../Endpoint.ts"
import * as Failure from "../../internal/kernel/failure.ts"
import { FileLink } from "../../media/FileLink.ts"
import type { Upload } from "../../media/Upload.ts"
import * as Paging from "../../Paging.ts"
import { WeComClient } from "../../WeComClient.ts"
import type { WeComError } from "../../WeComError.ts"
import * as Wire from "../../Wire.ts"
import { blockShas, blockSize, blocksOf } from "./blocks.ts"
import { DriveFile, DriveFileType } from "./DriveFile.ts"

/** 列表排序方式. */
export const DriveFileOrder = Wire.oneOf({
  NameAscending: [1, "名字升序"],
  NameDescending: [2, "名字降序"],
  SizeAscending: [3, "大小升序"],
  SizeDescending: [4, "大小降序"],
  ModifiedAscending: [5, "修改时间升序"],
  ModifiedDescending: [6, "修改时间降序"]
})

/** The files of an answer. */
export class DriveFileItems extends Schema.Class<DriveFileItems>("effect-wecom/DriveFileItems")({
  item: Wire.list(DriveFile)
}) {}

/** One page of a folder. */
export class DriveFilePage extends Schema.Class<DriveFilePage>("effect-wecom/DriveFilePage")({
  ...Wire.optionals({
    file_list: DriveFileItems,
    has_more: Schema.Boolean,
    /** Where the next page begins. */
    next_start: Wire.int
  })
}) {
  /** The files and folders of the page. */
  get files(): ReadonlyArray<DriveFile> {
    return this.file_list?.item ?? []
  }
}

/** A file or folder that was made. */
export class CreatedDriveFile extends Schema.Class<CreatedDriveFile>("effect-wecom/CreatedDriveFile")({
  fileid: Schema.String,
  /** Of documents: where they are opened. */
  url: Wire.optional(Schema.String)
}) {}

/** 分块上传: where an upload in blocks stands. */
export class DriveUploadSession extends Schema.Class<DriveUploadSession>("effect-wecom/DriveUploadSession")(
  Wire.optionals({
    /** 秒传: whether the drive had the content already; the upload has ended then. */
    hit_exist: Schema.Boolean,
    /** The key of the parts, if the content has to be sent. */
    upload_key: Wire.secret,
    /** The file, if the content was there. */
    fileid: Schema.String
  })
) {}

const int64 = ["file_size"]

const fileName = Wire.text(65_535).check(
  Schema.makeFilter((name: string) =>
    Array.from(name, (character) => character > "\u00ff" ? 2 : 1).reduce((sum, width) => sum + width, 0) <= 255 ||
    "at most 255 characters are allowed, of which Chinese ones count twice"
  )
)

const place = Wire.optionals({
  /** 空间. With `fatherid`, or neither with a `selected_ticket`. */
  spaceid: Wire.filledText,
  /** The folder; the space's id at its root. */
  fatherid: Wire.filledText,
  /** 选择器的 selectedTicket of the JS-SDK, in place of `spaceid` and `fatherid`. */
  selected_ticket: Schema.String
})

const onePlace = Schema.makeFilter((
  { fatherid, selected_ticket, spaceid }: {
    readonly spaceid?: string | undefined
    readonly fatherid?: string | undefined
    readonly selected_ticket?: string | undefined
  }
) =>
  (selected_ticket === undefined) === (spaceid !== undefined && fatherid !== undefined) &&
    (selected_ticket === undefined || (spaceid === undefined && fatherid === undefined)) ||
  { path: ["spaceid"], issue: "either spaceid and fatherid, or a selected_ticket, is needed" }
)

const gibibyte = 1024 ** 3

/** Where a file is to be put, and under which name. */
export interface DriveTarget {
  readonly spaceid: string
  /** The folder; the space's id at its root. */
  readonly fatherid: string
  /** Default: the name of the upload. */
  readonly file_name?: string | undefined
  /** Whether members are not told of the file by a card. Default: `false`. */
  readonly skip_push_card?: boolean | undefined
}

/** How far an upload in blocks has come. */
export interface DriveUploadProgress {
  /** The session, to continue with if the upload is cut. */
  readonly session: DriveUploadSession
  /** The blocks that have arrived, from 1. */
  readonly done: ReadonlyArray<number>
  /** Bytes that have arrived. */
  readonly sent: number
  /** Bytes in all. */
  readonly size: number
  /** The file, when the upload has ended. */
  readonly fileid: string | undefined
}

/** 管理文件: the files and folders of a space. */
export class DriveFiles extends Domain.Service<DriveFiles>()("oa/drive/DriveFiles", "OA·微盘", {
  /**
   * 获取文件列表. One page of a folder.
   * @see https://developer.work.weixin.qq.com/document/path/97887
   */
  list: Endpoint.query("/cgi-bin/wedrive/file_list", { doc: 97887, int64 }, () => ({
    body: {
      spaceid: Wire.filledText,
      /** The folder; the space's id for its root. */
      fatherid: Wire.filledText,
      sort_type: DriveFileOrder.schema,
      /** 0 for the first page, then the `next_start` of the one before. */
      start: Wire.intFrom(0),
      /** At most 1000. */
      limit: Wire.intBetween(1, 1000)
    },
    success: DriveFilePage
  })),
  /**
   * 上传文件. Puts a file of at most 10 MiB into a folder, and returns its id. `DriveFiles.upload` sends files of any size.
   * @see https://developer.work.weixin.qq.com/document/path/97880
   */
  create: Endpoint.post("/cgi-bin/wedrive/file_upload", 97880, () => ({
    body: Schema.Struct({
      ...place,
      /** At most 255 characters, of which Chinese ones count twice. */
      file_name: fileName,
      /** At most 10 MiB. */
      file_base64_content: Wire.base64.check(
        Schema.makeFilter((bytes) => bytes.length <= 10 * 1024 ** 2 || "at most 10 MiB are allowed: use upload")
      )
    }).check(onePlace),
    success: Endpoint.pluck("fileid", Schema.String)
  })),
  /**
   * 分块上传初始化. Begins an upload in blocks of 2 MiB, of a file of at most 20 GiB.
   * @see https://developer.work.weixin.qq.com/document/path/98004
   */
  startUpload: Endpoint.post("/cgi-bin/wedrive/file_upload_init", { doc: 98004, idempotent: true }, () => ({
    body: Schema.Struct({
      ...place,
      file_name: fileName,
      /** In bytes: at most 20 GiB. */
      size: Wire.intBetween(0, 20 * gibibyte),
      /** 分块累积sha值, in the order of the blocks. */
      block_sha: Schema.Array(Wire.filledText),
      /** Whether members are not told of the file by a card. Default: `false`. */
      skip_push_card: Wire.optional(Schema.Boolean)
    }).check(onePlace),
    success: DriveUploadSession
  })),
  /**
   * 分块上传文件. Sends one block; up to 10 at the same time.
   * @see https://developer.work.weixin.qq.com/document/path/98004
   */
  uploadPart: Endpoint.post("/cgi-bin/wedrive/file_upload_part", { doc: 98004, idempotent: true }, () => ({
    body: {
      upload_key: Wire.secret,
      /** From 1. */
      index: Wire.intBetween(1, 20 * gibibyte / blockSize),
      /** 2 MiB, but for the last block. */
      file_base64_content: Wire.base64
    }
  })),
  /**
   * 分块上传完成. Ends an upload whose blocks have all arrived, and returns the file's id.
   * @see https://developer.work.weixin.qq.com/document/path/98004
   */
  finishUpload: Endpoint.post("/cgi-bin/wedrive/file_upload_finish", { doc: 98004, idempotent: true }, () => ({
    body: { upload_key: Wire.secret },
    success: Endpoint.pluck("fileid", Schema.String)
  })),
  /**
   * 下载文件. Where a file is for two hours: `FileLink.download` fetches it. Folders and documents cannot be downloaded.
   * @see https://developer.work.weixin.qq.com/document/path/97881
   */
  getLink: Endpoint.query("/cgi-bin/wedrive/file_download", 97881, () => ({
    body: Schema.Struct(Wire.optionals({
      fileid: Wire.filledText,
      /** 选择器的 selectedTicket of the JS-SDK, in place of `fileid`. */
      selected_ticket: Schema.String
    })).check(
      Schema.makeFilter(({ fileid, selected_ticket }) =>
        (fileid === undefined) !== (selected_ticket === undefined) ||
        { path: ["fileid"], issue: "either a fileid or a selected_ticket is needed" }
      )
    ),
    success: FileLink
  })),
  /**
   * 新建文件夹/文档. Makes a folder, a document or a spreadsheet.
   * @see https://developer.work.weixin.qq.com/document/path/97882
   */
  createEmpty: Endpoint.post("/cgi-bin/wedrive/file_create", 97882, () => ({
    body: {
      spaceid: Wire.filledText,
      /** The folder; the space's id at its root. */
      fatherid: Wire.filledText,
      /** `Folder`, `Document` or `Spreadsheet`. */
      file_type: DriveFileType.schema.check(
        Schema.makeFilter((type) =>
          ([DriveFileType.Folder, DriveFileType.Document, DriveFileType.Spreadsheet] as ReadonlyArray<number>)
            .includes(Number(type)) || "only folders, documents and spreadsheets can be made"
        )
      ),
      /** At most 255 characters, of which Chinese ones count twice. */
      file_name: fileName
    },
    success: CreatedDriveFile
  })),
  /**
   * 重命名文件.
   * @see https://developer.work.weixin.qq.com/document/path/97883
   */
  rename: Endpoint.post("/cgi-bin/wedrive/file_rename", { doc: 97883, idempotent: true, int64 }, () => ({
    body: {
      fileid: Wire.filledText,
      /** At most 255 characters, of which Chinese ones count twice. */
      new_name: fileName
    },
    success: Endpoint.pluck("file", DriveFile)
  })),
  /**
   * 移动文件. Moves files into a folder.
   * @see https://developer.work.weixin.qq.com/document/path/97884
   */
  moveMany: Endpoint.post("/cgi-bin/wedrive/file_move", { doc: 97884, int64 }, () => ({
    body: {
      /** The folder; the space's id for its root. */
      fatherid: Wire.filledText,
      /** Whether files of the same name are replaced; otherwise the moved ones get a number. */
      replace: Wire.optional(Schema.Boolean),
      fileid: Schema.NonEmptyArray(Wire.filledText)
    },
    success: Endpoint.pluck("file_list", DriveFileItems)
  })),
  /**
   * 删除文件.
   * @see https://developer.work.weixin.qq.com/document/path/97885
   */
  deleteMany: Endpoint.post("/cgi-bin/wedrive/file_delete", { doc: 97885, idempotent: true }, () => ({
    body: { fileid: Schema.NonEmptyArray(Wire.filledText) }
  })),
  /**
   * 获取文件信息.
   * @see https://developer.work.weixin.qq.com/document/path/97886
   */
  get: Endpoint.query("/cgi-bin/wedrive/file_info", { doc: 97886, int64 }, () => ({
    body: { fileid: Wire.filledText },
    success: Endpoint.pluck("file_info", DriveFile)
  }))
}, (endpoints) => ({
  /**
   * 获取文件列表. All files and folders of a folder, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/97887
   */
  listAll: Paging.make(endpoints.list, {
    items: (page) => page.files,
    next: (page, input) =>
      page.has_more !== true
        ? undefined
        : page.next_start === undefined || page.next_start === input.start
        ? new Paging.Stuck("next_start")
        : { ...input, start: page.next_start }
  })
})) {
  /**
   * Uploads a file of up to 20 GiB in blocks of 2 MiB, in constant memory; emits how far it has come, the last time with
   * the `fileid`. Content that the drive has already is not sent again (秒传). The file is read twice: once for its SHA-1.
   *
   * An upload that was cut continues from the last progress that was seen, given as `resume`.
   *
   * @example
   * ```ts
   * const fileid = yield* DriveFiles.upload(yield* Upload.file("backup.tar"), { spaceid, fatherid: spaceid }).pipe(
   *   Stream.tap(({ sent, size }) => Effect.log(`${sent} of ${size} bytes`)),
   *   Stream.runLast
   * )
   * ```
   */
  static readonly upload = (
    file: Upload,
    target: DriveTarget,
    options: {
      /** How many blocks are sent at the same time: 1 to 10. Default: 3. */
      readonly concurrency?: number | undefined
      readonly resume?: DriveUploadProgress | undefined
    } = {}
  ): Stream.Stream<DriveUploadProgress, WeComError, DriveFiles> =>
    Stream.unwrap(Effect.gen(function*() {
      const drive = yield* DriveFiles
      const content = Stream.mapError(file.stream, (cause) => unreadable(String(cause)))
      const { concurrency = 3, resume } = options
      const session = resume?.session ?? (yield* drive.startUpload({
        spaceid: target.spaceid,
        fatherid: target.fatherid,
        file_name: target.file_name ?? file.filename,
        size: file.size,
        block_sha: yield* blockShas(content),
        ...(target.skip_push_card === undefined ? {} : { skip_push_card: target.skip_push_card })
      }))
      const { size } = file
      const { upload_key } = session
      if (upload_key === undefined) {
        return Stream.succeed({ session, done: [], sent: size, size, fileid: session.fileid })
      }
      let progress: DriveUploadProgress = { session, done: [], sent: 0, size, fileid: undefined, ...resume }
      const sent = new Set(progress.done)
      const parts = blocksOf(content).pipe(
        Stream.zipWithIndex,
        Stream.map(([block, index]) => ({ block, index: index + 1 })),
        Stream.filter(({ index }) => !sent.has(index)),
        Stream.mapEffect(({ block, index }) =>
          Effect.map(
            patient(drive.uploadPart({ upload_key, index, file_base64_content: block })),
            () =>
              progress = {
                ...progress,
                done: [...progress.done, index],
                sent: progress.sent + block.length
              }
          ), { concurrency: Math.min(Math.max(concurrency, 1), 10), unordered: true })
      )
      const finished = Stream.fromEffect(
        Effect.map(patient(drive.finishUpload({ upload_key })), (fileid) => ({ ...progress, fileid }))
      )
      return Stream.concat(parts, finished)
    }))
}

/** A block of 2 MiB takes longer than a call over a slow line. */
const patient = WeComClient.withOptions({ deadline: "2 minutes" })

const unreadable = (cause: string): WeComError =>
  Failure.invalid(
    Endpoint.describe(DriveFiles.endpoints.uploadPart).name,
    "file",
    `reading the content failed: ${cause}`
  )
