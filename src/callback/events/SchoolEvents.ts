/**
 * 家校通讯录变更事件: students, parents and the departments of a school.
 *
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import * as CallbackWire from "../CallbackWire.ts"
import { Event } from "../EventDefinition.ts"

/** 变更类型, in a batch. */
export const SchoolChange = Wire.oneOf({
  StudentCreated: ["create_student", "新增学生"],
  StudentUpdated: ["update_student", "编辑学生"],
  StudentDeleted: ["delete_student", "删除学生"],
  ParentCreated: ["create_parent", "新增家长"],
  ParentUpdated: ["update_parent", "编辑家长"],
  ParentDeleted: ["delete_parent", "删除家长"],
  ParentSubscribed: ["subscribe", "家长关注"],
  ParentUnsubscribed: ["unsubscribe", "家长取消关注"],
  DepartmentCreated: ["create_department", "创建部门"],
  DepartmentUpdated: ["update_department", "更新部门"],
  DepartmentDeleted: ["delete_department", "删除部门"]
})

const person = () => ({
  /** 家校通讯录userid. */
  Id: Schema.String
})

const renamed = () => ({
  ...person(),
  /** The userid from now on, where it has changed. */
  NewId: Wire.optional(Schema.String)
})

const department = () => ({ Id: Wire.int })

const suitePerson = () => ({ ...CallbackWire.suiteInCorp, ...person() })

const suiteRenamed = () => ({ ...CallbackWire.suiteInCorp, ...renamed() })

const suiteDepartment = () => ({ ...CallbackWire.suiteInCorp, ...department() })

const changes = () => ({
  ChangeList: CallbackWire.repeated(Schema.Struct({
    TimeStamp: CallbackWire.optional(Wire.time),
    ChangeType: SchoolChange.schema,
    /** 家校通讯录userid, or the department's id. */
    Id: Wire.id,
    /** The userid from now on, where it has changed. */
    NewId: Wire.optional(Schema.String)
  }))
})

/**
 * 新增学生事件.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class StudentCreated extends Event<StudentCreated>()("event/change_school_contact/create_student", person) {}

/**
 * 编辑学生事件: something about a student, or about their parents, has changed.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class StudentUpdated extends Event<StudentUpdated>()("event/change_school_contact/update_student", renamed) {}

/**
 * 删除学生事件.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class StudentDeleted extends Event<StudentDeleted>()("event/change_school_contact/delete_student", person) {}

/**
 * 新增家长事件.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class ParentCreated extends Event<ParentCreated>()("event/change_school_contact/create_parent", person) {}

/**
 * 编辑家长事件: something about a parent has changed.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class ParentUpdated extends Event<ParentUpdated>()("event/change_school_contact/update_parent", renamed) {}

/**
 * 删除家长事件.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class ParentDeleted extends Event<ParentDeleted>()("event/change_school_contact/delete_parent", person) {}

/**
 * 家长关注事件: a parent follows the school's notices.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class ParentSubscribed extends Event<ParentSubscribed>()("event/change_school_contact/subscribe", person) {}

/**
 * 家长取消关注事件: a parent no longer follows the school's notices.
 * @see https://developer.work.weixin.qq.com/document/path/92032
 */
export class ParentUnsubscribed
  extends Event<ParentUnsubscribed>()("event/change_school_contact/unsubscribe", person)
{}

/**
 * 创建部门事件. The documents spell its change type in two ways: see also {@link SchoolDeparmtmentCreated}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDepartmentCreated
  extends Event<SchoolDepartmentCreated>()("event/change_school_contact/create_department", department)
{}

/**
 * 更新部门事件. The documents spell its change type in two ways: see also {@link SchoolDeparmtmentUpdated}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDepartmentUpdated
  extends Event<SchoolDepartmentUpdated>()("event/change_school_contact/update_department", department)
{}

/**
 * 删除部门事件. The documents spell its change type in two ways: see also {@link SchoolDeparmtmentDeleted}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDepartmentDeleted
  extends Event<SchoolDepartmentDeleted>()("event/change_school_contact/delete_department", department)
{}

/**
 * 创建部门事件, as the samples of the documents spell it: {@link SchoolDepartmentCreated}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDeparmtmentCreated
  extends Event<SchoolDeparmtmentCreated>()("event/change_school_contact/create_deparmtment", department)
{}

/**
 * 更新部门事件, as the samples of the documents spell it: {@link SchoolDepartmentUpdated}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDeparmtmentUpdated
  extends Event<SchoolDeparmtmentUpdated>()("event/change_school_contact/update_deparmtment", department)
{}

/**
 * 删除部门事件, as the samples of the documents spell it: {@link SchoolDepartmentDeleted}.
 * @see https://developer.work.weixin.qq.com/document/path/92052
 */
export class SchoolDeparmtmentDeleted
  extends Event<SchoolDeparmtmentDeleted>()("event/change_school_contact/delete_deparmtment", department)
{}

/**
 * 家校通讯录批量变更事件: several changes of a short time in one. Documented for suites alone, as `InfoType`.
 * @see https://developer.work.weixin.qq.com/document/path/97281
 */
export class SchoolContactsChanged
  extends Event<SchoolContactsChanged>()("event/change_school_contact_batch", changes)
{}

/**
 * 新增学生事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteStudentCreated
  extends Event<SuiteStudentCreated>()("InfoType/change_school_contact/create_student", suitePerson)
{}

/**
 * 编辑学生事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteStudentUpdated
  extends Event<SuiteStudentUpdated>()("InfoType/change_school_contact/update_student", suiteRenamed)
{}

/**
 * 删除学生事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteStudentDeleted
  extends Event<SuiteStudentDeleted>()("InfoType/change_school_contact/delete_student", suitePerson)
{}

/**
 * 新增家长事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteParentCreated
  extends Event<SuiteParentCreated>()("InfoType/change_school_contact/create_parent", suitePerson)
{}

/**
 * 编辑家长事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteParentUpdated
  extends Event<SuiteParentUpdated>()("InfoType/change_school_contact/update_parent", suiteRenamed)
{}

/**
 * 删除家长事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteParentDeleted
  extends Event<SuiteParentDeleted>()("InfoType/change_school_contact/delete_parent", suitePerson)
{}

/**
 * 家长关注事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteParentSubscribed
  extends Event<SuiteParentSubscribed>()("InfoType/change_school_contact/subscribe", suitePerson)
{}

/**
 * 家长取消关注事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteParentUnsubscribed
  extends Event<SuiteParentUnsubscribed>()("InfoType/change_school_contact/unsubscribe", suitePerson)
{}

/**
 * 创建部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92050
 */
export class SuiteSchoolDepartmentCreated
  extends Event<SuiteSchoolDepartmentCreated>()("InfoType/change_school_contact/create_department", suiteDepartment)
{}

/**
 * 更新部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92050
 */
export class SuiteSchoolDepartmentUpdated
  extends Event<SuiteSchoolDepartmentUpdated>()("InfoType/change_school_contact/update_department", suiteDepartment)
{}

/**
 * 删除部门事件, as suites receive it.
 * @see https://developer.work.weixin.qq.com/document/path/92050
 */
export class SuiteSchoolDepartmentDeleted
  extends Event<SuiteSchoolDepartmentDeleted>()("InfoType/change_school_contact/delete_department", suiteDepartment)
{}

/**
 * 家校通讯录批量变更事件, as suites receive it: several changes of a short time in one.
 * @see https://developer.work.weixin.qq.com/document/path/97281
 */
export class SuiteSchoolContactsChanged
  extends Event<SuiteSchoolContactsChanged>()("InfoType/change_school_contact_batch", () => ({
    ...CallbackWire.suiteInCorp,
    ...changes()
  }))
{}

/**
 * 家校通讯录变更, as suites receive it, without a change type: the documents have none such. One with a change type that is
 * not declared is `Unknown`.
 * @see https://developer.work.weixin.qq.com/document/path/92051
 */
export class SuiteSchoolContactChanged
  extends Event<SuiteSchoolContactChanged>()("InfoType/change_school_contact", () => ({
    ...Wire.optionals({
      Id: Wire.id,
      NewId: Schema.String
    })
  }))
{}
