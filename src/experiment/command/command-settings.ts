import type { CommandLine, CommandSettings } from "../../protocol/command";
import { defaultPatterns, type CommandTraining } from "./command-schema";

/** The settings of a command's runs. Nothing of them depends on where they run: paths are relative. */
export function commandSettings(train: CommandTraining): CommandSettings {
  const { script, scriptSha256 } = train;
  return {
    kind: "command",
    line: lineOf(train),
    environment: train.environment ?? {},
    parameters: train.parameters ?? {},
    script:
      script !== undefined && scriptSha256 !== undefined
        ? { name: script, sha256: scriptSha256 }
        : null,
    checkpoints: {
      initial: train.checkpoints?.initial ?? defaultPatterns.initial,
      steps: train.checkpoints?.steps ?? defaultPatterns.steps,
      final: train.checkpoints?.final ?? defaultPatterns.final,
    },
    labels: {
      fraction: train.labelFraction ?? 1,
      corruption: train.labelCorruption ?? null,
      seed: train.labelSeed ?? 0,
    },
  };
}

function lineOf({ command, shell }: CommandTraining): CommandLine {
  return command ? { form: "arguments", words: command } : { form: "shell", line: shell ?? "" };
}
