/** Things that apps make, change, list and delete by an id. */
export * from "./engine/Collection.ts"
