import type { Node, Program, Value } from "../ir";
import { GraphBuilder, onnxTypes } from "../onnx/graph-builder";
import { isElementwise, lowerElementwise } from "./elementwise";
import { lowerImages } from "./images";
import type { SpatialLayout } from "./layout";
import { Operand } from "./operand";
import { lowerProduct } from "./products";
import { lowerReduction } from "./reductions";
import { lowerShaping } from "./shaping";
import { valuesWantedPacked } from "./wanted-forms";

/**
 * Lowers a program to a serialised ONNX model with its inputs and outputs under their own names.
 * @param emptySequence name of an output before all others that is a sequence without tensors; none where it is left out
 */
export function lower(program: Program, layout: SpatialLayout, emptySequence?: string): Buffer {
  return new Lowering(program, layout).model(emptySequence);
}

class Lowering {
  private readonly graph = new GraphBuilder();
  private readonly operands = new Map<Value, Operand>();
  private readonly wantedPacked: ReadonlySet<Value>;

  constructor(
    private readonly program: Program,
    private readonly layout: SpatialLayout,
  ) {
    this.wantedPacked = valuesWantedPacked(program.nodes);
  }

  model(emptySequence?: string): Buffer {
    const { graph, program } = this;
    if (emptySequence !== undefined) graph.emptySequence(emptySequence);
    for (const { name, value } of program.inputs) {
      graph.input(name, value.dtype, value.shape);
      this.operand(value).define("plain", name);
    }
    for (const node of program.nodes) this.lower(node);
    const outputs = new Set<string>();
    for (const { name, value } of program.outputs) {
      const plain = this.operand(value).plain();
      if (outputs.has(plain) || !graph.rename(plain, name))
        graph.op("Identity", [plain], { output: name });
      outputs.add(plain);
      graph.output(name, value.dtype, value.shape);
    }
    return graph.model();
  }

  private operand(value: Value): Operand {
    const operand = this.operands.get(value) ?? new Operand(this.graph, this.layout, value);
    this.operands.set(value, operand);
    return operand;
  }

  private lower(node: Node): void {
    const { graph, layout } = this;
    const { operation } = node;
    const output = this.operand(node.output);
    const inputs = node.inputs.map((value) => this.operand(value));
    const [a, b] = inputs as [Operand, Operand];
    const wanted = this.wantedPacked.has(node.output);
    if (isElementwise(operation)) {
      lowerElementwise(graph, layout, { operation, inputs, output }, wanted);
      return;
    }
    switch (operation.op) {
      case "cast":
        output.define(
          "plain",
          graph.op("Cast", [a.plain()], { attributes: { to: onnxTypes[node.output.dtype] } }),
        );
        return;
      case "reshape":
      case "broadcast":
      case "transpose":
      case "concat":
      case "slice":
      case "pad":
        lowerShaping(graph, layout, { operation, inputs, output }, wanted);
        return;
      case "reduce":
        lowerReduction(graph, layout, node, a, output);
        return;
      case "oneHot": {
        const offOn = graph.constant("float32", [2], Float32Array.of(0, 1));
        const depth = graph.constant("int32", [1], Int32Array.of(operation.depth));
        output.define("plain", graph.op("OneHot", [a.plain(), depth, offOn]));
        return;
      }
      case "matmul":
        output.define("plain", lowerProduct(graph, operation, inputs));
        return;
      case "convolutionFilterGradient":
        output.define(
          "plain",
          layout.convolutionFilterGradient(graph, { image: a, gradient: b }, operation),
        );
        return;
      default: {
        const image = lowerImages(graph, layout, { operation, inputs, output });
        if (typeof image === "string") output.define("packed", image);
        else output.defineInPhases(image);
      }
    }
  }
}
