import { KernelBackend, engine, registerBackend, setBackend } from "@tensorflow/tfjs-core";
import type { BackendValues, DataId, DataType } from "@tensorflow/tfjs-core";
import { Recorder } from "./recorder";

export const traceBackendName = "onnx-trace";

/** A tfjs backend whose kernels append nodes to a recorder instead of computing. */
export class TraceBackend extends KernelBackend {
  private active: Recorder | undefined;

  get recorder(): Recorder {
    if (this.active === undefined) throw new Error("The tracing backend computes nothing itself.");
    return this.active;
  }

  /** Runs `body` with this backend and a fresh recorder; the backend in use before is back afterwards. */
  record<T>(body: (recorder: Recorder) => T): T {
    if (this.active !== undefined) throw new Error("A trace is already being recorded.");
    const previous = engine().backendName;
    this.active = new Recorder();
    try {
      // setBackend answers with a promise, but a backend with a synchronous factory is in place at once;
      // awaiting it would let other work run on the tracing backend.
      void setBackend(traceBackendName);
      return body(this.active);
    } finally {
      this.active = undefined;
      void setBackend(previous);
    }
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    if (!ArrayBuffer.isView(values)) throw new Error("Strings cannot be traced.");
    return this.recorder.constant(values, shape, dtype);
  }

  override readSync(): BackendValues {
    throw new Error("A traced training step read a tensor's values, which do not exist yet.");
  }

  override read(): Promise<BackendValues> {
    return Promise.resolve().then(() => this.readSync());
  }

  override move(): void {
    throw new Error("A tensor from outside the traced step is used in it; declare it as an input.");
  }

  // Values are recorded, not stored: there is nothing to count or free.
  override numDataIds(): number {
    return 0;
  }
  override disposeData(): boolean {
    return true;
  }
  override incRef(): void {
    return;
  }
  override refCount(): number {
    return 1;
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true };
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
}

export const traceBackend = new TraceBackend();
registerBackend(traceBackendName, () => traceBackend, 0);
