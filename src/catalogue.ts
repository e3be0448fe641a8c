/**
 * Every endpoint of the library, with the area of the official documentation, its service and its method: for tools,
 * tests and the simulator. Importing it loads every domain.
 */
import type { Listed } from "./Domain.ts"
import type { Endpoint } from "./Endpoint.ts"
import * as EndpointModule from "./Endpoint.ts"
import { paging } from "./Paging.ts"
import { MerchantPayments } from "./payments/MerchantPayments.ts"
import { services } from "./services.ts"
import * as Credential from "./token/Credential.ts"

/** One endpoint and where it is found. */
export interface CatalogueEntry {
  /** The area of the official documentation, such as `通讯录·部门`. */
  readonly area: string
  /** The module, such as `contacts/Departments`. */
  readonly module: string
  /** The service, such as `Departments`. */
  readonly service: string
  readonly method: string
  readonly endpoint: Endpoint<never, unknown>
  /** The method that streams the items of its pages, if it pages. */
  readonly stream: string | undefined
}

/** The endpoints of one domain. */
export const entriesOf = ({ area, endpoints, module }: Listed): ReadonlyArray<CatalogueEntry> => {
  const streams = new Map<unknown, string>()
  for (const [method, value] of Object.entries(endpoints)) {
    const found = paging(value)
    // The first stream of an endpoint is the one of its items.
    if (found._tag === "Some" && !streams.has(found.value.endpoint)) streams.set(found.value.endpoint, method)
  }
  return Object.entries(endpoints).flatMap(([method, value]) =>
    EndpointModule.description(value)._tag === "None" ? [] : [{
      area,
      module,
      service: module.slice(module.lastIndexOf("/") + 1),
      method,
      endpoint: value as Endpoint<never, unknown>, // it has a description
      stream: streams.get(value)
    }]
  )
}

/** Every endpoint that a client runs. */
export const catalogue: ReadonlyArray<CatalogueEntry> = [...Credential.domains, ...services].flatMap(entriesOf)

/** The endpoints of WeChat Pay, which `MerchantPayments` runs. */
export const merchantCatalogue: ReadonlyArray<CatalogueEntry> = entriesOf({
  module: "payments/MerchantPayments",
  area: "企业支付·微信支付商户(XML+双签名+证书)",
  endpoints: MerchantPayments.endpoints
})
