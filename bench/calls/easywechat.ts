import easywechat from "node-easywechat"
import { answer } from "../Process.ts"
import { body, corpId, listPath, type Question, rateOf, secret, sendPath } from "./Contender.ts"

// Its own cache is a folder of files, read at every call: memory is the better choice for it.
const memory = () => {
  const entries = new Map<string, unknown>()
  return {
    get: (key: string) => Promise.resolve(entries.get(key)),
    set: (key: string, value: unknown) => Promise.resolve(entries.set(key, value).has(key)),
    has: (key: string) => Promise.resolve(entries.has(key)),
    delete: (key: string) => Promise.resolve(entries.delete(key)),
    clear: () => Promise.resolve(entries.clear())
  }
}

let client: ReturnType<InstanceType<typeof easywechat.Work>["getClient"]> | undefined
answer<Question, number>(({ atOnce, call, url }) => {
  if (client === undefined) {
    const app = new easywechat.Work({
      corp_id: corpId,
      secret,
      token: "",
      aes_key: "",
      http: { baseURL: `${url}/` }
    })
    app.setCache(memory() as never) // it asks for methods of caches that it never calls
    client = app.getClient()
  }
  const http = client
  return rateOf(async () => {
    const response = call === "list" ? await http.get(listPath) : await http.postJson(sendPath, body())
    const { department, msgid } = response.toObject()
    if (call === "list" ? !Array.isArray(department) : msgid === undefined) {
      throw new Error(`node-easywechat got ${response.toJson()}`)
    }
  }, atOnce)
})
