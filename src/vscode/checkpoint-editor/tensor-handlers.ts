import type { TensorApi } from "../../protocol/checkpoint-editor";
import type { Argument } from "../../protocol/rpc";
import type { CallContext, Handlers } from "../../protocol/rpc-server";
import type { CheckpointDocument } from "./checkpoint-document";

/** What a page asks of its document's tensors, passed on to the document's reader with its path. */
export function tensorHandlers(document: CheckpointDocument): Handlers<TensorApi> {
  const pass =
    <K extends keyof TensorApi>(method: K) =>
    (request: Argument<TensorApi, K>, { signal, progress }: CallContext) => {
      if (!document.reader) throw new Error("There is no reader.");
      return document.reader.call(
        method,
        { ...request, path: document.uri.fsPath },
        { signal, onProgress: progress },
      );
    };
  return { figures: pass("figures"), values: pass("values"), picture: pass("picture") };
}
