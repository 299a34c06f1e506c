import type { CheckpointListing } from "../protocol/checkpoint-editor";

/** What the reader's worker does. A checkpoint stays open from its first use on; a worker holds any number. */
export interface ReaderApi {
  /** Opens the checkpoint anew. Where that fails, the one that was open stays. */
  open(request: { readonly path: string }): CheckpointListing;
}
