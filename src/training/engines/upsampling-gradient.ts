import { registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type { KernelConfig, ResizeNearestNeighborAttrs, TensorInfo } from "@tensorflow/tfjs-core";
import { type CpuBackend, valuesOf } from "./cpu-kernels";

/**
 * The gradient of nearest upsampling for tfjs's JavaScript backend, whose own (4.22) takes every row's gradient
 * from the wrong place but the first's: it steps through the large images by the size of the small ones.
 */
const kernel: KernelConfig = {
  kernelName: "ResizeNearestNeighborGrad",
  backendName: "cpu",
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { alignCorners, halfPixelCenters } = attrs as unknown as ResizeNearestNeighborAttrs;
    const { images, dy } = inputs as { images: TensorInfo; dy: TensorInfo };
    const [rows, height, width, channels] = images.shape as [number, number, number, number];
    const [, fromHeight, fromWidth] = dy.shape as [number, number, number, number];
    const factor = fromHeight / height;
    if (
      alignCorners ||
      halfPixelCenters ||
      !Number.isInteger(factor) ||
      fromWidth !== width * factor
    )
      throw new Error("The gradient of resizing is there for whole factors.");
    const cpu = backend as CpuBackend;
    const from = valuesOf(cpu, dy);
    const sums = new Float32Array(rows * height * width * channels);
    for (let row = 0; row < rows * fromHeight; row++)
      for (let x = 0; x < fromWidth; x++) {
        const start = (row * fromWidth + x) * channels;
        const to = (Math.floor(row / factor) * width + Math.floor(x / factor)) * channels;
        for (let c = 0; c < channels; c++) sums[to + c] += from[start + c];
      }
    return cpu.makeTensorInfo(images.shape, "float32", sums);
  },
};

let corrected = false;

/** Puts the right gradient in the place of tfjs's own, for good. */
export function correctUpsamplingGradient(): void {
  if (corrected) return;
  corrected = true;
  unregisterKernel(kernel.kernelName, kernel.backendName);
  registerKernel(kernel);
}
