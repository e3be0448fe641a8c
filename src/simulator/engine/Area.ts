/**
 * An area of the API, as the simulator takes it in: how its endpoints are answered, and to whom they are open.
 */
import type { Listed } from "../../Domain.ts"
import type { Access } from "./Access.ts"
import type { Route } from "./Route.ts"
import type { Corp, World } from "./World.ts"

/** An endpoint that is not of WeCom's own form: a POST of some text, answered with another. */
export interface Other {
  readonly path: string
  readonly run: (call: {
    readonly text: string
    readonly world: World
    /** Epoch milliseconds. */
    readonly now: number
  }) => {
    readonly body: string
    readonly contentType: string
    /** Whose call it is, as far as that is known. */
    readonly corp: Corp | undefined
  }
}

/** An area of the API. */
export interface Area {
  /** The name of its folder. */
  readonly name: string
  /** Endpoints that are answered from state. The others of the area get a sample answer. */
  readonly routes: ReadonlyArray<Route>
  /** 接口权限. Default: open to every app. */
  readonly access?: Access | undefined
  /** What people do: those that `Act.make` has made get a control over HTTP, named after the area and the act. */
  readonly acts?: { readonly [name: string]: unknown } | undefined
  /** What is served beside WeCom's own API. */
  readonly others?: ReadonlyArray<Other> | undefined
  /** Domains that the library does not have, whose endpoints are served with its own. */
  readonly services?: ReadonlyArray<Listed> | undefined
}
