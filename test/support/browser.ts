/**
 * Debian's Chromium, without any trace left. Tests that need it are left out, and say so, where the program is missing;
 * with `CI=true` its absence fails.
 */
import { existsSync } from "node:fs"
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core"
import type { TestContext } from "vitest"

const program = "/usr/bin/chromium"

/** First line of a test that needs a browser: skips it with the reason, or fails it under `CI=true`. */
export const needsBrowser = (context: Pick<TestContext, "skip">): void => {
  if (existsSync(program)) return
  const reason = `left out: ${program} is not installed`
  if (process.env["CI"] === "true") throw new Error(`CI=true, and ${reason}`)
  context.skip(reason)
}

const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

/** A page with a fresh profile; disposing of it removes the profile, and ends the browser where that is its own. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page
  /** What went wrong in the page: uncaught errors, and what it wrote to the console as errors. */
  readonly problems: ReadonlyArray<string>
}

/** A browser, for several pages one after the other. */
export const launch = (): Promise<Browser> => chromium.launch({ executablePath: program, args: quiet })

/** Opens a URL, in a browser of its own where none is given. */
export const openPage = async (
  url: string,
  options: BrowserContextOptions = {},
  shared?: Browser
): Promise<OpenPage> => {
  const browser = shared ?? await launch()
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const problems: Array<string> = []
  page.on("pageerror", (error) => problems.push(String(error)))
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text())
  })
  page.setDefaultTimeout(15_000)
  await page.goto(url)
  return {
    page,
    problems,
    [Symbol.asyncDispose]: () => shared === undefined ? browser.close() : context.close()
  }
}
