import { writeSafetensors, type TensorToWrite } from "../../../src/checkpoint/write-safetensors";

/** Values that look like weights and are the same every time. */
export function waves(count: number, scale: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => scale * Math.sin(i * 0.37) * Math.cos(i * 0.011),
  );
}

/** A checkpoint of 10,000 small tensors below one larger matrix and one of four axes. */
export async function writeLargeCheckpoint(file: string): Promise<void> {
  const matrix = { name: "embed.weight", shape: [2048, 512], values: waves(2048 * 512, 0.1) };
  const kernel = { name: "stem.kernel", shape: [3, 3, 8, 16], values: waves(3 * 3 * 8 * 16, 0.2) };
  const tensors: TensorToWrite[] = [matrix, kernel];
  const names = ["attention.weight", "attention.bias", "dense.weight", "dense.bias"];
  for (let i = 0; tensors.length < 10_000; i++)
    tensors.push({
      name: `layers.${Math.floor(i / 4)}.${names[i % 4]}`,
      shape: [4, 2],
      values: waves(8, 0.05),
    });
  await writeSafetensors(file, tensors, { format: "pt", note: "x".repeat(1000) });
}
