/**
 * 素材管理: files and images that messages, moments and other objects refer to.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import { misfit } from "../internal/kernel/failure.ts"
import type { WeComError } from "../WeComError.ts"
import * as Wire from "../Wire.ts"

/** 媒体文件类型. */
export const MediaType = Wire.oneOf({
  Image: ["image", "图片"],
  Voice: ["voice", "语音"],
  Video: ["video", "视频"],
  File: ["file", "普通文件"]
})

/** 附件资源的媒体文件类型. */
export const AttachmentMediaType = Wire.oneOf({
  Image: ["image", "图片"],
  Video: ["video", "视频"],
  File: ["file", "普通文件"]
})

/** 附件类型: what an uploaded attachment is for. */
export const AttachmentType = Wire.oneOf({
  Moment: [1, "朋友圈"],
  ProductAlbum: [2, "商品图册"]
})

/** 异步上传的场景值. */
export const UploadByUrlScene = Wire.oneOf({
  GroupWelcome: [1, "客户联系入群欢迎语素材"]
})

/** 异步上传的媒体文件类型. */
export const UploadByUrlType = Wire.oneOf({
  Video: ["video", "视频"],
  File: ["file", "普通文件"]
})

/** 异步上传的任务状态. */
export const UploadByUrlStatus = Wire.oneOf({
  Running: [1, "处理中"],
  Finished: [2, "完成"],
  Failed: [3, "异常失败"]
})

/** A file that was uploaded: `media_id` stands for it for three days, in every app of the corp. */
export class UploadedMedia extends Schema.Class<UploadedMedia>("effect-wecom/UploadedMedia")({
  type: Wire.optional(MediaType.schema),
  media_id: Schema.String,
  created_at: Wire.optional(Wire.quoted(Wire.time))
}) {}

/** 异步上传任务结果. */
export class UploadByUrlResult extends Schema.Class<UploadByUrlResult>("effect-wecom/UploadByUrlResult")({
  status: UploadByUrlStatus.schema,
  /** What became of the file, once `status` is `Finished` or `Failed`. */
  detail: Wire.optional(Schema.Struct({
    /** 0 when it arrived; 830001 no ranges at the URL, 830003 not read, 45001 the size, 301019 another MD5. */
    errcode: Wire.int,
    ...Wire.optionals({
      errmsg: Schema.String,
      /** Good for three days, for `Media.get` and the welcome messages of groups alone. */
      media_id: Schema.String,
      created_at: Wire.quoted(Wire.timeOrNone)
    })
  }))
}) {}

const mebibyte = 1024 * 1024

/** Every file is longer than five bytes. */
const upTo = (mebibytes: number): Endpoint.Size => ({ min: 6, max: mebibytes * mebibyte })

/** 素材管理: files and images that messages, moments and other objects refer to. */
export class Media extends Domain.Service<Media>()("media/Media", "素材", {
  /**
   * 上传临时素材. A file for messages, good for three days in every app of the corp. Its name is what recipients see.
   *
   * More than 5 bytes; an image at most 10 MiB (JPG, PNG), a voice 2 MiB and 60 seconds (AMR), a video 10 MiB (MP4), a
   * file 20 MiB: `RequestInvalid` otherwise. A token that has ended is replaced and the file sent again from its start.
   * @see https://developer.work.weixin.qq.com/document/path/90253
   */
  upload: Endpoint.upload("/cgi-bin/media/upload", 90253, "media", () => ({
    query: { type: MediaType.schema },
    size: ({ type }) => upTo(type === "file" ? 20 : type === "voice" ? 2 : 10),
    success: UploadedMedia
  })),

  /**
   * 上传图片. A permanent image, for articles and welcome messages: its URL works inside WeCom alone. From 5 bytes to 2
   * MiB, 1,000 a day and 3,000 a month for a corp.
   * @see https://developer.work.weixin.qq.com/document/path/90256
   */
  uploadImage: Endpoint.upload("/cgi-bin/media/uploadimg", 90256, "media", () => ({
    size: () => ({ min: 5, max: 2 * mebibyte }),
    success: Endpoint.pluck("url", Schema.String)
  })),

  /**
   * 上传附件资源. A file for a moment or a product album, good for three days; albums take images alone.
   *
   * More than 5 bytes and at most 10 MiB: JPG and PNG (for a moment at most 1440 by 1080 pixels), MP4 (30 seconds).
   * @see https://developer.work.weixin.qq.com/document/path/95098
   */
  uploadAttachment: Endpoint.upload("/cgi-bin/media/upload_attachment", 95098, "media", () => ({
    query: { media_type: AttachmentMediaType.schema, attachment_type: AttachmentType.schema },
    size: () => upTo(10),
    // The document of this one has `created_at` as a number.
    success: Schema.Struct({ ...UploadedMedia.fields, created_at: Wire.optional(Wire.time) })
  })),

  /**
   * 获取临时素材. The file as a stream, or a part of it with `range`. Errcode 40007: no such file, or it has ended.
   *
   * Large files (those of {@link Media.endpoints.uploadByUrl} above 20 MiB, others where WeCom says so) want a range
   * of at most 20 MiB (830002), and some want its length to be a multiple of 16 bytes (40146): see {@link inRanges}.
   * @see https://developer.work.weixin.qq.com/document/path/90254
   */
  get: Endpoint.download("/cgi-bin/media/get", 90254, () => ({
    query: { media_id: Wire.filledText }
  })),

  /**
   * 获取高清语音素材. A voice that the JS-SDK uploaded, as 16 kHz Speex (`voice/speex`); kept for three days.
   * @see https://developer.work.weixin.qq.com/document/path/90255
   */
  getHdVoice: Endpoint.download("/cgi-bin/media/get/jssdk", 90255, () => ({
    query: { media_id: Wire.filledText }
  })),

  /**
   * 生成异步上传任务. WeCom fetches the file itself, up to 200 MiB, from a URL that supports ranges; returns the id of a job.
   * Its end is reported by {@link Media.endpoints.getUploadByUrlResult} and by the event `upload_media_job_finish`.
   * @see https://developer.work.weixin.qq.com/document/path/96219
   */
  uploadByUrl: Endpoint.post("/cgi-bin/media/upload_by_url", 96219, () => ({
    body: {
      scene: UploadByUrlScene.schema,
      type: UploadByUrlType.schema,
      /** What recipients see: at most 128 bytes. */
      filename: Wire.text(128),
      /** At most 1,024 bytes. */
      url: Wire.text(1024),
      /** Of the content, 32 hexadecimal digits: 301019 in the result where the content has another. */
      md5: Wire.text(32)
    },
    success: Endpoint.pluck("jobid", Schema.String)
  })),

  /**
   * 查询异步任务结果. How far a job of {@link Media.endpoints.uploadByUrl} is; asked for within 60 minutes.
   * @see https://developer.work.weixin.qq.com/document/path/96219
   */
  getUploadByUrlResult: Endpoint.query("/cgi-bin/media/get_upload_by_url_result", 96219, () => ({
    body: { jobid: Wire.filledText },
    success: UploadByUrlResult
  }))
}) {
  /**
   * The bytes of a file of any size, fetched in ranges as they are consumed. `size` is the length of a range in bytes: a
   * multiple of 16, at most 20 MiB. Default: 4 MiB.
   *
   * @example
   * ```ts
   * Media.inRanges({ media_id }).pipe(Stream.run(fs.sink("video.mp4")))
   * ```
   */
  static readonly inRanges = (
    options: { readonly media_id: string; readonly size?: number | undefined }
  ): Stream.Stream<Uint8Array, WeComError, Media> => {
    const { media_id, size = 4 * mebibyte } = options
    return Stream.suspend(() => {
      let total: number | undefined
      return Stream.paginate(0, (start) =>
        Effect.map(
          Media.use((media) => media.get({ media_id, range: { start, end: start + size - 1 } })),
          ({ range, stream }) => {
            // Without a range the answer is the whole file; a part may be shorter than what was asked for.
            if (range === undefined && start === 0) return [[stream], Option.none()] as const
            if (range === undefined || range.start !== start || range.end < start) {
              return [[Stream.fail(otherPart(start, "the answer is another part of the file"))], Option.none()] as const
            }
            const { end } = range
            total ??= range.total
            if (range.total !== total) {
              return [
                [Stream.fail(otherPart(start, "the file has another length than before"))],
                Option.none()
              ] as const
            }
            const ended = total === undefined ? end < start + size - 1 : end + 1 >= total
            return [[ofLength(stream, start, end + 1 - start)], ended ? Option.none() : Option.some(end + 1)] as const
          }
        )).pipe(Stream.flatten)
    })
  }
}

const otherPart = (start: number, message: string): WeComError =>
  misfit(Endpoint.describe(Media.endpoints.get), { status: 206 }, [{ field: `byte ${start}`, message }])

/** A part of a file, which has to have the length that it was said to have. */
const ofLength = (
  stream: Stream.Stream<Uint8Array, WeComError>,
  start: number,
  length: number
): Stream.Stream<Uint8Array, WeComError> =>
  Stream.suspend(() => {
    let seen = 0
    return stream.pipe(
      Stream.tap((chunk) => Effect.sync(() => void (seen += chunk.length))),
      Stream.onEnd(Effect.suspend(() =>
        seen === length
          ? Effect.void
          : Effect.fail(otherPart(start, `expected ${length} bytes, got ${seen}`))
      ))
    )
  })
