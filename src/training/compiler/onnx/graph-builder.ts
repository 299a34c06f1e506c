import { createHash } from "node:crypto";
import type { DataType } from "../ir";
import { bytes, float, integer, message } from "./protobuf";

/** TensorProto.DataType of onnx.proto. */
export const onnxTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;
type OnnxType = keyof typeof onnxTypes;

/** AttributeProto.AttributeType of onnx.proto. */
const attributeTypes = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

/** ONNX attributes: an integer, a string, integers, a float, or floats. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/** The operator sets a graph may use, by domain. */
const operatorSets = { "": 17, "com.microsoft": 1, "com.microsoft.nchwc": 1 } as const;
export type Domain = keyof typeof operatorSets;

export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: Domain;
  /** Name of the output; made up where it is left out. */
  readonly output?: string;
}

/** Builds an ONNX model (onnx.proto, IR version 9) node by node; names stand for tensors. */
export class GraphBuilder {
  private readonly nodes: NodeRecord[] = [];
  private readonly newNames = new Map<string, string>();
  private readonly initializers: Buffer[] = [];
  private readonly inputs: Buffer[] = [];
  private readonly outputs: Buffer[] = [];
  private readonly constants = new Map<string, string>();
  private names = 0;

  get nodeCount(): number {
    return this.nodes.length;
  }

  /** Appends a node with one output and answers with the output's name. */
  op(type: string, inputs: readonly string[], options: NodeOptions = {}): string {
    const { attributes = {}, domain = "", output = this.freshName(type) } = options;
    this.nodes.push({ type, inputs, output, attributes, domain });
    return output;
  }

  /** Gives a node's output the name `to`; false where no node makes it. */
  rename(from: string, to: string): boolean {
    if (!this.nodes.some(({ output }) => output === from)) return false;
    this.newNames.set(from, to);
    return true;
  }

  freshName(stem: string): string {
    return `${stem}_${this.names++}`;
  }

  /** A vector of 64-bit integers, as shapes, axes and pads are given. */
  int64s(values: readonly number[]): string {
    return this.constant("int64", [values.length], BigInt64Array.from(values.map(BigInt)));
  }

  /** A float32 scalar. */
  scalar(value: number): string {
    return this.constant("float32", [], Float32Array.of(value));
  }

  /** A constant tensor; equal ones are stored once. */
  constant(
    type: OnnxType,
    shape: readonly number[],
    data: Float32Array | Int32Array | BigInt64Array,
  ): string {
    const raw = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const key = `${type} ${shape.join()} ${createHash("sha256").update(raw).digest("base64")}`;
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = this.freshName("constant");
    this.initializers.push(
      message(
        ...shape.map((size) => integer(1, size)),
        integer(2, onnxTypes[type]),
        bytes(8, name),
        bytes(9, raw),
      ),
    );
    this.constants.set(key, name);
    return name;
  }

  input(name: string, type: DataType, shape: readonly number[]): void {
    this.inputs.push(valueInfo(name, type, shape));
  }

  /** Declares a tensor as an output; without `shape` it is inferred. */
  output(name: string, type: DataType, shape?: readonly number[]): void {
    this.outputs.push(valueInfo(name, type, shape));
  }

  /** Adds an output that is a sequence without tensors. */
  emptySequence(name: string): void {
    this.op("SequenceEmpty", [], { output: name });
    const tensor = message(bytes(1, message(integer(1, onnxTypes.float32))));
    const sequence = message(bytes(4, message(bytes(1, tensor))));
    this.outputs.push(message(bytes(1, name), bytes(2, sequence)));
  }

  private encode({ type, inputs, output, attributes, domain }: NodeRecord): Buffer {
    const newName = (name: string) => this.newNames.get(name) ?? name;
    return message(
      ...inputs.map((input) => bytes(1, newName(input))),
      bytes(2, newName(output)),
      bytes(3, newName(output)),
      bytes(4, type),
      ...Object.entries(attributes).map(([name, value]) => bytes(5, attribute(name, value))),
      bytes(7, domain),
    );
  }

  /** The serialised ModelProto. */
  model(): Buffer {
    const graph = message(
      ...this.nodes.map((node) => bytes(1, this.encode(node))),
      bytes(2, "step"),
      ...this.initializers.map((tensor) => bytes(5, tensor)),
      ...this.inputs.map((info) => bytes(11, info)),
      ...this.outputs.map((info) => bytes(12, info)),
    );
    const imports = Object.entries(operatorSets).map(([domain, version]) =>
      bytes(8, message(bytes(1, domain), integer(2, version))),
    );
    return message(integer(1, 9), bytes(7, graph), ...imports);
  }
}

interface NodeRecord {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly domain: Domain;
}

function valueInfo(name: string, type: DataType, shape: readonly number[] | undefined): Buffer {
  const dimensions = shape?.map((size) => bytes(1, integer(1, size)));
  const tensor = message(
    integer(1, onnxTypes[type]),
    ...(dimensions ? [bytes(2, message(...dimensions))] : []),
  );
  return message(bytes(1, name), bytes(2, bytes(1, tensor)));
}

function attribute(name: string, value: Attribute): Buffer {
  if (typeof value === "number")
    return message(bytes(1, name), integer(3, value), integer(20, attributeTypes.int));
  if (typeof value === "string")
    return message(bytes(1, name), bytes(4, value), integer(20, attributeTypes.string));
  if ("floats" in value)
    return message(
      bytes(1, name),
      ...value.floats.map((item) => float(7, item)),
      integer(20, attributeTypes.floats),
    );
  if ("float" in value)
    return message(bytes(1, name), float(2, value.float), integer(20, attributeTypes.float));
  return message(
    bytes(1, name),
    ...value.map((item) => integer(8, item)),
    integer(20, attributeTypes.ints),
  );
}
