/** A backend that opens what the simulator sends with node:crypto: none of our codecs on this side. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Layer from "effect/Layer"
import * as NodeCallbackCrypto from "../../src/node/NodeCallbackCrypto.ts"
import { defaultCorp } from "../../src/simulator/engine/Options.ts"
import { Simulator, type SimulatorOptions } from "../../src/simulator/Simulator.ts"
import { decrypt, element, type Secrets, sign } from "../callback/sender.ts"

/** The secrets of the callback URL of the first app. */
export const secrets: Secrets = {
  token: "SimulatedToken",
  encodingAesKey: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
  receiveId: defaultCorp.corpId
}

/** The corp of a simulator that was given none, its apps with a callback. */
export const corp = {
  ...defaultCorp,
  apps: defaultCorp.apps.map((app) => ({ ...app, callback: { url: "http://backend.test/callback", ...secrets } }))
}

/** What the backend got, in the clear. */
export interface Got {
  readonly url: URL
  readonly body: string
  readonly xml: string
}

/** A backend that answers as it is told, and the simulator that calls it back. */
export const backend = (
  answer: (got: Got, count: number) => Response | Effect.Effect<Response, never> = () => new Response(""),
  options: SimulatorOptions = { corps: [corp] }
) => {
  const received: Array<Got> = []
  const client = HttpClient.make((request, url) => {
    const body = request.body._tag === "Uint8Array" ? new TextDecoder().decode(request.body.body) : ""
    const ciphertext = url.searchParams.get("echostr") ?? element(body, "Encrypt") ?? ""
    const [timestamp, nonce] = [url.searchParams.get("timestamp") ?? "", url.searchParams.get("nonce") ?? ""]
    assert.strictEqual(url.searchParams.get("msg_signature"), sign(secrets, timestamp, nonce, ciphertext))
    const { message, receiveId } = decrypt(secrets, ciphertext)
    assert.strictEqual(receiveId, element(body, "ToUserName") ?? defaultCorp.corpId)
    const got = { url, body, xml: message }
    received.push(got)
    const made = answer(got, received.length)
    return Effect.map(
      Effect.isEffect(made) ? made : Effect.succeed(made),
      (response) => HttpClientResponse.fromWeb(request, response)
    )
  })
  const layer = Simulator.layerCallbacks.pipe(
    Layer.provideMerge(Simulator.layer(options)),
    Layer.provide([Layer.succeed(HttpClient.HttpClient, client), NodeCallbackCrypto.layer])
  )
  return { received, layer }
}

/** An element: its text, or the elements in it, those of one name that are many as a list. */
export type Element = string | { readonly [name: string]: Element | ReadonlyArray<Element> }

/** The elements of an XML text, read with regular expressions. */
export const elements = (xml: string): Element => {
  const found: Record<string, Element | Array<Element>> = {}
  for (const [, name = "", cdata, content = ""] of xml.matchAll(/<(\w+)>(?:<!\[CDATA\[(.*?)\]\]>|(.*?))<\/\1>/gs)) {
    const value = cdata ?? (content.includes("<") ? elements(content) : content)
    const before = found[name]
    found[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return found
}

/** What an event says, without the elements that all events of the corp have. */
export const said = ({ xml }: Got): Element => {
  const { xml: root } = elements(xml) as { readonly xml: { readonly [name: string]: Element } } // the root of every text
  const { CreateTime, FromUserName, MsgType, ToUserName, ...rest } = root
  assert.strictEqual(ToUserName, defaultCorp.corpId)
  assert.strictEqual(FromUserName, "sys")
  assert.strictEqual(MsgType, "event")
  assert.match(String(CreateTime), /^\d+$/)
  return rest
}
