import type { CommandSettings } from "../protocol/command";
import { percent } from "./number";

/** A command's settings, name by name, as Table 1 has a built-in model's. */
export function commandLines(
  settings: CommandSettings,
  varied: "labelFraction" | "labelCorruption" | "initialWeights" | null,
): readonly (readonly [name: string, value: string])[] {
  const { line, script, parameters, environment, labels } = settings;
  const pairs = (values: Readonly<Record<string, unknown>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} = ${String(value)}`)
      .join(", ");
  const { corruption } = labels;
  return [
    ["command", line.form === "shell" ? line.line : line.words.join(" ")],
    ["script", script ? `${script.name} (SHA-256 ${script.sha256.slice(0, 12)}…)` : "not told"],
    ...(Object.keys(parameters).length > 0 ? [["parameters", pairs(parameters)] as const] : []),
    ...(Object.keys(environment).length > 0 ? [["environment", pairs(environment)] as const] : []),
    ...(varied === "labelFraction"
      ? []
      : [["label kinds", labels.fraction === 1 ? "all" : percent(labels.fraction)] as const]),
    ...(varied === "labelCorruption"
      ? []
      : [
          [
            "label corruption",
            corruption === null ? "none" : `${percent(corruption.rate)}, ${corruption.kind}`,
          ] as const,
        ]),
  ];
}
