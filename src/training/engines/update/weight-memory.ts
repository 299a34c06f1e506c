import type { OptimizerSettings } from "../../../protocol/trainer";
import type { NamedTensor } from "../engine";
import { kernelBytes } from "./kernel-bytes";

/** The functions of assembly/index.ts; tensors are addresses. */
interface Kernel {
  readonly sgd: (w: number, g: number, length: number, rate: number, decay: number) => number;
  readonly momentum: (...operands: readonly number[]) => number;
  readonly adam: (...operands: readonly number[]) => number;
}

interface Place {
  readonly weights: number;
  readonly gradients: number;
  readonly slots: readonly number[];
  /** Elements, rounded up to whole vectors. */
  readonly length: number;
  readonly decay: number;
}

const pageBytes = 0x10000;
const module = new WebAssembly.Module(Buffer.from(kernelBytes, "base64"));

/**
 * Trainable weights, their gradients and what the optimizer keeps beside them, in one memory that both ONNX
 * Runtime and the optimizer's kernel work on: weights are changed in place, and nothing is copied.
 */
export class WeightMemory {
  /** Views: of the current weights, and of where their gradients are to be written before an update. */
  readonly weights: readonly Float32Array[];
  readonly gradients: readonly Float32Array[];

  private readonly kernel: Kernel;
  private readonly places: readonly Place[];
  private updates = 0;

  /**
   * @param tensors the initial weights
   * @param weightDecay times each kernel (each weight that is no vector), added to its gradient
   * @throws RangeError where they take more than the 4 GiB that WebAssembly can address, or the machine has
   */
  constructor(
    tensors: readonly NamedTensor[],
    private readonly optimizer: OptimizerSettings,
    weightDecay: number,
  ) {
    let end = 0;
    const allot = (length: number) => {
      const at = end;
      end += Math.ceil((4 * length) / 64) * 64;
      return at;
    };
    this.places = tensors.map(({ values, shape }) => {
      const length = Math.ceil(values.length / 4) * 4;
      return {
        weights: allot(length),
        gradients: allot(length),
        slots: Array.from({ length: slotCounts[optimizer.name] }, () => allot(length)),
        length,
        decay: shape.length > 1 ? weightDecay : 0,
      };
    });
    const pages = Math.ceil(end / pageBytes);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    this.kernel = instance.exports as Kernel;
    const view = (at: number, i: number) =>
      new Float32Array(memory.buffer, at, tensors[i].values.length);
    this.weights = this.places.map(({ weights }, i) => view(weights, i));
    this.gradients = this.places.map(({ gradients }, i) => view(gradients, i));
    this.weights.forEach((weights, i) => {
      weights.set(tensors[i].values);
    });
  }

  /** One step of the optimizer: the squared L2 norm of each tensor's change, summed in float64. */
  update(learningRate: number): number[] {
    this.updates++;
    return this.places.map((place) => this.updateOne(place, learningRate));
  }

  private updateOne({ weights, gradients, slots, length, decay }: Place, rate: number): number {
    const { kernel, optimizer } = this;
    switch (optimizer.name) {
      case "sgd":
        return kernel.sgd(weights, gradients, length, rate, decay);
      case "momentum": {
        const { momentum, nesterov = false } = optimizer;
        const constants = [rate, decay, momentum, Number(nesterov)];
        return kernel.momentum(weights, gradients, ...slots, length, ...constants);
      }
      case "adam": {
        const { beta1, beta2, epsilon } = optimizer;
        const kept = [beta1, 1 - beta1, beta2, 1 - beta2];
        const corrections = [1 - beta1 ** this.updates, 1 - beta2 ** this.updates];
        const constants = [rate, decay, ...kept, ...corrections, epsilon];
        return kernel.adam(weights, gradients, ...slots, length, ...constants);
      }
    }
  }
}

/** Tensors of a weight's size that an optimizer keeps for it. */
const slotCounts: Record<OptimizerSettings["name"], number> = { sgd: 0, momentum: 1, adam: 2 };
