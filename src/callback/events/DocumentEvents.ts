/**
 * 文档事件: documents, forms (收集表) and smart sheets (智能表格) that were made through the API.
 *
 * @see https://developer.work.weixin.qq.com/document/path/97833
 */
import * as Schema from "effect/Schema"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

const forms = () => ({ FormId: CallbackWire.repeated(Schema.String) })

const sheet = () => ({
  DocId: Schema.String,
  SheetId: Schema.String
})

/** `filed` is how WeCom spells it. */
const fields = () => ({ ...sheet(), FieldId: CallbackWire.repeated(Schema.String) })

const records = () => ({
  ...sheet(),
  /** At most 1000: more come as further events. */
  RecordId: CallbackWire.repeated(Schema.String)
})

/**
 * 修改文档成员事件: members let others into documents or forms.
 * @see https://developer.work.weixin.qq.com/document/path/97833
 */
export class DocumentMembersChanged
  extends Event<DocumentMembersChanged>()("event/doc_change/doc_member_change", () => ({
    DocId: CallbackWire.repeated(Schema.String),
    ...forms()
  }))
{}

/**
 * 删除文档事件: an administrator of the documents deleted them.
 * @see https://developer.work.weixin.qq.com/document/path/97834
 */
export class DocumentsDeleted extends Event<DocumentsDeleted>()("event/doc_change/delete_doc", () => ({
  DocId: CallbackWire.repeated(Schema.String)
})) {}

/**
 * 收集表完成事件: a member filled in forms.
 * @see https://developer.work.weixin.qq.com/document/path/97835
 */
export class FormsCompleted extends Event<FormsCompleted>()("event/doc_change/form_complete", forms) {}

/**
 * 删除收集表事件: an administrator of the forms deleted them.
 * @see https://developer.work.weixin.qq.com/document/path/98095
 */
export class FormsDeleted extends Event<FormsDeleted>()("event/doc_change/delete_form", forms) {}

/**
 * 修改收集表设置事件: who administers or may fill in forms, or another setting of them, has changed.
 * @see https://developer.work.weixin.qq.com/document/path/98096
 */
export class FormSettingsChanged extends Event<FormSettingsChanged>()("event/doc_change/form_settings_change", forms) {}

/**
 * 智能表格字段变更事件, 新增字段.
 * @see https://developer.work.weixin.qq.com/document/path/100987
 */
export class SheetFieldsAdded extends Event<SheetFieldsAdded>()("event/smart_sheet_change/add_filed", fields) {}

/**
 * 智能表格字段变更事件, 更新字段.
 * @see https://developer.work.weixin.qq.com/document/path/100987
 */
export class SheetFieldsUpdated extends Event<SheetFieldsUpdated>()("event/smart_sheet_change/update_filed", fields) {}

/**
 * 智能表格字段变更事件, 删除字段.
 * @see https://developer.work.weixin.qq.com/document/path/100987
 */
export class SheetFieldsDeleted extends Event<SheetFieldsDeleted>()("event/smart_sheet_change/delete_filed", fields) {}

/**
 * 智能表格记录变更事件, 新增记录.
 * @see https://developer.work.weixin.qq.com/document/path/100986
 */
export class SheetRecordsAdded extends Event<SheetRecordsAdded>()("event/smart_sheet_change/add_record", records) {}

/**
 * 智能表格记录变更事件, 更新记录.
 * @see https://developer.work.weixin.qq.com/document/path/100986
 */
export class SheetRecordsUpdated
  extends Event<SheetRecordsUpdated>()("event/smart_sheet_change/update_record", records)
{}

/**
 * 智能表格记录变更事件, 删除记录.
 * @see https://developer.work.weixin.qq.com/document/path/100986
 */
export class SheetRecordsDeleted
  extends Event<SheetRecordsDeleted>()("event/smart_sheet_change/delete_record", records)
{}
