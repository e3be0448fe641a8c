/**
 * What the types of messages to customers, moments, products and acquisition links allow, and what they refuse.
 */
import type { Stream } from "effect"
import type { WeComError } from "effect-wecom"
import {
  type AcquiredCustomer,
  type AcquisitionLinks,
  Attachment,
  type MassMessageResultStatus,
  type MassMessages,
  type Moment,
  type MomentContent,
  Moments,
  type MomentStrategies,
  type ProductAlbums,
  type WelcomeMessages
} from "effect-wecom/customers"

declare const links: AcquisitionLinks["Service"]
declare const mass: MassMessages["Service"]
declare const moments: Moments["Service"]
declare const strategies: MomentStrategies["Service"]
declare const products: ProductAlbums["Service"]
declare const welcome: WelcomeMessages["Service"]
declare const moment: Moment
declare const sent: Attachment.SentAttachment

type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false
const same = <_ extends true>(): void => {}

const text = { content: "您好" }
const image = { media_id: "M" }
const link = { title: "手册", url: "https://example.com" }

// Pages and streams of them take the same input, and answer models.
const customers = links.listAllCustomers({ link_id: "ca1" })
same<Equals<typeof customers, Stream.Stream<AcquiredCustomer, WeComError>>>()
products.listAll()
strategies.listAll()
// @ts-expect-error: a moment and its publisher are needed
moments.listAllViewers({ moment_id: "mom1" })

// An attachment has what its msgtype says.
welcome.send({ welcome_code: "C", text, attachments: [Attachment.image(image), Attachment.link(link)] })
welcome.send({ welcome_code: "C", attachments: [{ msgtype: "video", video: { media_id: "V" } }] })
// @ts-expect-error: a link under the type of an image
welcome.send({ welcome_code: "C", attachments: [{ msgtype: "image", link }] })
// @ts-expect-error: no such type
welcome.send({ welcome_code: "C", attachments: [{ msgtype: "voice", voice: { media_id: "V" } }] })
// @ts-expect-error: a picture needs an id or an address
Attachment.image({})
// @ts-expect-error: a mini program needs a cover
Attachment.miniprogram({ title: "商城", appid: "wx1", page: "index" })
// @ts-expect-error: what was read may be of a kind that is not known
welcome.send({ welcome_code: "C", attachments: [sent] })

// A greeting of a group has one attachment at most.
welcome.createGroupTemplate({ text, image })
welcome.createGroupTemplate({ text })
welcome.createGroupTemplate({ link, notify: false })
welcome.updateGroupTemplate({ template_id: "T", file: { media_id: "F" } })
// @ts-expect-error: a picture and a link
welcome.createGroupTemplate({ text, image, link })
// @ts-expect-error: nothing
welcome.createGroupTemplate({})
// @ts-expect-error: which greeting
welcome.updateGroupTemplate({ text })

// A mass message goes to customers, or to groups.
mass.create({ external_userid: ["wm1"], allow_select: true, text })
mass.create({ chat_type: "single", tag_filter: { group_list: [{ tag_list: ["T"] }] }, text })
mass.create({ chat_type: "group", sender: "zhangsan", chat_id_list: ["wr1"], text })
// @ts-expect-error: only customers may be left out by the sender
mass.create({ chat_type: "group", sender: "zhangsan", chat_id_list: ["wr1"], allow_select: true, text })
// @ts-expect-error: groups are of the type group
mass.create({ chat_id_list: ["wr1"], text })
// @ts-expect-error: groups need a sender
mass.create({ chat_type: "group", text })
// @ts-expect-error: customers are not of the type group
mass.create({ chat_type: "group", sender: "zhangsan", external_userid: ["wm1"], text })

// @ts-expect-error: nothing to send
mass.create({ sender: "zhangsan" })
// @ts-expect-error: nothing at all
mass.create()

// A moment has pictures, a video or a link.
moments.create({ attachments: Moments.images("M", "N") })
moments.create({ text, attachments: Moments.video("V") })
// @ts-expect-error: nothing to show
moments.create()
// @ts-expect-error: two videos
moments.create({ attachments: [...MomentModule.video("V"), ...MomentModule.video("W")] })
// @ts-expect-error: a picture and a video
moments.create({ attachments: [...MomentModule.images("M"), ...MomentModule.video("V")] })
const { content } = moment
same<Equals<typeof content, MomentContent | undefined>>()
if (content?.msgtype === "video") same<Equals<typeof content.video.media_id, string>>()
// @ts-expect-error: a mere file is none
moments.create({ attachments: [Attachment.file("F")] })

// A range has members and departments.
strategies.create({ strategy_name: "组", admin_list: [], privilege: {}, range: [{ type: 1, userid: "lisi" }] })
// @ts-expect-error: a department has a partyid
strategies.create({ strategy_name: "组", admin_list: [], privilege: {}, range: [{ type: 2, userid: "lisi" }] })

// A link needs somebody to lead to, and a list where some members come first.
links.create({ link_name: "活动", range: { user_list: ["lisi"] }, priority_option: { priority_type: 1 } })
// @ts-expect-error: to nobody
links.create({ link_name: "活动" })
// @ts-expect-error: whose turn it is
links.update({ link_id: "ca1", priority_option: { priority_type: 2 } })

// A product's pictures are pictures.
// @ts-expect-error: a video
products.create({ description: "茶", price: 1, attachments: [{ type: "video", video: { media_id: "V" } }] })

same<Equals<typeof MassMessageResultStatus.NotFriends, 2>>()
