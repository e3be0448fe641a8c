/**
 * The schemas against the field trees, which put together what documents, samples and other SDKs know: no field is
 * missing but for reviewed ones, and the types of the wire are read.
 */
import { assert, describe, it } from "@effect/vitest"
import { SchemaAST } from "effect"
import { globSync, readFileSync } from "node:fs"
import { catalogue } from "../../src/catalogue.ts"
import { describe as describeEndpoint } from "../../src/Endpoint.ts"
import { needsShared, sharedPath } from "../support/shared.ts"

/** A field of a tree, or what an array holds. */
interface Node {
  readonly type?: string
  readonly anyOf?: ReadonlyArray<string>
  readonly fields?: { readonly [key: string]: Node }
  readonly items?: Node
}

interface Tree {
  readonly query?: { readonly [key: string]: Node }
  readonly body?: { readonly [key: string]: Node }
  readonly response?: { readonly [key: string]: Node }
}

/** Fields that are not there on purpose. */
const reviewed: { readonly [reason: string]: ReadonlyArray<string> } = {
  "in the model of an SDK, which shares it among endpoints; in no document of this one": [
    "POST /cgi-bin/user/update body/to_invite",
    "POST /cgi-bin/message/send body/mpnews/articles/-/url",
    "POST /cgi-bin/message/send body/template_card/card_action/title",
    "POST /cgi-bin/message/send body/template_card/checkbox/option_list/-/disable",
    "POST /cgi-bin/message/send body/template_card/select_list/-/option_list/-/disable",
    "POST /cgi-bin/message/send body/template_card/submit_button/type",
    "POST /cgi-bin/message/send body/template_card/submit_button/style",
    "POST /cgi-bin/message/send body/template_card/submit_button/url",
    "POST /cgi-bin/message/update_template_card body/button/task_id",
    "POST /cgi-bin/message/update_template_card body/template_card/card_action/title",
    "POST /cgi-bin/message/update_template_card body/template_card/checkbox/option_list/-/disable",
    "POST /cgi-bin/message/update_template_card body/template_card/select_list/-/option_list/-/disable",
    "POST /cgi-bin/message/update_template_card body/template_card/submit_button/type",
    "POST /cgi-bin/message/update_template_card body/template_card/submit_button/style",
    "POST /cgi-bin/message/update_template_card body/template_card/submit_button/url",
    "POST /cgi-bin/message/update_taskcard body/original_task_id",
    "POST /cgi-bin/appchat/send body/news/articles/-/btntxt",
    "POST /cgi-bin/appchat/send body/news/articles/-/appid",
    "POST /cgi-bin/appchat/send body/news/articles/-/pagepath",
    "POST /cgi-bin/appchat/send body/mpnews/articles/-/url",
    "POST /cgi-bin/appchat/send body/markdown/mentioned_list",
    "POST /cgi-bin/appchat/send body/markdown/mentioned_mobile_list",
    "POST /cgi-bin/linkedcorp/message/send body/mpnews/articles/-/url",
    "POST /cgi-bin/wedrive/space_create body/userid",
    "POST /cgi-bin/wedrive/file_secure_setting body/watermark/force_by_admin",
    "POST /cgi-bin/wedrive/file_secure_setting body/watermark/force_by_space_admin",
    "POST /cgi-bin/externalcontact/update_contact_way body/is_temp",
    "POST /cgi-bin/externalcontact/update_contact_way body/is_exclusive",
    "GET /cgi-bin/externalcontact/get response/follow_user/-/tag_id",
    "POST /cgi-bin/externalcontact/batch/get_by_user response/external_contact_list/-/follow_info/tags",
    "POST /cgi-bin/externalcontact/resigned/transfer_customer body/transfer_success_msg",
    "POST /cgi-bin/externalcontact/group_welcome_template/get response/agentid",
    "POST /cgi-bin/externalcontact/customer_acquisition/get response/link/link_id",
    "POST /cgi-bin/kf/sync_msg response/msg_list/-/video/title",
    "POST /cgi-bin/kf/sync_msg response/msg_list/-/video/description",
    "POST /cgi-bin/kf/sync_msg response/msg_list/-/link/thumb_media_id",
    "POST /cgi-bin/kf/send_msg body/video/title",
    "POST /cgi-bin/kf/send_msg body/video/description",
    "POST /cgi-bin/oa/applyevent body/apply_data/contents/-/value/punch_correction",
    "POST /cgi-bin/oa/approval/create_template body/template_content/controls/-/config/vacation_list",
    "POST /cgi-bin/oa/approval/update_template body/template_content/controls/-/config/vacation_list",
    "POST /cgi-bin/card/invoice/reimburse/getinvoiceinfobatch response/item_list/-/user_card_status",
    "POST /cgi-bin/hr/get_staff_info response/fieldinfo/-/value_int32",
    "POST /cgi-bin/hr/update_staff_info body/insert_items/-/item/-/value_file",
    "POST /cgi-bin/hr/update_staff_info body/insert_items/-/item/-/value_int32",
    "POST /cgi-bin/hr/update_staff_info body/update_items/-/value_file",
    "POST /cgi-bin/hr/update_staff_info body/update_items/-/value_int32",
    "POST /cgi-bin/oa/journal/get_record_detail response/info/apply_data/contents/-/value/children/-/list/-/value/children",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_offdays/-/checkintime",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_offdays/-/checkintime",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/allow_rest",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/earliest_off_work_sec",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/earliest_work_sec",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/latest_off_work_sec",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/latest_work_sec",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/no_need_checkoff",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/no_need_checkon",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/rest_begin_time",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/rest_end_time",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/checkintime/-/rest_times",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/allow_rest",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/earliest_off_work_sec",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/earliest_work_sec",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/latest_off_work_sec",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/latest_work_sec",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/no_need_checkoff",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/no_need_checkon",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/rest_begin_time",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/rest_end_time",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/checkintime/-/rest_times",
    "POST /cgi-bin/meeting/create body/invitees/device_sn",
    "POST /cgi-bin/meeting/create body/settings/enable_doc_upload_permission",
    "POST /cgi-bin/meeting/update body/invitees/device_sn",
    "POST /cgi-bin/meeting/update body/settings/enable_doc_upload_permission",
    "POST /cgi-bin/meeting/get_info response/attendees/device",
    "POST /cgi-bin/meeting/phone/callout response/invalid_phone_numbers/-/status"
  ],
  "in the model of an SDK, from other messages or other calls for mobile numbers; in no document": [
    "POST /cgi-bin/externalcontact/batch_to_external_userid response/fail_list/-/external_userid",
    "POST /cgi-bin/externalcontact/batch_to_external_userid response/fail_list/-/foreign_key",
    "POST /cgi-bin/externalcontact/batch_to_external_userid response/success_list/-/errcode",
    "POST /cgi-bin/externalcontact/batch_to_external_userid response/success_list/-/errmsg",
    "POST /cgi-bin/externalcontact/batch_to_external_userid response/success_list/-/foreign_key",
    "POST /cgi-bin/externalcontact/message/send body/mpnews/articles/-/url",
    "POST /cgi-bin/externalcontact/message/send body/news/articles/-/appid",
    "POST /cgi-bin/externalcontact/message/send body/news/articles/-/btntxt",
    "POST /cgi-bin/externalcontact/message/send body/news/articles/-/pagepath",
    "POST /cgi-bin/externalcontact/message/send body/textcard"
  ],
  "dropped: the document of 2023 has departments below asked for one by one": [
    "GET /cgi-bin/school/user/list query/fetch_child"
  ],
  "another spelling of the model or of an older document: it is begtime, and party_id": [
    "POST /cgi-bin/checkin/add_checkin_option body/group/range/partyid",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_offdays/-/begintime",
    "POST /cgi-bin/checkin/add_checkin_option body/group/spe_workdays/-/begintime",
    "POST /cgi-bin/checkin/update_checkin_option body/group/range/partyid",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_offdays/-/begintime",
    "POST /cgi-bin/checkin/update_checkin_option body/group/spe_workdays/-/begintime"
  ],
  "a slip of the document: misspelt in one sample or table, right in the others": [
    "POST /cgi-bin/checkin/getcheckinoption response/info/-/group/group.checkin_method_type",
    "POST /cgi-bin/checkin/getcheckinoption response/info/-/group/schedulelist/-/time_section/-/offwork_sec",
    "POST /cgi-bin/checkin/getcheckinoption response/info/-/group/schedulelist/-/time_section/-/remind_offwork_sec",
    "POST /cgi-bin/hr/get_staff_info body/fieldids/-/sud_idx",
    "POST /cgi-bin/meeting/get_realtime_attendee_list body/cursort",
    "POST /cgi-bin/meeting/realcontrol/set_nicknames body/opereated_users",
    "POST /cgi-bin/hr/update_staff_info body/update_items/-/value_mobile/value_mobile_country_code"
  ],
  "read from the wrong place of the table: checkindate has it": [
    "POST /cgi-bin/checkin/getcheckinoption response/info/-/group/schedulelist/-/biweekly",
    "POST /cgi-bin/checkin/getcorpcheckinoption response/group/-/schedulelist/-/biweekly"
  ],
  "another spelling of the model: the sample has head_image and shop_head_image": [
    "POST /cgi-bin/kf/sync_msg response/msg_list/-/channels_shop_product/head_img",
    "POST /cgi-bin/kf/sync_msg response/msg_list/-/channels_shop_product/shop_head_img"
  ],
  "the table's name of what the sample calls record_meetings": [
    "POST /cgi-bin/meeting/record/list response/record_list"
  ],
  "the documented name of what the sample calls department_id_list": [
    "GET /cgi-bin/kf/customer/get_upgrade_service_config response/member_range/department_list"
  ],
  "of the older interface; dropped, and refused with 90493": [
    "POST /cgi-bin/oa/calendar/add body/calendar/organizer",
    "POST /cgi-bin/oa/calendar/add body/calendar/readonly",
    "POST /cgi-bin/oa/calendar/add body/calendar/shares/-/readonly",
    "POST /cgi-bin/oa/calendar/update body/calendar/readonly",
    "POST /cgi-bin/oa/calendar/update body/calendar/shares/-/readonly",
    "POST /cgi-bin/oa/schedule/add body/schedule/organizer",
    "POST /cgi-bin/oa/schedule/update body/schedule/organizer"
  ],
  "in the model of an SDK, which shares it among endpoints; in no document of this one (文档)": [
    "POST /cgi-bin/wedoc/create_form body/form_info/form_question/items/-/question_extend_setting/file_setting/camera_only",
    "POST /cgi-bin/wedoc/create_form body/form_info/form_question/items/-/question_extend_setting/file_setting/upload_image_limit",
    "POST /cgi-bin/wedoc/modify_form body/form_info/form_question/items/-/question_extend_setting/file_setting/camera_only",
    "POST /cgi-bin/wedoc/modify_form body/form_info/form_question/items/-/question_extend_setting/file_setting/upload_image_limit",
    "POST /cgi-bin/wedoc/get_form_info response/form_info/form_question/items/-/question_extend_setting/file_setting/camera_only",
    "POST /cgi-bin/wedoc/get_form_info response/form_info/form_question/items/-/question_extend_setting/file_setting/upload_image_limit",
    "POST /cgi-bin/wedoc/doc_get_auth response/co_auth_list/-/tmp_external_userid",
    "POST /cgi-bin/wedoc/doc_get_auth response/co_auth_list/-/userid",
    "POST /cgi-bin/wedoc/doc_get_auth response/doc_member_list/-/departmentid",
    "POST /cgi-bin/wedoc/mod_doc_join_rule body/co_auth_list/-/tmp_external_userid",
    "POST /cgi-bin/wedoc/mod_doc_join_rule body/co_auth_list/-/userid",
    "POST /cgi-bin/wedoc/mod_doc_member body/del_file_member_list/-/auth",
    "POST /cgi-bin/wedoc/mod_doc_member body/del_file_member_list/-/departmentid",
    "POST /cgi-bin/wedoc/mod_doc_member body/update_file_member_list/-/departmentid",
    "POST /cgi-bin/wedoc/mod_doc_safty_setting body/enable_readonly_comment",
    "POST /cgi-bin/wedoc/smartdoc/add_page body/info/page_id",
    "POST /cgi-bin/wedoc/smartsheet/update_view body/view_type"
  ],
  "nested once more in the model of an SDK than in the document and its sample": [
    "POST /cgi-bin/wedoc/smartsheet/get_records body/filter_spec/conditions/-/date_time_value/value/type",
    "POST /cgi-bin/wedoc/smartsheet/get_records body/filter_spec/conditions/-/date_time_value/value/value",
    "POST /cgi-bin/wedoc/smartsheet/get_views response/views/-/property/color_config/conditions/-/condition/date_time_value/value/type",
    "POST /cgi-bin/wedoc/smartsheet/get_views response/views/-/property/color_config/conditions/-/condition/date_time_value/value/value",
    "POST /cgi-bin/wedoc/smartsheet/get_views response/views/-/property/filter_spec/conditions/-/date_time_value/value/type",
    "POST /cgi-bin/wedoc/smartsheet/get_views response/views/-/property/filter_spec/conditions/-/date_time_value/value/value",
    "POST /cgi-bin/wedoc/smartsheet/update_view body/property/color_config/conditions/-/condition/date_time_value/value/type",
    "POST /cgi-bin/wedoc/smartsheet/update_view body/property/color_config/conditions/-/condition/date_time_value/value/value",
    "POST /cgi-bin/wedoc/smartsheet/update_view body/property/filter_spec/conditions/-/date_time_value/value/type",
    "POST /cgi-bin/wedoc/smartsheet/update_view body/property/filter_spec/conditions/-/date_time_value/value/value"
  ],
  "in text_property, with the ranges beside it, as the document has it": [
    "POST /cgi-bin/wedoc/document/batch_update body/requests/-/update_text_property/background_color",
    "POST /cgi-bin/wedoc/document/batch_update body/requests/-/update_text_property/bold",
    "POST /cgi-bin/wedoc/document/batch_update body/requests/-/update_text_property/color"
  ],
  "version, misspelt in the documented example alone": [
    "POST /cgi-bin/wedoc/document/batch_update body/verison"
  ],
  "of a view, from the sample of an answer that is listed as a request": [
    "POST /cgi-bin/wedoc/smartsheet/add_view body/view_id"
  ],
  "set once, when the calendar is made": [
    "POST /cgi-bin/oa/calendar/update body/calendar/is_public",
    "POST /cgi-bin/oa/calendar/update body/calendar/is_corp_calendar"
  ],
  "what booking_id was called in the older interface": [
    "POST /cgi-bin/oa/meetingroom/book response/meeting_id",
    "POST /cgi-bin/oa/meetingroom/bookinfo/get response/schedule/meeting_id",
    "POST /cgi-bin/oa/meetingroom/cancel_book body/meeting_id",
    "POST /cgi-bin/oa/meetingroom/get_booking_info response/booking_list/-/schedule/-/meeting_id"
  ],
  "in the model of an SDK alone: theme is what the document has": ["POST /cgi-bin/living/modify body/title"],
  "status, with a blank that the documented sample has by mistake": [
    "GET /cgi-bin/living/get_living_info response/living_info/status "
  ],
  "in the model of an SDK, from meetings; in no document": [
    "POST /cgi-bin/oa/schedule/update body/schedule/allow_active_join",
    "POST /cgi-bin/oa/schedule/update body/schedule/only_organizer_create_chat"
  ],
  "from a sample of another endpoint": [
    "POST /cgi-bin/externalcontact/groupchat/del_join_way response/group_chat",
    "POST /cgi-bin/externalcontact/groupchat/get_new_external_userid response/migration_info",
    "POST /cgi-bin/externalcontact/groupchat/get_new_external_userid response/app_migrate_flag"
  ],
  "from the sample of the response, listed as a request": [
    "POST /cgi-bin/agent/get_workbench_data body/errcode",
    "POST /cgi-bin/agent/get_workbench_data body/errmsg",
    "POST /cgi-bin/agent/get_workbench_data body/data"
  ]
}

const trees = (): { readonly [endpoint: string]: Tree } =>
  Object.assign(
    {},
    ...globSync(sharedPath("wecom/fields/*.json")).map((file) => JSON.parse(readFileSync(file, "utf8")) as object)
  )

/** The alternatives of a place on the wire. */
const alternatives = (asts: ReadonlyArray<SchemaAST.AST>): ReadonlyArray<SchemaAST.AST> =>
  asts.flatMap((ast) =>
    ast._tag === "Union"
      ? alternatives(ast.types)
      : ast._tag === "Suspend"
      ? alternatives([ast.thunk()])
      : [ast]
  )

/** What of a tree the schema does not have, or has of another type. */
const compare = (tree: Node, schema: SchemaAST.AST | undefined, place: string): ReadonlyArray<string> => {
  const problems: Array<string> = []
  const walk = (node: Node, asts: ReadonlyArray<SchemaAST.AST>, path: string): void => {
    const here = alternatives(asts)
    if (node.fields !== undefined) {
      const structs = here.filter((ast) => ast._tag === "Objects")
      // Objects whose keys are free say nothing of single fields.
      if (structs.length > 0 && structs.every(({ indexSignatures }) => indexSignatures.length > 0)) return
      for (const [key, child] of Object.entries(node.fields)) {
        const found = structs.flatMap(({ propertySignatures }) => propertySignatures.filter(({ name }) => name === key))
        if (found.length === 0) problems.push(`${path}/${key}`)
        else walk(child, found.map(({ type }) => type), `${path}/${key}`)
      }
    } else if (node.items !== undefined) {
      const lists = here.filter((ast) => ast._tag === "Arrays")
      if (lists.length > 0) walk(node.items, lists.flatMap(({ elements, rest }) => [...elements, ...rest]), `${path}/-`)
      else if (!here.some((ast) => ast._tag === "String")) problems.push(`${path}: not a list`)
    } else {
      const read = new Set(here.map(typeOnWire))
      for (const type of node.anyOf ?? [node.type]) {
        const wanted = type === "integer" ? "number" : type
        const known = wanted === "number" || wanted === "string" || wanted === "boolean"
        // 0 and 1 for a boolean, and the other way round, are mended.
        const isFlag = wanted !== "string" && (read.has("boolean") || read.has("number"))
        if (known && !read.has(wanted) && !isFlag) {
          problems.push(`${path}: ${type} is not read, but ${[...read].join(", ")}`)
        }
      }
    }
  }
  walk(tree, schema === undefined ? [] : [schema], place)
  return problems
}

const typeOnWire = (ast: SchemaAST.AST): string =>
  ast._tag === "Literal" ? typeof ast.literal : ast._tag === "TemplateLiteral" ? "string" : ast._tag.toLowerCase()

describe("the field trees", () => {
  it("are in the schemas, but for the reviewed fields", (context) => {
    needsShared(context)
    const all = trees()
    let compared = 0
    const problems = catalogue.flatMap(({ endpoint }) => {
      const { kind, name, schemas } = describeEndpoint(endpoint)
      const tree = all[name]
      if (tree === undefined) return []
      compared++
      const sides = [
        ["query", tree.query, schemas.query],
        ["body", tree.body, schemas.body],
        ["response", kind === "download" ? undefined : tree.response, schemas.success]
      ] as const
      return sides.flatMap(([side, fields = {}, schema]) =>
        compare({ fields }, schema === undefined ? undefined : SchemaAST.toEncoded(schema.ast), `${name} ${side}`)
      )
    })
    console.log(`${compared} of ${catalogue.length} endpoints compared with their field trees`)
    assert.isAbove(compared, 280)
    assert.deepStrictEqual(problems.toSorted(), Object.values(reviewed).flat().toSorted())
  })
})
