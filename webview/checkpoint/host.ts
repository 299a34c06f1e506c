import type {
  CheckpointView,
  FromCheckpointEditor,
  TensorApi,
  ToCheckpointEditor,
} from "../../src/protocol/checkpoint-editor";
import { isRpcMessage, type RpcMessage } from "../../src/protocol/rpc";
import { RpcClient } from "../../src/protocol/rpc-client";

interface VsCodeApi {
  postMessage(message: FromCheckpointEditor | RpcMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** VS Code as the checkpoint editor's page sees it. */
export class Host {
  private readonly api = acquireVsCodeApi();
  /** Reads tensors. */
  readonly tensors = new RpcClient<TensorApi>((message) => {
    this.api.postMessage(message);
  });

  post(message: FromCheckpointEditor): void {
    this.api.postMessage(message);
  }

  saved(): unknown {
    return this.api.getState();
  }

  save(state: object): void {
    this.api.setState(state);
  }

  /** Calls back with each complete snapshot. */
  onView(show: (view: CheckpointView) => void): void {
    window.addEventListener("message", ({ data }: MessageEvent<ToCheckpointEditor | null>) => {
      if (isRpcMessage(data)) this.tensors.receive(data);
      else if (data?.type === "view") show(data.view);
    });
    this.post({ type: "ready" });
  }
}
