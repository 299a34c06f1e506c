import type {
  CheckpointListing,
  Picture,
  PictureRequest,
  TensorFigures,
  TensorRequest,
  ValuesBlock,
  ValuesRequest,
} from "../protocol/checkpoint-editor";

/** A request about a checkpoint that lies at a path. */
export type At<Request> = Request & { readonly path: string };

/** What the reader's worker does. A checkpoint stays open from its first use on; a worker holds any number. */
export interface ReaderApi {
  /** Opens the checkpoint anew. Where that fails, the one that was open stays. */
  open(request: { readonly path: string }): CheckpointListing;
  figures(request: At<TensorRequest>): TensorFigures;
  values(request: At<ValuesRequest>): ValuesBlock;
  picture(request: At<PictureRequest>): Picture;
}
