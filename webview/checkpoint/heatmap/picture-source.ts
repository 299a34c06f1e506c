import type {
  PictureRequest,
  Rectangle,
  Reduction,
  Slice,
  TensorApi,
} from "../../../src/protocol/checkpoint-editor";
import { RpcError, type Failure } from "../../../src/protocol/rpc";
import type { RpcClient } from "../../../src/protocol/rpc-client";
import type { Layer } from "./layer";

/** Milliseconds of rest before what is in sight is read: a zoom passes through many views. */
const REST = 60;

/** Reads pictures of one plane: one at a time, the latest asked for; older requests are cancelled. */
export class PictureSource {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;

  constructor(
    private readonly tensors: RpcClient<TensorApi>,
    readonly tensor: string,
    readonly slice: Slice,
    readonly reduction: Reduction,
    private readonly told: {
      arrived(layer: Layer): void;
      failed(failure: Failure): void;
      reading(share: number | null): void;
    },
  ) {}

  /** Reads a rectangle as so many pixels, at once or after a rest. */
  want(rectangle: Rectangle, width: number, height: number, rest = true): void {
    this.stop();
    this.timer = setTimeout(
      () => {
        void this.read(rectangle, width, height);
      },
      rest ? REST : 0,
    );
  }

  /** Cancels what is being read. */
  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  private async read(rectangle: Rectangle, width: number, height: number): Promise<void> {
    const controller = new AbortController();
    this.running = controller;
    const { tensor, slice, reduction } = this;
    const request: PictureRequest = { tensor, slice, reduction, rectangle, width, height };
    this.told.reading(0);
    try {
      const picture = await this.tensors.call("picture", request, {
        signal: controller.signal,
        onProgress: (share) => {
          this.told.reading(share);
        },
      });
      this.told.reading(null);
      this.told.arrived({ ...picture, rectangle, width, height, painted: null });
    } catch (error) {
      if (controller.signal.aborted || !(error instanceof RpcError)) return;
      this.told.reading(null);
      this.told.failed(error.failure);
    }
  }
}
