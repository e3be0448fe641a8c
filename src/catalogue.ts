/**
 * Every endpoint of the library, with the area of the official documentation, its service and its method: for tools,
 * tests and the simulator. Importing it loads every domain.
 */
import { Departments } from "./contacts/Departments.ts"
import { Tags } from "./contacts/Tags.ts"
import { Users } from "./contacts/Users.ts"
import type { Endpoint, Paged } from "./Endpoint.ts"
import * as EndpointModule from "./Endpoint.ts"
import { JsSdk } from "./jssdk/JsSdk.ts"
import { Media } from "./media/Media.ts"
import { Messages } from "./messages/Messages.ts"
import * as Credential from "./token/Credential.ts"

/** One endpoint and where it is found. */
export interface CatalogueEntry {
  /** The area as `endpoints` of the official documentation are grouped, such as `通讯录·部门`. */
  readonly domain: string
  /** The module, such as `contacts/Departments`. */
  readonly module: string
  /** The service, such as `Departments`. */
  readonly service: string
  readonly method: string
  readonly endpoint: Endpoint<never, unknown>
  /** The method that streams the items of its pages, where it pages. */
  readonly stream: string | undefined
}

type Endpoints = { readonly [method: string]: Endpoint<never, unknown> | Paged<never, unknown> }

const services: ReadonlyArray<readonly [domain: string, module: string, service: string, endpoints: Endpoints]> = [
  ["基础", "token/Credential", "Credential", { getToken: Credential.getToken }],
  ["通讯录·部门", "contacts/Departments", "Departments", Departments.endpoints],
  ["通讯录·成员", "contacts/Users", "Users", Users.endpoints],
  ["通讯录·标签", "contacts/Tags", "Tags", Tags.endpoints],
  ["素材", "media/Media", "Media", Media.endpoints],
  ["基础·JS-SDK", "jssdk/JsSdk", "JsSdk", JsSdk.endpoints],
  ["消息", "messages/Messages", "Messages", Messages.endpoints]
]

/** Every endpoint. */
export const catalogue: ReadonlyArray<CatalogueEntry> = services.flatMap(([domain, module, service, endpoints]) => {
  const streams = new Map<unknown, string>()
  for (const [method, value] of Object.entries(endpoints)) {
    const paging = EndpointModule.paging(value)
    if (paging._tag === "Some") streams.set(paging.value.endpoint, method)
  }
  return Object.entries(endpoints).flatMap(([method, value]) =>
    EndpointModule.description(value)._tag === "None" ? [] : [{
      domain,
      module,
      service,
      method,
      endpoint: value as Endpoint<never, unknown>, // it has a description
      stream: streams.get(value)
    }]
  )
})
