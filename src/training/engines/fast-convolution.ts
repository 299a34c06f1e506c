import { backend_util, getKernel, registerKernel, unregisterKernel } from "@tensorflow/tfjs-core";
import type {
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  KernelConfig,
  TensorInfo,
} from "@tensorflow/tfjs-core";
import { useCpuBackend } from "../models/cpu-backend";
import { type CpuBackend, valuesOf } from "./cpu-kernels";
import { correctUpsamplingGradient } from "./upsampling-gradient";

// tfjs's own kernels for the gradients of convolutions index every element through its strides. These walk
// arrays in order, some ten times as fast, with which eager tfjs becomes a bearable fallback and quick
// enough to verify compiled steps at start.

type Shape4 = [number, number, number, number];
type Info = backend_util.Conv2DInfo;

/** Calls `visit` with the offsets of output pixel, input pixel and filter tap, for each triple of them. */
function forEachTap(info: Info, visit: (output: number, input: number, tap: number) => void): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  for (let row = 0; row < batchSize; row++)
    for (let y = 0; y < outHeight; y++)
      for (let x = 0; x < outWidth; x++) {
        const output = ((row * outHeight + y) * outWidth + x) * outChannels;
        for (let ky = 0; ky < filterHeight; ky++) {
          const iy = y * strideHeight - padInfo.top + ky;
          if (iy < 0 || iy >= inHeight) continue;
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = x * strideWidth - padInfo.left + kx;
            if (ix < 0 || ix >= inWidth) continue;
            const input = ((row * inHeight + iy) * inWidth + ix) * inChannels;
            visit(output, input, (ky * filterWidth + kx) * inChannels * outChannels);
          }
        }
      }
}

/** Sums in float64, for the gradient of a filter adds up thousands of products. */
function filterGradient(x: Float32Array, dy: Float32Array, info: Info): Float32Array {
  const { inChannels, outChannels } = info;
  const sums = new Float64Array(info.filterHeight * info.filterWidth * inChannels * outChannels);
  forEachTap(info, (output, input, tap) => {
    for (let c = 0; c < inChannels; c++) {
      const value = x[input + c];
      if (value === 0) continue;
      const to = tap + c * outChannels;
      for (let o = 0; o < outChannels; o++) sums[to + o] += value * dy[output + o];
    }
  });
  return Float32Array.from(sums);
}

function inputGradient(dy: Float32Array, filter: Float32Array, info: Info): Float32Array {
  const { inChannels, outChannels } = info;
  const sums = new Float64Array(info.batchSize * info.inHeight * info.inWidth * inChannels);
  forEachTap(info, (output, input, tap) => {
    for (let c = 0; c < inChannels; c++) {
      const from = tap + c * outChannels;
      let sum = 0;
      for (let o = 0; o < outChannels; o++) sum += dy[output + o] * filter[from + o];
      sums[input + c] += sum;
    }
  });
  return Float32Array.from(sums);
}

function convolutionInfo(
  image: number[],
  filter: number[],
  { strides, pad, dimRoundingMode }: Conv2DBackpropFilterAttrs | Conv2DBackpropInputAttrs,
): Info {
  return backend_util.computeConv2DInfo(
    image as Shape4,
    filter as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}

const fastKernels: readonly KernelConfig[] = [
  {
    kernelName: "Conv2DBackpropFilter",
    backendName: "cpu",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as CpuBackend;
      const attributes = attrs as unknown as Conv2DBackpropFilterAttrs;
      const { x, dy } = inputs as { x: TensorInfo; dy: TensorInfo };
      const info = convolutionInfo(x.shape, attributes.filterShape, attributes);
      const values = filterGradient(valuesOf(cpu, x), valuesOf(cpu, dy), info);
      return cpu.makeTensorInfo(info.filterShape, "float32", values);
    },
  },
  {
    kernelName: "Conv2DBackpropInput",
    backendName: "cpu",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const cpu = backend as CpuBackend;
      const attributes = attrs as unknown as Conv2DBackpropInputAttrs;
      const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
      const info = convolutionInfo(attributes.inputShape, filter.shape, attributes);
      const values = inputGradient(valuesOf(cpu, dy), valuesOf(cpu, filter), info);
      return cpu.makeTensorInfo(info.inShape, "float32", values);
    },
  },
];

let originals: KernelConfig[] | undefined;

/** Puts the fast gradients of convolutions in the place of tfjs's own on its JavaScript backend. */
export function useFastConvolutions(): void {
  useCpuBackend();
  correctUpsamplingGradient();
  if (originals !== undefined) return;
  originals = fastKernels.map(({ kernelName, backendName }) => getKernel(kernelName, backendName));
  replaceKernels(fastKernels);
}

/** Puts tfjs's own kernels back. */
export function useOriginalConvolutions(): void {
  if (originals === undefined) return;
  replaceKernels(originals);
  originals = undefined;
}

function replaceKernels(kernels: readonly KernelConfig[]): void {
  for (const kernel of kernels) {
    unregisterKernel(kernel.kernelName, kernel.backendName);
    registerKernel(kernel);
  }
}
