/**
 * 企业数据存档: contents of documents and files that the corp keeps.
 *
 * @see https://developer.work.weixin.qq.com/document/path/101691
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { Event } from "../EventDefinition.ts"

/**
 * 文档内容变更事件: the content of an archived document has changed.
 * @see https://developer.work.weixin.qq.com/document/path/101691
 */
export class ArchivedDocumentChanged extends Event<ArchivedDocumentChanged>()("event/document_archive_change", () => ({
  DocId: Schema.String,
  DocName: Wire.optional(Schema.String)
})) {}

/**
 * 文件内容存档授权变更事件: what the corp allows the app to read of archived files has changed.
 * @see https://developer.work.weixin.qq.com/document/path/101701
 */
export class FileArchiveAuthorisationChanged
  extends Event<FileArchiveAuthorisationChanged>()("event/file_content_archive_auth_change", () => ({}))
{}

/**
 * 文件内容存档成员变更事件: the members whose files are archived have changed.
 * @see https://developer.work.weixin.qq.com/document/path/101701
 */
export class FileArchiveMembersChanged
  extends Event<FileArchiveMembersChanged>()("event/file_content_archive_user_list_change", () => ({}))
{}
