import type { DataId, TensorInfo } from "@tensorflow/tfjs-core";
import type { DataType, Named, Node, Operation, Program, Value } from "../ir";

/** What a trace has recorded so far: the values behind tfjs data ids and the nodes in order. */
export class Recorder {
  private readonly values = new WeakMap<DataId, Value>();
  private readonly inputs: Named[] = [];
  private readonly nodes: Node[] = [];

  /** Declares a tensor that exists before the trace as an input of the program. */
  declareInput(name: string, tensor: TensorInfo): void {
    const value: Value = {
      shape: [...tensor.shape],
      dtype: supportedType(tensor.dtype),
      source: "input",
    };
    this.values.set(tensor.dataId, value);
    this.inputs.push({ name, value });
  }

  /** Stores a constant, which must be one number repeated. */
  constant(values: ArrayLike<number>, shape: readonly number[], dtype: string): DataId {
    const first = values.length === 0 ? 0 : values[0];
    for (let i = 1; i < values.length; i++) {
      if (values[i] !== first)
        // Random numbers are drawn in JavaScript: such a constant would be the same in every step.
        throw new Error(
          `A tensor of ${values.length} different numbers [${shape.join(", ")}] was made while a training step ` +
            `was traced. Values that may differ between steps must be inputs of the step.`,
        );
    }
    return this.add({
      shape: [...shape],
      dtype: supportedType(dtype),
      source: { constant: first },
    });
  }

  /** A tensor of one number. */
  filled(value: number, shape: number[], dtype = "float32"): TensorInfo {
    const dataId = this.constant([value], shape, dtype);
    return { dataId, shape, dtype: tfjsType(supportedType(dtype)) };
  }

  /** Appends a node; `inputs` are tensors of this trace. */
  emit(
    operation: Operation,
    inputs: readonly TensorInfo[],
    shape: readonly number[],
    dtype = "float32",
  ): TensorInfo {
    const output: Value = { shape: [...shape], dtype: supportedType(dtype), source: "node" };
    this.nodes.push({ operation, inputs: inputs.map((tensor) => this.valueOf(tensor)), output });
    return { dataId: this.add(output), shape: [...shape], dtype: tfjsType(output.dtype) };
  }

  valueOf(tensor: { readonly dataId: DataId; readonly shape: number[] }): Value {
    const value = this.values.get(tensor.dataId);
    if (value === undefined)
      throw new Error(
        `A tensor [${tensor.shape.join(", ")}] from outside the traced step is used in it; declare it as an input.`,
      );
    return value;
  }

  program(outputs: readonly Named[]): Program {
    return { inputs: this.inputs, nodes: this.nodes, outputs };
  }

  private add(value: Value): DataId {
    const dataId = {};
    this.values.set(dataId, value);
    return dataId;
  }
}

function supportedType(dtype: string): DataType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new Error(`Tensors of type ${dtype} cannot be traced.`);
}

function tfjsType(dtype: DataType): "float32" | "int32" | "bool" {
  return dtype;
}
