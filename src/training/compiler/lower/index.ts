import type { Node, Program, Value } from "../ir";
import { GraphBuilder, onnxTypes } from "../onnx/graph-builder";
import { reshape } from "../onnx/shaping";
import { lowerElementwise, valuesWantedPacked } from "./elementwise";
import type { SpatialLayout } from "./layout";
import { Operand, imageShape } from "./operand";
import { lowerReduction, lowerSquaredNorms } from "./reductions";

/** Lowers a program to a serialised ONNX model with its inputs and outputs under their own names. */
export function lower(program: Program, layout: SpatialLayout): Buffer {
  return new Lowering(program, layout).model();
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

  model(): Buffer {
    const { graph, program } = this;
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
    const [a, b, c] = inputs as [Operand, Operand, Operand];
    switch (operation.op) {
      case "binary":
      case "unary":
      case "step":
        lowerElementwise(graph, node, inputs, output, this.wantedPacked.has(node.output));
        return;
      case "cast":
        output.define(
          "plain",
          graph.op("Cast", [a.plain()], { attributes: { to: onnxTypes[node.output.dtype] } }),
        );
        return;
      case "reshape":
        output.define("plain", reshape(graph, a.plain(), output.shape));
        return;
      case "reduce":
        lowerReduction(graph, layout, node, a, output);
        return;
      case "squaredNorms":
        lowerSquaredNorms(graph, inputs, output);
        return;
      case "oneHot": {
        const offOn = graph.constant("float32", [2], Float32Array.of(0, 1));
        const depth = graph.constant("int32", [1], Int32Array.of(operation.depth));
        output.define("plain", graph.op("OneHot", [a.plain(), depth, offOn]));
        return;
      }
      case "matmul": {
        const attributes = {
          transA: Number(operation.transposeA),
          transB: Number(operation.transposeB),
        };
        const names = inputs.map((input) => input.plain());
        output.define("plain", graph.op("Gemm", names, { attributes }));
        return;
      }
      case "convolution":
        output.define(
          "packed",
          layout.convolution(
            graph,
            { image: a, filter: b, bias: inputs[2] },
            { ...operation, outputShape: imageShape(output) },
          ),
        );
        return;
      case "convolutionInputGradient":
        output.define(
          "packed",
          layout.convolutionInputGradient(
            graph,
            { gradient: a, filter: b },
            { ...operation, imageShape: imageShape(output) },
          ),
        );
        return;
      case "convolutionFilterGradient":
        output.define(
          "plain",
          layout.convolutionFilterGradient(graph, { image: a, gradient: b }, operation),
        );
        return;
      case "maxPool":
        output.define("packed", layout.maxPool(graph, a, operation.window, imageShape(output)));
        return;
      case "maxPoolGradient":
        output.define(
          "packed",
          layout.maxPoolGradient(graph, { gradient: a, image: b, pooled: c }, operation.window),
        );
        return;
    }
  }
}
