import type { CommandLine, CommandSettings } from "../../protocol/command";
import { defaultPatterns, type CommandTraining } from "./command-schema";
import { scriptOf } from "./script";

/** The settings of a command's runs. Nothing of them depends on where they run: paths are relative. */
export function commandSettings(train: CommandTraining): CommandSettings {
  const script = scriptOf(train);
  return {
    kind: "command",
    line: lineOf(train),
    environment: train.environment ?? {},
    parameters: train.parameters ?? {},
    script:
      script !== null && train.scriptSha256 !== undefined
        ? { name: script, sha256: train.scriptSha256 }
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
