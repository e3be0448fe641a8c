/**
 * The site of documents, built as `npm run docs` builds it and opened from disk.
 */
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, normalize } from "node:path"
import { pathToFileURL } from "node:url"
import { build } from "../../scripts/site/build.ts"
import { needsBrowser, openPage } from "../support/browser.ts"

/** Links within the site that lead nowhere: to no file, or to no place of a page. */
const deadLinks = (folder: string, addresses: ReadonlyArray<string>) => {
  const html = new Map(addresses.map((address) => [address, readFileSync(join(folder, address), "utf8")]))
  const places = new Map(
    [...html].map((
      [address, text]
    ) => [address, new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id = ""]) => id))])
  )
  const dead: Array<string> = []
  let checked = 0
  for (const [address, text] of html) {
    for (const [, target = ""] of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
      if (/^(https?:|mailto:|data:)/.test(target)) continue
      checked++
      const [file = "", place] = target.replaceAll("&amp;", "&").split("#")
      const path = file === "" ? address : normalize(join(dirname(address), decodeURIComponent(file)))
      const isThere = !file.startsWith("/") && existsSync(join(folder, path))
      const hasPlace = place === undefined || places.get(path)?.has(decodeURIComponent(place)) === true
      if (!isThere || !hasPlace) dead.push(`${address}: ${target}`)
    }
  }
  return { checked, dead }
}

describe("the site", () => {
  const folder = mkdtempSync(join(tmpdir(), "effect-wecom-site-"))
  let addresses: ReadonlyArray<string> = []
  beforeAll(async () => {
    addresses = await build(folder)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const html = (address: string) => readFileSync(join(folder, address), "utf8")
  const opened = (address: string) => openPage(pathToFileURL(join(folder, address)).href)

  it("has no link that leads nowhere, and no address that a disk does not have", () => {
    const { checked, dead } = deadLinks(folder, addresses)
    assert.deepStrictEqual(dead, [])
    assert.isAbove(checked, 10_000)
  })

  it("would find a dead link", () => {
    const broken = mkdtempSync(join(tmpdir(), "effect-wecom-site-broken-"))
    try {
      writeFileSync(
        join(broken, "a.html"),
        `<h2 id="here"></h2><a href="#here"></a><a href="#there"></a><a href="b.html"></a><img src="/c.png">`
      )
      assert.deepStrictEqual(deadLinks(broken, ["a.html"]), {
        checked: 4,
        dead: ["a.html: #there", "a.html: b.html", "a.html: /c.png"]
      })
    } finally {
      rmSync(broken, { recursive: true })
    }
  })

  it("loads no page by a module, a fetch or another host", () => {
    for (const address of addresses) {
      assert.notMatch(
        html(address),
        /<script[^>]*type="module"|<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?\/\//
      )
    }
  })

  it("finds Chinese and English from disk, and leads there", async (context) => {
    needsBrowser(context)
    await using open = await opened("docs/fleet.zh-CN.html")
    const { page, problems } = open
    const search = async (query: string) => {
      await page.fill("#search", query)
      await page.locator(`#results[data-query="${query}"]`).waitFor()
      return page.locator("#results a").evaluateAll((links) => links.map((link) => link.textContent ?? ""))
    }
    const leads = async (query: string, title: RegExp) =>
      assert.isTrue((await search(query)).slice(0, 5).some((found) => title.test(found)), `${query}: ${title}`)

    await leads("获取部门列表", /Departments\.list /)
    await leads("/cgi-bin/department/list", /Departments\.list /)
    await leads("listAllByUsers", /Customers/)
    await leads("可信IP", /可信 IP|60020/)
    await leads("60020", /60020|可信 IP/)
    await leads("会话存档", /会话存档/)
    await leads("收件箱", /收件箱/)
    await leads("入门", /入门/)
    await leads("发送消息", /发送/)
    assert.deepStrictEqual(await search("鲲鹏霹雳"), [])

    await search("获取部门列表")
    await page.keyboard.press("Enter")
    await page.waitForURL(/reference\/contacts\.html#departmentslist$/)
    assert.isTrue(await page.locator("#departmentslist").isVisible())
    assert.deepStrictEqual(problems, [])
  })

  it("fits a telephone", async (context) => {
    needsBrowser(context)
    await using open = await openPage(pathToFileURL(join(folder, "index.zh-CN.html")).href, {
      viewport: { width: 390, height: 800 }
    })
    assert.isAtMost(Number(await open.page.evaluate("document.documentElement.scrollWidth")), 390)
    assert.deepStrictEqual(open.problems, [])
  })
})
