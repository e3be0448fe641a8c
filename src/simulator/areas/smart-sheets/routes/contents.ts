/** 管理文档内容. */
import { DocumentContents, DocumentImage } from "../../../../oa/documents/DocumentContents.ts"
import { DocumentData } from "../../../../oa/documents/DocumentNode.ts"
import { DocumentType } from "../../../../oa/documents/Documents.ts"
import { type AppCall, refuse, route } from "../../../engine/Route.ts"
import { type Content, contentOf, run, treeOf } from "../Contents.ts"
import { documentOf } from "../Documents.ts"

const { endpoints } = DocumentContents

/** The text of a document that the app has made; spreadsheets and smart sheets have none. */
const textOf = (call: AppCall<{ readonly docid: string }>): Content =>
  documentOf(call, call.input.docid).type === DocumentType.Document
    ? contentOf(call.corp, call.input.docid)
    : refuse(640_054)

/** So many versions may a change be behind. */
const versions = 100

export const contents = [
  route(endpoints.get, (call) => {
    const content = textOf(call)
    return new DocumentData({ version: content.version, document: treeOf(content) })
  }),

  route(endpoints.update, (call) => {
    const content = textOf(call)
    const { requests, version = content.version } = call.input
    if (version > content.version || version < content.version - versions) refuse(40_058, "invalid version")
    run(content, requests)
    documentOf(call, call.input.docid).modified = call.now
  }),

  route(endpoints.uploadImage, (call) => {
    documentOf(call, call.input.docid)
    const url = `https://wework.qpic.cn/wwpic/${call.world.id("picture-")}`
    contentOf(call.corp, call.input.docid).pictures.add(url)
    const { base64_content: bytes } = call.input
    const [width, height] = sizeOf(bytes)
    return new DocumentImage({ url, size: bytes.length, width, height })
  })
]

/** Width and height of a PNG. */
const sizeOf = (bytes: Uint8Array): readonly [number | undefined, number | undefined] => {
  if (bytes.length < 24 || bytes[0] !== 0x89 || bytes[1] !== 0x50) return [undefined, undefined]
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}
