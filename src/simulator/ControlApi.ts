/** What can be done to a simulator over HTTP: the definitions, for `HttpApiClient` and `OpenApi`. */
export { ControlApi, NotInTime } from "./control/ControlApi.ts"
