import type { PaperConfiguration, PaperValues } from "../protocol/paper";
import type { Results } from "../protocol/results";
import type {
  LearningRateSchedule,
  OptimizerSettings,
  Preprocessing,
  TrainingSettings,
} from "../protocol/trainer";
import { commandLines } from "./command-words";
import { percent } from "./number";

/** A line of Table 1: a setting, ours, the paper's; the paper's null where it says nothing. */
export type SettingLine = readonly [name: string, ours: string, paper: string | null];

type Configured = Pick<
  Results,
  "varied" | "dataset" | "model" | "paper" | "corruptionKind" | "fitEpochs"
>;

/** Table 1 for an experiment, beside the paper's column for its model; of a command what it was given. */
export function settingLines({
  settings,
  ...results
}: Configured & Pick<Results, "settings">): readonly SettingLine[] {
  return settings.kind === "command"
    ? commandLines(settings, results.varied).map(([name, value]) => [name, value, null])
    : trainingLines(settings, results);
}

function trainingLines(
  settings: TrainingSettings,
  { varied, dataset, model, paper, corruptionKind, fitEpochs }: Configured,
): readonly SettingLine[] {
  const says = (read: (configuration: PaperConfiguration) => string): string | null =>
    paper && read(paper.configuration);
  return [
    ["model", modelText(model, settings), paper && paperTitle(paper)],
    ["dataset", dataset, says((own) => own.dataset)],
    ["training images", settings.trainingImages?.toLocaleString("en-US") ?? "all", null],
    ["learning rate", learningRate(settings), says((own) => own.learningRate)],
    ["epochs", epochs(settings), says(({ epochs: own }) => String(own))],
    ...(fitEpochs === null
      ? []
      : [["epochs, where trained until it fits", `${fitEpochs} at most`, null] as const]),
    ["batch size", String(settings.batchSize), says((own) => String(own.batchSize))],
    ["optimizer", optimizer(settings.optimizer), says((own) => own.optimizer)],
    ["weight decay", String(settings.weightDecay), null],
    [
      "preprocessing",
      PREPROCESSING[settings.preprocessing],
      says((own) => own.preprocessing.join(", ")),
    ],
    ...(varied === "labelFraction" ? [] : [["label kinds", fraction(settings), null] as const]),
    [
      "label corruption",
      varied === "labelCorruption"
        ? ["varied", ...(corruptionKind ? [corruptionKind] : [])].join(", ")
        : corrupted(settings),
      null,
    ],
  ];
}

const paperTitle = ({ title }: PaperValues): string => title;

function modelText(model: string, { depth, width }: TrainingSettings): string {
  const parts = [
    model,
    ...(depth === null ? [] : [`depth ${depth}`]),
    ...(width === 1 ? [] : [`width ${width}`]),
  ];
  return parts.join(", ");
}

const PREPROCESSING: Readonly<Record<Preprocessing, string>> = {
  normalize: "normalize, to [0, 1]",
  rescale: "normalize, rescale, to [−1, 1]",
  "subtract-mean": "normalize, mean-subtraction, rescale",
  standardize: "normalize, rescale, standardize",
};

function learningRate({ learningRate: rate, schedule }: TrainingSettings): string {
  return schedule.name === "constant" ? String(rate) : `${rate} (${decay(schedule)})`;
}

function decay(schedule: Exclude<LearningRateSchedule, { name: "constant" }>): string {
  return schedule.name === "exponential"
    ? `× ${schedule.factor} each ${schedule.every} ${schedule.unit}`
    : `× ${schedule.factor} after ${schedule.at.join(", ")} ${schedule.unit}`;
}

function epochs({ epochs: own, equalSteps, stop }: TrainingSettings): string {
  if (stop === "fit") return `${own} at most, until it fits`;
  return equalSteps ? `${own}, equal steps at every level` : String(own);
}

function optimizer(settings: OptimizerSettings): string {
  switch (settings.name) {
    case "sgd":
      return "stochastic gradient descent";
    case "momentum":
      return `${settings.nesterov ? "Nesterov " : ""}momentum ${settings.momentum}`;
    case "adam":
      return `Adam (${settings.beta1}, ${settings.beta2})`;
  }
}

const fraction = ({ labels }: TrainingSettings): string =>
  labels.fraction === 1 ? "all" : percent(labels.fraction);

function corrupted({ labels: { corruption } }: TrainingSettings): string {
  return corruption === null ? "none" : `${percent(corruption.rate)}, ${corruption.kind}`;
}
