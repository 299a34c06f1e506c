import { type Node, type Program, elements } from "../../src/training/compiler/ir";

/**
 * Floating-point operations of a program's matrix products and convolutions, two for each multiply-add; those that
 * meet padding count too. All else, some percent, is left out.
 */
export function operations({ nodes }: Program): number {
  return nodes.reduce((sum, node) => sum + 2 * multiplyAdds(node), 0);
}

function multiplyAdds({ operation, inputs: [a, b], output }: Node): number {
  switch (operation.op) {
    case "matmul":
      return elements(output.shape) * a.shape[operation.transposeA ? 0 : 1];
    case "convolution":
    case "convolutionInputGradient":
      return pixels(operation.op === "convolution" ? output : a) * elements(b.shape);
    case "convolutionFilterGradient":
      return pixels(b) * elements(output.shape);
    default:
      return 0;
  }
}

/** Of images [rows, height, width, channels], over all rows. */
function pixels({ shape }: Node["output"]): number {
  return elements(shape.slice(0, 3));
}
