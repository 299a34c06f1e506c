// Times a product of two matrices in ONNX Runtime on one thread: ORDER WARM-UP TIMED.
import { GraphBuilder } from "../../src/training/compiler/onnx/graph-builder";
import { loadRuntime, openSession } from "../../src/training/engines/onnx-runtime";
import { measure } from "./measured";

async function main([order = "", warmUp = "", timed = ""]: readonly string[]) {
  const n = Number(order);
  const graph = new GraphBuilder();
  graph.input("a", "float32", [n, n]);
  graph.input("b", "float32", [n, n]);
  graph.op("MatMul", ["a", "b"], { output: "product" });
  graph.output("product", "float32");
  const { Tensor } = await loadRuntime();
  const session = await openSession(graph.model(), 1);
  const a = new Tensor("float32", new Float32Array(n * n).fill(0.5), [n, n]);
  const b = new Tensor("float32", new Float32Array(n * n).fill(1), [n, n]);
  const product = async () => {
    const { product } = await session.run({ a, b });
    return (product.data as Float32Array)[0] / n;
  };
  await measure(product, { warmUp: Number(warmUp), timed: Number(timed) });
}

void main(process.argv.slice(2));
