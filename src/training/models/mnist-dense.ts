import type { StackOf } from "./classifier";

/** 784-128-10 with dropout: TensorFlow's beginner tutorial; 101,770 parameters on 28x28x1. */
export const mnistDense: StackOf =
  ({ filters, outputs }) =>
  (network) =>
    network.flatten().dense(filters(128), "relu").dropout(0.2).dense(outputs);
