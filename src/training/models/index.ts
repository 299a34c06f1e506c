import { type ModelEntry, findModel } from "../../catalogue/models";
import { mnistDense } from "./mnist-dense";
import { type Network, NetworkBuilder, type NetworkOptions } from "./network";
import { tfCnn } from "./tf-cnn";
import { tfMnist } from "./tf-mnist";

/** What the training engines need to know of a model: its catalogue data and how to stack its layers. */
export interface ModelDefinition extends Pick<
  ModelEntry,
  "id" | "inputShape" | "outputs" | "loss" | "batchSize"
> {
  readonly stack: (network: NetworkBuilder) => NetworkBuilder;
}

const stacks: Readonly<Record<string, ModelDefinition["stack"] | undefined>> = {
  "mnist-dense": mnistDense,
  "tf-cnn": tfCnn,
  "tf-mnist": tfMnist,
};

const definitions = new Map<string, ModelDefinition>();

/** The built-in model of that id, always the same object; throws where there is none. */
export function modelDefinition(id: string): ModelDefinition {
  const entry = findModel(id);
  const stack = stacks[id];
  if (entry === undefined || stack === undefined) throw new Error(`There is no model "${id}".`);
  const definition = definitions.get(id) ?? { ...entry, stack };
  definitions.set(id, definition);
  return definition;
}

/** Builds the network on the current tfjs backend. */
export function buildNetwork(model: ModelDefinition, options: NetworkOptions): Network {
  return model.stack(new NetworkBuilder(options, model.inputShape)).build();
}
