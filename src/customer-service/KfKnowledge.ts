/**
 * 知识库: the questions that the assistant of 微信客服 has answers to.
 */
import * as Schema from "effect/Schema"
import * as Domain from "../Domain.ts"
import * as Endpoint from "../Endpoint.ts"
import * as Paging from "../Paging.ts"
import * as Wire from "../Wire.ts"

/** 知识库分组. */
export class KnowledgeGroup extends Schema.Class<KnowledgeGroup>("effect-wecom/KnowledgeGroup")({
  group_id: Schema.String,
  ...Wire.optionals({
    name: Schema.String,
    /** Made by WeCom; it can be neither changed nor deleted. */
    is_default: Wire.flag
  })
}) {}

const Media = Schema.Struct({ media_id: Wire.filledText })

/** 图片附件, by the id that `media/upload` returned. */
export const KnowledgeImage = Schema.Struct({
  msgtype: Schema.Literal("image"),
  image: Media
})
/** 图片附件. */
export type KnowledgeImage = typeof KnowledgeImage.Type

/** 视频附件, by the id that `media/upload` returned. */
export const KnowledgeVideo = Schema.Struct({
  msgtype: Schema.Literal("video"),
  video: Media
})
/** 视频附件. */
export type KnowledgeVideo = typeof KnowledgeVideo.Type

/** 链接附件. */
export const KnowledgeLink = Schema.Struct({
  msgtype: Schema.Literal("link"),
  link: Schema.Struct({
    title: Wire.filledText,
    desc: Wire.optional(Schema.String),
    url: Wire.filledText,
    /** The address of the thumbnail. */
    pic_url: Wire.optional(Schema.String)
  })
})
/** 链接附件. */
export type KnowledgeLink = typeof KnowledgeLink.Type

/** 小程序附件, of a mini program that is linked to the corp. */
export const KnowledgeMiniprogram = Schema.Struct({
  msgtype: Schema.Literal("miniprogram"),
  miniprogram: Schema.Struct({
    title: Wire.optional(Wire.text(64)),
    /** The cover; 520 x 416 pixels are advised. */
    thumb_media_id: Wire.filledText,
    appid: Wire.filledText,
    pagepath: Wire.filledText
  })
})
/** 小程序附件. */
export type KnowledgeMiniprogram = typeof KnowledgeMiniprogram.Type

/** 回答附件. Told apart by `msgtype`. */
export const KnowledgeAttachment = Schema.Union([KnowledgeImage, KnowledgeVideo, KnowledgeLink, KnowledgeMiniprogram])
/** 回答附件. Told apart by `msgtype`. */
export type KnowledgeAttachment = typeof KnowledgeAttachment.Type

const Named = Schema.Struct({ name: Wire.optional(Schema.String), media_id: Wire.optional(Schema.String) })

/** 回答附件, as lists show it: files by their names, mini programs without their cover. */
export const ListedKnowledgeAttachment = Wire.variants("msgtype", [
  Schema.Struct({ msgtype: Schema.Literal("image"), image: Named }),
  Schema.Struct({ msgtype: Schema.Literal("video"), video: Named }),
  KnowledgeLink,
  Schema.Struct({
    msgtype: Schema.Literal("miniprogram"),
    miniprogram: Schema.Struct({
      ...Wire.optionals({
        title: Wire.filledText,
        thumb_media_id: Wire.filledText
      }),
      appid: Wire.filledText,
      pagepath: Wire.filledText
    })
  })
])
/** 回答附件, as lists show it. */
export type ListedKnowledgeAttachment = typeof ListedKnowledgeAttachment.Type

const textOf = (characters: number) => Schema.Struct({ text: Schema.Struct({ content: Wire.chars(characters) }) })

const question = textOf(200)

/** 相似问题: other ways to ask, at most 100. */
const similarQuestions = Schema.Struct({ items: Wire.items(question, 100) })

/** 回答: the text of at most 500 characters, and at most 4 attachments. At most one answer. */
const answers = Wire.items(
  Schema.Struct({
    text: Schema.Struct({ content: Wire.chars(500) }),
    attachments: Wire.optional(Wire.items(KnowledgeAttachment, 4))
  }),
  1,
  1
)

const Question = Schema.Struct({ text: Schema.Struct({ content: Schema.String }) })

const SimilarQuestions = Schema.Struct({ items: Wire.list(Question) })

const Answer = Schema.Struct({
  text: Wire.optional(Schema.Struct({ content: Schema.String })),
  attachments: Wire.list(ListedKnowledgeAttachment)
})

/**
 * 问答: a question, and what is answered. The documents disagree on where other ways to ask and the answers are:
 * `similarQuestions` and `answerList` find them in either place.
 */
export class KnowledgeIntent extends Schema.Class<KnowledgeIntent>("effect-wecom/KnowledgeIntent")({
  intent_id: Schema.String,
  group_id: Wire.optional(Schema.String),
  question: Schema.Struct({
    ...Wire.optionals({
      text: Schema.Struct({ content: Schema.String }),
      similar_questions: SimilarQuestions,
      answers: Schema.Array(Answer)
    })
  }),
  ...Wire.optionals({
    similar_questions: SimilarQuestions,
    answers: Schema.Array(Answer)
  })
}) {
  /** Other ways to ask. */
  get similarQuestions(): ReadonlyArray<string> {
    const { items } = this.similar_questions ?? this.question.similar_questions ?? { items: [] }
    return items.map(({ text }) => text.content)
  }

  /** What is answered. */
  get answerList(): ReadonlyArray<typeof Answer.Type> {
    return this.answers ?? this.question.answers ?? []
  }
}

const page = {
  ...Wire.optionals({
    /** Default: 500. */
    limit: Wire.intBetween(1, 1000),
    cursor: Schema.String
  })
}

/** One page of 知识库分组. */
export class KnowledgeGroupPage extends Schema.Opaque<KnowledgeGroupPage>()(
  Schema.Struct({
    group_list: Wire.list(KnowledgeGroup),
    ...Wire.optionals({
      has_more: Wire.flag,
      next_cursor: Schema.String
    })
  })
) {}

/** One page of 知识库问答. */
export class KnowledgeIntentPage extends Schema.Opaque<KnowledgeIntentPage>()(
  Schema.Struct({
    intent_list: Wire.list(KnowledgeIntent),
    ...Wire.optionals({
      has_more: Wire.flag,
      next_cursor: Schema.String
    })
  })
) {}

/** 问答, as it is added. */
export class NewKnowledgeIntent extends Schema.Opaque<NewKnowledgeIntent>()(
  Schema.Struct({
    group_id: Wire.filledText,
    question,
    similar_questions: Wire.optional(similarQuestions),
    answers
  })
) {}

/** 问答, as it is changed: what is left out stays. */
export class KnowledgeIntentChange extends Schema.Opaque<KnowledgeIntentChange>()(
  Schema.Struct({
    intent_id: Wire.filledText,
    ...Wire.optionals({
      question: question,
      similar_questions: similarQuestions,
      answers: answers
    })
  })
) {}

/**
 * 知识库: the questions that the assistant has answers to. At most 100 groups of at most 200 questions, no name and no
 * question twice. Only for apps that a corp made for itself.
 */
export class KfKnowledge extends Domain.Service<KfKnowledge>()("customer-service/KfKnowledge", "微信客服", {
  /**
   * 添加分组. A group, by a name of at most 12 characters; returns its id.
   * @see https://developer.work.weixin.qq.com/document/path/95971
   */
  createGroup: Endpoint.post("/cgi-bin/kf/knowledge/add_group", 95971, () => ({
    body: { name: Wire.chars(12) },
    success: Endpoint.pluck("group_id", Schema.String)
  })),
  /**
   * 删除分组. Deletes a group; not the default one.
   * @see https://developer.work.weixin.qq.com/document/path/95971
   */
  deleteGroup: Endpoint.post("/cgi-bin/kf/knowledge/del_group", 95971, () => ({
    body: { group_id: Wire.filledText }
  })),
  /**
   * 修改分组. Renames a group; not the default one.
   * @see https://developer.work.weixin.qq.com/document/path/95971
   */
  updateGroup: Endpoint.post("/cgi-bin/kf/knowledge/mod_group", 95971, () => ({
    body: { group_id: Wire.filledText, name: Wire.chars(12) }
  })),
  /**
   * 获取分组列表. The groups; one page.
   * @see https://developer.work.weixin.qq.com/document/path/95971
   */
  listGroups: Endpoint.query("/cgi-bin/kf/knowledge/list_group", 95971, () => ({
    body: {
      ...page,
      /** Only this one. */
      group_id: Wire.optional(Schema.String)
    },
    success: KnowledgeGroupPage
  })),
  /**
   * 添加问答. A question of at most 200 characters, up to 100 other ways to ask it, and one answer; returns its id.
   * @see https://developer.work.weixin.qq.com/document/path/95972
   */
  createIntent: Endpoint.post("/cgi-bin/kf/knowledge/add_intent", 95972, () => ({
    body: NewKnowledgeIntent,
    success: Endpoint.pluck("intent_id", Schema.String)
  })),
  /**
   * 删除问答. Deletes a question.
   * @see https://developer.work.weixin.qq.com/document/path/95972
   */
  deleteIntent: Endpoint.post("/cgi-bin/kf/knowledge/del_intent", 95972, () => ({
    body: { intent_id: Wire.filledText }
  })),
  /**
   * 修改问答. Replaces the question, the other ways to ask it, or the answer, each as a whole; what is left out stays.
   * @see https://developer.work.weixin.qq.com/document/path/95972
   */
  updateIntent: Endpoint.post("/cgi-bin/kf/knowledge/mod_intent", 95972, () => ({
    body: KnowledgeIntentChange
  })),
  /**
   * 获取问答列表. The questions with their answers; one page.
   * @see https://developer.work.weixin.qq.com/document/path/95972
   */
  listIntents: Endpoint.query("/cgi-bin/kf/knowledge/list_intent", 95972, () => ({
    body: {
      ...page,
      ...Wire.optionals({
        /** Only those of this group. */
        group_id: Wire.filledText,
        /** Only this one. */
        intent_id: Wire.filledText
      })
    },
    success: KnowledgeIntentPage
  }))
}, (endpoints) => ({
  /**
   * 获取分组列表. All groups, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95971
   */
  listAllGroups: Paging.byCursor(endpoints.listGroups, "group_list"),
  /**
   * 获取问答列表. All questions, as a stream.
   * @see https://developer.work.weixin.qq.com/document/path/95972
   */
  listAllIntents: Paging.byCursor(endpoints.listIntents, "intent_list")
})) {}
