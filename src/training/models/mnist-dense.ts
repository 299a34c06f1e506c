import type { NetworkBuilder } from "./network";

/** 784-128-10 with dropout: TensorFlow's beginner tutorial; 101,770 parameters on 28x28x1. */
export function mnistDense(network: NetworkBuilder): NetworkBuilder {
  return network.flatten().dense(128, "relu").dropout(0.2).dense(10);
}
