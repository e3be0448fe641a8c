/** 消息推送, 客户朋友圈, 商品图册, 获客助手. */
import type * as DateTime from "effect/DateTime"
import {
  AcquiredChat,
  AcquisitionBill,
  AcquisitionComponent,
  AcquisitionLink,
  AcquisitionLinkDetail,
  AcquisitionLinkMode,
  AcquisitionLinks,
  AcquisitionPayMode,
  AcquisitionPermit,
  AcquisitionQuota,
  type AcquisitionRange,
  AcquisitionStatistic
} from "../../../../customers/AcquisitionLinks.ts"
import { toParts } from "../../../../customers/Attachment.ts"
import {
  LegacyMassMessageRecord,
  MassMessageRecord,
  MassMessageResult,
  MassMessages,
  MassMessageTask,
  NewMassMessage
} from "../../../../customers/MassMessages.ts"
import {
  Moment as MomentModel,
  type MomentContent,
  MomentJob,
  MomentJobResult,
  MomentReaction,
  Moments,
  MomentTask,
  MomentViewer
} from "../../../../customers/Moments.ts"
import { Product, ProductAlbums } from "../../../../customers/ProductAlbums.ts"
import { GroupWelcomeTemplate, WelcomeMessages } from "../../../../customers/WelcomeMessages.ts"
import { pageOf } from "../../../engine/Pages.ts"
import { existing, merged, refuse, route, suiteRoute } from "../../../engine/Route.ts"
import {
  departmentsUnder,
  isSeenDepartment,
  isSeenMember,
  seenDepartment,
  seenMember,
  seenMembers
} from "../../../engine/Sight.ts"
import { day, midnight, timeOf } from "../../../engine/Times.ts"
import type { App, Corp, World } from "../../../engine/World.ts"
import { customersOf, findTag } from "../Customers.ts"
import {
  checkAttachments,
  checkMedia,
  customersOfMember,
  followOf,
  isTaggedWith,
  type Link,
  type MassMessage,
  type Moment,
  newestFollow,
  outreachOf,
  type Publication,
  say,
  type Target,
  type Task
} from "../Outreach.ts"

const isWithin = (at: number, start: DateTime.Utc, end: DateTime.Utc): boolean =>
  at >= start.epochMilliseconds && at <= end.epochMilliseconds

/** Whether something by a member, or by the corp, is asked for. */
const isAskedFor = (
  maker: string | undefined,
  { creator, filter_type = 2 }: { readonly creator?: string | undefined; readonly filter_type?: number | undefined }
): boolean =>
  (filter_type === 2 || (filter_type === 1) === (maker !== undefined)) &&
  (creator === undefined || creator.toLowerCase() === maker?.toLowerCase())

// ---------------------------------------------------------------------------------------------------------------------
// Greetings
// ---------------------------------------------------------------------------------------------------------------------

const maxTemplates = 100

const templateOf = (corp: Corp, app: App, id: string) => {
  const found = existing(outreachOf(corp).templates, id, 40058, "invalid template_id")
  return found.owner === app ? found : refuse(41058)
}

const checkTemplate = (corp: Corp, template: GroupWelcomeTemplate, now: number): GroupWelcomeTemplate => {
  if (template.attachment !== undefined) checkAttachments(corp, [template.attachment], now)
  // Only the first attachment counts.
  return new GroupWelcomeTemplate({ text: template.text, ...toParts(template.attachment) })
}

const welcomeMessages = [
  route(WelcomeMessages.endpoints.send, ({ corp, input, now }) => {
    const { attachments = [], text, welcome_code } = input
    const code = existing(outreachOf(corp).welcomeCodes, welcome_code, 41050)
    if (code.used) refuse(41051)
    if (code.endsAt < now) refuse(41050)
    checkAttachments(corp, attachments, now)
    code.used = true
    say(corp, code.customer, { at: now, by: code.userid, text: text?.content, attachments, msgid: undefined })
  }, { "attachments.msgtype": 41065, attachments: 41064 }),
  route(WelcomeMessages.endpoints.createGroupTemplate, ({ app, corp, input, now, world }) => {
    const { templates } = outreachOf(corp)
    if (templates.size >= maxTemplates) refuse(41055)
    const { agentid: _, notify: __, ...parts } = input
    const id = world.id("msg")
    templates.set(id, { owner: app, template: checkTemplate(corp, new GroupWelcomeTemplate(parts), now) })
    return id
  }),
  route(WelcomeMessages.endpoints.updateGroupTemplate, ({ app, corp, input, now }) => {
    const { agentid: _, template_id, ...parts } = input
    const found = templateOf(corp, app, template_id)
    found.template = checkTemplate(corp, new GroupWelcomeTemplate(parts), now)
  }),
  route(
    WelcomeMessages.endpoints.getGroupTemplate,
    ({ corp, input }) => existing(outreachOf(corp).templates, input.template_id, 40058, "invalid template_id").template
  ),
  route(WelcomeMessages.endpoints.deleteGroupTemplate, ({ app, corp, input }) => {
    templateOf(corp, app, input.template_id)
    outreachOf(corp).templates.delete(input.template_id)
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Mass messages
// ---------------------------------------------------------------------------------------------------------------------

const massMessageOf = (corp: Corp, msgid: string): MassMessage => existing(outreachOf(corp).massMessages, msgid, 41047)

const targetOf = (id: string): Target => ({ id, status: 0, sentAt: undefined })

/** Who sends to which customers: the sender, or whoever came last to each. */
const assign = (
  corp: Corp,
  app: App,
  input: {
    readonly sender?: string | undefined
    readonly external_userid?: ReadonlyArray<string> | undefined
    readonly tag_filter?:
      | { readonly group_list: ReadonlyArray<{ readonly tag_list: ReadonlyArray<string> }> }
      | undefined
  }
): { readonly tasks: ReadonlyArray<Task>; readonly failed: ReadonlyArray<string> } => {
  const { external_userid, sender, tag_filter } = input
  const lists = tag_filter?.group_list.map(({ tag_list }) => tag_list) ?? []
  for (const tag of lists.flat()) if (findTag(corp, tag) === undefined) refuse(40068)
  const asked = external_userid ??
    (sender === undefined ? [...customersOf(corp).customers.values()] : customersOfMember(corp, sender)).map(
      ({ contact }) => contact.external_userid
    )
  const targets = new Map<string, Array<Target>>()
  const failed: Array<string> = []
  for (const id of asked) {
    const customer = customersOf(corp).customers.get(id)
    const follow = customer && (sender === undefined ? newestFollow(corp, customer) : followOf(corp, id, sender))
    if (follow === undefined || !isSeenMember({ app, corp }, follow.userid)) failed.push(id)
    else if (external_userid !== undefined || isTaggedWith(follow, lists)) {
      targets.set(follow.userid, [...targets.get(follow.userid) ?? [], targetOf(id)])
    }
  }
  return {
    tasks: [...targets].map(([userid, targets]) => ({ userid, sentAt: undefined, targets, chooses: false })),
    // Those that were not asked for by name cannot fail.
    failed: external_userid === undefined ? [] : failed
  }
}

const assignGroups = (
  corp: Corp,
  sender: string,
  chatIds: ReadonlyArray<string> | undefined
): { readonly tasks: ReadonlyArray<Task>; readonly failed: ReadonlyArray<string> } => {
  const owned = (id: string) => customersOf(corp).groups.get(id)?.owner.toLowerCase() === sender.toLowerCase()
  const targets = chatIds?.filter(owned).map(targetOf) ?? []
  return {
    tasks: chatIds === undefined || targets.length > 0
      ? [{
        userid: existing(corp.members, sender.toLowerCase(), 60111).user.userid,
        sentAt: undefined,
        targets,
        chooses: chatIds === undefined
      }]
      : [],
    failed: chatIds?.filter((id) => !owned(id)) ?? []
  }
}

const recordsOf = (
  corp: Corp,
  input: Exclude<Parameters<typeof MassMessages.endpoints.list>[0], void>
): ReadonlyArray<MassMessage> =>
  [...outreachOf(corp).massMessages.values()].filter(({ at, groups }) =>
    groups === (input.chat_type === "group") && isWithin(at, input.start_time, input.end_time) &&
    isAskedFor(undefined, input)
  )

const resultsOf = ({ groups, tasks }: MassMessage): ReadonlyArray<MassMessageResult> =>
  tasks.flatMap((task) =>
    task.targets.filter(({ status }) => !groups || status !== 0).map(({ id, sentAt, status }) =>
      new MassMessageResult({
        ...(groups ? { chat_id: id } : { external_userid: id }),
        userid: task.userid,
        status,
        send_time: sentAt === undefined ? undefined : timeOf(sentAt)
      })
    )
  )

const massMessages = [
  route(MassMessages.endpoints.create, ({ app, corp, input, now, world }) => {
    const { attachments = [], sender } = input
    if (sender !== undefined) seenMember({ app, corp }, sender)
    checkAttachments(corp, attachments, now)
    const { failed, tasks } = input.chat_type === "group"
      ? assignGroups(corp, input.sender, input.chat_id_list)
      : assign(corp, app, input)
    if (tasks.length === 0) return refuse(41048)
    const msgid = world.id("msg")
    outreachOf(corp).massMessages.set(msgid, {
      msgid,
      app,
      groups: input.chat_type === "group",
      at: now,
      text: input.text?.content,
      attachments,
      tasks,
      reminders: [],
      cancelled: false
    })
    return new NewMassMessage({ msgid, fail_list: failed })
  }, { "attachments.msgtype": 41065, attachments: 41064, chat_type: 86214 }),
  route(MassMessages.endpoints.remind, ({ corp, input, now }) => {
    const { cancelled, reminders } = massMessageOf(corp, input.msgid)
    if (cancelled) refuse(41093)
    if (reminders.filter((at) => at > now - day).length >= 3) refuse(41094)
    reminders.push(now)
  }),
  route(MassMessages.endpoints.cancel, ({ corp, input }) => {
    massMessageOf(corp, input.msgid).cancelled = true
  }),
  route(MassMessages.endpoints.list, ({ corp, input }) => {
    const { items, next_cursor } = pageOf(recordsOf(corp, input), input.cursor, input.limit ?? 50)
    return {
      group_msg_list: items.map(({ at, attachments, msgid, text = "" }) =>
        new MassMessageRecord({ msgid, create_time: timeOf(at), create_type: 0, text: { content: text }, attachments })
      ),
      next_cursor
    }
  }),
  route(MassMessages.endpoints.listLegacy, ({ corp, input }) => {
    const { items, next_cursor } = pageOf(recordsOf(corp, input), input.cursor, input.limit ?? 50)
    return {
      group_msg_list: items.map(({ at, attachments: [attachment], msgid, text = "" }) =>
        new LegacyMassMessageRecord({
          msgid,
          create_time: timeOf(at),
          create_type: 0,
          text: { content: text },
          ...toParts(attachment)
        })
      ),
      next_cursor
    }
  }),
  route(MassMessages.endpoints.listTasks, ({ corp, input }) => {
    const { items, next_cursor } = pageOf(massMessageOf(corp, input.msgid).tasks, input.cursor, input.limit ?? 500)
    return {
      task_list: items.map(({ sentAt, userid }) =>
        new MassMessageTask({
          userid,
          status: sentAt === undefined ? 0 : 2,
          send_time: sentAt === undefined ? undefined : timeOf(sentAt)
        })
      ),
      next_cursor
    }
  }),
  route(MassMessages.endpoints.listResults, ({ corp, input }) => {
    const results = resultsOf(massMessageOf(corp, input.msgid)).filter(({ userid }) =>
      userid?.toLowerCase() === input.userid.toLowerCase()
    )
    const { items, next_cursor } = pageOf(results, input.cursor, input.limit ?? 500)
    return { send_list: items, next_cursor }
  }),
  route(MassMessages.endpoints.listResultsLegacy, ({ corp, input }) => {
    const results = resultsOf(massMessageOf(corp, input.msgid))
    const { items, next_cursor } = pageOf(results, input.cursor, input.limit ?? 10_000)
    return { check_status: 1, detail_list: items, next_cursor }
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Moments
// ---------------------------------------------------------------------------------------------------------------------

/** How long the making of a moment takes: a second until it runs, another until it is done. */
const makingTime = 1000

const momentOf = (corp: Corp, id: string): Moment => existing(outreachOf(corp).moments, id, 41060)

const publicationOf = (corp: Corp, id: string, userid: string): Publication => {
  const publication =
    momentOf(corp, id).publications.find((publication) => publication.userid.toLowerCase() === userid.toLowerCase()) ??
      refuse(41061)
  return publication.publishedAt === undefined ? refuse(41062) : publication
}

type NewMoment = Parameters<typeof Moments.endpoints.create>[0]

const contentOf = (attachments: Exclude<NewMoment, void>["attachments"] = []): MomentContent | undefined => {
  const images: Array<{ readonly media_id: string }> = []
  for (const attachment of attachments) {
    if (attachment.msgtype === "video") return { msgtype: "video", video: attachment.video }
    if (attachment.msgtype === "link") return { msgtype: "link", link: attachment.link }
    images.push(attachment.image)
  }
  return images.length === 0 ? undefined : { msgtype: "image", image: images }
}

const moments = [
  route(Moments.endpoints.create, ({ app, corp, input, now, world }) => {
    const { attachments = [], visible_range } = input
    for (const attachment of attachments) {
      if (attachment.msgtype === "image") checkMedia(corp, attachment.image.media_id, now)
      else if (attachment.msgtype === "video") checkMedia(corp, attachment.video.media_id, now)
      else checkMedia(corp, attachment.link.media_id, now)
    }
    const users = visible_range?.sender_list?.user_list ?? []
    const departments = visible_range?.sender_list?.department_list ?? []
    const askedTags = visible_range?.external_contact_list?.tag_list ?? []
    const isSeen = (userid: string) => isSeenMember({ app, corp }, userid)
    const under = new Set(
      departments.filter((id) => isSeenDepartment({ app, corp }, id)).flatMap((id) =>
        departmentsUnder(corp, id).map(({ id }) => id)
      )
    )
    const tags = askedTags.filter((tag) => findTag(corp, tag) !== undefined)
    const everybody = users.length === 0 && departments.length === 0
    const senders = seenMembers({ app, corp }).filter((member) =>
      (everybody || users.some((userid) => userid.toLowerCase() === member.user.userid.toLowerCase()) ||
        member.user.department.some((id) => under.has(id))) &&
      (askedTags.length === 0 ||
        customersOfMember(corp, member.user.userid).some(({ follows }) => {
          const follow = follows.get(member.user.userid.toLowerCase())
          return follow !== undefined && isTaggedWith(follow, [tags])
        }))
    )
    const moment: Moment = {
      id: world.id("mom"),
      creator: undefined,
      at: now,
      text: input.text?.content,
      content: contentOf(attachments),
      tags,
      publications: senders.map(({ user }) => ({
        userid: user.userid,
        publishedAt: undefined,
        viewers: [],
        comments: [],
        likes: []
      })),
      cancelled: false
    }
    const jobid = world.id("job")
    outreachOf(corp).moments.set(moment.id, moment)
    outreachOf(corp).momentJobs.set(jobid, {
      at: now,
      moment,
      invalid: {
        users: users.filter((userid) => !isSeen(userid)),
        departments: departments.filter((id) => !isSeenDepartment({ app, corp }, id)),
        tags: askedTags.filter((tag) => !tags.includes(tag))
      }
    })
    return jobid
  }, { "attachments.msgtype": 41065, attachments: 41064, text: 41089 }),
  route(Moments.endpoints.getJob, ({ corp, input, now }) => {
    const { at, invalid, moment } = existing(outreachOf(corp).momentJobs, input.jobid, 40058, "invalid jobid")
    const type = "add_moment_task"
    if (now < at + makingTime) return new MomentJob({ status: 1, type })
    if (now < at + 2 * makingTime) return new MomentJob({ status: 2, type })
    return new MomentJob({
      status: 3,
      type,
      result: new MomentJobResult({
        errcode: 0,
        errmsg: "ok",
        moment_id: moment.id,
        invalid_sender_list: { user_list: invalid.users, department_list: invalid.departments },
        invalid_external_contact_list: { tag_list: invalid.tags }
      })
    })
  }),
  route(Moments.endpoints.cancel, ({ corp, input }) => {
    const moment = momentOf(corp, input.moment_id)
    if (moment.creator !== undefined) refuse(41067)
    moment.cancelled = true
  }),
  route(Moments.endpoints.list, ({ corp, input, now }) => {
    const made = [...outreachOf(corp).moments.values()].filter((moment) =>
      isWithin(moment.at, input.start_time, input.end_time) && isAskedFor(moment.creator, input) &&
      (moment.creator !== undefined || now >= moment.at + 2 * makingTime)
    )
    const { items, next_cursor } = pageOf(made, input.cursor, input.limit ?? 20)
    return {
      moment_list: items.map(({ at, content, creator, id, tags, text }) =>
        new MomentModel({
          moment_id: id,
          creator,
          create_time: timeOf(at),
          create_type: creator === undefined ? 0 : 1,
          visible_type: tags.length === 0 ? 1 : 0,
          text: text === undefined ? undefined : { content: text },
          ...(content?.msgtype === "image" ? { image: content.image } : {}),
          ...(content?.msgtype === "video" ? { video: content.video } : {}),
          ...(content?.msgtype === "link" ? { link: { title: content.link.title, url: content.link.url } } : {})
        })
      ),
      next_cursor: next_cursor ?? ""
    }
  }),
  route(Moments.endpoints.listTasks, ({ corp, input }) => {
    const { creator, publications } = momentOf(corp, input.moment_id)
    if (creator !== undefined) refuse(41067)
    const { items, next_cursor } = pageOf(publications, input.cursor, input.limit ?? 500)
    return {
      task_list: items.map(({ publishedAt, userid }) =>
        new MomentTask({ userid, publish_status: publishedAt === undefined ? 0 : 1 })
      ),
      next_cursor
    }
  }),
  route(Moments.endpoints.listViewers, ({ corp, input }) => {
    const { userid, viewers } = publicationOf(corp, input.moment_id, input.userid)
    const { items, next_cursor } = pageOf(viewers, input.cursor, input.limit ?? 500)
    return {
      customer_list: items.map((external_userid) => new MomentViewer({ userid, external_userid })),
      next_cursor
    }
  }),
  route(Moments.endpoints.listRecipients, ({ corp, input }) => {
    const { viewers } = publicationOf(corp, input.moment_id, input.userid)
    const { items, next_cursor } = pageOf(viewers, input.cursor, input.limit ?? 3000)
    return { customer_list: items.map((external_userid) => ({ external_userid })), next_cursor }
  }),
  route(Moments.endpoints.getReactions, ({ corp, input }) => {
    const { comments, likes } = publicationOf(corp, input.moment_id, input.userid)
    const shown = ({ at, external_userid }: Publication["comments"][number]) =>
      new MomentReaction({ external_userid, create_time: timeOf(at) })
    return { comment_list: comments.map(shown), like_list: likes.map(shown) }
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Products
// ---------------------------------------------------------------------------------------------------------------------

const productOf = (corp: Corp, id: string) => {
  const found = existing(outreachOf(corp).products, id, 41075)
  return found.deleted ? refuse(41074) : found
}

const ownProductOf = (corp: Corp, app: App, id: string) => {
  const found = productOf(corp, id)
  return found.owner === app ? found : refuse(48002)
}

const productCodes = {
  description: 41087,
  price: 41086,
  product_sn: 41085,
  attachments: 41064,
  "attachments.type": 41065
}

const productAlbums = [
  route(ProductAlbums.endpoints.create, ({ app, corp, input, now, world }) => {
    for (const { image } of input.attachments) checkMedia(corp, image.media_id, now)
    const product_id = world.id("product")
    const product = new Product({ ...input, product_id, create_time: timeOf(now) })
    outreachOf(corp).products.set(product_id, { owner: app, product, deleted: false })
    return product_id
  }, productCodes),
  route(ProductAlbums.endpoints.get, ({ corp, input }) => productOf(corp, input.product_id).product),
  route(ProductAlbums.endpoints.list, ({ corp, input }) => {
    const all = [...outreachOf(corp).products.values()].filter(({ deleted }) => !deleted)
    const { items, next_cursor } = pageOf(all, input.cursor, input.limit ?? 50)
    return {
      product_list: items.map(({ product }) => new Product({ ...product, create_time: undefined })),
      next_cursor
    }
  }),
  route(ProductAlbums.endpoints.update, ({ app, corp, input, now }) => {
    const found = ownProductOf(corp, app, input.product_id)
    for (const { image } of input.attachments ?? []) checkMedia(corp, image.media_id, now)
    found.product = new Product(merged(found.product, input))
  }, productCodes),
  route(ProductAlbums.endpoints.delete, ({ app, corp, input }) => {
    ownProductOf(corp, app, input.product_id).deleted = true
  })
]

// ---------------------------------------------------------------------------------------------------------------------
// Acquisition links
// ---------------------------------------------------------------------------------------------------------------------

const linkOf = (corp: Corp, app: App, id: string): Link => {
  const link = existing(outreachOf(corp).links, id, 40058, "invalid link_id")
  return link.owner === app ? link : refuse(48002)
}

const maxReached = 500

/** Checks that whoever a link leads to is there, and not too many. */
const checkReach = (
  corp: Corp,
  app: App,
  range: AcquisitionRange,
  priority: ReadonlyArray<string>
): void => {
  for (const userid of [...range.user_list ?? [], ...priority]) {
    seenMember({ app, corp }, userid)
  }
  const departments = new Set(
    (range.department_list ?? []).flatMap((id) =>
      departmentsUnder(corp, seenDepartment({ app, corp }, id).id).map(({ id }) => id)
    )
  )
  const reached = new Set((range.user_list ?? []).map((userid) => userid.toLowerCase()))
  for (const [key, { user }] of corp.members) if (user.department.some((id) => departments.has(id))) reached.add(key)
  if (reached.size > maxReached) refuse(40058, `at most ${maxReached} members`)
}

const priorityOf = (
  option: Exclude<Parameters<typeof AcquisitionLinks.endpoints.create>[0], void>["priority_option"]
): Link["priority"] =>
  option && { type: option.priority_type, users: option.priority_type === 2 ? option.priority_userid_list : [] }

const broughtBy = (corp: Corp) => [...outreachOf(corp).links.values()].flatMap(({ brought }) => brought)

const newLink = (world: World): { readonly id: string; readonly url: string } => {
  const id = world.id("ca")
  return { id, url: `https://work.weixin.qq.com/ca/${id}` }
}

const acquisitionLinks = [
  route(AcquisitionLinks.endpoints.listIds, ({ app, corp, input }) => {
    const own = [...outreachOf(corp).links.values()].filter(({ owner }) => owner === app)
    const { items, next_cursor } = pageOf(own, input.cursor, input.limit ?? 100)
    return { link_id_list: items.map(({ id }) => id), next_cursor }
  }),
  route(AcquisitionLinks.endpoints.get, ({ app, corp, input }) => {
    const { at, departments, markSource, name, priority, skipVerify, url, users } = linkOf(corp, app, input.link_id)
    return new AcquisitionLinkDetail({
      link: { link_name: name, url, create_time: timeOf(at), skip_verify: skipVerify, mark_source: markSource },
      range: { user_list: users, department_list: departments },
      ...(priority === undefined
        ? {}
        : { priority_option: { priority_type: priority.type, priority_userid_list: priority.users } })
    })
  }),
  route(AcquisitionLinks.endpoints.create, ({ app, corp, input, now, world }) => {
    const { link_name, mark_source = true, range, skip_verify = true } = input
    const priority = priorityOf(input.priority_option)
    checkReach(corp, app, range, priority?.users ?? [])
    const { id, url } = newLink(world)
    outreachOf(corp).links.set(id, {
      id,
      owner: app,
      url,
      at: now,
      name: link_name,
      users: range.user_list ?? [],
      departments: range.department_list ?? [],
      skipVerify: skip_verify,
      markSource: mark_source,
      priority,
      opened: [],
      brought: []
    })
    return new AcquisitionLink({ link_id: id, link_name, url, create_time: timeOf(now) })
  }),
  route(AcquisitionLinks.endpoints.update, ({ app, corp, input }) => {
    const link = linkOf(corp, app, input.link_id)
    const priority = priorityOf(input.priority_option)
    checkReach(corp, app, input.range ?? {}, priority?.users ?? [])
    link.name = input.link_name ?? link.name
    link.skipVerify = input.skip_verify ?? link.skipVerify
    link.markSource = input.mark_source ?? link.markSource
    link.priority = priority ?? link.priority
    if (input.range !== undefined) {
      link.users = input.range.user_list ?? []
      link.departments = input.range.department_list ?? []
    }
  }),
  route(AcquisitionLinks.endpoints.delete, ({ app, corp, input }) => {
    linkOf(corp, app, input.link_id)
    outreachOf(corp).links.delete(input.link_id)
  }),
  route(AcquisitionLinks.endpoints.listCustomers, ({ app, corp, input }) => {
    const { brought } = linkOf(corp, app, input.link_id)
    const { items, next_cursor } = pageOf(brought, input.cursor, input.limit ?? 1000)
    return { customer_list: items.map(({ customer }) => customer), next_cursor }
  }),
  route(AcquisitionLinks.endpoints.getQuota, ({ corp }) => {
    const total = broughtBy(corp).length
    return new AcquisitionQuota({ total, balance: outreachOf(corp).quota - total, quota_list: [] })
  }),
  route(AcquisitionLinks.endpoints.getStatistic, ({ app, corp, input }) => {
    const { brought, opened } = linkOf(corp, app, input.link_id)
    const begin = midnight(input.start_time.epochMilliseconds)
    const end = midnight(input.end_time.epochMilliseconds) + day
    const count = (ids: ReadonlyArray<string>) => new Set(ids).size
    const isMeant = ({ at }: { readonly at: number }) => at >= begin && at < end
    return new AcquisitionStatistic({
      click_link_customer_cnt: count(opened.filter(isMeant).map(({ by }) => by)),
      new_customer_cnt: count(brought.filter(isMeant).map(({ customer }) => customer.external_userid))
    })
  }),
  route(AcquisitionLinks.endpoints.getChat, ({ corp, input, now }) => {
    const { customer, endsAt, link, messages } = existing(outreachOf(corp).chatKeys, input.chat_key, 41201)
    if (endsAt < now) refuse(41201)
    return new AcquiredChat({
      userid: customer.userid,
      external_userid: customer.external_userid,
      chat_info: { recv_msg_cnt: messages, link_id: link, state: customer.state }
    })
  }),
  route(AcquisitionLinks.endpoints.getPermit, ({ app }) =>
    new AcquisitionPermit({
      user_list: app.visible?.members ?? [],
      department_list: app.visible === undefined ? [1] : app.visible.departments ?? [],
      tag_list: app.visible?.tags ?? []
    })),
  route(AcquisitionLinks.endpoints.getComponent, ({ corp }) => {
    const { links, price, providerPays } = outreachOf(corp)
    const agents = new Set([...links.values()].flatMap(({ owner }) => owner.agentId ?? []))
    return new AcquisitionComponent({
      pay_mode: providerPays ? AcquisitionPayMode.Provider : AcquisitionPayMode.Corp,
      ...(providerPays ? { price } : {}),
      link_auth_mode: AcquisitionLinkMode.OfApps,
      auth_apps: [...agents].map((agentid) => ({ agentid }))
    })
  }),
  route(AcquisitionLinks.endpoints.createOnceKeys, ({ app, corp, input, world }) => {
    linkOf(corp, app, input.link_id)
    const { onceKeys, providerPays } = outreachOf(corp)
    if (!providerPays) refuse(41099)
    const keys = Array.from({ length: input.key_num ?? 100 }, () => `ENC${world.text(40)}`)
    for (const key of keys) onceKeys.add(key)
    return keys
  }),
  suiteRoute(AcquisitionLinks.endpoints.listBills, ({ input, world }) => {
    const corp = existing(world.corps, input.auth_corpid, 40013)
    const paid = outreachOf(corp).bills.filter(({ at }) => isWithin(at, input.begin_time, input.end_time))
    const { items, next_cursor } = pageOf(paid, input.cursor, input.limit ?? 100)
    return {
      bill_list: items.map(({ at, link, price, state }) =>
        new AcquisitionBill({ timestamp: timeOf(at), link_id: link, state, price })
      ),
      next_cursor
    }
  })
]

export const customerMessages = [
  ...welcomeMessages,
  ...massMessages,
  ...moments,
  ...productAlbums,
  ...acquisitionLinks
]
