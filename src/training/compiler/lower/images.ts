import type { Operation } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { SpatialLayout } from "./layout";
import { localResponse, localResponseGradient } from "./local-response";
import { type InPhases, type Operand, imageShape } from "./operand";
import { averagePoolGradient, upsample, upsampleGradient } from "./pooling";

type OfImages = Extract<
  Operation,
  {
    readonly op:
      | "convolution"
      | "convolutionInputGradient"
      | "affine"
      | "maxPool"
      | "maxPoolGradient"
      | "averagePool"
      | "averagePoolGradient"
      | "upsample"
      | "upsampleGradient"
      | "lrn"
      | "lrnGradient";
  }
>;

/** Lowers a node whose result is a packed image. */
export function lowerImages(
  graph: GraphBuilder,
  layout: SpatialLayout,
  {
    operation,
    inputs,
    output,
  }: { operation: OfImages; inputs: readonly Operand[]; output: Operand },
): string | InPhases {
  const [a, b, c] = inputs as [Operand, Operand, Operand];
  const outputShape = imageShape(output);
  switch (operation.op) {
    case "convolution":
      return layout.convolution(
        graph,
        { image: a, filter: b, bias: inputs[2] },
        { ...operation, outputShape },
      );
    case "convolutionInputGradient":
      return layout.convolutionInputGradient(
        graph,
        { gradient: a, filter: b },
        { ...operation, imageShape: outputShape },
      );
    case "affine": {
      const { terms, activation } = operation;
      const images = inputs.slice(0, terms);
      const scales = inputs.slice(terms, 2 * terms);
      return layout.affine(graph, { images, scales, shift: inputs[2 * terms] }, activation);
    }
    case "maxPool":
      return layout.maxPool(graph, a.packed(), operation.window);
    case "maxPoolGradient":
      return layout.maxPoolGradient(
        graph,
        { gradient: a.packed(), image: b.packed(), pooled: c.packed() },
        { window: operation.window, image: outputShape, output: imageShape(a) },
      );
    case "averagePool":
      return layout.averagePool(graph, a.packed(), operation.window);
    case "averagePoolGradient":
      return averagePoolGradient(graph, layout, a.packed(), {
        window: operation.window,
        image: outputShape,
        output: imageShape(a),
      });
    case "upsample":
      return upsample(graph, layout, a.packed(), operation.factor, imageShape(a));
    case "upsampleGradient":
      return upsampleGradient(graph, layout, a.packed(), operation.factor);
    case "lrn":
      return localResponse(graph, layout, a, operation.normalization);
    case "lrnGradient":
      return localResponseGradient(
        graph,
        layout,
        { gradient: a, image: b, output: c },
        operation.normalization,
      );
  }
}
