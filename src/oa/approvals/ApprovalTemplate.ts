/**
 * 审批模板: the forms that applications are made of.
 */
import * as Schema from "effect/Schema"
import * as Wire from "../../Wire.ts"
import { texts as shownTexts } from "../filled.ts"
import { AttendanceType, DateRangeType, DateType, LocalizedText, Nothing, SelectorType } from "./ApprovalControl.ts"
import { Tips } from "./ApprovalDetail.ts"

/** 选择对象. */
export const ContactMode = Wire.oneOf({ User: ["user", "成员"], Department: ["department", "部门"] })

/** 明细的打印格式. */
export const TablePrintFormat = Wire.oneOf({ Joined: [0, "合并成一行打印"], Split: [1, "拆分成多行打印"] })

const texts = Schema.Array(LocalizedText)

const DateConfig = Schema.Struct({ date: Schema.Struct({ type: DateType.schema }) })

const ContactConfig = Schema.Struct({
  contact: Schema.Struct({ type: SelectorType.schema, mode: ContactMode.schema })
})

const FileConfig = Schema.Struct({
  file: Schema.Struct({
    /** Whether only photos taken on the spot will do. */
    is_only_photo: Wire.flag
  })
})

const TipsConfig = Schema.Struct({ tips: Tips })

/** In each language at most one link, its URL of at most 600 characters, and at most 800 characters in all. */
const NewTipsConfig = Schema.Struct({
  tips: Tips.check(
    Schema.makeFilter(({ tips_content }: typeof Tips.Type) =>
      tips_content.flatMap(({ text: { sub_text } }, index) => {
        const path = ["tips_content", index, "text", "sub_text"]
        const links = sub_text.flatMap(({ content: { link } }) => link === undefined ? [] : [link])
        const shown = sub_text.map(({ content: { link, plain_text } }) => link?.title ?? plain_text?.content ?? "")
        return [
          ...(links.length > 1 ? [{ path, issue: "at most one link is allowed" }] : []),
          ...(links.some(({ url }) => url.length > 600)
            ? [{ path, issue: "a URL of at most 600 characters is allowed" }]
            : []),
          ...([...shown.join("")].length > 800 ? [{ path, issue: "at most 800 characters are allowed" }] : [])
        ]
      })
    )
  )
})

const DateRangeProperties = Schema.Struct({
  type: DateRangeType.schema,
  ...Wire.optionals({
    /** Whether days off are left out of the duration. */
    official_holiday: Wire.flag,
    /** How long a day counts: 1 to 86,400 seconds. */
    perday_duration: Wire.intBetween(1, 86_400)
  })
})

const DateRangeConfig = Schema.Struct({ date_range: DateRangeProperties })

const AttendanceConfig = Schema.Struct({
  attendance: Schema.Struct({ type: AttendanceType.schema, date_range: DateRangeProperties })
})

const VacationConfig = Schema.Struct({
  vacation_list: Schema.Struct({ item: Schema.Array(Schema.Struct({ id: Wire.int, name: texts })) })
})

const LocationConfig = Schema.Struct({
  location: Schema.Struct({
    /** How far from where they are the applicant may choose: 100, 200 or 300 metres. */
    distance: Wire.int.check(
      Schema.makeFilter((metres: number) => [100, 200, 300].includes(metres) || "expected 100, 200 or 300 metres")
    )
  })
})

const RelatedApprovalConfig = Schema.Struct({
  related_approval: Schema.Struct({
    /** Applications of which templates; of all where there are none. */
    template_id: Schema.Array(Schema.String)
  })
})

// ---- written

/** A text in several languages, each of at most so many characters. */
const named = (characters: number) =>
  Schema.Array(Schema.Struct({ ...LocalizedText.fields, text: Wire.chars(characters) }))

/** 模板名称. At most 40 characters, and no other template's. */
export const TemplateName = named(40)

const written = <const Control extends string, Config extends Schema.Constraint>(control: Control, config: Config) =>
  Schema.Struct({
    property: Schema.Struct({
      control: Schema.Literal(control),
      /** `{control}-{digits}`, such as `Text-01`; one of its kind in the template. */
      id: Schema.String.check(
        Schema.isPattern(new RegExp(`^${control}-\\d+$`), { message: `expected ${control}-DIGITS` })
      ),
      /** At most 40 characters, and no other control's. That of an `Attendance` is 出差, 外出 or 加班. */
      title: named(40),
      ...Wire.optionals({
        /** At most 80 characters. */
        placeholder: named(80),
        require: Wire.flag,
        /** Whether it is left out of the printed form. */
        un_print: Wire.flag
      })
    }),
    config
  })

const writtenCells = [
  written("Text", Wire.optional(Nothing)),
  written("Textarea", Wire.optional(Nothing)),
  written("Number", Wire.optional(Nothing)),
  written("Money", Wire.optional(Nothing)),
  written("Date", DateConfig),
  written(
    "Selector",
    Schema.Struct({
      selector: Schema.Struct({
        type: SelectorType.schema,
        options: Schema.Array(Schema.Struct({ key: Schema.String, value: LocalizedText }))
      })
    })
  ),
  written("Contact", ContactConfig),
  written("Tips", NewTipsConfig),
  written("File", FileConfig),
  written("DateRange", DateRangeConfig),
  written("Location", LocationConfig),
  written("RelatedApproval", RelatedApprovalConfig),
  written("PhoneNumber", Wire.optional(Nothing)),
  written("BankAccount", Wire.optional(Nothing))
] as const

const WrittenCell = Schema.Union(writtenCells)

const writtenControls = [
  ...writtenCells,
  written(
    "Attendance",
    Schema.Struct({
      attendance: Schema.Struct({ type: Schema.Literals([3, 4, 5]), date_range: DateRangeProperties })
    })
  ),
  written("Vacation", Wire.optional(Nothing)),
  written(
    "Table",
    Schema.Struct({
      table: Schema.Struct({
        print_format: Wire.optional(TablePrintFormat.schema),
        /** At least one; of any kind but leave, attendance and tables. */
        children: Schema.Array(WrittenCell).check(
          Schema.isMinLength(1, { message: "at least one control is needed" })
        )
      })
    })
  )
] as const

/** The schema of {@link NewTemplateControl}: named, so that declarations name it too. */
export interface AnyNewTemplateControl extends Schema.Union<typeof writtenControls> {}

/** A control of a template that is created or updated. */
export const NewTemplateControl: AnyNewTemplateControl = Schema.Union(writtenControls)
/** A control of a template that is created or updated. */
export type NewTemplateControl = typeof NewTemplateControl.Type

/** The controls of a template: each with an id of its own, and of leave and attendance only one kind. */
export const NewTemplateControls = Schema.Array(NewTemplateControl).check(
  Schema.makeFilter((controls: ReadonlyArray<NewTemplateControl>) => {
    const kinds = new Set(controls.map(({ property: { control } }) => control))
    const ids = controls.flatMap((control) => [
      control.property.id,
      ...(control.property.control === "Table" && control.config !== undefined && "table" in control.config
        ? control.config.table.children.map(({ property: { id } }) => id)
        : [])
    ])
    return kinds.has("Vacation") && kinds.has("Attendance")
      ? "a template has a Vacation or an Attendance, not both"
      : new Set(ids).size === ids.length || "the controls must differ in id"
  })
)

// ---- read

const property = <Control extends Schema.Constraint>(control: Control) =>
  Schema.Struct({
    control,
    id: Schema.String,
    title: shownTexts,
    placeholder: shownTexts,
    ...Wire.optionals({
      require: Wire.flag,
      un_print: Wire.flag,
      inner_id: Schema.String,
      un_replace: Wire.flag,
      display: Wire.flag
    })
  })

const read = <const Control extends string, Config extends Schema.Constraint>(control: Control, config: Config) =>
  Schema.Struct({ property: property(Schema.Literal(control)), config: Wire.optional(config) })

/** 控件关联: the controls that an option shows or hides. */
const OptionRelation = Schema.Struct({
  /** The option's. */
  key: Schema.String,
  relation_list: Wire.list(Schema.Struct({
    related_control_id: Schema.String,
    /** 1: it is shown or hidden. */
    action: Wire.optional(Wire.int)
  }))
})

const readCells = [
  read("Text", Nothing),
  read("Textarea", Nothing),
  read("Number", Nothing),
  read("Money", Nothing),
  read("Formula", Nothing),
  read("Date", DateConfig),
  read(
    "Selector",
    Schema.Struct({
      selector: Schema.Struct({
        type: SelectorType.schema,
        exp_type: Wire.optional(Wire.int),
        options: Wire.list(Schema.Struct({ key: Schema.String, value: shownTexts })),
        /** 控件关联: which controls each option shows. */
        op_relations: Wire.optional(Schema.Array(OptionRelation))
      })
    })
  ),
  read("Contact", ContactConfig),
  read("Tips", TipsConfig),
  read("File", FileConfig),
  read("DateRange", DateRangeConfig),
  read("Attendance", AttendanceConfig),
  read("Vacation", VacationConfig),
  read("Location", LocationConfig),
  read("RelatedApproval", RelatedApprovalConfig),
  read("PhoneNumber", Nothing),
  read("BankAccount", Nothing)
] as const

/** A control of a kind that this version does not know: its properties are typed, its configuration is not. */
const OtherControl = Schema.Struct({
  property: property(Schema.String),
  config: Wire.optional(Schema.Record(Schema.String, Schema.Json).annotate({ identifier: "UnknownVariant" }))
}).check(Schema.makeFilter(() => "no known control has such a configuration"))

const readControls = [
  ...readCells,
  read(
    "Table",
    Schema.Struct({
      table: Schema.Struct({
        print_format: Wire.optional(TablePrintFormat.schema),
        children: Wire.list(Schema.Union([...readCells, OtherControl])),
        /** Sums below the columns, in a form that no document describes. */
        stat_field: Wire.optional(Schema.Array(Schema.Json))
      })
    })
  )
] as const

type Kinds = typeof readControls[number]["fields"]["property"]["fields"]["control"]["literal"]

/** The schema of {@link TemplateControl}: named, so that declarations name it too. */
export interface AnyTemplateControl extends Schema.Union<readonly [...typeof readControls, typeof OtherControl]> {}

/** A control of a template, told apart by `property.control`; see {@link isKind}. */
export const TemplateControl: AnyTemplateControl = Schema.Union([...readControls, OtherControl])
/** A control of a template, told apart by `property.control`. */
export type TemplateControl = typeof TemplateControl.Type

/** The controls of one kind, such as `Selector` with its options. */
export type TemplateControlOf<Kind extends Kinds> = Extract<
  TemplateControl,
  { readonly property: { readonly control: Kind } }
>

/** 审批模板详情. */
export class ApprovalTemplate extends Schema.Class<ApprovalTemplate>("effect-wecom/ApprovalTemplate")({
  template_names: shownTexts,
  template_content: Schema.Struct({ controls: Wire.list(TemplateControl) }),
  /** The types of leave, in a template that has them. */
  vacation_list: Wire.optional(VacationConfig.fields.vacation_list)
}) {
  /**
   * Whether a control of a template is of a kind, and configured as that kind is.
   *
   * @example
   * ```ts
   * const selectors = template.template_content.controls.filter(ApprovalTemplate.isKind("Selector"))
   * const keys = selectors.flatMap(({ config }) => config?.selector.options.map(({ key }) => key) ?? [])
   * ```
   */
  static readonly isKind = <const Kind extends Kinds>(kind: Kind) => {
    const ofKind = Schema.is(
      Schema.Union(readControls.filter(({ fields }) => fields.property.fields.control.literal === kind))
    )
    return (control: TemplateControl): control is TemplateControlOf<Kind> => ofKind(control)
  }
}
