import type { DataId, DataType, TensorInfo } from "@tensorflow/tfjs-core";

/** What kernels need of tfjs's JavaScript backend, MathBackendCPU. */
export interface CpuBackend {
  readonly data: { get(dataId: DataId): { readonly values: unknown } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}

export function valuesOf(backend: CpuBackend, tensor: TensorInfo): Float32Array {
  return backend.data.get(tensor.dataId).values as Float32Array;
}
