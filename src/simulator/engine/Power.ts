/** 接口权限: which areas of the API are open to an app. */

/**
 * An area of the API that is not open to every app:
 *
 * - `contacts`: to read members and departments.
 * - `contact-sync`: to write them, and to read their ids.
 * - `messages`: to send messages.
 * - `customers`: 客户联系. To know the corp's customers and their groups, and to write to them.
 * - `customer-service`: 微信客服.
 * - `approvals`: 审批.
 * - `chat-archive`: 会话内容存档.
 *
 * Other areas of the simulator have powers of their own, named like their folder. What needs none is open to every app.
 */
export type Power =
  | "contacts"
  | "contact-sync"
  | "messages"
  | "customers"
  | "customer-service"
  | "approvals"
  | "chat-archive"
  | (string & {})

/** 自建应用. What a corp's own app may do unless an administrator lists it among those that may call another area. */
export const selfBuilt: ReadonlyArray<Power> = ["contacts", "messages"]

/**
 * 通讯录同步. The contact sync assistant writes the address book and reads its ids; since August 2022 it reads nothing
 * else.
 */
export const contactSync: ReadonlyArray<Power> = ["contact-sync"]
