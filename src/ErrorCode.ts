/**
 * The catalogue of errcodes (全局错误码): what a code is called, and what it asks of the caller.
 *
 * @see https://developer.work.weixin.qq.com/document/path/90313
 */
import { labelOf } from "./internal/labels.ts"

/**
 * What a code means to a caller; each is the tag of a reason of `WeComError`.
 *
 * - `CredentialRejected`: a secret, token, ticket or code is wrong, expired or used up.
 * - `PermissionDenied`: the app, the member, the IP address or the licence does not allow it.
 * - `RateLimited`: too many calls; the same call succeeds once its window has passed.
 * - `ServiceBusy`: nothing is wrong with the call; the same one may succeed in a moment.
 * - `ApiFailed`: everything else, such as a wrong argument or a missing object.
 */
export type Category = "CredentialRejected" | "PermissionDenied" | "RateLimited" | "ServiceBusy" | "ApiFailed"

/** What a code means to a caller: `ApiFailed` for every code that is in no other category, unknown ones included. */
export const category = (code: number): Category => categories.get(code) ?? "ApiFailed"

/**
 * The official short Chinese label of a code, such as `系统繁忙` for -1; none for a code that the catalogue does not know, and
 * none at all until the program has imported `effect-wecom/labels`.
 */
export const label = (code: number): string | undefined => labelOf(code)

/** Whether a code says that the token of the call is no longer good, so that one with a fresh token may succeed. */
export const isTokenExpired = (code: number): boolean => expiredTokenCodes.has(code)

/** Whether the same call may succeed when it is repeated in a moment. */
export const isRetryable = (code: number): boolean => category(code) === "ServiceBusy"

/** The official page that explains a code. */
export const helpLink = (code: number): string => `https://open.work.weixin.qq.com/devtool/query?e=${code}`

/** The parts of an `errmsg`. */
export interface Errmsg {
  /** The text without the parts below. */
  readonly message: string
  /** The id of the failed call, to give to WeCom's support. */
  readonly hint?: string
  /** The address that WeCom saw the call come from, which is the one to add to the trusted IPs. */
  readonly fromIp?: string
  /** The page about the code that WeCom points to. */
  readonly helpLink?: string
}

/**
 * Takes an `errmsg` apart: `text, hint: [id], from ip: address, more info at link`, where every part but the text may be
 * missing. For people to read: WeCom may change the texts.
 */
export const parseErrmsg = (text: string): Errmsg => {
  // No message of WeCom's is near as long: what looks for its parts takes time that grows with the square.
  const errmsg = text.slice(0, 4096)
  const hint = /hint: *\[([^\]]+)\]/.exec(errmsg)?.[1]
  const fromIp = /from ip: *([0-9a-fA-F.:]*[0-9a-fA-F])/.exec(errmsg)?.[1]
  const helpLink = /more info at *(https?:\/\/[^\s,]+)/.exec(errmsg)?.[1]
  const end = errmsg.search(/hint: *\[|from ip: *[0-9a-fA-F.:]|more info at *https?:/)
  return {
    message: end === -1 ? errmsg.trim() : errmsg.slice(0, end).trim().replace(/,$/, ""),
    ...(hint !== undefined && { hint }),
    ...(fromIp !== undefined && { fromIp }),
    ...(helpLink !== undefined && { helpLink })
  }
}

// 40014 and 42001 are of app and corp tokens, 40082 and 42009 of suite tokens. 40001 is a wrong secret: fetching a token
// again with it is what gets an IP address banned.
const expiredTokenCodes: ReadonlySet<number> = new Set([40014, 40082, 42001, 42009])

// dprint-ignore
const codes: Readonly<Record<Exclude<Category, "ApiFailed">, ReadonlyArray<number>>> = {
  CredentialRejected: [
    // the corp or its secret
    40001, 40013, 40091, 41004, 41024,
    // tokens
    40014, 40082, 40106, 41001, 41022, 42001, 42009, 42021, 710400, 710401, 710403,
    // what a suite is authorised with
    40077, 40078, 40080, 40083, 40084, 40085, 41023, 42007, 710402,
    // login codes and tickets of members
    40029, 40205, 42003, 42022, 84014, 84015,
    // jsapi tickets
    40093, 42012,
    // the secret of a bot
    853000
  ],
  PermissionDenied: [
    // the API, or its authorisation
    48001, 48002, 48003, 48004, 48006, 48007, 48008, 48011, 60218, 90210, 95017, 301055, 301062,
    640017, 710641, 710643, 710644, 790004, 2400006,
    // the address the call comes from, the domain it redirects to
    48009, 50001, 60020, 85005, 90308, 301042, 840002,
    // the app
    50003, 50006, 60031, 301002, 92001, 92002, 92003, 92008,
    // objects out of the app's or the member's scope
    50002, 60011, 60021, 60030, 60217, 65022, 65023, 65024, 71046, 71048, 71056, 71058, 71059, 71060, 81011, 81012,
    84074, 86101, 92000, 660003, 660004, 660005, 670030, 710606, 710607, 710608, 710609, 710614,
    // what the acting member may do
    41058, 84127, 84128, 90416, 90472, 90479, 301088, 301090, 400238, 400303, 400304, 400307, 400308, 640004, 640008,
    640018, 640045, 640046, 701166, 2022048, 2400005,
    // licences of accounts
    701008, 701088, 701089, 701099, 701107, 701400
  ],
  RateLimited: [
    // of the API as a whole
    45009, 45036,
    // of one endpoint
    41094, 84055, 90313, 640019, 640035, 701134, 846607, 2023032, 2400007
  ],
  ServiceBusy: [
    // of the API as a whole
    -1, 6000, 45033, 45035,
    // of one endpoint
    41063, 41079, 90304, 301022, 301096, 302005, 302008, 701022, 701033, 701085, 701142, 710682, 770007, 2000111,
    846601, 846602, 2000141, 2010003, 2040035, 2090726, 2543337
  ]
}

const categories: ReadonlyMap<number, Category> = new Map(
  // Object.entries widens the keys to string.
  (Object.entries(codes) as Array<[Category, ReadonlyArray<number>]>).flatMap(([category, members]) =>
    members.map((code) => [code, category])
  )
)
