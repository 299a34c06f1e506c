export { ggufSplit } from "./gguf-split";
export { shardDirectory } from "./shard-directory";
export { shardIndex } from "./shard-index";
