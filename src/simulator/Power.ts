/** 接口权限: which areas of the API are open to an app. */
export * from "./engine/Power.ts"
