/**
 * The XML of callbacks: what is read, what is refused, and that the fast reader never disagrees with the general one.
 */
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { XMLParser } from "fast-xml-parser"
import { readdirSync, readFileSync } from "node:fs"
import * as Xml from "../../src/internal/callback/xml.ts"
import { needsShared, sharedPath } from "../support/shared.ts"

const read = (text: string): Xml.XmlElement => Result.getOrThrow(Xml.parse(text))

/** A declaration before the document is beyond the fast reader: the general one reads it. */
const readGenerally = (text: string): Xml.XmlElement => read(`<?xml version="1.0"?>${text.trim()}`)

const Name = Schema.String.check(Schema.isPattern(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/))
  .check(Schema.makeFilter((name: string) => !(name in Object.prototype)))

const Leaf = Schema.String.check(Schema.makeFilter((text: string) =>
  // oxlint-disable-next-line no-control-regex -- what XML 1.0 cannot carry
  text.isWellFormed() && !/[\0-\x08\x0B-\x1F\uFFFE\uFFFF]/.test(text)
))

const Tree = Schema.Record(
  Name,
  Schema.Union([Leaf, Schema.Record(Name, Schema.Union([Leaf, Schema.Record(Name, Leaf)]))])
)

/** As it reads: an element without children is an empty text. */
const asRead = (node: Xml.XmlContent): unknown =>
  typeof node === "object" && !Array.isArray(node)
    ? Object.keys(node).length === 0
      ? ""
      : Object.fromEntries(Object.entries(node).map(([name, child]) => [name, asRead(child)]))
    : node

describe("xml", () => {
  it.prop("what is written is read back", [Tree], ([tree]) => {
    const text = Xml.stringify(tree)
    if (Object.keys(tree).length === 0) return assert.isTrue(Result.isFailure(Xml.parse(text)))
    assert.deepStrictEqual(read(text), asRead(tree))
    assert.deepStrictEqual(readGenerally(text), asRead(tree))
  })

  it.prop("the two readers agree on bare text, blanks and CDATA in any mixture", [
    Schema.Array(Schema.Literals([
      " ",
      "\n",
      "a",
      "文",
      "7",
      "<![CDATA[",
      "]]>",
      "<b>",
      "</b>",
      "<c/>",
      "<d>",
      "</d>",
      "&amp;",
      "&#20320;",
      "]",
      "<!--x-->"
    ]))
  ], ([parts]) => {
    const text = `<xml>${parts.join("")}</xml>`
    assert.deepStrictEqual(Xml.parse(text), Xml.parse(`<?xml version="1.0"?>${text}`))
  }, { arbitrary: { runs: 2000 } })

  it("agrees with the general reader on every shared sample", (context) => {
    needsShared(context)
    for (const folder of ["callbacks", "replies"]) {
      const path = sharedPath(`wecom/samples/${folder}/`)
      for (const file of readdirSync(path).filter((file) => file.endsWith(".xml"))) {
        const text = readFileSync(`${path}${file}`, "utf8")
        assert.deepStrictEqual(read(text), readGenerally(text), file)
      }
    }
  })

  it("keeps CDATA as it is and trims bare text", () => {
    assert.deepStrictEqual(read("<xml> <A> x </A><B><![CDATA[ x ]]></B><C> <![CDATA[y]]></C></xml>"), {
      A: "x",
      B: " x ",
      C: "y"
    })
    assert.deepStrictEqual(read("<xml><A>001</A><B>0x1F</B><C>1e5</C><D>true</D></xml>"), {
      A: "001",
      B: "0x1F",
      C: "1e5",
      D: "true"
    })
    assert.deepStrictEqual(read("<xml><A>&lt;&#20320;&amp;</A></xml>"), { A: "<你&" })
  })

  it("siblings of one name become an array", () => {
    assert.deepStrictEqual(read("<xml><A>1</A><B>x</B><A>2</A><A>3</A></xml>"), { A: ["1", "2", "3"], B: "x" })
  })

  it("a document type is refused; the word in a message is not", () => {
    for (
      const text of [
        "<!DOCTYPE xml><xml><A>1</A></xml>",
        `<!DOCTYPE xml [<!ENTITY a "1">]><xml><A>&a;</A></xml>`,
        "<?xml version=\"1.0\"?>\n<!doctype xml SYSTEM \"file:///etc/passwd\"><xml><A>1</A></xml>",
        "<!-- <![CDATA[ --><!DOCTYPE xml><!-- ]]> --><xml><A>1</A></xml>",
        "<xml><!ELEMENT A ANY><A>1</A></xml>"
      ]
    ) {
      assert.deepStrictEqual(Xml.parse(text), Result.fail("a document type declaration is not allowed"), text)
    }
    assert.deepStrictEqual(read("<xml><A><![CDATA[<!DOCTYPE html>]]></A></xml>"), { A: "<!DOCTYPE html>" })
    assert.deepStrictEqual(read("<?x?><xml><A><![CDATA[<!DOCTYPE html>]]></A></xml>"), { A: "<!DOCTYPE html>" })
  })

  it("what is not well-formed, or has no root xml, is refused", () => {
    const deep = `<xml>${"<a>".repeat(40)}${"</a>".repeat(40)}</xml>`
    for (
      const text of [
        "",
        "garbage",
        "<xml>",
        "<xml><A>1</xml>",
        "<xml><A>1</A>",
        "<xml></xml>",
        "<xml>text</xml>",
        "<other><A>1</A></other>",
        "<xml><A>1</A></xml><xml><A>2</A></xml>",
        "<xml><__proto__>1</__proto__></xml>",
        deep
      ]
    ) {
      assert.isTrue(Result.isFailure(Xml.parse(text)), text)
    }
  })

  it("a text cannot break out of its element", () => {
    const text = "]]></A><B>injected</B><A><![CDATA["
    assert.deepStrictEqual(read(Xml.stringify({ A: text })), { A: text })
    assert.deepStrictEqual(read(Xml.stringify({ A: "a\u0000b\u0007" })), { A: "ab" })
    assert.deepStrictEqual(new XMLParser().parse(Xml.stringify({ A: text })), { xml: { A: text } })
  })
})
