import type { ModelEntry } from "../catalogue/models";
import { textTable } from "./text-table";

/** The built-in models as plain text: Table 1, then where each comes from and what may be asked of it. */
export function textModels(models: readonly ModelEntry[]): string {
  const rows = models.map((model) => [
    model.id,
    model.parameters.toLocaleString("en-US"),
    model.inputShape.join("x"),
    model.dataset,
    String(model.epochs),
    String(model.batchSize),
    model.schedule.name === "constant" ? `${model.learningRate}` : `${model.learningRate} (decay)`,
    model.preprocessing,
  ]);
  const header = ["model", "parameters", "input", "dataset", "epochs", "batch", "rate", "images"];
  return `The paper's Table 1; each model takes every dataset of its kind, and plain SGD unless told otherwise.

${textTable([header, ...rows])}

${models.map(notes).join("\n\n")}

In an experiment file's "train": width (filters and units over the published, such as 0.25), optimizer, schedule,
weightDecay, preprocessing, epochs, batchSize, learningRate.
`;
}

function notes({ id, title, source, published, depths, depth, inputSizes, schedule }: ModelEntry) {
  const { least, step } = inputSizes;
  const steps = step > 1 ? `, in steps of ${step}` : "";
  const lines = [`${id}: ${title}`, source];
  for (const { parameters, labelKinds, depth: own, source: counter } of published) {
    const deep = own === null ? "" : `depth ${own}, `;
    lines.push(
      `${parameters.toLocaleString("en-US")} parameters: ${deep}${labelKinds} label kinds (${counter})`,
    );
  }
  if (depths.length > 0) lines.push(`depth: ${depths.join(", ")} (${depth} by default)`);
  lines.push(`inputSize: from ${least}${steps}`);
  if (schedule.name === "exponential")
    lines.push(`schedule: times ${schedule.factor} every ${schedule.every} ${schedule.unit}`);
  return lines.join("\n    ");
}
