import { CheckpointError } from "../checkpoint/error";
import { failureOf, type Failure } from "../protocol/rpc";

/** What an exception of the checkpoint readers means to whoever asked. */
export function readerFailure(error: unknown): Failure {
  if (error instanceof CheckpointError)
    return { kind: "file", reason: error.reason, file: error.path, offset: error.offset };
  return failureOf(error);
}
